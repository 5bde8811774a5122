#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Bytes as text: base64 as in a header, base64url as in a token. RFC 4648, sections 4 and 5.

namespace taskrouter::detail {

/// An alphabet, and whether `=` fills the last block.
struct Base64 {
  std::string_view letters;
  bool padded;

  std::string write(std::string_view bytes) const {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
      unsigned block = 0;
      for (std::size_t j = i; j < i + 3; ++j) {
        block = block << 8 | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
      }
      for (unsigned shift = 18; shift < 24; shift -= 6) out.push_back(letters[block >> shift & 63]);
    }
    const std::size_t fill = (3 - bytes.size() % 3) % 3;
    out.resize(out.size() - fill);
    if (padded) out.append(fill, '=');
    return out;
  }

  /// The bytes that `text` stands for. Nothing if write() would not have made it: then it has another
  /// alphabet, other padding, or bits that say nothing.
  std::optional<std::string> read(std::string_view text) const {
    std::size_t size = text.size();
    if (padded) {
      if (size % 4 != 0) return std::nullopt;
      for (int i = 0; i < 2 && size > 0 && text[size - 1] == '='; ++i) --size;
    }
    if (size % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(size / 4 * 3 + 2);
    unsigned block = 0;
    unsigned bits = 0;
    for (const char c : text.substr(0, size)) {
      const std::size_t letter = letters.find(c);
      if (letter == std::string_view::npos) return std::nullopt;
      block = (block << 6 | static_cast<unsigned>(letter)) & 0xFFFF;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      out.push_back(static_cast<char>(block >> bits & 0xFF));
    }
    if ((block & ((1U << bits) - 1)) != 0) return std::nullopt;
    return out;
  }
};

inline constexpr Base64 standard_base64{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true};
inline constexpr Base64 url_safe_base64{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false};

inline std::string base64(std::string_view bytes) { return standard_base64.write(bytes); }
inline std::string base64_url(std::string_view bytes) { return url_safe_base64.write(bytes); }
inline std::optional<std::string> read_base64(std::string_view text) { return standard_base64.read(text); }
inline std::optional<std::string> read_base64_url(std::string_view text) { return url_safe_base64.read(text); }

}  // namespace taskrouter::detail
