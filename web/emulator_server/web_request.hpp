#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "taskrouter/headers.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter::server {

/// A request as it came over HTTP, whole and within the limits.
struct WebRequest {
  std::string method;  ///< As it was sent: `GET`. It may be any token.
  std::string target;  ///< Path and query, still encoded. A whole URL if the client took this server for a proxy.
  Headers headers;
  std::string body;

  /// The path, still encoded.
  std::string_view path() const {
    std::string_view text = target;
    if (!text.starts_with('/')) {
      const std::size_t scheme = text.find("://");
      const std::size_t slash = scheme == std::string_view::npos ? scheme : text.find('/', scheme + 3);
      if (slash == std::string_view::npos) return "/";
      text.remove_prefix(slash);
    }
    return text.substr(0, text.find_first_of("?#"));
  }

  /// What stands behind the question mark, still encoded.
  std::string_view query() const {
    const std::string_view text = target;
    const std::size_t mark = text.find('?');
    return mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1, text.find('#', mark) - mark - 1);
  }
};

/// Answers a request, at once: everything happens on one thread.
using Answerer = std::function<Response(const WebRequest&)>;

}  // namespace taskrouter::server
