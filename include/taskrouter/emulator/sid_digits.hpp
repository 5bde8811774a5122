#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "taskrouter/fields.hpp"

namespace taskrouter::emulator {

/// The 32 digits of a SID, in half the room.
struct SidDigits {
  std::uint64_t high{}, low{};

  SidDigits() = default;
  SidDigits(std::uint64_t first, std::uint64_t second) : high{first}, low{second} {}
  explicit SidDigits(std::string_view sid) {
    if (sid.size() != 34) return;
    high = read(sid.substr(2)) << 32 | read(sid.substr(10));
    low = read(sid.substr(18)) << 32 | read(sid.substr(26));
  }

  bool empty() const { return high == 0 && low == 0; }

  /// The SID again: a TaskSid of a task's digits. The emulator makes its SIDs of lower-case digits.
  template <class AnySid>
  AnySid as() const {
    std::array<char, 34> text{detail::IsSid<AnySid>::letters[0], detail::IsSid<AnySid>::letters[1]};
    write(text.data() + 2);
    return AnySid{{text.data(), text.size()}};
  }

  /// Writes the 32 digits.
  void write(char* at) const {
    for (const std::uint64_t half : {high, low}) {
      for (unsigned shift = 64; shift > 0; shift -= 4) *at++ = "0123456789abcdef"[half >> (shift - 4) & 15];
    }
  }

  /// The next ones.
  SidDigits& operator++() {
    if (++low == 0) ++high;
    return *this;
  }

  friend bool operator==(const SidDigits&, const SidDigits&) = default;

 private:
  /// Reads eight digits, all at once: each byte becomes a digit, and then neighbours become one number.
  static std::uint64_t read(std::string_view digits) {
    const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(digits[at])}; };
    std::uint64_t bytes = byte(0) << 56 | byte(1) << 48 | byte(2) << 40 | byte(3) << 32 | byte(4) << 24 |
                          byte(5) << 16 | byte(6) << 8 | byte(7);
    bytes = (bytes & 0x0F0F0F0F0F0F0F0F) + 9 * (bytes >> 6 & 0x0101010101010101);  // Letters begin at 10.
    bytes = (bytes | bytes >> 4) & 0x00FF00FF00FF00FF;
    bytes = (bytes | bytes >> 8) & 0x0000FFFF0000FFFF;
    return (bytes | bytes >> 16) & 0xFFFFFFFF;
  }
};

}  // namespace taskrouter::emulator
