#pragma once

#include <chrono>
#include <functional>

#include "taskrouter/http.hpp"

namespace taskrouter {

/// Tells how time passes to what waits or measures. Null is the steady clock; tests give one that they turn. It is
/// called from every thread that sends.
using Clock = std::function<std::chrono::steady_clock::time_point()>;

/// Calls a function once, after a delay and not inside the call: a program's own timer, for what never waits itself.
using Schedule = std::function<void(std::chrono::milliseconds, std::function<void()>)>;

namespace detail {

inline std::chrono::steady_clock::time_point now(const Clock& clock) {
  return clock ? clock() : std::chrono::steady_clock::now();
}

/// The time since `start`, in whole milliseconds.
inline std::chrono::milliseconds since(std::chrono::steady_clock::time_point start, const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(now(clock) - start);
}

/// The timeout of a request that is a part of an exchange: what is left of `allowed`. Zero is without end.
constexpr std::chrono::milliseconds time_left(std::chrono::milliseconds allowed, std::chrono::milliseconds elapsed) {
  using std::chrono::milliseconds;
  if (allowed == milliseconds{}) return allowed;
  return elapsed < allowed ? allowed - elapsed : milliseconds{1};
}

}  // namespace detail
}  // namespace taskrouter
