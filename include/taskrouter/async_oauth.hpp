#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/oauth_token.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// OAuth for an asynchronous transport: requests that need a token wait, without a thread, for the one fetch. Safe to
/// share between threads if the transport is.
template <AsyncTransport T>
class OAuthAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request. `schedule` is used to report mistakes:
  /// those of a request that has credentials already, and of `client`.
  OAuthAsync(T& transport, OAuthClient client, Schedule schedule)
      : transport_{&transport}, client_{std::move(client)}, schedule_{std::move(schedule)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    auto error = detail::has_credentials(request);
    auto exchange =
        std::make_shared<Exchange>(Exchange{std::move(request), std::move(handler), detail::now(client_.clock)});
    if (!error) return send_or_wait(std::move(exchange));
    schedule_({}, [exchange = std::move(exchange), error = *std::move(error)] { exchange->handler(error); });
  }

 private:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Exchange {
    Request request;
    ResponseHandler handler;
    TimePoint start;
    std::uint64_t refused{};  // The token that TaskRouter answered with 401, or 0.
  };
  using SharedExchange = std::shared_ptr<Exchange>;

  /// Sends with the token that is there, or once the fetch has brought one.
  void send_or_wait(SharedExchange exchange) {
    std::unique_lock lock{mutex_};
    const bool is_good =
        token_.authorization && number_ != exchange->refused && detail::now(client_.clock) < token_.renew_at;
    if (is_good && waiting_.empty()) {
      const auto [authorization, number] = std::pair{*token_.authorization, number_};
      lock.unlock();
      return send(std::move(exchange), authorization, number, false);
    }
    waiting_.push_back(exchange);
    const bool is_first = waiting_.size() == 1;
    lock.unlock();
    if (is_first) fetch(*exchange);
  }

  void fetch(const Exchange& exchange) {
    const Result<Request> question = detail::token_request(client_, exchange.request, elapsed(exchange));
    if (!question) {
      schedule_({}, [this, error = question.error()] { take({error}); });
      return;
    }
    transport_->start(*question, [this, asked = detail::now(client_.clock)](const Result<Response>& answer) {
      take(detail::read_token(client_, answer, asked));
    });
  }

  /// Keeps the token and goes on with all who wait for it.
  void take(detail::OAuthToken token) {
    std::vector<SharedExchange> waiting;
    std::unique_lock lock{mutex_};
    waiting.swap(waiting_);
    token_ = token;
    const std::uint64_t number = ++number_;
    lock.unlock();
    for (SharedExchange& exchange : waiting) {
      if (!token.authorization) {
        exchange->handler(token.authorization.error());
      } else {
        send(std::move(exchange), *token.authorization, number, true);
      }
    }
  }

  void send(SharedExchange exchange, const std::string& authorization, std::uint64_t number, bool is_new) {
    Request request = detail::with_token(authorization, exchange->request, elapsed(*exchange));
    transport_->start(std::move(request), [this, exchange, number, is_new](Result<Response> outcome) {
      const bool is_last = is_new || exchange->refused != 0;
      if (!outcome || outcome->status != 401 || is_last) return exchange->handler(std::move(outcome));
      exchange->refused = number;
      send_or_wait(exchange);
    });
  }

  std::chrono::milliseconds elapsed(const Exchange& exchange) const {
    return detail::since(exchange.start, client_.clock);
  }

  T* transport_;
  OAuthClient client_;
  Schedule schedule_;
  std::mutex mutex_{};  // Guards what follows. Nothing is called while it is held.
  detail::OAuthToken token_{};
  std::uint64_t number_{};                 // Of the fetch that brought the token.
  std::vector<SharedExchange> waiting_{};  // If any, a token is being fetched.
};

}  // namespace taskrouter
