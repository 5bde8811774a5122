#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/credentials.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/region.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/user_agent.hpp"

namespace taskrouter {
namespace detail {

/// Whether requests can be sent below `url`: a scheme, a host, perhaps a port and a path, no more.
inline bool is_base_url(std::string_view url) {
  const std::size_t host = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (host == 0 || url.back() == '/' || url.find_first_of(" @?#\\") != std::string_view::npos ||
      !is_header_value(url)) {
    return false;
  }
  const std::string_view authority = url.substr(host, url.find('/', host) - host);
  const std::size_t bracket = authority.find(']');  // An IPv6 address has colons of its own.
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view port = colon == std::string_view::npos ? "0" : authority.substr(colon + 1);
  return !authority.empty() && colon != 0 && !port.empty() && port.size() <= 5 &&
         port.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace detail

/// Where requests go and what each of them carries besides its operation.
class Endpoint {
 public:
  struct Options {
    /// Scheme, host and port, perhaps a path, with no slash at the end.
    std::string base_url{"https://taskrouter.twilio.com"};
    std::string edge{};    ///< Where traffic enters Twilio's network: `dublin`. Goes into the base URL's host.
    std::string region{};  ///< Where the workspace is kept: `ie1`. Goes into the base URL's host.
    /// Empty leaves the header to the transport, as a browser demands, and drops the extensions.
    std::string user_agent{detail::user_agent()};
    std::vector<std::string> user_agent_extensions{};  ///< Follow the user agent: `my-service/1.2`.
    int json_depth{64};  ///< How deep the JSON of an answer may be nested: 1 to 64. What is deeper is an Error.

    /// Reads TWILIO_EDGE and TWILIO_REGION.
    static Options from_environment() {
      Options options;
      options.edge = detail::environment("TWILIO_EDGE");
      options.region = detail::environment("TWILIO_REGION");
      return options;
    }
  };

  /// A mistake in the arguments is kept, and build() answers with it.
  explicit Endpoint(const Credentials& credentials) : Endpoint{credentials, Options{}} {}
  /// With other options.
  Endpoint(const Credentials& credentials, Options options)
      : base_url_{detail::regional_url(options.base_url, options.edge, options.region)},
        problem_{credentials.problem_ ? credentials.problem_ : problem_of(options)},
        json_depth_{options.json_depth} {
    if (!credentials.authorization_.empty()) headers_.add("Authorization", credentials.authorization_);
    headers_.add("Accept", "application/json");
    if (!options.user_agent.empty()) {
      for (const std::string& extension : options.user_agent_extensions) options.user_agent += ' ' + extension;
      headers_.add("User-Agent", std::move(options.user_agent));
    }
    form_headers_ = headers_;
    form_headers_.add("Content-Type", "application/x-www-form-urlencoded");
    json_headers_ = headers_;
    json_headers_.add("Content-Type", "application/json");
  }

  /// The endpoint that the environment describes: see from_environment() of Credentials and of Options.
  static Endpoint from_environment() { return {Credentials::from_environment(), Options::from_environment()}; }

  /// Where requests go, edge and region included.
  const std::string& base_url() const { return base_url_; }
  /// What is wrong with the arguments, if anything is.
  const std::optional<Error>& problem() const { return problem_; }
  /// The headers of a request, with a form or without one. Authorization is among them.
  const Headers& headers(bool with_form) const { return with_form ? form_headers_ : headers_; }
  /// The headers of a request whose body is JSON.
  const Headers& json_headers() const { return json_headers_; }
  /// How deep the JSON of an answer may be nested.
  int json_depth() const { return json_depth_; }

 private:
  static std::optional<Error> problem_of(const Options& options) {
    if (!detail::is_base_url(options.base_url)) {
      return argument_error(
          "base_url",
          "the base URL should be http:// or https://, a host, perhaps a port and a path, and no slash at the end");
    }
    const auto is_label = [](const std::string& text) { return text.empty() || detail::is_host_label(text); };
    if (!is_label(options.edge)) {
      return argument_error("edge", "the edge should be letters, digits and hyphens, as in 'dublin'");
    }
    if (!is_label(options.region)) {
      return argument_error("region", "the region should be letters, digits and hyphens, as in 'ie1'");
    }
    if (!detail::is_header_value(options.user_agent)) {
      return argument_error("user_agent", "the user agent should be visible ASCII");
    }
    for (const std::string& extension : options.user_agent_extensions) {
      if (extension.empty() || !detail::is_header_value(extension)) {
        return argument_error("user_agent_extensions", "an extension of the user agent should be visible ASCII");
      }
    }
    if (options.json_depth < 1 || options.json_depth > 64) {
      return argument_error("json_depth", "the depth of JSON should lie between 1 and 64");
    }
    return std::nullopt;
  }

  std::string base_url_;
  std::optional<Error> problem_{};
  int json_depth_;
  Headers headers_{};
  Headers form_headers_{};
  Headers json_headers_{};
};

}  // namespace taskrouter
