#include "taskrouter/async_retry.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "scripted_later.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure, scripted::Later, scripted::Loop;
using std::chrono::milliseconds;

namespace {

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
