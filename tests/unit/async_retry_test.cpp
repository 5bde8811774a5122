#include "taskrouter/async_retry.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "scripted.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure;
using std::chrono::milliseconds;

namespace {

/// An event loop: answers and delays come when it runs, in their order.
struct Loop {
  std::vector<std::function<void()>> due{};
  std::vector<milliseconds> delays{};

  void run() {
    for (std::size_t i = 0; i < due.size(); ++i) std::exchange(due[i], nullptr)();
    due.clear();
  }
  auto schedule() {
    return [this](milliseconds delay, std::function<void()> function) {
      delays.push_back(delay);
      due.push_back(std::move(function));
    };
  }
};

/// The asynchronous face of a script.
struct Later {
  Loop& loop;
  scripted::Transport script;

  void start(Request request, ResponseHandler handler) {
    auto shared = std::make_shared<ResponseHandler>(std::move(handler));
    loop.due.push_back([this, request = std::move(request), shared] { (*shared)(script.send(request)); });
  }
};

const Request get{.method = Method::get, .url = "https://host/v1/x", .headers = {}, .body = {}};
const Request post{.method = Method::post, .url = "https://host/v1/x", .headers = {}, .body = "a=1"};

}  // namespace

TEST_CASE("asynchronous requests are sent again by the same decision, and answered once") {
  Loop loop;
  Later transport{loop, {{failure(Error::Cause::connect), answer(429, {{"Retry-After", "2"}}), answer(201)}}};
  int reports = 0;
  RetryingAsync retrying{transport,
                         loop.schedule(),
                         {.on_attempt = [&](const AttemptReport&) { ++reports; }, .random = [] { return 0.5; }}};
  std::vector<int> statuses;
  retrying.start(post, [&](Result<Response> outcome) { statuses.push_back(outcome.value().status); });
  CHECK(statuses.empty());
  loop.run();
  CHECK(statuses == std::vector<int>{201});
  CHECK(loop.delays == std::vector<milliseconds>{100ms, 2200ms});
  CHECK(reports == 3);
  CHECK(transport.script.requests[2].attempt == 3);
  CHECK(transport.script.requests[2].body == "a=1");
}

TEST_CASE("retry of POST: an asynchronous one that may have been done is not sent again either") {
  Loop loop;
  Later transport{loop, {{answer(503)}}};
  RetryingAsync retrying{transport, loop.schedule()};
  int answered = 0;
  retrying.start(post, [&](Result<Response>) { ++answered; });
  loop.run();
  CHECK(answered == 1);
  CHECK(transport.script.requests.size() == 1);
  retrying.start(get, [&](Result<Response>) { ++answered; });
  loop.run();
  CHECK(answered == 2);
  CHECK(transport.script.requests.size() == 5);
}

TEST_CASE("many asynchronous requests at once keep their attempts apart") {
  Loop loop;
  Later transport{loop, {{answer(503)}}};
  RetryingAsync retrying{transport, loop.schedule(), {.policy = {.max_attempts = 3}}};
  static_assert(AsyncTransport<decltype(retrying)>);
  int answered = 0;
  for (int i = 0; i < 50; ++i) retrying.start(get, [&](Result<Response>) { ++answered; });
  loop.run();
  CHECK(answered == 50);
  CHECK(transport.script.requests.size() == 150);
}
