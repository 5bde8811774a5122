#pragma once

#include <utility>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/logging.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Logging for an asynchronous transport: the function is told what passed when the answer is there, before the
/// request's own handler is called, on the same thread.
template <AsyncTransport T>
class LoggingAsync {
 public:
  /// Keeps a reference to `transport`. It and this must outlive every request.
  LoggingAsync(T& transport, Log log, Clock clock = {})
      : transport_{&transport}, log_{std::move(log)}, clock_{std::move(clock)} {}

  /// See AsyncTransport.
  void start(Request request, ResponseHandler handler) {
    LogEntry entry = detail::begin_entry(request);
    transport_->start(std::move(request), [this, entry = std::move(entry), handler = std::move(handler),
                                           start = detail::now(clock_)](Result<Response> outcome) mutable {
      detail::end_entry(entry, outcome, detail::since(start, clock_));
      log_(entry);
      handler(std::move(outcome));
    });
  }

 private:
  T* transport_;
  Log log_;
  Clock clock_;
};

}  // namespace taskrouter
