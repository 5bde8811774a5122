#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

// From a decimal number to the nearest double, for standard libraries without std::from_chars() of double. strtod()
// goes by the program's locale, and in WebAssembly it is 14 KB that calculate in 128 bits.

namespace taskrouter::detail {

/// A natural number of any size.
class Natural {
 public:
  bool is_zero() const { return words_.empty(); }

  /// Becomes itself times `factor`, and `more`.
  void multiply(std::uint32_t factor, std::uint32_t more = 0) {
    std::uint64_t carry = more;
    for (std::uint32_t& word : words_) {
      carry += std::uint64_t{word} * factor;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) words_.push_back(static_cast<std::uint32_t>(carry));
  }

  /// Becomes itself divided by `divisor`. Answers whether there is a remainder.
  bool divide(std::uint32_t divisor) {
    std::uint64_t rest = 0;
    for (std::size_t i = words_.size(); i-- > 0;) {
      rest = rest << 32 | words_[i];
      words_[i] = static_cast<std::uint32_t>(rest / divisor);
      rest %= divisor;
    }
    while (!words_.empty() && words_.back() == 0) words_.pop_back();
    return rest != 0;
  }

  /// Becomes itself times 2^(32 * count).
  void add_words(std::size_t count) { words_.insert(words_.begin(), count, 0); }

  /// The 64 highest bits, the first of them 1, and the power of two that they stand at. Those that are left out may
  /// set the last bit.
  /// @pre it is not zero
  std::uint64_t highest_bits(int& power) {
    const int zeros = std::countl_zero(words_.back());
    multiply(std::uint32_t{1} << zeros);
    const std::size_t size = words_.size(), rest = size < 2 ? 0 : size - 2;
    power = static_cast<int>(size) * 32 - 64 - zeros;
    std::uint64_t bits = std::uint64_t{words_.back()} << 32 | (size < 2 ? 0 : words_[rest]);
    for (std::size_t i = 0; i < rest; ++i) bits |= std::uint64_t{words_[i] != 0};
    return bits;
  }

 private:
  std::vector<std::uint32_t> words_{};  // The lowest first, the highest of them not zero.
};

/// The double nearest to `bits` * 2^`power`, the even one of two.
/// @pre the first bit is 1, and the last is if anything was left out
inline double nearest_double(std::uint64_t bits, int power) {
  constexpr int dropped = std::numeric_limits<std::uint64_t>::digits - std::numeric_limits<double>::digits;
  constexpr int lowest = std::numeric_limits<double>::min_exponent - std::numeric_limits<double>::digits - dropped;
  for (; power < lowest && bits > 1; ++power) bits = bits >> 1 | (bits & 1);
  const std::uint64_t rest = bits % (1U << dropped), half = 1U << (dropped - 1);
  bits >>= dropped;
  if (rest > half || (rest == half && bits % 2 != 0)) ++bits;
  return std::ldexp(static_cast<double>(bits), power + dropped);
}

/// A number as JSON spells it, without its sign.
struct Decimal {
  Natural digits{};           ///< As one whole number.
  int count = 0;              ///< How many they are, at most 800: no number halfway between two doubles has so many.
  bool more = false;          ///< Others followed, not all of them 0.
  std::int64_t exponent = 0;  ///< The power of ten that they are to be multiplied by.

  explicit Decimal(std::string_view text) {
    std::size_t at = 0;
    for (bool after_point = false; at < text.size() && (text[at] | 32) != 'e'; ++at) {
      if (text[at] == '.') {
        after_point = true;
        continue;
      }
      const auto digit = static_cast<std::uint32_t>(text[at] - '0');
      const bool keep = count < 800;
      if (keep) digits.multiply(10, digit);
      if (keep && !digits.is_zero()) ++count;
      more = more || (!keep && digit != 0);
      exponent += (keep ? 0 : 1) - (after_point ? 1 : 0);
    }
    std::int64_t written = 0;
    for (const char c : text.substr(at)) {
      if (c >= '0' && c <= '9' && written < 1'000'000'000'000) written = written * 10 + (c - '0');
    }
    exponent += text.substr(at).find('-') == std::string_view::npos ? written : -written;
  }
};

/// The double nearest to a number as JSON spells it, the even one of two.
/// @pre it does not exceed the largest double
inline double read_decimal(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  Decimal number{text.substr(is_negative ? 1 : 0)};
  std::int64_t exponent = number.exponent;
  double value = 0;
  if (!number.digits.is_zero() && exponent + number.count > -400) {  // Less is nearest to zero.
    constexpr std::uint32_t billion = 1'000'000'000;
    int power = 0;
    for (; exponent >= 9; exponent -= 9) number.digits.multiply(billion);
    for (; exponent > 0; --exponent) number.digits.multiply(10);
    // As many words more as the division takes, and two for what remains.
    const auto words = exponent < 0 ? static_cast<std::size_t>(3 - exponent / 9) : 0;
    number.digits.add_words(words);
    for (; exponent <= -9; exponent += 9) number.more |= number.digits.divide(billion);
    for (; exponent < 0; ++exponent) number.more |= number.digits.divide(10);
    const std::uint64_t bits = number.digits.highest_bits(power) | std::uint64_t{number.more};
    value = nearest_double(bits, power - static_cast<int>(words) * 32);
  }
  return is_negative ? -value : value;
}

}  // namespace taskrouter::detail
