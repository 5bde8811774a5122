#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"

// A request as the emulator takes it apart: where it was sent, and which route leads there.

namespace taskrouter::emulator {

/// A request and the parts of its URL.
struct Incoming {
  explicit Incoming(const Request& incoming) : request{incoming} {
    const std::string_view url = std::string_view{incoming.url}.substr(0, incoming.url.find('#'));
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t start = std::min(url.find_first_of("/?", host), url.size());
    const std::size_t end = std::min(url.find('?', start), url.size());
    base_url = url.substr(0, start);
    path = url.substr(start, end - start);
    query = url.substr(std::min(end + 1, url.size()));
  }

  const Request& request;
  std::string_view base_url;  ///< Scheme, host and port: what the URLs in the answer begin with.
  std::string_view path;      ///< From the first slash on, still encoded.
  std::string_view query;     ///< Without its question mark, still encoded.
};

/// The texts that stand in a path where its route has names, in their order.
struct PathValues {
  std::array<std::string_view, 8> texts{};
  std::size_t size{};
};

/// A path cut at its slashes. What is longer than any route has no segments.
struct Segments {
  constexpr Segments() = default;
  constexpr explicit Segments(std::string_view path) {
    while (!path.empty()) {
      if (size == texts.size()) {
        size = 0;
        return;
      }
      const std::size_t slash = std::min(path.find('/', 1), path.size());
      texts[size++] = path.substr(1, slash - 1);
      path.remove_prefix(slash);
    }
  }

  std::array<std::string_view, 8> texts{};
  std::size_t size{};
};

/// What stands in `path` for the names of `pattern`, or nullopt if the path does not fit it.
inline std::optional<PathValues> match_path(const Segments& pattern, const Segments& path) {
  if (pattern.size != path.size) return std::nullopt;
  PathValues values;
  for (std::size_t i = 0; i < pattern.size; ++i) {
    const std::string_view wanted = pattern.texts[i], found = path.texts[i];
    if (!wanted.starts_with('{')) {
      if (wanted != found) return std::nullopt;
    } else if (found.empty()) {
      return std::nullopt;
    } else {
      values.texts[values.size++] = found;
    }
  }
  return values;
}

/// A path's segment, decoded: a `+` in it is a plus.
inline std::string decode_segment(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string{text};
  std::string plus_kept;
  for (const char c : text) plus_kept.append(c == '+' ? std::string_view{"%2B"} : std::string_view{&c, 1});
  return taskrouter::detail::form_decode(plus_kept);
}

}  // namespace taskrouter::emulator
