#pragma once

#include <concepts>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "taskrouter/workflow/expression.hpp"

/// Expressions put together from values: `all({task("language").in(worker("languages")),
/// worker("level").at_least(3)})`. Values are never read as part of the expression, whatever they hold. to_text refuses
/// a name that is none.
namespace taskrouter::expressions {

/// An attribute to be compared with a constant or with another attribute.
class Attribute {
 public:
  /// The attribute of this name: `language`.
  explicit Attribute(std::string key) : key_{std::move(key)} {}

  /// `==`
  template <class T>
  Expression equals(const T& value) const {
    return compare(Comparator::equal, operand(value));
  }
  /// `!=`
  template <class T>
  Expression differs_from(const T& value) const {
    return compare(Comparator::not_equal, operand(value));
  }
  /// `<`
  template <class T>
  Expression less_than(const T& value) const {
    return compare(Comparator::less, operand(value));
  }
  /// `<=`
  template <class T>
  Expression at_most(const T& value) const {
    return compare(Comparator::less_or_equal, operand(value));
  }
  /// `>`
  template <class T>
  Expression more_than(const T& value) const {
    return compare(Comparator::greater, operand(value));
  }
  /// `>=`
  template <class T>
  Expression at_least(const T& value) const {
    return compare(Comparator::greater_or_equal, operand(value));
  }
  /// Whether this text holds another.
  template <class T>
  Expression contains(const T& value) const {
    return compare(Comparator::contains, operand(value));
  }
  /// Whether this list holds a value.
  template <class T>
  Expression has(const T& value) const {
    return compare(Comparator::has, operand(value));
  }
  /// Whether this value is in a list.
  template <class T>
  Expression in(const T& list) const {
    return compare(Comparator::in, operand(list));
  }
  /// Whether this value is one of these.
  Expression in(std::initializer_list<nlohmann::json> list) const { return in(nlohmann::json::array_t(list)); }
  /// Whether this value is not in a list.
  template <class T>
  Expression not_in(const T& list) const {
    return compare(Comparator::not_in, operand(list));
  }
  /// Whether this value is none of these.
  Expression not_in(std::initializer_list<nlohmann::json> list) const { return not_in(nlohmann::json::array_t(list)); }

 private:
  static Operand operand(const Attribute& attribute) { return {.key = attribute.key_}; }
  template <class T>
  static Operand operand(const T& constant) {
    return {.constant = nlohmann::json(constant)};
  }
  Expression compare(Comparator comparator, Operand right) const {
    return {.left = operand(*this), .comparator = comparator, .right = std::move(right)};
  }

  std::string key_;
};

/// An attribute where names have no prefix: in a filter or in a queue's target workers.
inline Attribute attribute(std::string_view name) { return Attribute{std::string{name}}; }
/// An attribute of the task, in a target.
inline Attribute task(std::string_view name) { return Attribute{"task." + std::string{name}}; }
/// An attribute of the worker, in a target.
inline Attribute worker(std::string_view name) { return Attribute{"worker." + std::string{name}}; }

/// True of everything: `1 == 1`.
inline Expression always() { return {.left = {.constant = 1}, .right = {.constant = 1}}; }
/// True of nothing: `1 == 2`.
inline Expression never() { return {.left = {.constant = 1}, .right = {.constant = 2}}; }

/// True if all parts are; of no parts, always.
inline Expression all(std::vector<Expression> parts) {
  if (parts.empty()) return always();
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = Expression::Kind::all, .parts = std::move(parts)};
}

/// True if a part is; of no parts, never.
inline Expression any(std::vector<Expression> parts) {
  if (parts.empty()) return never();
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = Expression::Kind::any, .parts = std::move(parts)};
}

}  // namespace taskrouter::expressions
