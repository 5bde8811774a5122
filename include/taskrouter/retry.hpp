#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "taskrouter/client.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/retry_policy.hpp"

namespace taskrouter {

/// What became of one attempt, for a hook that counts or logs it.
struct AttemptReport {
  const Request& request;                         ///< Print it with log_line(): its headers hold credentials.
  const Result<Response>& outcome;                ///< Perhaps the one that the caller gets.
  int number;                                     ///< 1 is the first.
  std::optional<std::chrono::milliseconds> wait;  ///< Until the next attempt; none if this was the last.
};

/// What Retrying and RetryingAsync go by. The functions are called from every thread that sends.
struct RetryOptions {
  RetryPolicy policy{};                                    ///< How often and how patiently.
  std::function<void(const AttemptReport&)> on_attempt{};  ///< Called after every attempt, before the wait.
  std::function<double()> random{};                        ///< 0 up to 1. Null is a generator of its own.
  Clock clock{};                                           ///< Null is the clock of the system.
};

namespace detail {

/// Numbers from 0 up to 1 that differ from client to client. SplitMix64: quality enough to spread waits.
class Jitter {
 public:
  double operator()() {
    std::uint64_t z = state_.fetch_add(0x9E3779B97F4A7C15, std::memory_order_relaxed);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return static_cast<double>((z ^ z >> 31) >> 11) * 0x1p-53;
  }

 private:
  std::atomic<std::uint64_t> state_{
      static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()) ^
      static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(this))};
};

/// The attempts that a request is given: one decision for Retrying and RetryingAsync.
class Attempts {
 public:
  explicit Attempts(RetryOptions options) : options_{std::move(options)} {}

  std::chrono::steady_clock::time_point now() const { return detail::now(options_.clock); }

  /// The request as it is sent this time: with its number, and with what is left of the time.
  void prepare(Request& attempt, const Request& request, std::chrono::steady_clock::time_point start) const {
    ++attempt.attempt;
    attempt.timeout = time_left(time_allowed(request, options_.policy.max_total), since(start, options_.clock));
  }

  /// The wait before another attempt, or none if `outcome` stands.
  std::optional<std::chrono::milliseconds> decide(const Request& request, const Request& attempt,
                                                  const Result<Response>& outcome,
                                                  std::chrono::steady_clock::time_point start) {
    Attempt over{.method = request.method, .number = attempt.attempt, .elapsed = since(start, options_.clock)};
    if (outcome) {
      over.status = outcome->status;
      over.asked_wait = asked_wait(outcome->headers);
    } else {
      over.status = outcome.error().status;
      over.cause = outcome.error().cause;
    }
    RetryPolicy policy = options_.policy;
    policy.max_total = time_allowed(request, policy.max_total);
    const auto wait = wait_before_retry(over, policy, options_.random ? options_.random() : jitter_());
    if (options_.on_attempt) options_.on_attempt({attempt, outcome, over.number, wait});
    return wait;
  }

 private:
  RetryOptions options_;
  Jitter jitter_{};
};

}  // namespace detail

/// A transport that sends through another one, again where that can help and does no harm: see retry_policy.hpp for
/// when. A request's timeout, or the policy's max_total if that is less, bounds all its attempts and waits together.
/// Safe to share between threads if the transport and the given functions are.
template <Transport T>
class Retrying {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;  ///< Waits.

  /// Keeps a reference to `transport`, which must outlive this.
  /// @param sleep waits; null lets the thread sleep
  explicit Retrying(T& transport, RetryOptions options = {}, Sleep sleep = {})
      : transport_{&transport}, attempts_{std::move(options)}, sleep_{std::move(sleep)} {}

  Result<Response> send(const Request& request) {
    const auto start = attempts_.now();
    Request attempt = request;
    for (attempt.attempt = 0;;) {
      attempts_.prepare(attempt, request, start);
      Result<Response> outcome = transport_->send(attempt);
      const auto wait = attempts_.decide(request, attempt, outcome, start);
      if (!wait) return outcome;
      sleep_ ? sleep_(*wait) : std::this_thread::sleep_for(*wait);
    }
  }

 private:
  T* transport_;
  detail::Attempts attempts_;
  Sleep sleep_;
};

}  // namespace taskrouter
