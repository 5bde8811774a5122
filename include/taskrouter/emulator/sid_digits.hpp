#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace taskrouter::emulator {

/// The 32 digits of a SID, in half the room.
struct SidDigits {
  std::uint64_t high{}, low{};

  SidDigits() = default;
  explicit SidDigits(std::string_view sid) {
    if (sid.size() == 34) high = read(sid.substr(2, 16)), low = read(sid.substr(18));
  }

  bool empty() const { return high == 0 && low == 0; }

  /// The SID again. The emulator makes its SIDs of lower-case digits.
  std::string with(std::string_view prefix) const {
    std::string text{prefix};
    for (const std::uint64_t half : {high, low}) {
      for (unsigned shift = 64; shift > 0; shift -= 4) text.push_back("0123456789abcdef"[half >> (shift - 4) & 15]);
    }
    return text;
  }

  friend bool operator==(const SidDigits&, const SidDigits&) = default;

 private:
  static std::uint64_t read(std::string_view digits) {
    std::uint64_t value = 0;
    for (const char c : digits) {
      value = value << 4 | static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return value;
  }
};

}  // namespace taskrouter::emulator
