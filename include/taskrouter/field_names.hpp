#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// The two names of a field: `worker_activity_sid` in C++ and JSON is `WorkerActivitySid` on the wire. The second is
// spelled where it is needed: kept in tables it would be an eighth of the WebAssembly module.

namespace taskrouter::detail {

/// The name in JSON of the field called so in C++: `template_` loses the underscore that keeps it from being a keyword.
constexpr std::string_view json_name(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

/// Calls `put(character)` for each character of the name on the wire, until it answers false.
template <class Put>
constexpr void spell_for_the_wire(std::string_view name, Put put) {
  char before = '_';
  for (const char c : name) {
    if (c != '_' && !put(before == '_' && c >= 'a' ? static_cast<char>(c - 32) : c)) return;
    before = c;
  }
}

inline std::string wire_name(std::string_view name) {
  std::string wire;
  spell_for_the_wire(name, [&](char c) { return wire.push_back(c), true; });
  return wire;
}

/// Whether `text` is the name on the wire of the field called `name`.
constexpr bool is_wire_name(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  bool same = true;
  spell_for_the_wire(name, [&](char c) { return same = at < text.size() && text[at++] == c; });
  return same && at == text.size();
}

}  // namespace taskrouter::detail
