#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/emulator/errors.hpp"

// How lists are sorted.

namespace taskrouter::emulator {

/// What a list is sorted by: two keys that the caller chose, and the order of creation.
using SortKey = std::array<std::int64_t, 3>;

/// The order of creation alone.
inline SortKey natural_key(std::uint64_t place) { return {0, 0, static_cast<std::int64_t>(place)}; }

/// A key that a list can be ordered by: its name, and where a record has it.
struct Ordering {
  std::string_view name;
  std::int64_t (*key)(const void* record);
};

/// A key of records of one type, for all.
template <class Record, class Key>
constexpr auto key_of(Key) {
  return +[](const void* record) { return Key{}(*static_cast<const Record*>(record)); };
}

/// How a list is sorted, from the text of its `Ordering` parameter.
class Order {
 public:
  explicit Order(std::span<const Ordering> orderings = {}) : orderings_{orderings} {}

  /// Reads text such as `Priority:desc,DateCreated:asc`. Answers why it is refused, or nothing.
  std::optional<Error> read(const std::optional<std::string>& text) {
    std::string_view rest = text ? std::string_view{*text} : std::string_view{};
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view pair = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      const std::size_t colon = std::min(pair.find(':'), pair.size());
      const std::string_view direction = pair.substr(std::min(colon + 1, pair.size()));
      const Ordering* found = nullptr;
      for (const Ordering& ordering : orderings_) {
        if (ordering.name == pair.substr(0, colon)) found = &ordering;
      }
      if (found == nullptr || size_ == keys_.size() || (direction != "asc" && direction != "desc")) {
        return invalid("Ordering", "should be at most two of " + names() + ", each with :asc or :desc");
      }
      keys_[size_++] = {found->key, direction == "desc"};
    }
    return std::nullopt;
  }

  /// Whether it is the order of creation.
  bool is_natural() const { return size_ == 0; }

  SortKey key(std::uint64_t place, const void* record) const {
    SortKey key = natural_key(place);
    for (std::size_t i = 0; i < size_; ++i) {
      const std::int64_t value = keys_[i].get(record);
      key[i] = keys_[i].is_descending ? -value : value;
    }
    return key;
  }

 private:
  struct Key {
    std::int64_t (*get)(const void*){};
    bool is_descending{};
  };

  std::string names() const {
    std::string text;
    for (const auto& ordering : orderings_) text.append(text.empty() ? "" : ", ").append(ordering.name);
    return text;
  }

  std::span<const Ordering> orderings_;
  std::array<Key, 2> keys_{};
  std::size_t size_{};
};

}  // namespace taskrouter::emulator
