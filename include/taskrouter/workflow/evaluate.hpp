#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

// What names and comparisons mean. The choices are listed in expression.hpp.

namespace taskrouter {

/// The operators that compare two values.
enum class Comparator {
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  contains,
  has,
  in,
  not_in,
};

/// What the names in an expression stand for. It only points at the values, which must outlive it.
///
/// A filter and a queue's target workers read `attributes`, without a prefix. A target reads `task.` and
/// `worker.`, its skip_if `workers.`. The worker's values are its attributes and sid, friendly_name,
/// activity_sid, activity_name and channel; `workers` has available, unavailable and a number for each
/// activity's SID.
struct Variables {
  const nlohmann::json* attributes{};  ///< For a filter and a queue. Null: there are none.
  const nlohmann::json* task{};        ///< For a target. Null: there is none.
  const nlohmann::json* worker{};      ///< For a target. Null: there is none.
  const nlohmann::json* workers{};     ///< For a skip_if. Null: there are none.

  /// The value called `key`, such as `worker.skills[2]`, or nullptr.
  const nlohmann::json* find(std::string_view key) const;
};

namespace detail {

/// Takes the next name or index off a key, with its dot or brackets.
inline std::string_view next_step(std::string_view& key) {
  const std::size_t length = std::min(key.find_first_of(".[", 1), key.size());
  std::string_view step = key.substr(0, length);
  key.remove_prefix(length);
  if (step.front() == '.') step.remove_prefix(1);
  return step;
}

/// The value in a list at an index that stands in brackets, or nullptr.
inline const nlohmann::json* at_index(const nlohmann::json& list, std::string_view step) {
  std::size_t index = 0;
  for (const char c : step.substr(1, step.size() - 2)) index = index * 10 + static_cast<std::size_t>(c - '0');
  return list.is_array() && index < list.size() ? &list[index] : nullptr;
}

/// The value that the steps of a key lead to from `value`, or nullptr.
/// @pre key is empty or what the lexer reads as a name
inline const nlohmann::json* follow(const nlohmann::json* value, std::string_view key) {
  while (value != nullptr && !key.empty()) {
    const std::string_view step = next_step(key);
    if (step.starts_with('[')) {
      value = at_index(*value, step);
    } else {
      const auto found = value->find(step);
      value = found == value->end() ? nullptr : &*found;
    }
  }
  return value;
}

/// Whether a is below b. Of integers exactly, where nlohmann would wrap or round.
inline bool number_less(const nlohmann::json& a, const nlohmann::json& b) {
  if (!a.is_number_integer() || !b.is_number_integer()) return a.get<double>() < b.get<double>();
  if (a.is_number_unsigned() && b.is_number_unsigned()) return a.get<std::uint64_t>() < b.get<std::uint64_t>();
  if (a.is_number_unsigned()) return std::cmp_less(a.get<std::uint64_t>(), b.get<std::int64_t>());
  if (b.is_number_unsigned()) return std::cmp_less(a.get<std::int64_t>(), b.get<std::uint64_t>());
  return a.get<std::int64_t>() < b.get<std::int64_t>();
}

inline bool is_ordered(const nlohmann::json& a, const nlohmann::json& b) {
  return (a.is_number() && b.is_number()) || (a.is_string() && b.is_string());
}

inline bool is_less(const nlohmann::json& a, const nlohmann::json& b) {
  return is_ordered(a, b) && (a.is_number() ? number_less(a, b) : a < b);
}

inline bool is_equal(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_number() && b.is_number()) return !number_less(a, b) && !number_less(b, a);
  return !a.is_structured() && a.type() == b.type() && a == b;
}

inline bool compare_with_list(const nlohmann::json& scalar, Comparator comparator, const nlohmann::json& list) {
  if (scalar.is_structured() || !list.is_array()) return false;
  const bool found = std::any_of(list.begin(), list.end(), [&](const auto& item) { return is_equal(scalar, item); });
  return comparator == Comparator::not_in ? !found && !scalar.is_null() : found;
}

inline bool compare_scalars(const nlohmann::json& a, Comparator comparator, const nlohmann::json& b) {
  switch (comparator) {
    case Comparator::equal: return is_equal(a, b);
    case Comparator::not_equal: return !is_equal(a, b);
    case Comparator::less: return is_less(a, b);
    case Comparator::less_or_equal: return is_less(a, b) || (is_ordered(a, b) && is_equal(a, b));
    case Comparator::greater: return is_less(b, a);
    case Comparator::greater_or_equal: return is_less(b, a) || (is_ordered(a, b) && is_equal(a, b));
    default:
      return a.is_string() && b.is_string() &&
             a.get_ref<const std::string&>().find(b.get_ref<const std::string&>()) != std::string::npos;
  }
}

inline bool compare(const nlohmann::json& left, Comparator comparator, const nlohmann::json& right) {
  switch (comparator) {
    case Comparator::has: return compare_with_list(right, comparator, left);
    case Comparator::in:
    case Comparator::not_in: return compare_with_list(left, comparator, right);
    case Comparator::not_equal:
      if (left.is_null() || right.is_null()) return left.is_null() != right.is_null();
      break;
    default: break;
  }
  return !left.is_structured() && !right.is_structured() && compare_scalars(left, comparator, right);
}

}  // namespace detail

inline const nlohmann::json* Variables::find(std::string_view key) const {
  if (key.empty()) return nullptr;
  std::string_view rest = key;
  const std::string_view prefix = detail::next_step(rest);
  const nlohmann::json* named = prefix == "task"      ? task
                                : prefix == "worker"  ? worker
                                : prefix == "workers" ? workers
                                                      : nullptr;
  return named != nullptr && !rest.empty() ? detail::follow(named, rest) : detail::follow(attributes, key);
}

}  // namespace taskrouter
