#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_writer.hpp"

// A request as the emulator takes it apart: where it was sent, and which route leads there.

namespace taskrouter::emulator {

/// A request and the parts of its URL.
struct Incoming {
  explicit Incoming(const Request& incoming) : request{incoming} {
    const std::string_view url = std::string_view{incoming.url}.substr(0, incoming.url.find('#'));
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t mark = std::min(url.find('?', host), url.size());
    const std::size_t start = std::min(url.find('/', host), mark);
    base_url = url.substr(0, start);
    path = url.substr(start, mark - start);
    query = url.substr(std::min(mark + 1, url.size()));
    if (taskrouter::detail::skip_plain(base_url, 0) == base_url.size()) return;
    taskrouter::detail::write_json_string(escaped_base_url, base_url);
    escaped_base_url.pop_back();
    escaped_base_url.erase(0, 1);
  }

  /// `base_url` as it stands in JSON.
  std::string_view json_base_url() const {
    return escaped_base_url.empty() ? base_url : std::string_view{escaped_base_url};
  }

  const Request& request;
  std::string_view base_url;       ///< Scheme, host and port: what the URLs in the answer begin with.
  std::string_view path;           ///< From the first slash on, still encoded.
  std::string_view query;          ///< Without its question mark, still encoded.
  std::string escaped_base_url{};  ///< `base_url` where it needs escapes in JSON, which hosts do not.
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

/// Whether a path fits a pattern. The segments that differ between patterns are the last ones.
inline bool fits(const Segments& pattern, const Segments& path) {
  if (pattern.size != path.size) return false;
  for (std::size_t i = pattern.size; i-- > 0;) {
    if (pattern.texts[i].starts_with('{') ? path.texts[i].empty() : pattern.texts[i] != path.texts[i]) return false;
  }
  return true;
}

/// The texts that stand in a path where its route has names, in their order.
struct PathValues {
  /// Those of a path that fits the pattern.
  PathValues(const Segments& pattern, const Segments& path) {
    for (std::size_t i = 0; i < pattern.size; ++i) {
      if (pattern.texts[i].starts_with('{')) texts[size++] = path.texts[i];
    }
  }

  std::array<std::string_view, 8> texts{};
  std::size_t size{};
};

/// A path's segment, decoded: a `+` in it is a plus. `scratch` holds what is not as it stands there.
inline std::string_view decode_segment(std::string_view text, std::string& scratch) {
  if (text.find('%') == std::string_view::npos) return text;
  std::string plus_kept;
  for (const char c : text) plus_kept.append(c == '+' ? std::string_view{"%2B"} : std::string_view{&c, 1});
  return scratch = taskrouter::detail::form_decode(plus_kept);
}

}  // namespace taskrouter::emulator
