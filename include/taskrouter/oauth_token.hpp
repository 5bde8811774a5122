#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/api_error.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/percent.hpp"
#include "taskrouter/result.hpp"

// How an access token is asked for and read: what OAuth and OAuthAsync share. Nothing here sends or waits.

namespace taskrouter {

/// An application of the account that may ask for access tokens. https://www.twilio.com/docs/iam/oauth-apps
struct OAuthClient {
  std::string client_id;                             ///< `OQ...`
  std::string client_secret;                         ///< Goes to `base_url` and nowhere else.
  std::string base_url{"https://oauth.twilio.com"};  ///< Gives the tokens. It has neither edge nor region.
  std::chrono::seconds renew_before{30};             ///< Before a token expires, or half its life if that is less.
  Clock clock{};                                     ///< Null is the clock of the system.
};

namespace detail {

/// The answer that brings an access token.
struct TokenBody {
  std::string access_token{};
  JsonValue expires_in{};

  TASKROUTER_FIELDS(access_token, expires_in)
};

/// A token, or why there is none.
struct OAuthToken {
  Result<std::string> authorization{Error{}};        // The header's value.
  std::chrono::steady_clock::time_point renew_at{};  // When to ask for the next one.
};

/// Replaces every `secret` in `text`, which a stranger wrote.
inline void hide(std::string& text, std::string_view secret) {
  std::string visible;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(secret, from)) != std::string::npos; from = at + secret.size()) {
    visible.append(text, from, at - from).append("[hidden]");
  }
  text = std::move(visible.append(text, from));
}

inline std::optional<Error> problem_of(const OAuthClient& client) {
  if (client.client_id.empty()) return argument_error("client_id", "the OAuth client's id is missing");
  if (client.client_secret.empty()) return argument_error("client_secret", "the OAuth client's secret is missing");
  if (is_base_url(client.base_url)) return std::nullopt;
  return argument_error("base_url",
                        "the token server's base URL should be http:// or https://, a host, perhaps a "
                        "port and a path, and no slash at the end");
}

/// Why a request can't be given a token, if it can't.
inline std::optional<Error> has_credentials(const Request& request) {
  if (request.headers.find("Authorization") == nullptr) return std::nullopt;
  return argument_error("credentials", "the request has credentials already: use Credentials::none() with OAuth");
}

/// The request for the token that `request` needs, which was made `elapsed` ago.
inline Result<Request> token_request(const OAuthClient& client, const Request& request,
                                     std::chrono::milliseconds elapsed) {
  if (auto problem = problem_of(client)) return *std::move(problem);
  std::string body = "grant_type=client_credentials&client_id=" + percent_encoded(client.client_id) +
                     "&client_secret=" + percent_encoded(client.client_secret);
  Headers headers{{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  if (const std::string* agent = request.headers.find("User-Agent")) headers.add("User-Agent", *agent);
  return Request{.method = Method::post,
                 .url = client.base_url + "/v2/token",
                 .headers = std::move(headers),
                 .body = std::move(body),
                 .timeout = time_left(request.timeout, elapsed),
                 .attempt = request.attempt};
}

inline Error token_refusal(const OAuthClient& client, const Response& response) {
  Error error = api_error(response);
  error.message = "no access token was given: " + error.message;
  for (std::string* text : {&error.message, &error.more_info, &error.details, &error.request_id}) {
    hide(*text, client.client_secret);
  }
  return error;
}

/// What the answer to token_request() says, which was sent at `asked`.
inline OAuthToken read_token(const OAuthClient& client, const Result<Response>& response,
                             std::chrono::steady_clock::time_point asked) {
  using TimePoint = std::chrono::steady_clock::time_point;
  if (!response) return {response.error()};
  if (response->status < 200 || response->status > 299) return {token_refusal(client, *response)};
  const auto body = read_json<TokenBody>(response->body);
  if (!body || !is_token(body->access_token)) {
    return {body_error({.kind = Error::Kind::body,
                        .message = "the token server's answer holds no access token that can be sent",
                        .field = "access_token"},
                       *response)};
  }
  // A token that doesn't say when it expires is kept until it is refused.
  const std::chrono::milliseconds life = std::chrono::seconds{positive_number(body->expires_in.text)};
  const std::chrono::milliseconds early = std::clamp<std::chrono::milliseconds>(client.renew_before, {}, life / 2);
  return {"Bearer " + body->access_token, life.count() == 0 ? TimePoint::max() : asked + (life - early)};
}

/// `request`, made `elapsed` ago, with a token.
inline Request with_token(const std::string& authorization, const Request& request, std::chrono::milliseconds elapsed) {
  Request authorized = request;
  authorized.headers.add("Authorization", authorization);
  authorized.timeout = time_left(request.timeout, elapsed);
  return authorized;
}

}  // namespace detail
}  // namespace taskrouter
