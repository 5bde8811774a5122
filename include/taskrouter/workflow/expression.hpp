#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/workflow/evaluate.hpp"

// The language of TaskRouter's expressions: `language == "en" AND (level >= 3 OR skills HAS "vip")`.
// https://www.twilio.com/docs/taskrouter/expression-syntax
//
// Where Twilio's documentation is silent or contradicts itself, this is what we do:
// - AND binds tighter than OR. We always print the parentheses.
// - Keywords, true, false and null are read in any case; text is compared with regard to case.
// - `=` is `==`. `<>`, a NOT that is not NOT IN, `&&`, `||`, `!`, arithmetic and functions are refused.
// - Text in quotes may hold JSON's escapes and `\'`. A name in quotes is text, never a name.
// - Lists hold constants, and no lists.
// - A missing attribute is null. `== null` and `!= null` ask whether a value is there, of lists and objects too.
// - Values of different types are not equal, and neither is less. 1 and 1.0 are equal.
// - `<` and its kin order numbers, and texts by their bytes. Of anything else they are false.
// - Scalar operators are false for a list or an object on either side, even `!=`.
// - CONTAINS finds text in text. HAS, IN and NOT IN are false unless one side is a list and the other none.
// - NOT IN is false for a missing attribute.
// - Parentheses nest at most 32 deep.

namespace taskrouter {

/// A stretch of an expression's text, in bytes: from `begin` up to and without `end`.
struct TextSpan {
  std::size_t begin{};  ///< The first byte.
  std::size_t end{};    ///< Behind the last byte.
};

/// One side of a comparison: the name of an attribute, or a constant.
struct Operand {
  std::string key{};          ///< `task.skills[2]`. Empty for a constant.
  nlohmann::json constant{};  ///< For a constant. A list is an array.
  TextSpan span{};            ///< Where it stands in the text. Of no weight when compared.

  friend bool operator==(const Operand& a, const Operand& b) { return a.key == b.key && a.constant == b.constant; }
};

/// A condition on tasks, workers or both: a comparison, or parts joined by AND or by OR.
struct Expression {  // NOLINT(bugprone-exception-escape): nlohmann::json moves without throwing.
  /// Of what it is made.
  enum class Kind {
    comparison,  ///< `left`, `comparator`, `right`.
    all,         ///< `parts`, joined by AND: at least two.
    any,         ///< `parts`, joined by OR: at least two.
  };

  Kind kind{Kind::comparison};               ///< Which of the fields below it has.
  Operand left{};                            ///< Of a comparison.
  Comparator comparator{Comparator::equal};  ///< Of a comparison.
  Operand right{};                           ///< Of a comparison.
  std::vector<Expression> parts{};           ///< Of `all` and `any`.
  TextSpan span{};  ///< Where it stands in the text, parentheses included. Of no weight when compared.

  /// Whether the expression is true of these values.
  bool matches(const Variables& variables) const;

  friend bool operator==(const Expression& a, const Expression& b) {
    return a.kind == b.kind && a.left == b.left && a.comparator == b.comparator && a.right == b.right &&
           a.parts == b.parts;
  }
};

namespace detail {

/// The value of an operand; nullptr for an attribute that is missing.
inline const nlohmann::json* value_of(const Operand& operand, const Variables& variables) {
  return operand.key.empty() ? &operand.constant : variables.find(operand.key);
}

/// Whether a comparison is true. Does not look at `parts`.
inline bool compare(const Expression& comparison, const Variables& variables) {
  const nlohmann::json null;
  const nlohmann::json* left = value_of(comparison.left, variables);
  const nlohmann::json* right = value_of(comparison.right, variables);
  return compare(left == nullptr ? null : *left, comparison.comparator, right == nullptr ? null : *right);
}

}  // namespace detail

inline bool Expression::matches(const Variables& variables) const {
  if (kind == Kind::comparison) return detail::compare(*this, variables);
  for (const Expression& part : parts) {
    if (part.matches(variables) != (kind == Kind::all)) return kind == Kind::any;
  }
  return kind == Kind::all;
}

}  // namespace taskrouter
