#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace taskrouter::detail {

/// How many bytes the well-formed UTF-8 character at `at` has (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF), or 0 if there is none.
/// @pre at < text.size()
constexpr std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first > 0xF4) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return continues(1) && continues(2) && continues(3) ? 4 : 0;
}

/// Whether `text` is UTF-8 from end to end.
constexpr bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

/// The length of the longest start of a character at `at` that could have gone on: what a decoder
/// replaces by one U+FFFD.
/// @pre utf8_length(text, at) == 0
constexpr std::size_t utf8_broken_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0xC2 || first > 0xF4 || (second & 0xC0U) != 0x80U) return 1;
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 1;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 1;
  return first >= 0xF0 && (byte(2) & 0xC0U) == 0x80U ? 3 : 2;
}

/// `text` with U+FFFD wherever it is not UTF-8.
inline std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    out.append(length == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(at, length));
    at += length == 0 ? utf8_broken_length(text, at) : length;
  }
  return out;
}

/// Appends the UTF-8 form of a code point.
/// @pre code is at most U+10FFFF and no surrogate
inline void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xE0 | code >> 12);
    } else {
      byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F));
    }
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

}  // namespace taskrouter::detail
