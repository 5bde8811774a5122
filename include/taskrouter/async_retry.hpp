#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/retry.hpp"

namespace taskrouter {

/// Retrying for an asynchronous transport: nothing waits in it, a timer of the program's own calls back.
template <AsyncTransport T>
class RetryingAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request and every delay.
  RetryingAsync(T& transport, Schedule schedule, RetryOptions options = {})
      : transport_{&transport}, schedule_{std::move(schedule)}, attempts_{std::move(options)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    auto exchange = std::make_shared<Exchange>(Exchange{request, request, std::move(handler), attempts_.now()});
    exchange->attempt.attempt = 0;
    try_once(std::move(exchange));
  }

 private:
  struct Exchange {
    Request request;
    Request attempt;
    ResponseHandler handler;
    std::chrono::steady_clock::time_point start;
  };

  void try_once(std::shared_ptr<Exchange> exchange) {
    Exchange& current = *exchange;
    attempts_.prepare(current.attempt, current.request, current.start);
    transport_->start(current.attempt, [this, exchange = std::move(exchange)](Result<Response> outcome) {
      const auto wait = attempts_.decide(exchange->request, exchange->attempt, outcome, exchange->start);
      if (!wait) return exchange->handler(std::move(outcome));
      schedule_(*wait, [this, exchange] { try_once(exchange); });
    });
  }

  T* transport_;
  Schedule schedule_;
  detail::Attempts attempts_;
};

}  // namespace taskrouter
