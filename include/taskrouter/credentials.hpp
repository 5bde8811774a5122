#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/base64.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/sid.hpp"

namespace taskrouter {
namespace detail {

/// The value of an environment variable, or an empty text.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Whether `token` can follow `Bearer` in a header: visible ASCII without a space.
inline bool is_token(std::string_view token) {
  return !token.empty() && is_header_value(token) && token.find(' ') == std::string_view::npos;
}

}  // namespace detail

/// Who is calling. TaskRouter knows the account by the key or token, so an API key needs no account SID beside it.
/// A mistake in the arguments is kept, and every build answers with it. https://www.twilio.com/docs/iam/api-keys
class Credentials {
 public:
  /// @param username the account's SID (`AC...`), or an API key's (`SK...`)
  /// @param password the account's auth token, or the API key's secret
  Credentials(std::string_view username, std::string_view password) {
    if (username.empty()) {
      problem_ = argument_error("account_sid", "the account SID is missing: set TWILIO_ACCOUNT_SID or pass one");
    } else if (!is_sid(username, "AC") && !is_sid(username, "SK")) {
      problem_ =
          argument_error("account_sid", "the account SID should be AC (or an API key's SK) and 32 hexadecimal digits");
    } else if (password.empty()) {
      problem_ = argument_error("auth_token", "the auth token is missing: set TWILIO_AUTH_TOKEN or pass one");
    }
    authorization_ = "Basic " + detail::base64(std::string{username}.append(":").append(password));
  }

  /// An API key, which can be revoked without changing the account's auth token.
  /// @param sid `SK` and 32 hexadecimal digits
  static Credentials api_key(std::string_view sid, std::string_view secret) {
    Credentials credentials{sid, secret};
    if (!is_sid(sid, "SK")) {
      credentials.problem_ = argument_error("api_key", "the API key's SID should be SK and 32 hexadecimal digits");
    } else if (secret.empty()) {
      credentials.problem_ =
          argument_error("api_secret", "the API key's secret is missing: set TWILIO_API_SECRET or pass one");
    }
    return credentials;
  }

  /// A token that someone else fetched and renews. For a client that does so itself see oauth.hpp.
  static Credentials bearer(std::string_view token) {
    Credentials credentials;
    if (!detail::is_token(token)) {
      credentials.problem_ = argument_error("token", "the bearer token should be visible ASCII without a space");
    }
    credentials.authorization_ = "Bearer " + std::string{token};
    return credentials;
  }

  /// No credentials: the transport adds them (oauth.hpp), or a proxy on the way does.
  static Credentials none() { return {}; }

  /// Reads TWILIO_API_KEY and TWILIO_API_SECRET, or where no key is set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
  /// Where one is missing, every send says so.
  static Credentials from_environment() {
    const std::string key = detail::environment("TWILIO_API_KEY");
    if (!key.empty()) return api_key(key, detail::environment("TWILIO_API_SECRET"));
    return {detail::environment("TWILIO_ACCOUNT_SID"), detail::environment("TWILIO_AUTH_TOKEN")};
  }

 private:
  friend class Endpoint;
  Credentials() = default;
  std::string authorization_{};  // The header's value.
  std::optional<Error> problem_{};
};

}  // namespace taskrouter
