#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "taskrouter/http.hpp"
#include "taskrouter/http_date.hpp"
#include "taskrouter/result.hpp"

// Whether a request that failed is sent again, and when: a function of values, without clock or chance.
//
// | what happened                                   | GET, DELETE | POST                        |
// |-------------------------------------------------|-------------|-----------------------------|
// | 429: Twilio did nothing                         | again       | again                       |
// | no connection was made (dns, connect, tls)      | again       | again                       |
// | 500 to 599, a timeout, another transport error  | again       | only if the policy says so  |
// | canceled, too large, any other status           | no          | no                          |
//
// A DELETE that is sent again may find that the first one worked, and answer 404.

namespace taskrouter {

/// How often and how patiently a request is sent again.
struct RetryPolicy {
  int max_attempts{4};                       ///< The first one counts. 1 sends nothing again.
  std::chrono::milliseconds base_wait{200};  ///< The first wait lasts up to this, each further one up to twice as long.
  std::chrono::milliseconds max_wait{10'000};   ///< The longest wait, whatever the server asks for. At most a day.
  std::chrono::milliseconds max_total{60'000};  ///< For all attempts and waits. Zero is without end.
  bool repeat_posts{false};  ///< Sends a POST again that may have been done: for those that do no harm twice.
};

/// An attempt that is over, as far as the decision about another one needs to know it.
struct Attempt {
  Method method{Method::get};              ///< The request's.
  int number{1};                           ///< 1 is the first.
  std::chrono::milliseconds elapsed{};     ///< Since the first attempt began.
  int status{};                            ///< 0 if no answer arrived.
  Error::Cause cause{Error::Cause::none};  ///< Why no answer arrived.
  std::chrono::milliseconds asked_wait{};  ///< What the server asks for, see asked_wait(). Zero if it doesn't.
};

/// The wait that an answer asks for: its Retry-After, in seconds or as a date measured by the answer's own Date, and
/// at least a second where X-Rate-Limit-Remaining is 0. Between zero and a day; what can't be read asks for nothing.
inline std::chrono::milliseconds asked_wait(const Headers& headers) {
  using namespace std::chrono;
  constexpr std::int64_t day = 86'400;
  std::int64_t asked = 0;
  if (const std::string* text = headers.find("Retry-After")) {
    if (text->find_first_not_of("0123456789") == std::string::npos) {
      for (const char digit : *text) asked = std::min(asked * 10 + (digit - '0'), day);
    } else if (const std::string* date = headers.find("Date")) {
      const auto then = detail::read_http_date(*text), sent = detail::read_http_date(*date);
      if (then && sent) asked = std::clamp<std::int64_t>((*then - *sent).count(), 0, day);
    }
  }
  const std::string* remaining = headers.find("X-Rate-Limit-Remaining");
  if (remaining != nullptr && *remaining == "0") asked = std::max<std::int64_t>(asked, 1);
  return seconds{asked};
}

namespace detail {

/// Whether sending again can help and does no harm.
inline bool may_repeat(const Attempt& attempt, const RetryPolicy& policy) {
  switch (attempt.cause) {
    case Error::Cause::dns:
    case Error::Cause::connect:
    case Error::Cause::tls: return true;
    case Error::Cause::canceled:
    case Error::Cause::too_large: return false;
    case Error::Cause::none:
      if (attempt.status == 429) return true;
      if (attempt.status < 500 || attempt.status > 599) return false;
      break;
    case Error::Cause::timeout:
    case Error::Cause::other: break;
  }
  return attempt.method != Method::post || policy.repeat_posts;
}

}  // namespace detail

/// How long to wait before the request is sent again, or nullopt to let it be. The wait is what the server asks
/// for, and on top a random part of a span that doubles with every attempt, so that clients which failed together
/// don't come back together.
/// @param random 0 up to 1
inline std::optional<std::chrono::milliseconds> wait_before_retry(const Attempt& attempt, const RetryPolicy& policy,
                                                                  double random) {
  using std::chrono::milliseconds;
  if (attempt.number >= policy.max_attempts || !detail::may_repeat(attempt, policy)) return std::nullopt;
  const milliseconds longest = std::clamp<milliseconds>(policy.max_wait, milliseconds{}, std::chrono::hours{24});
  milliseconds span = std::clamp(policy.base_wait, milliseconds{}, longest);
  for (int i = 1; i < attempt.number && span > milliseconds{} && span < longest; ++i)
    span = std::min(span * 2, longest);
  const double share = random > 0 ? std::min(random, 1.0) : 0;
  const milliseconds jitter{static_cast<std::int64_t>(static_cast<double>(span.count()) * share)};
  const milliseconds wait = std::min(std::clamp(attempt.asked_wait, milliseconds{}, longest) + jitter, longest);
  if (policy.max_total != milliseconds{} && wait >= policy.max_total - attempt.elapsed) return std::nullopt;
  return wait;
}

}  // namespace taskrouter
