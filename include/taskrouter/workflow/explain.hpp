#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/utf8.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/print_expression.hpp"

namespace taskrouter {

/// One comparison of an expression, and how it came out.
struct ExplainedPart {
  TextSpan span{};         ///< Where it stands in the text that was parsed.
  std::string text{};      ///< `level >= 3`
  std::string reason{};    ///< `level is 2`
  nlohmann::json left{};   ///< The value of each side; null for a missing attribute.
  nlohmann::json right{};  ///< Of the right side.
  bool is_true{};          ///< Whether it is true of the values.
  bool decided{};          ///< Whether the outcome of the whole rests on it.
};

/// Why an expression is true or false.
struct Explanation {
  bool matches{};                      ///< Whether the whole is true.
  std::vector<ExplainedPart> parts{};  ///< Every comparison, in the order of the text.
  std::string sentence{};              ///< `It does not match: level >= 3 is false (level is 2).`
};

namespace detail {

/// A value as JSON for a sentence, not longer than a person reads.
inline std::string shown(const nlohmann::json& value) {
  constexpr std::size_t most = 60;
  std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "...";
}

/// What is remarkable about one side: its value, if it has a name.
inline std::string reason_of(const Operand& operand, const nlohmann::json* value) {
  if (operand.key.empty()) return {};
  return operand.key + (value == nullptr ? " is missing" : " is " + shown(*value));
}

inline bool wants_list(Comparator comparator) {
  return comparator == Comparator::has || comparator == Comparator::in || comparator == Comparator::not_in;
}

/// Why no value of these types makes a comparison true, or nothing.
inline std::string_view never_true(const nlohmann::json& left, Comparator comparator, const nlohmann::json& right) {
  const bool null = left.is_null() || right.is_null();
  if (wants_list(comparator)) {
    const bool has = comparator == Comparator::has;
    if (!(has ? left : right).is_array()) return has ? "HAS wants a list before it" : "IN wants a list after it";
    return (has ? right : left).is_structured() ? "a list is searched for one value" : "";
  }
  const bool equality = comparator == Comparator::equal || comparator == Comparator::not_equal;
  if (equality && null) return "";
  if (left.is_structured() || right.is_structured()) return "of a list it is always false";
  if (comparator == Comparator::not_equal || null) return "";
  const bool comparable = left.type() == right.type() || (left.is_number() && right.is_number());
  return comparable ? "" : "the types differ";
}

inline ExplainedPart explain_comparison(const Expression& comparison, const Variables& variables) {
  const nlohmann::json* left = value_of(comparison.left, variables);
  const nlohmann::json* right = value_of(comparison.right, variables);
  const auto text = to_text(comparison);
  ExplainedPart part{.span = comparison.span,
                     .text = text ? *text : text.error().message,
                     .left = left == nullptr ? nlohmann::json{} : *left,
                     .right = right == nullptr ? nlohmann::json{} : *right,
                     .is_true = compare(comparison, variables)};
  const std::string never{part.is_true ? "" : never_true(part.left, comparison.comparator, part.right)};
  for (const std::string& reason : {reason_of(comparison.left, left), reason_of(comparison.right, right), never}) {
    if (!reason.empty()) part.reason += (part.reason.empty() ? "" : ", ") + reason;
  }
  return part;
}

/// Explains from `expression` down, and marks the comparisons that its outcome rests on: of an AND that
/// is false the first part that is, of an AND that is true all, and of an OR the other way round.
inline bool explain_into(std::vector<ExplainedPart>& out, const Expression& expression, const Variables& variables) {
  const std::size_t begin = out.size();
  if (expression.kind == Expression::Kind::comparison) {
    out.push_back(explain_comparison(expression, variables));
    out.back().decided = true;
    return out.back().is_true;
  }
  const bool usual = expression.kind == Expression::Kind::all;
  bool outcome = usual;
  const auto no_longer_decided = [&](std::size_t from, std::size_t to) {
    for (; from < to; ++from) out[from].decided = false;
  };
  for (const Expression& part : expression.parts) {
    const std::size_t first = out.size();
    const bool is_true = explain_into(out, part, variables);
    if (outcome != usual) {
      no_longer_decided(first, out.size());
    } else if (is_true != usual) {
      outcome = is_true;
      no_longer_decided(begin, first);
    }
  }
  return outcome;
}

inline std::string sentence_of(bool matches, const std::vector<ExplainedPart>& parts) {
  constexpr std::size_t most = 3;
  std::string sentence = matches ? "It matches: " : "It does not match: ";
  std::size_t told = 0, more = 0;
  for (const ExplainedPart& part : parts) {
    if (!part.decided) continue;
    if (told == most) {
      ++more;
      continue;
    }
    sentence += (told++ == 0 ? "" : ", and ") + part.text + (part.is_true ? " is true" : " is false");
    if (!part.reason.empty()) sentence += " (" + part.reason + ")";
  }
  return sentence + (more > 0 ? ", and " + std::to_string(more) + " more like these." : ".");
}

}  // namespace detail

/// Says which comparisons made an expression true or false of these values, and why.
inline Explanation explain(const Expression& expression, const Variables& variables) {
  Explanation explanation;
  explanation.matches = detail::explain_into(explanation.parts, expression, variables);
  explanation.sentence = detail::sentence_of(explanation.matches, explanation.parts);
  return explanation;
}

}  // namespace taskrouter
