#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

#include "taskrouter/client.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/oauth_token.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

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
    if (auto error = detail::has_credentials(request)) return *std::move(error);
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
    const bool is_good = token_.authorization && fetches_ != refused && detail::now(client_.clock) < token_.renew_at;
    const bool is_ours = !is_good && fetches_ == seen;
    if (is_ours) {
      token_ = fetch(request, start);
      ++fetches_;
    }
    if (!token_.authorization) return token_.authorization.error();
    return Token{*token_.authorization, fetches_, is_ours};
  }

  detail::OAuthToken fetch(const Request& request, TimePoint start) {
    const Result<Request> question = detail::token_request(client_, request, detail::since(start, client_.clock));
    if (!question) return {question.error()};
    const TimePoint asked = detail::now(client_.clock);
    return detail::read_token(client_, transport_->send(*question), asked);
  }

  Request with(const Token& token, const Request& request, TimePoint start) const {
    return detail::with_token(token.authorization, request, detail::since(start, client_.clock));
  }

  T* transport_;
  OAuthClient client_;
  std::atomic<std::uint64_t> fetches_{0};
  std::mutex mutex_;  // Guards what follows, and is held while a token is fetched.
  detail::OAuthToken token_{};
};

}  // namespace taskrouter
