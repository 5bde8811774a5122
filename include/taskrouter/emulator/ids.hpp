#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/sid.hpp"

namespace taskrouter::emulator {

/// A source of 64 random bits.
using Random = std::function<std::uint64_t()>;

/// The default source: SplitMix64, the same sequence for the same seed everywhere.
/// https://prng.di.unimi.it/splitmix64.c
class SeededRandom {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_{seed} {}

  std::uint64_t operator()() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t bits = state_;
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9U;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBU;
    return bits ^ bits >> 31;
  }

 private:
  std::uint64_t state_;
};

/// Makes SIDs and tokens from a source of random bits.
class Ids {
 public:
  explicit Ids(Random random) : random_{std::move(random)} {}

  /// 32 lower-case hexadecimal digits.
  std::string hexadecimal() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(32, '0');
    ++made_;
    for (const std::size_t half : {0U, 16U}) {
      std::uint64_t bits = random_();
      for (std::size_t at = half + 16; at-- > half; bits >>= 4) text[at] = digits[bits & 15];
    }
    return text;
  }

  /// How many SIDs and tokens were made: the state of this, for sources that have no other.
  std::uint64_t made() const { return made_; }

  /// A SID that `is_taken` says no to. A source that repeats itself is counted on from, so that this
  /// ends whatever the source does.
  template <class AnySid, class IsTaken>
  AnySid sid(IsTaken is_taken) {
    std::string text = std::string{detail::IsSid<AnySid>::letters} + hexadecimal();
    while (is_taken(text)) count_up(text);
    return AnySid{text};
  }

 private:
  static void count_up(std::string& text) {
    for (std::size_t at = text.size() - 1; at >= 2; --at) {
      text[at] = text[at] == '9' ? 'a' : text[at] == 'f' ? '0' : static_cast<char>(text[at] + 1);
      if (text[at] != '0') return;
    }
  }

  Random random_;
  std::uint64_t made_{};
};

}  // namespace taskrouter::emulator
