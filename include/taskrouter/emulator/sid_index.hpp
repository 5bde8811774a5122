#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "taskrouter/emulator/sid_digits.hpp"

namespace taskrouter::emulator {

/// Finds records by the digits of their SIDs: a hash table with open addressing, so that finding one is a
/// look at one place in memory. The same code for records of all types.
class SidIndex {
 public:
  std::size_t size() const { return size_; }

  /// @pre no record has those digits
  void add(const SidDigits& digits, void* record) {
    if (3 * (size_ + 1) > 2 * slots_.size()) grow();
    std::size_t at = home(digits);
    while (slots_[at].record != nullptr) at = after(at);
    slots_[at] = {digits, record};
    ++size_;
  }

  /// The record with those digits, or null.
  void* find(const SidDigits& digits) const { return slots_.empty() ? nullptr : slots_[place_of(digits)].record; }

  /// @pre a record has those digits
  void remove(const SidDigits& digits) {
    std::size_t gap = place_of(digits);
    slots_[gap].record = nullptr;
    --size_;
    // Whoever came after it, and would be looked for from the gap or before it, moves up into the gap.
    for (std::size_t at = after(gap); slots_[at].record != nullptr; at = after(at)) {
      if (distance(home(slots_[at].digits), at) < distance(gap, at)) continue;
      slots_[gap] = slots_[at];
      slots_[gap = at].record = nullptr;
    }
  }

 private:
  struct Slot {
    SidDigits digits;
    void* record{};  // Null where the slot is free.
  };

  /// Where digits are looked for first. They are random, but for a source that is not: so that they are mixed.
  std::size_t home(const SidDigits& digits) const {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    const std::uint64_t mixed = (digits.low ^ digits.high * odd) * odd;
    return static_cast<std::size_t>(mixed >> 32) & (slots_.size() - 1);
  }
  std::size_t after(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  std::size_t distance(std::size_t from, std::size_t to) const { return (to - from) & (slots_.size() - 1); }

  /// Where digits are, or the free slot where the search for them ends.
  std::size_t place_of(const SidDigits& digits) const {
    std::size_t at = home(digits);
    while (slots_[at].record != nullptr && !(slots_[at].digits == digits)) at = after(at);
    return at;
  }

  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 8 : 2 * slots_.size()));
    size_ = 0;
    for (const Slot& slot : old) {
      if (slot.record != nullptr) add(slot.digits, slot.record);
    }
  }

  std::vector<Slot> slots_{};  // Their number is a power of two, or none.
  std::size_t size_{};
};

}  // namespace taskrouter::emulator
