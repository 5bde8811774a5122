#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "scripted.hpp"
#include "taskrouter/async_transport.hpp"

// The asynchronous face of a script, and the event loop that it answers in.

namespace scripted {

/// An event loop: answers and delays come when it runs, in their order.
struct Loop {
  std::vector<std::function<void()>> due{};
  std::vector<std::chrono::milliseconds> delays{};

  void run() {
    for (std::size_t i = 0; i < due.size(); ++i) std::exchange(due[i], nullptr)();
    due.clear();
  }
  auto schedule() {
    return [this](std::chrono::milliseconds delay, std::function<void()> function) {
      delays.push_back(delay);
      due.push_back(std::move(function));
    };
  }
};

struct Later {
  Loop& loop;
  Transport script;

  void start(taskrouter::Request request, taskrouter::ResponseHandler handler) {
    auto shared = std::make_shared<taskrouter::ResponseHandler>(std::move(handler));
    loop.due.push_back([this, request = std::move(request), shared] { (*shared)(script.send(request)); });
  }
};

}  // namespace scripted
