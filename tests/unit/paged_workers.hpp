#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "samples.hpp"
#include "taskrouter/async_transport.hpp"

// A list of workers in pages, served at once or later.

namespace samples {

inline const std::string page_url = "https://taskrouter.twilio.com/v1/Workspaces/" + sid("WS") + "/Workers?Page=";

/// Answers page after page. Worker 3 of page 2 is called `2.3`.
struct PagedWorkers {
  std::vector<int> sizes;  ///< Of the pages.
  /// The URL of the page after page `n`. Empty: there is none.
  std::function<std::string(std::size_t n)> next = [this](std::size_t n) {
    return n + 1 < sizes.size() ? page_url + std::to_string(n + 1) : "";
  };
  std::vector<std::string> asked{};
  std::vector<std::chrono::milliseconds> timeouts{};
  std::deque<std::pair<taskrouter::ResponseHandler, taskrouter::Response>> waiting{};

  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request& request) {
    asked.push_back(request.url);
    timeouts.push_back(request.timeout);
    const auto at = request.url.find("?Page=");
    const std::size_t n = at == std::string::npos ? 0 : std::stoul(request.url.substr(at + 6));
    if (n >= sizes.size()) return taskrouter::transport_error(taskrouter::Error::Cause::connect, "nobody listens");
    std::string workers, after = next(n);
    for (int i = 0; i < sizes[n]; ++i) {
      workers +=
          (i == 0 ? "" : ",") + (R"({"friendly_name":")" + std::to_string(n) + '.' + std::to_string(i) + R"("})");
    }
    return taskrouter::Response{.status = 200,
                                .headers = {},
                                .body = R"({"meta":{"key":"workers","next_page_url":)" +
                                        (after.empty() ? "null" : '"' + after + '"') + R"(},"workers":[)" + workers +
                                        "]}"};
  }

  void start(const taskrouter::Request& request, taskrouter::ResponseHandler handler) {
    auto response = send(request);
    waiting.emplace_back(std::move(handler), response ? *std::move(response) : taskrouter::Response{});
  }

  /// Delivers what was started, and what is started by that. How often it delivered.
  int run() {
    int delivered = 0;
    for (; !waiting.empty(); ++delivered) {
      auto [handler, response] = std::move(waiting.front());
      waiting.pop_front();
      const bool lost = response.status == 0;
      handler(lost ? taskrouter::Result<taskrouter::Response>{taskrouter::transport_error(
                         taskrouter::Error::Cause::connect, "nobody listens")}
                   : std::move(response));
    }
    return delivered;
  }
};

inline const taskrouter::workers::List all_workers{.workspace_sid = workspace};

/// The name of a worker, or the message of the Error in its place.
inline std::string name(const taskrouter::Result<taskrouter::Worker>& element) {
  return element ? element->friendly_name : element.error().message;
}

}  // namespace samples
