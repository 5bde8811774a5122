#include "taskrouter/async_logging.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "scripted_later.hpp"
#include "taskrouter/async_retry.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure, scripted::Later, scripted::Loop;

namespace {

const Request post{.method = Method::post,
                   .url = "https://host/v1/x",
                   .headers = {{"Authorization", "Bearer canary"}},
                   .body = "A=1&SipAuthPassword=canary"};

}  // namespace

TEST_CASE("an asynchronous exchange is told as a synchronous one is, before its handler hears") {
  Loop loop;
  scripted::Time time;
  Later transport{loop, {{answer(201, {{"Twilio-Request-Id", "RQ1"}}, "{}"), failure(Error::Cause::dns)}, &time, 12ms}};
  std::vector<std::string> order;
  LoggingAsync logging{transport, [&](const LogEntry& entry) { order.push_back(describe(entry)); }, time.clock()};
  for (int i = 0; i < 2; ++i) {
    logging.start(post, [&](Result<Response> outcome) { order.push_back(outcome ? outcome->body : "lost"); });
  }
  CHECK(order.empty());
  loop.run();
  const std::string line = "POST https://host/v1/x A='1' SipAuthPassword='[hidden]' -> ";
  CHECK(order == std::vector<std::string>{line + "201 (12 ms)", "{}", line + "scripted (24 ms)", "lost"});
  CHECK(*transport.script.requests[0].headers.find("Authorization") == "Bearer canary");
  CHECK(transport.script.requests[0].body == post.body);
}

TEST_CASE("inside RetryingAsync every attempt is told with its number") {
  Loop loop;
  Later transport{loop, {{answer(429), answer(500)}}};
  std::vector<int> told;
  LoggingAsync logging{transport, [&](const LogEntry& entry) { told.push_back(entry.attempt * 1000 + entry.status); }};
  RetryingAsync retrying{logging, loop.schedule()};
  retrying.start(post, [](Result<Response>) {});
  loop.run();
  CHECK(told == std::vector<int>{1429, 2500});
}
