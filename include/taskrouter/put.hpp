#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What makes room for the whole of a text first can write its pieces at a pointer. That takes half as long as
// appending them one by one.

namespace taskrouter::detail {

/// Copies a text to where there is room for it. Answers where it ends.
inline char* put(char* to, std::string_view text) { return to + text.copy(to, text.size()); }

/// Appends to `out` what `write` puts at a pointer: `most` bytes at most. `write` answers where it ends.
template <class Write>
void append_in_place(std::string& out, std::size_t most, Write write) {
  const std::size_t used = out.size();
  out.resize(used + most);
  out.resize(static_cast<std::size_t>(write(out.data() + used) - out.data()));
}

}  // namespace taskrouter::detail
