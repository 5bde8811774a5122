#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/result.hpp"
#include "taskrouter/utf8.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/lexer.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

// Expressions as text. Twilio documents no escapes in text, so ours is safe with and without them: a
// text never holds the quote that it stands in, and never ends in half an escape. Whatever a value
// says, it stays a value.

namespace taskrouter {

namespace detail {

constexpr std::string_view comparator_text(Comparator comparator) {
  constexpr std::array<std::string_view, 10> texts{"==", "!=", "<", "<=", ">", ">=", "CONTAINS", "HAS", "IN", "NOT IN"};
  return texts[static_cast<std::size_t>(comparator)];
}

/// Whether a text is the name of an attribute and nothing else.
inline bool is_key(std::string_view text) {
  ExpressionLexer lexer{text};
  const ExpressionToken token = lexer.next();
  return token.kind == ExpressionToken::Kind::key && token.span.begin == 0 && token.span.end == text.size();
}

/// In double quotes, or in single ones where the text has a double one; with both, that one is escaped.
inline void print_text(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  const bool has_double = text.find('"') != std::string_view::npos;
  const char quote = has_double && text.find('\'') == std::string_view::npos ? '\'' : '"';
  out.push_back(quote);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\\') {
      out += "\\\\";
    } else if (byte < 0x20 || c == quote) {
      out += "\\u00";
      out.push_back(hex[byte >> 4]);
      out.push_back(hex[byte & 0xF]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back(quote);
}

/// Writes expressions; returns what can't be written.
class ExpressionPrinter {
 public:
  std::optional<Error> print(const Expression& expression, std::size_t depth = 0) {
    if (expression.kind == Expression::Kind::comparison) return print_comparison(expression);
    if (expression.parts.size() < 2) return fail("AND and OR join at least two parts");
    if (depth == max_expression_depth) return fail("AND and OR can be nested 32 deep, and these go deeper");
    std::string_view joint{};
    for (const Expression& part : expression.parts) {
      const bool enclosed = part.kind != Expression::Kind::comparison;
      out_.append(joint).append(enclosed ? "(" : "");
      if (auto error = print(part, depth + 1)) return error;
      out_.append(enclosed ? ")" : "");
      joint = expression.kind == Expression::Kind::all ? " AND " : " OR ";
    }
    return std::nullopt;
  }

  std::optional<Error> print(const nlohmann::json& constant) {
    if (constant.is_string()) {
      const auto& text = constant.get_ref<const std::string&>();
      if (!is_utf8(text)) return fail("a text in it is not UTF-8");
      print_text(out_, text);
    } else if (constant.is_number_float() && !std::isfinite(constant.get<double>())) {
      return fail("a number in it is not finite");
    } else if (constant.is_array()) {
      return print_list(constant);
    } else if (constant.is_primitive() && !constant.is_binary() && !constant.is_discarded()) {
      out_ += constant.dump();
    } else {
      return fail("a value in it is no text, number, true, false, null or list of these");
    }
    return std::nullopt;
  }

  std::string take() { return std::move(out_); }

 private:
  static Error fail(std::string_view message) { return argument_error("expression", message); }

  std::optional<Error> print_comparison(const Expression& comparison) {
    if (auto error = print_operand(comparison.left)) return error;
    out_.append(" ").append(comparator_text(comparison.comparator)).append(" ");
    return print_operand(comparison.right);
  }

  std::optional<Error> print_operand(const Operand& operand) {
    if (operand.key.empty()) return print(operand.constant);
    if (!is_key(operand.key)) return fail(quoted_for_message(operand.key) + " is not the name of an attribute");
    out_ += operand.key;
    return std::nullopt;
  }

  std::optional<Error> print_list(const nlohmann::json& list) {
    std::string_view joint = "[";
    for (const nlohmann::json& item : list) {
      out_ += joint;
      if (item.is_array()) return fail("a list in it holds a list");
      if (auto error = print(item)) return error;
      joint = ", ";
    }
    out_ += list.empty() ? "[]" : "]";
    return std::nullopt;
  }

  std::string out_{};
};

}  // namespace detail

/// The text of an expression: what parse_expression reads as the same expression again. An Error if a
/// name is none, a value can't be written, or it is nested more than 32 deep.
inline Result<std::string> to_text(const Expression& expression) {
  detail::ExpressionPrinter printer;
  if (auto error = printer.print(expression)) return *std::move(error);
  return printer.take();
}

}  // namespace taskrouter
