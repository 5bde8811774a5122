#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/api_error.hpp"
#include "taskrouter/client.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/encode.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"

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

/// Replaces every `secret` in `text`, which a stranger wrote.
inline void hide(std::string& text, std::string_view secret) {
  for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos;)
    text.replace(at, secret.size(), "[hidden]");
}

}  // namespace detail

/// A transport that adds an access token to what it sends through another one. It fetches the token through that same
/// one, keeps it, and renews it before it expires, or once when TaskRouter answers 401. However many threads want
/// one, one fetches and the others wait for what comes of it. Use it with Credentials::none().
///
/// Without a token nothing is sent: the Error is the transport's, the token server's (of kind `api`), or of kind `body`
/// where its answer holds no token. Secret and token are in none of them.
template <Transport T>
class OAuth {
 public:
  /// Keeps a reference to `transport`, which must outlive this.
  OAuth(T& transport, OAuthClient client) : transport_{&transport}, client_{std::move(client)} {}

  Result<Response> send(const Request& request) {
    std::uint64_t seen = fetches_.load();
    const auto start = detail::now(client_.clock);
    if (request.headers.find("Authorization") != nullptr) {
      return argument_error("credentials", "the request has credentials already: use Credentials::none() with OAuth");
    }
    const Result<Token> token = find_token(request, start, seen, 0);
    if (!token) return token.error();
    Result<Response> outcome = transport_->send(with(*token, request, start));
    if (!outcome || outcome->status != 401 || token->is_new) return outcome;
    seen = fetches_.load();
    const Result<Token> renewed = find_token(request, start, seen, token->number);
    if (!renewed) return renewed.error();
    return transport_->send(with(*renewed, request, start));
  }

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Token {
    std::string authorization;  // The header's value.
    std::uint64_t number;       // Of the fetch that brought it.
    bool is_new;                // Whether this very request fetched it.
  };

  /// The token that is there unless it is number `refused`, or what the fetch brings that ended after `seen` were
  /// counted, or what a fetch of our own does.
  Result<Token> find_token(const Request& request, TimePoint start, std::uint64_t seen, std::uint64_t refused) {
    const std::lock_guard lock{mutex_};
    const bool is_good = authorization_ && fetches_ != refused && detail::now(client_.clock) < renew_at_;
    const bool is_ours = !is_good && fetches_ == seen;
    if (is_ours) {
      authorization_ = fetch(request, start);
      ++fetches_;
    }
    if (!authorization_) return authorization_.error();
    return Token{*authorization_, fetches_, is_ours};
  }

  /// Asks for a token and notes when to renew it.
  Result<std::string> fetch(const Request& request, TimePoint start) {
    if (auto problem = problem_of(client_)) return *std::move(problem);
    const TimePoint asked = detail::now(client_.clock);
    const Result<Response> response = transport_->send(token_request(request, start));
    if (!response) return response.error();
    if (response->status < 200 || response->status > 299) return refusal(*response);
    const auto body = read_json<detail::TokenBody>(response->body);
    if (!body || !detail::is_token(body->access_token)) {
      return detail::body_error({.kind = Error::Kind::body,
                                 .message = "the token server's answer holds no access token that can be sent",
                                 .field = "access_token"},
                                *response);
    }
    // A token that doesn't say when it expires is kept until it is refused.
    const std::chrono::milliseconds life = std::chrono::seconds{detail::positive_number(body->expires_in.text)};
    const std::chrono::milliseconds early = std::clamp<std::chrono::milliseconds>(client_.renew_before, {}, life / 2);
    renew_at_ = life.count() == 0 ? TimePoint::max() : asked + (life - early);
    return "Bearer " + body->access_token;
  }

  Error refusal(const Response& response) const {
    Error error = detail::api_error(response);
    error.message = "no access token was given: " + error.message;
    for (std::string* text : {&error.message, &error.more_info, &error.details, &error.request_id}) {
      detail::hide(*text, client_.client_secret);
    }
    return error;
  }

  static std::optional<Error> problem_of(const OAuthClient& client) {
    if (client.client_id.empty()) return argument_error("client_id", "the OAuth client's id is missing");
    if (client.client_secret.empty()) return argument_error("client_secret", "the OAuth client's secret is missing");
    if (detail::is_base_url(client.base_url)) return std::nullopt;
    return argument_error("base_url",
                          "the token server's base URL should be http:// or https://, a host, perhaps a "
                          "port and a path, and no slash at the end");
  }

  Request token_request(const Request& request, TimePoint start) const {
    std::string body = "grant_type=client_credentials&client_id=";
    detail::EncodedText form{body};
    form.encoded(client_.client_id);
    form.plain("&client_secret=");
    form.encoded(client_.client_secret);
    Headers headers{{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    if (const std::string* agent = request.headers.find("User-Agent")) headers.add("User-Agent", *agent);
    return {.method = Method::post,
            .url = client_.base_url + "/v2/token",
            .headers = std::move(headers),
            .body = std::move(body),
            .timeout = detail::time_left(request.timeout, detail::since(start, client_.clock)),
            .attempt = request.attempt};
  }

  Request with(const Token& token, const Request& request, TimePoint start) const {
    Request authorized = request;
    authorized.headers.add("Authorization", token.authorization);
    authorized.timeout = detail::time_left(request.timeout, detail::since(start, client_.clock));
    return authorized;
  }

  T* transport_;
  OAuthClient client_;
  std::atomic<std::uint64_t> fetches_{0};
  std::mutex mutex_;  // Guards what follows, and is held while a token is fetched.
  Result<std::string> authorization_{Error{}};
  TimePoint renew_at_{};
};

}  // namespace taskrouter
