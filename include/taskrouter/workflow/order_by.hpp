#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/result.hpp"
#include "taskrouter/workflow/evaluate.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/lexer.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

namespace taskrouter {

/// Which workers a target asks first: `worker.level DESC, worker.cost ASC`.
/// https://www.twilio.com/docs/taskrouter/order-workers
struct OrderBy {
  /// One attribute, and in which direction.
  struct Term {
    std::string key{};  ///< `worker.level`: an integer attribute.
    bool descending{};  ///< DESC. Without a word, and with ASC, the smallest comes first.
    TextSpan span{};    ///< The key's place in the text.
  };

  std::vector<Term> terms{};  ///< The first one that tells two workers apart decides.

  /// Whether worker `a` is asked before worker `b`: a strict weak ordering, fit for std::stable_sort.
  ///
  /// A worker without the attribute comes after those with it, in both directions. Twilio ignores an
  /// attribute that is no integer; we take it as missing, for the workers that have it so.
  bool before(const nlohmann::json& a, const nlohmann::json& b) const;
};

namespace detail {

/// The worker's integer called `key`, or nullptr.
inline const nlohmann::json* integer_of(const nlohmann::json& worker, std::string_view key) {
  const nlohmann::json* value = Variables{.worker = &worker}.find(key);
  return value != nullptr && value->is_number_integer() ? value : nullptr;
}

/// Reads an order_by into `out`, and says what is wrong with it.
inline std::optional<SyntaxError> read_order_by(std::string_view text, OrderBy& out) {
  ExpressionLexer lexer{text};
  ExpressionToken token = lexer.next();
  const auto here = [&] { return text.substr(token.span.begin, token.span.end - token.span.begin); };
  const auto fail_expecting = [&](std::string_view what) {
    const bool at_end = token.kind == ExpressionToken::Kind::end;
    lexer.fail(token.span.begin, "expected " + std::string{what} + ", found " +
                                     (at_end ? std::string{"the end"} : quoted_for_message(here())));
    return lexer.fault();
  };
  while (true) {
    if (token.kind != ExpressionToken::Kind::key || !here().starts_with("worker.")) {
      return fail_expecting("a worker's attribute such as worker.level");
    }
    OrderBy::Term& term = out.terms.emplace_back(OrderBy::Term{.key = std::string{here()}, .span = token.span});
    token = lexer.next();
    if (token.kind == ExpressionToken::Kind::key) {
      term.descending = is_word(here(), "desc");
      if (!term.descending && !is_word(here(), "asc")) return fail_expecting("ASC or DESC");
      token = lexer.next();
    }
    if (token.kind == ExpressionToken::Kind::end) return std::nullopt;
    if (token.kind != ExpressionToken::Kind::comma) return fail_expecting("ASC, DESC, a comma or the end");
    token = lexer.next();
  }
}

}  // namespace detail

inline bool OrderBy::before(const nlohmann::json& a, const nlohmann::json& b) const {
  for (const Term& term : terms) {
    const nlohmann::json* left = detail::integer_of(a, term.key);
    const nlohmann::json* right = detail::integer_of(b, term.key);
    if (left == nullptr && right == nullptr) continue;
    if (left == nullptr || right == nullptr) return right == nullptr;
    if (detail::number_less(*left, *right)) return !term.descending;
    if (detail::number_less(*right, *left)) return term.descending;
  }
  return false;
}

/// The order that a target's `order_by` says. The Error names the character and what was expected there.
inline Result<OrderBy> parse_order_by(std::string_view text) {
  OrderBy order;
  const auto fault = detail::read_order_by(text, order);
  if (!fault) return order;
  return argument_error("order_by", detail::with_character(text, *fault));
}

}  // namespace taskrouter
