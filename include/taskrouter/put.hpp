#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

// What makes room for the whole of a text first can write its pieces at a pointer. That takes half as long as
// appending them one by one.

namespace taskrouter::detail {

/// Copies a text of `end` bytes to twice as many: both its ends, which may overlap. Answers false for others.
template <std::size_t end>
bool put_ends(char* to, std::string_view text) {
  if (text.size() < end || text.size() > 2 * end) return false;
  std::memcpy(to, text.data(), end);
  std::memcpy(to + text.size() - end, text.data() + text.size() - end, end);
  return true;
}

/// Copies a text to where there is room for it. Answers where it ends. What has a size that the compiler knows
/// is copied without a call, so that most texts are taken by their ends.
inline char* put(char* to, std::string_view text) {
  const bool is_done = put_ends<8>(to, text) || put_ends<16>(to, text) || put_ends<32>(to, text) ||
                       put_ends<64>(to, text) || put_ends<4>(to, text);
  if (!is_done) text.copy(to, text.size());
  return to + text.size();
}

/// Appends to `out` what `write` puts at a pointer: `most` bytes at most. `write` answers where it ends.
template <class Write>
void append_in_place(std::string& out, std::size_t most, Write write) {
  const std::size_t used = out.size();
  out.resize(used + most);
  out.resize(static_cast<std::size_t>(write(out.data() + used) - out.data()));
}

}  // namespace taskrouter::detail
