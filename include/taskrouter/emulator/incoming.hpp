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

/// What stands in `path` for the names of `pattern`, or nullopt if the path does not fit it.
inline std::optional<PathValues> match_path(std::string_view pattern, std::string_view path) {
  const auto take = [](std::string_view& rest) {
    const std::size_t slash = std::min(rest.find('/', 1), rest.size());
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(slash);
    return segment;
  };
  PathValues values;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view wanted = take(pattern), found = take(path);
    if (!wanted.starts_with("/{")) {
      if (wanted != found) return std::nullopt;
    } else if (found.size() < 2 || values.size == values.texts.size()) {
      return std::nullopt;
    } else {
      values.texts[values.size++] = found.substr(1);
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
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
