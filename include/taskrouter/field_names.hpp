#pragma once

#include <cstddef>
#include <string_view>

// The two names of a field, made at compile time from the one that stands in TASKROUTER_FIELDS.

namespace taskrouter::detail {

/// A field's name as a template argument, so that its two forms are made at compile time and once.
template <std::size_t size>
struct FieldName {
  consteval FieldName(const char (&name)[size]) {
    for (std::size_t i = 0; i < size; ++i) text[i] = name[i];
  }
  char text[size]{};
};

/// `template_` loses the underscore that keeps it from being a keyword.
template <FieldName name>
inline constexpr std::string_view json_name{name.text,
                                            sizeof name.text - (name.text[sizeof name.text - 2] == '_' ? 2 : 1)};

/// `worker_activity_sid` is `WorkerActivitySid` on the wire.
template <std::size_t capacity>
struct WireName {
  consteval explicit WireName(std::string_view name) {
    bool upper = true;
    for (const char c : name) {
      if (c != '_') letters[size++] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      upper = c == '_';
    }
  }
  char letters[capacity]{};
  std::size_t size{};
};

template <FieldName name>
inline constexpr WireName<sizeof name.text> spelled_for_the_wire{json_name<name>};

template <FieldName name>
inline constexpr std::string_view wire_name{spelled_for_the_wire<name>.letters, spelled_for_the_wire<name>.size};

}  // namespace taskrouter::detail
