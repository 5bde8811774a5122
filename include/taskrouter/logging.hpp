#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "taskrouter/api_error.hpp"
#include "taskrouter/client.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/describe.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// A request that passed through a transport, and what became of it. Holds no secret.
struct LogEntry {
  std::string request{};                 ///< Method, URL and form in one line, as log_line() has it.
  int attempt{1};                        ///< Above 1 when Retrying sends it again.
  std::chrono::milliseconds duration{};  ///< Until the answer was there, or the error.
  int status{};                          ///< 0 if no answer arrived.
  std::string request_id{};              ///< Twilio's name for the request, or empty.
  std::optional<Error> error{};          ///< Unless the status is 200 to 299.
};

/// An entry in one line, as its request and its error are: `GET .../Tasks/WT... -> 200 (12 ms)`.
inline std::string describe(const LogEntry& entry) {
  std::string out = entry.request + " -> ";
  out += entry.error ? describe(*entry.error) : std::to_string(entry.status);
  out += " (" + std::to_string(entry.duration.count()) + " ms";
  if (entry.attempt > 1) out += ", attempt " + std::to_string(entry.attempt);
  return out + ')';
}

using Log = std::function<void(const LogEntry&)>;  ///< Takes what is logged.

namespace detail {

/// What can be said of a request before it is answered.
inline LogEntry begin_entry(const Request& request) {
  return {.request = log_line(request), .attempt = request.attempt};
}

/// Adds what became of it.
inline void end_entry(LogEntry& entry, const Result<Response>& outcome, std::chrono::milliseconds duration) {
  entry.duration = duration;
  if (!outcome) {
    entry.error = outcome.error();
    entry.status = entry.error->status;
    return;
  }
  entry.status = outcome->status;
  if (entry.status < 200 || entry.status > 299) entry.error = api_error(*outcome);
  entry.request_id = request_id(*outcome);
}

}  // namespace detail

/// A transport that sends through another one and tells a function what passed. Inside Retrying it tells of every
/// attempt, around it of the request as a whole. Safe to share between threads if the transport and the function are.
template <Transport T>
class Logging {
 public:
  /// Keeps a reference to `transport`, which must outlive this.
  Logging(T& transport, Log log, Clock clock = {})
      : transport_{&transport}, log_{std::move(log)}, clock_{std::move(clock)} {}

  Result<Response> send(const Request& request) {
    const auto start = detail::now(clock_);
    Result<Response> outcome = transport_->send(request);
    LogEntry entry = detail::begin_entry(request);
    detail::end_entry(entry, outcome, detail::since(start, clock_));
    log_(entry);
    return outcome;
  }

 private:
  T* transport_;
  Log log_;
  Clock clock_;
};

}  // namespace taskrouter
