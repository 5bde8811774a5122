#pragma once

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/result.hpp"
#include "taskrouter/workflow/builder.hpp"
#include "taskrouter/workflow/expression.hpp"
#include "taskrouter/workflow/print_expression.hpp"

// Expressions as JavaScript has them: `{"left":{"key":"level"},"comparator":">=","right":{"constant":3}}`,
// and `{"all":[...]}` or `{"any":[...]}` around others. Those that were parsed have a span as well.

namespace taskrouter {

/// A text's places in JavaScript's way of counting: in units of UTF-16.
class Utf16Places {
 public:
  explicit Utf16Places(std::string_view text) {
    std::size_t units = 0;
    places_.reserve(text.size() + 1);
    for (const char c : text) {
      places_.push_back(units);
      const auto byte = static_cast<unsigned char>(c);
      if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
    }
    places_.push_back(units);
  }

  nlohmann::json to_json(TextSpan span) const { return {{"begin", at(span.begin)}, {"end", at(span.end)}}; }

 private:
  std::size_t at(std::size_t byte) const { return places_[std::min(byte, places_.size() - 1)]; }

  std::vector<std::size_t> places_{};
};

inline nlohmann::json to_json(const Operand& operand, const Utf16Places& places) {
  nlohmann::json json{{"span", places.to_json(operand.span)}};
  operand.key.empty() ? json["constant"] = operand.constant : json["key"] = operand.key;
  return json;
}

inline nlohmann::json to_json(const Expression& expression, const Utf16Places& places) {
  nlohmann::json json{{"span", places.to_json(expression.span)}};
  if (expression.kind == Expression::Kind::comparison) {
    json["left"] = to_json(expression.left, places);
    json["comparator"] = detail::comparator_text(expression.comparator);
    json["right"] = to_json(expression.right, places);
    return json;
  }
  nlohmann::json& parts = json[expression.kind == Expression::Kind::all ? "all" : "any"];
  for (const Expression& part : expression.parts) parts.push_back(to_json(part, places));
  return json;
}

inline std::optional<Comparator> find_comparator(const nlohmann::json& name) {
  for (int i = 0; i <= static_cast<int>(Comparator::not_in); ++i) {
    if (name == detail::comparator_text(static_cast<Comparator>(i))) return static_cast<Comparator>(i);
  }
  return std::nullopt;
}

inline const nlohmann::json* find_member(const nlohmann::json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found == object.end() ? nullptr : &*found;
}

inline Result<Operand> read_operand(const nlohmann::json& comparison, const char* side) {
  const nlohmann::json* json = find_member(comparison, side);
  const nlohmann::json* key = json == nullptr ? nullptr : find_member(*json, "key");
  const nlohmann::json* constant = json == nullptr ? nullptr : find_member(*json, "constant");
  if ((key == nullptr) == (constant == nullptr)) return argument_error(side, "should have a key or a constant");
  if (constant != nullptr) return Operand{.constant = *constant};
  if (!key->is_string() || key->get_ref<const std::string&>().empty()) {
    return argument_error(side, "has a key that is not the name of an attribute");
  }
  return Operand{.key = key->get_ref<const std::string&>()};
}

/// The expression that JSON says. The Error is of kind `argument`.
inline Result<Expression> read_expression(const nlohmann::json& json) {
  for (const bool is_all : {true, false}) {
    const nlohmann::json* list = find_member(json, is_all ? "all" : "any");
    if (list == nullptr) continue;
    if (!list->is_array()) return argument_error("expression", "all and any should be lists of expressions");
    std::vector<Expression> parts;
    for (const nlohmann::json& item : *list) {
      auto part = read_expression(item);
      if (!part) return part;
      parts.push_back(*std::move(part));
    }
    return is_all ? expressions::all(std::move(parts)) : expressions::any(std::move(parts));
  }
  auto left = read_operand(json, "left");
  if (!left) return left.error();
  auto right = read_operand(json, "right");
  if (!right) return right.error();
  const nlohmann::json* name = find_member(json, "comparator");
  const auto comparator = name == nullptr ? std::nullopt : find_comparator(*name);
  if (!comparator) {
    return argument_error("comparator", "should be ==, !=, <, <=, >, >=, CONTAINS, HAS, IN or NOT IN");
  }
  return Expression{.left = *std::move(left), .comparator = *comparator, .right = *std::move(right)};
}

}  // namespace taskrouter
