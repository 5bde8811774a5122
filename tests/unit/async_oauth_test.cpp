#include "taskrouter/async_oauth.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "scripted_later.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure, scripted::Later, scripted::Loop;

namespace {

const Request post{
    .method = Method::post, .url = "https://host/v1/x", .headers = {{"User-Agent", "u/1"}}, .body = "a=1"};

Response token(const std::string& text) {
  return answer(200, {}, R"({"access_token":")" + text + R"(","expires_in":3600})");
}

/// An OAuthAsync over a script, with a clock that stands still.
struct Run {
  explicit Run(std::vector<Result<Response>> answers) : transport{loop, {std::move(answers), &time}} {}

  Loop loop{};
  scripted::Time time{};
  Later transport;
  OAuthClient client{
      .client_id = "OQ1", .client_secret = "canary", .base_url = "http://127.0.0.1:1", .clock = time.clock()};
  OAuthAsync<Later> oauth{transport, client, loop.schedule()};
  std::vector<Result<Response>> outcomes{};

  void start(const Request& request = post) {
    oauth.start(request, [this](Result<Response> outcome) { outcomes.push_back(std::move(outcome)); });
  }
  /// The statuses in the order in which they came, 0 for an error of the transport.
  std::vector<int> statuses() const {
    std::vector<int> all;
    for (const auto& outcome : outcomes) all.push_back(outcome ? outcome->status : outcome.error().status);
    return all;
  }
  /// The requests so far: "token" for one, else the token that it carries.
  std::vector<std::string> sent() const {
    std::vector<std::string> all;
    for (const Request& request : transport.script.requests) {
      const std::string* authorization = request.headers.find("Authorization");
      all.push_back(authorization == nullptr ? "token" : authorization->substr(7));
    }
    return all;
  }
};

using Sent = std::vector<std::string>;
using Statuses = std::vector<int>;

}  // namespace

TEST_CASE("however many asynchronous requests want a token, it is fetched once and none is sent before") {
  Run run{{token("T1"), answer(201)}};
  for (int i = 0; i < 50; ++i) run.start();
  CHECK(run.transport.script.requests.empty());
  run.loop.run();
  run.start();
  run.loop.run();
  CHECK(run.statuses() == Statuses(51, 201));
  Sent expected(52, "T1");
  expected[0] = "token";
  CHECK(run.sent() == expected);
  CHECK(run.transport.script.requests[0].body == "grant_type=client_credentials&client_id=OQ1&client_secret=canary");
  CHECK(run.transport.script.requests[51].body == "a=1");
}

TEST_CASE("an asynchronous token is renewed before it expires") {
  Run run{{token("T1"), answer(200), answer(200), token("T2"), answer(200)}};
  for (const auto passed : {0s, 3569s, 3570s}) {
    run.time.passed = passed;
    run.start();
    run.loop.run();
  }
  CHECK(run.sent() == Sent{"token", "T1", "T1", "token", "T2"});
}

TEST_CASE("an asynchronous 401 renews the token once for all whom it met, and a second one is the caller's") {
  Run run{{token("T1"), answer(200), answer(401), answer(401), token("T2"), answer(200), answer(401)}};
  run.start();
  run.loop.run();
  for (int i = 0; i < 2; ++i) run.start();
  run.loop.run();
  CHECK(run.sent() == Sent{"token", "T1", "T1", "T1", "token", "T2", "T2"});
  CHECK(run.statuses() == Statuses{200, 200, 401});
}

TEST_CASE("all who wait for a token that does not come are told why, and the next request asks again") {
  Run run{{answer(503), failure(Error::Cause::dns), token("T1"), answer(200)}};
  for (int i = 0; i < 2; ++i) run.start();
  run.loop.run();
  CHECK(run.statuses() == Statuses{503, 503});
  run.start();
  run.loop.run();
  CHECK(run.outcomes[2].error().cause == Error::Cause::dns);
  run.start();
  run.loop.run();
  CHECK(run.statuses() == Statuses{503, 503, 0, 200});
  CHECK(run.sent() == Sent{"token", "token", "token", "T1"});
}

TEST_CASE("mistakes in the arguments of an asynchronous OAuth are told later, and nothing is sent") {
  Run run{{answer(200)}};
  Request authorized = post;
  authorized.headers.add("Authorization", "Basic x");
  run.start(authorized);
  OAuthClient nameless = run.client;
  nameless.client_id.clear();
  OAuthAsync oauth{run.transport, nameless, run.loop.schedule()};
  oauth.start(post, [&](Result<Response> outcome) { run.outcomes.push_back(std::move(outcome)); });
  CHECK(run.outcomes.empty());
  run.loop.run();
  REQUIRE(run.outcomes.size() == 2);
  CHECK(run.outcomes[0].error().field == "credentials");
  CHECK(run.outcomes[1].error().field == "client_id");
  CHECK(run.transport.script.requests.empty());
}

TEST_CASE("a timeout bounds the wait for a token and the asynchronous request together") {
  Run run{{token("T1"), answer(200)}};
  run.transport.script.duration = 300ms;
  Request hasty = post;
  hasty.timeout = 1s;
  run.start(hasty);
  run.loop.run();
  CHECK(run.transport.script.requests[0].timeout == 1000ms);
  CHECK(run.transport.script.requests[1].timeout == 700ms);
}
