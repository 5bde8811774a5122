#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/clock.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

// A transport that answers from a script, and a clock that only moves when told.

namespace scripted {

inline taskrouter::Response answer(int status, taskrouter::Headers headers = {}, std::string body = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

inline taskrouter::Error failure(taskrouter::Error::Cause cause) {
  return taskrouter::transport_error(cause, "scripted");
}

/// A clock that stands still until it is turned.
struct Time {
  std::chrono::milliseconds passed{};
  taskrouter::Clock clock() {
    return [this] { return std::chrono::steady_clock::time_point{} + passed; };
  }
};

/// Gives its answers in order, the last one again and again; each takes `duration`, or the request's timeout.
struct Transport {
  std::vector<taskrouter::Result<taskrouter::Response>> answers;
  Time* time = nullptr;
  std::chrono::milliseconds duration{};
  std::vector<taskrouter::Request> requests{};

  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request& request) {
    requests.push_back(request);
    if (duration.count() > 0) time->passed += taskrouter::time_allowed(request, duration);
    return answers[std::min(requests.size(), answers.size()) - 1];
  }
};

}  // namespace scripted
