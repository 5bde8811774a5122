#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/result.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/lexer.hpp"

namespace taskrouter {

namespace detail {

inline constexpr std::size_t max_expression_depth = 32;

/// How many ANDs and ORs stand inside each other.
inline std::size_t depth_of(const Expression& expression) {
  std::size_t deepest = 0;
  for (const Expression& part : expression.parts) deepest = std::max(deepest, depth_of(part));
  return expression.parts.empty() ? 0 : deepest + 1;
}

/// Reads an expression by recursive descent: linear in the text, at most 32 parentheses deep.
class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : lexer_{text} {}

  bool read(Expression& out) {
    advance();
    if (token_.kind == Kind::end) return fail(0, "the expression is empty");
    if (!read_any(out)) return false;
    if (token_.kind != Kind::end) return fail_expecting("AND, OR or the end");
    return depth_of(out) <= max_expression_depth || fail(0, too_deep);
  }

  const SyntaxError& error() const { return *lexer_.fault(); }
  const ExpressionLexer& lexer() const { return lexer_; }

 private:
  using Kind = ExpressionToken::Kind;
  static constexpr std::string_view too_deep = "parentheses can be nested 32 deep, and these go deeper";

  void advance() { token_ = lexer_.next(); }

  bool fail(std::size_t at, std::string_view message) { return lexer_.fail(at, std::string{message}), false; }

  bool fail_expecting(std::string_view what) {
    const TextSpan span = token_.span;
    const std::string_view found = lexer_.text().substr(span.begin, span.end - span.begin);
    return fail(span.begin, "expected " + std::string{what} + ", found " +
                                (token_.kind == Kind::end ? "the end" : quoted_for_message(found)) +
                                std::string{hint_at(span)});
  }

  /// What to add where a text has just ended and goes on, as in 'it's'.
  std::string_view hint_at(TextSpan span) const {
    const std::string_view before = lexer_.text().substr(0, span.begin);
    const bool goes_on = token_.kind != Kind::end && token_.kind != Kind::close && token_.kind != Kind::close_list;
    if (!goes_on || !(before.ends_with('\'') || before.ends_with('"'))) return "";
    return ": a text ends at its own quote, so write the other kind around it";
  }

  bool read_any(Expression& out) { return read_chain(out, Expression::Kind::any, &ExpressionParser::read_all); }
  bool read_all(Expression& out) { return read_chain(out, Expression::Kind::all, &ExpressionParser::read_one); }

  /// Parts joined by AND or by OR. A single one stays itself.
  bool read_chain(Expression& out, Expression::Kind kind, bool (ExpressionParser::*read_part)(Expression&)) {
    const Kind joint = kind == Expression::Kind::all ? Kind::all : Kind::any;
    if (!(this->*read_part)(out)) return false;
    if (token_.kind != joint) return true;
    put_into_chain(out, kind);
    while (token_.kind == joint) {
      advance();
      if (!(this->*read_part)(out.parts.emplace_back())) return false;
    }
    out.span.end = out.parts.back().span.end;
    return true;
  }

  /// Makes an expression the first part of a chain. Apart from read_chain, to keep its frame small.
  static void put_into_chain(Expression& out, Expression::Kind kind) {
    Expression chain{.kind = kind, .span = out.span};
    chain.parts.push_back(std::move(out));
    out = std::move(chain);
  }

  bool read_one(Expression& out) {
    if (token_.kind != Kind::open) return read_comparison(out);
    const std::size_t begin = token_.span.begin;
    if (++depth_ > max_expression_depth) return fail(begin, too_deep);
    advance();
    if (!read_any(out)) return false;
    if (token_.kind != Kind::close) return fail_expecting("AND, OR or a )");
    out.span = {begin, token_.span.end};
    --depth_;
    advance();
    return true;
  }

  bool read_comparison(Expression& out) {
    if (!read_operand(out.left)) return false;
    if (token_.kind != Kind::comparator) return fail_expecting("an operator such as == or IN");
    out.comparator = token_.comparator;
    advance();
    if (!read_operand(out.right)) return false;
    out.span = {out.left.span.begin, out.right.span.end};
    return true;
  }

  bool read_operand(Operand& out) {
    out.span = token_.span;
    if (token_.kind == Kind::open_list) {
      if (!read_list(out)) return false;
    } else if (token_.kind == Kind::key) {
      out.key = lexer_.text().substr(out.span.begin, out.span.end - out.span.begin);
    } else if (token_.kind == Kind::constant) {
      out.constant = std::move(token_.constant);
    } else {
      return fail_expecting("a name, a text in quotes, a number or a list");
    }
    advance();
    return true;
  }

  /// Up to the closing bracket, which stays the token.
  bool read_list(Operand& out) {
    out.constant = nlohmann::json::array();
    advance();
    while (token_.kind != Kind::close_list || !out.constant.empty()) {
      if (token_.kind != Kind::constant) return fail_expecting("a text in quotes or a number in the list");
      out.constant.push_back(std::move(token_.constant));
      advance();
      if (token_.kind == Kind::close_list) break;
      if (token_.kind != Kind::comma) return fail_expecting("a comma or a ]");
      advance();
    }
    out.span.end = token_.span.end;
    return true;
  }

  ExpressionLexer lexer_;
  ExpressionToken token_{};
  std::size_t depth_{};
};

/// The place of a byte as a person counts: in characters, from 1.
inline std::size_t character_at(std::string_view text, std::size_t at) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  const std::string_view before = text.substr(0, at);
  return 1 + static_cast<std::size_t>(std::count_if(before.begin(), before.end(), begins));
}

inline std::string with_character(std::string_view text, const SyntaxError& error) {
  return "character " + std::to_string(character_at(text, error.at)) + ": " + error.message;
}

}  // namespace detail

/// The expression that a text says. The Error names the character and what was expected there.
inline Result<Expression> parse_expression(std::string_view text) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (parser.read(expression)) return expression;
  return argument_error("expression", detail::with_character(text, parser.error()));
}

/// What is wrong with an expression's text and at which byte, for an editor to mark; or nullopt.
inline std::optional<SyntaxError> syntax_error(std::string_view text) {
  detail::ExpressionParser parser{text};
  Expression expression;
  if (parser.read(expression)) return std::nullopt;
  return parser.error();
}

}  // namespace taskrouter
