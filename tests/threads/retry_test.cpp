#include "taskrouter/retry.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <string>

#include "taskrouter/logging.hpp"
#include "together.hpp"

using namespace taskrouter;

TEST_CASE("threads share one Retrying around one Logging") {
  struct Busy {
    std::atomic<int> sent{0};
    Result<Response> send(const Request& request) {
      ++sent;
      return Response{.status = request.attempt < 3 ? 503 : 200, .headers = {}, .body = {}};
    }
  };
  Busy busy;
  std::atomic<int> logged{0}, reported{0}, succeeded{0};
  Logging logging{busy, [&](const LogEntry& entry) { logged += describe(entry).empty() ? 0 : 1; }};
  Retrying retrying{
      logging, {.on_attempt = [&](const AttemptReport&) { ++reported; }}, [](std::chrono::milliseconds) {}};
  const Request get{.method = Method::get, .url = "https://host/v1/x", .headers = {{"A", "1"}}, .body = {}};
  together(8, [&](int) {
    for (int i = 0; i < 100; ++i) {
      const auto outcome = retrying.send(get);
      if (outcome && outcome->status == 200) ++succeeded;
    }
  });
  CHECK(succeeded == 800);
  CHECK(busy.sent == 2400);
  CHECK(logged == 2400);
  CHECK(reported == 2400);
}
