#include "taskrouter/retry_policy.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>

using namespace taskrouter;
using namespace std::chrono_literals;
using Cause = Error::Cause;
using std::chrono::milliseconds;

namespace {

bool repeats(const Attempt& attempt, const RetryPolicy& policy = {}) {
  return wait_before_retry(attempt, policy, 0.5).has_value();
}

milliseconds asked(const std::string& retry_after, const std::string& date = "Sun, 06 Nov 1994 08:49:37 GMT") {
  return asked_wait({{"retry-after", retry_after}, {"date", date}});
}

constexpr Method methods[]{Method::get, Method::post, Method::delete_};

}  // namespace

TEST_CASE("retry of POST: one that may have been done is never sent again, unless the policy says so") {
  for (const Method method : methods) {
    const bool idempotent = method != Method::post;
    for (int status = 500; status < 600; ++status) {
      CHECK(repeats({.method = method, .status = status}) == idempotent);
      CHECK(repeats({.method = method, .status = status}, {.repeat_posts = true}));
    }
    for (const Cause cause : {Cause::timeout, Cause::other}) {
      CHECK(repeats({.method = method, .cause = cause}) == idempotent);
      CHECK(repeats({.method = method, .cause = cause}, {.repeat_posts = true}));
    }
  }
}

TEST_CASE("what surely was not done is sent again, whatever the method") {
  for (const Method method : methods) {
    CHECK(repeats({.method = method, .status = 429}));
    for (const Cause cause : {Cause::dns, Cause::connect, Cause::tls}) {
      CHECK(repeats({.method = method, .cause = cause}));
    }
  }
}

TEST_CASE("what another attempt can't help, or what was done, is not sent again") {
  for (const Method method : methods) {
    for (int status = 0; status < 700; ++status) {
      if (status == 429 || (status >= 500 && status < 600)) continue;
      CHECK_FALSE(repeats({.method = method, .status = status}, {.repeat_posts = true}));
    }
    for (const Cause cause : {Cause::canceled, Cause::too_large}) {
      CHECK_FALSE(repeats({.method = method, .cause = cause}, {.repeat_posts = true}));
    }
  }
}

TEST_CASE("a wait is a random part of a span that doubles with every attempt, up to a limit") {
  const RetryPolicy policy{.max_attempts = 100, .base_wait = 200ms, .max_wait = 3000ms, .max_total = 0ms};
  const auto wait = [&](int number, double random) {
    return wait_before_retry({.number = number, .status = 503}, policy, random).value();
  };
  CHECK(wait(1, 0) == 0ms);
  CHECK(wait(1, 0.5) == 100ms);
  CHECK(wait(1, 1) == 200ms);
  CHECK(wait(2, 0.5) == 200ms);
  CHECK(wait(3, 0.75) == 600ms);
  CHECK(wait(4, 1) == 1600ms);
  for (const int number : {5, 6, 64, 99}) {
    CHECK(wait(number, 1) == 3000ms);
    CHECK(wait(number, 0.5) == 1500ms);
  }
  for (const double random : {-1.0, std::numeric_limits<double>::quiet_NaN()}) CHECK(wait(3, random) == 0ms);
  CHECK(wait(3, 1e300) == 800ms);
}

TEST_CASE("attempts and total time have limits") {
  for (const int most : {-1, 0, 1}) CHECK_FALSE(repeats({.status = 429}, {.max_attempts = most}));
  CHECK(repeats({.number = 3, .status = 429}));
  CHECK_FALSE(repeats({.number = 4, .status = 429}));
  const RetryPolicy policy{.base_wait = 200ms, .max_total = 1000ms};
  CHECK(repeats({.elapsed = 899ms, .status = 429}, policy));
  CHECK_FALSE(repeats({.elapsed = 900ms, .status = 429}, policy));
  CHECK_FALSE(repeats({.elapsed = 5s, .status = 429}, policy));
  CHECK_FALSE(repeats({.status = 429, .asked_wait = 1s}, policy));
  CHECK(repeats({.elapsed = 24h, .status = 429}, {.max_total = 0ms}));
}

TEST_CASE("a wait that the server asks for is kept, with the random part on top") {
  const auto wait = [](milliseconds asked_wait) {
    return wait_before_retry({.status = 429, .asked_wait = asked_wait}, {}, 0.5).value();
  };
  CHECK(wait(2s) == 2100ms);
  CHECK(wait(9'950ms) == 10s);
  CHECK(wait(-5s) == 100ms);
}

TEST_CASE("Retry-After is read as seconds, or as a date measured by the server's own clock") {
  CHECK(asked("0") == 0s);
  CHECK(asked("1") == 1s);
  CHECK(asked("0007") == 7s);
  CHECK(asked("Sun, 06 Nov 1994 08:50:07 GMT") == 30s);
  CHECK(asked("Sun, 06 Nov 1994 08:50:07 GMT", "yesterday") == 0s);
  CHECK(asked_wait({{"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}}) == 0s);
  CHECK(asked_wait({}) == 0s);
}

TEST_CASE("a used-up rate limit asks for a second at least") {
  CHECK(asked_wait({{"X-Rate-Limit-Remaining", "0"}}) == 1s);
  CHECK(asked_wait({{"X-Rate-Limit-Remaining", "0"}, {"Retry-After", "3"}}) == 3s);
  for (const std::string remaining : {"", "1", "100", "-1", "x", "00"}) {
    CHECK(asked_wait({{"X-Rate-Limit-Remaining", remaining}}) == 0s);
  }
}

TEST_CASE("a hostile Retry-After is capped: huge, negative, garbage, or a date long ago or far ahead") {
  for (const std::string hostile :
       {"99999999999999999999", "9223372036854775807", "9223372036854775808", "-1", "-9223372036854775808", "1e9",
        "1.5", "0x10", " 1", "1 ", "1,2", "", "NaN", "Infinity", "\xFF", "Sun, 06 Nov 1894 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Sun, 06 Nov 1994 08:49:37"}) {
    CAPTURE(hostile);
    const milliseconds wait = asked(hostile);
    CHECK(wait >= 0s);
    CHECK(wait <= 24h);
    for (int number = 1; number < 4; ++number) {
      const auto taken = wait_before_retry({.number = number, .status = 429, .asked_wait = wait}, {}, 0.99);
      REQUIRE(taken);
      CHECK(*taken <= RetryPolicy{}.max_wait);
    }
  }
  const std::string digits(1'000'000, '9');
  CHECK(asked(digits) == 24h);
}

TEST_CASE("no values, however extreme, make a wait below zero or above the limit") {
  constexpr milliseconds extremes[]{milliseconds::min(), -1ms, 0ms, 1ms, 24h, milliseconds::max()};
  for (const milliseconds base : extremes) {
    for (const milliseconds longest : extremes) {
      for (const milliseconds asked_wait : extremes) {
        for (const int number : {std::numeric_limits<int>::min(), 0, 1, 2, 70, std::numeric_limits<int>::max() - 1}) {
          const RetryPolicy policy{.max_attempts = std::numeric_limits<int>::max(),
                                   .base_wait = base,
                                   .max_wait = longest,
                                   .max_total = 0ms};
          const Attempt attempt{.number = number, .status = 429, .asked_wait = asked_wait};
          const auto wait = wait_before_retry(attempt, policy, 1);
          REQUIRE(wait);
          CHECK(*wait >= 0ms);
          CHECK(*wait <= std::max(longest, 0ms));
          CHECK(*wait <= 24h);
        }
      }
    }
  }
}
