#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "taskrouter/emulator/ids.hpp"
#include "taskrouter/emulator/signed.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter::emulator {

/// A point in time as the emulator's clock counts it.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Whole seconds from `from` to `to`.
inline std::int64_t seconds_between(Instant from, Instant to) {
  return std::chrono::floor<std::chrono::seconds>(to - from).count();
}

/// Whole seconds since 1970.
inline std::int64_t whole_seconds(Instant time) { return seconds_between(Instant{}, time); }

/// Answers an assignment callback, as the server behind the callback URL would.
using OnAssignment = std::function<Response(const Request&)>;

/// Takes an event callback, as the server behind the EventCallbackUrl would.
using OnEvent = std::function<void(const Request&)>;

/// What an emulator starts with.
struct Options {
  Instant start{std::chrono::sys_days{std::chrono::year{2025} / 1 / 1}};  ///< What the clock says at first.
  std::uint64_t seed{1};  ///< Emulators of one seed make the same SIDs and auth token.
  Random random{};        ///< Where SIDs and the auth token come from, instead of the seed.

  std::int64_t task_reservation_timeout{120};  ///< The workflow's, in seconds: 1 to 86400.
  std::int64_t max_reserved_workers{1};        ///< The queue's: how many workers a task is offered to at once, 1 to 50.
  /// The workflow's. Empty means that nothing is called.
  std::string assignment_callback_url{"https://example.com/assignment"};

  /// Called for every reservation as it is made. Without one, see Emulator::take_callbacks(). A status
  /// outside 200 to 299 says that the callback did not arrive: the fallback URL is tried, and then the
  /// reservation is canceled.
  OnAssignment on_assignment{};
  /// Called for every event of a workspace with an EventCallbackUrl. Without one, see
  /// Emulator::take_event_callbacks().
  OnEvent on_event{};
  /// Signs callbacks with the story's auth token: X-Twilio-Signature. Without it they have no signature.
  HmacSha1 hmac_sha1{};
};

}  // namespace taskrouter::emulator
