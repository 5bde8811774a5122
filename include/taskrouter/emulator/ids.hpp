#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "taskrouter/emulator/sid_digits.hpp"

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

  /// The digits of a SID.
  SidDigits digits() {
    ++made_;
    const std::uint64_t high = random_(), low = random_();
    return {high, low};
  }

  /// Digits that `is_taken` says no to. A source that repeats itself is counted on from, so that this
  /// ends whatever the source does.
  template <class IsTaken>
  SidDigits digits(IsTaken is_taken) {
    SidDigits next = digits();
    while (is_taken(next)) ++next;
    return next;
  }

  /// 32 lower-case hexadecimal digits.
  std::string token() {
    std::string text(32, '0');
    digits().write(text.data());
    return text;
  }

  /// How many SIDs and tokens were made: the state of this, for sources that have no other.
  std::uint64_t made() const { return made_; }

 private:
  Random random_;
  std::uint64_t made_{};
};

}  // namespace taskrouter::emulator
