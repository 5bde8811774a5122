#pragma once

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/base64.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/sid.hpp"

namespace taskrouter {

/// The version of this library, as it stands in the User-Agent.
inline constexpr std::string_view version = "0.1.0";

/// Who is calling. https://www.twilio.com/docs/iam/api-keys
class Credentials {
 public:
  /// @param username the account's SID (`AC...`), or an API key's (`SK...`)
  /// @param password the account's auth token, or the API key's secret
  Credentials(std::string username, std::string password)
      : username_{std::move(username)}, password_{std::move(password)} {}

  /// Reads TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. Where one is missing, every send says so.
  static Credentials from_environment() {
    const auto variable = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string{value == nullptr ? "" : value};
    };
    return {variable("TWILIO_ACCOUNT_SID"), variable("TWILIO_AUTH_TOKEN")};
  }

 private:
  friend class Endpoint;
  std::string username_;
  std::string password_;
};

namespace detail {

/// Whether `text` can stand in a header: visible ASCII and spaces.
inline bool is_header_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

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
    /// Empty leaves the header to the transport, as a browser demands.
    std::string user_agent{"taskrouter-cpp/" + std::string{version}};
  };

  /// A mistake in the arguments is kept, and build() answers with it.
  explicit Endpoint(const Credentials& credentials) : Endpoint{credentials, Options{}} {}
  Endpoint(const Credentials& credentials, Options options) : base_url_{std::move(options.base_url)} {
    const std::string& username = credentials.username_;
    if (username.empty()) {
      problem_ = argument_error("account_sid", "the account SID is missing: set TWILIO_ACCOUNT_SID or pass one");
    } else if (!is_sid(username, "AC") && !is_sid(username, "SK")) {
      problem_ =
          argument_error("account_sid", "the account SID should be AC (or an API key's SK) and 32 hexadecimal digits");
    } else if (credentials.password_.empty()) {
      problem_ = argument_error("auth_token", "the auth token is missing: set TWILIO_AUTH_TOKEN or pass one");
    } else if (!detail::is_base_url(base_url_)) {
      problem_ = argument_error(
          "base_url",
          "the base URL should be http:// or https://, a host, perhaps a port and a path, and no slash at the end");
    } else if (!detail::is_header_value(options.user_agent)) {
      problem_ = argument_error("user_agent", "the user agent should be visible ASCII");
    }
    headers_.add("Authorization", "Basic " + detail::base64(username + ':' + credentials.password_));
    headers_.add("Accept", "application/json");
    if (!options.user_agent.empty()) headers_.add("User-Agent", options.user_agent);
    form_headers_ = headers_;
    form_headers_.add("Content-Type", "application/x-www-form-urlencoded");
  }

  const std::string& base_url() const { return base_url_; }
  /// What is wrong with the arguments, if anything is.
  const std::optional<Error>& problem() const { return problem_; }
  /// The headers of a request, with a form or without one. Authorization is among them.
  const Headers& headers(bool with_form) const { return with_form ? form_headers_ : headers_; }

 private:
  std::string base_url_;
  std::optional<Error> problem_{};
  Headers headers_{};
  Headers form_headers_{};
};

}  // namespace taskrouter
