#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "taskrouter/field_names.hpp"
#include "taskrouter/put.hpp"

// Percent-encoding, for URLs and for forms.

namespace taskrouter::detail {

/// RFC 3986's unreserved characters: the ones that stand for themselves.
inline constexpr auto unreserved = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

/// Counts what an EncodedText would write, or a little more: a name counts as it stands in C++.
struct EncodedSize {
  std::size_t size = 0;
  void plain(std::string_view text) { size += text.size(); }
  void wire_name(std::string_view name) { size += name.size(); }
  void encoded(std::string_view text) {
    for (const char c : text) size += unreserved[static_cast<unsigned char>(c)] ? 1U : 3U;
  }
};

/// Writes text as it is, or percent-encoded, where there is room for it: a space is `%20`, which every server reads
/// alike.
struct EncodedText {
  char* end;  ///< Of what was written.
  void plain(std::string_view text) { end = put(end, text); }
  void wire_name(std::string_view name) {
    char* to = end;
    spell_for_the_wire(name, [&](char c) { return *to++ = c, true; });
    end = to;
  }
  void encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    char* to = end;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (unreserved[byte]) {
        *to++ = c;
      } else {
        *to++ = '%';
        *to++ = hex[byte >> 4];
        *to++ = hex[byte & 15];
      }
    }
    end = to;
  }
};

/// Appends to `out` what `write` writes to an EncodedText: `most` bytes at most.
template <class Write>
void append_encoded(std::string& out, std::size_t most, Write write) {
  append_in_place(out, most, [&](char* to) {
    EncodedText text{to};
    write(text);
    return text.end;
  });
}

/// The text, percent-encoded.
inline std::string percent_encoded(std::string_view text) {
  std::string out;
  append_encoded(out, 3 * text.size(), [&](EncodedText& to) { to.encoded(text); });
  return out;
}

}  // namespace taskrouter::detail
