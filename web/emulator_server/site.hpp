#pragma once

#include <string>
#include <utility>
#include <vector>

#include "request_log.hpp"
#include "running_emulator.hpp"
#include "web_request.hpp"

namespace taskrouter::server {

/// Which part of the server answers a request: by the beginning of its path, and the API for all others.
class Site {
 public:
  explicit Site(RunningEmulator& emulator) : emulator_{emulator} {}

  /// Has everything below `prefix`, such as `/_emulator/`, answered by `answerer`. The longest one counts.
  void mount(std::string prefix, Answerer answerer);

  /// Has everything answered by `answerer` that is below none of those and not of the API.
  void set_page(Answerer answerer) { page_ = std::move(answerer); }

  /// Has requests to the API recorded.
  void record(RequestLog& log) { log_ = &log; }

  Response answer(const WebRequest& request) const;

 private:
  Response answer_api(const WebRequest& request) const;

  RunningEmulator& emulator_;
  std::vector<std::pair<std::string, Answerer>> mounts_{};
  Answerer page_{};
  RequestLog* log_{};
};

}  // namespace taskrouter::server
