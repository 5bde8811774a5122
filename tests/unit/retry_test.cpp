#include "taskrouter/retry.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "scripted.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure;
using std::chrono::milliseconds;

namespace {

const Request get{.method = Method::get, .url = "https://host/v1/x", .headers = {{"A", "1"}}, .body = {}};
const Request post{.method = Method::post, .url = "https://host/v1/x", .headers = {}, .body = "a=1"};

/// Sends through a script, without waiting, and keeps what happened.
struct Run {
  explicit Run(std::vector<Result<Response>> answers, RetryPolicy policy = {}, milliseconds duration = 0ms)
      : transport{std::move(answers), &time, duration},
        retrying{transport,
                 {.policy = policy,
                  .on_attempt = [this](const AttemptReport& report) { reports.push_back(report.wait); },
                  .random = [] { return 0.5; },
                  .clock = time.clock()},
                 [this](milliseconds wait) {
                   waits.push_back(wait);
                   time.passed += wait;
                 }} {}

  scripted::Time time{};
  scripted::Transport transport;
  std::vector<milliseconds> waits{};
  std::vector<std::optional<milliseconds>> reports{};
  Retrying<scripted::Transport> retrying;
};

}  // namespace

TEST_CASE("a request that fails at first is sent again as it was, with its number, until it succeeds") {
  Run run{{failure(Error::Cause::dns), answer(503), answer(429), answer(200)}};
  CHECK(run.retrying.send(get).value().status == 200);
  CHECK(run.waits == std::vector<milliseconds>{100ms, 200ms, 400ms});
  REQUIRE(run.transport.requests.size() == 4);
  for (int i = 0; i < 4; ++i) {
    const Request& sent = run.transport.requests[static_cast<std::size_t>(i)];
    CHECK(sent.attempt == i + 1);
    CHECK(sent.url == get.url);
    CHECK(*sent.headers.find("A") == "1");
  }
}

TEST_CASE("retry of POST: 5xx and lost answers cause no second one, 429 and lost connections do") {
  using Cause = Error::Cause;
  for (const Result<Response>& lost : std::vector<Result<Response>>{
           answer(500), answer(502), answer(503, {{"Retry-After", "1"}}), answer(504), failure(Cause::timeout),
           failure(Cause::other), failure(Cause::canceled), failure(Cause::too_large)}) {
    Run run{{lost, answer(201)}};
    const auto outcome = run.retrying.send(post);
    CHECK(run.transport.requests.size() == 1);
    CHECK(outcome.has_value() == lost.has_value());
  }
  for (const Result<Response>& undone :
       std::vector<Result<Response>>{answer(429), failure(Cause::dns), failure(Cause::connect), failure(Cause::tls)}) {
    Run run{{undone, answer(201)}};
    CHECK(run.retrying.send(post).value().status == 201);
    CHECK(run.transport.requests.size() == 2);
    CHECK(run.transport.requests[1].body == post.body);
  }
}

TEST_CASE("the last outcome is the caller's when the attempts are used up") {
  Run answers{{answer(503)}, {.max_attempts = 3}};
  CHECK(answers.retrying.send(get).value().status == 503);
  CHECK(answers.transport.requests.size() == 3);
  Run errors{{failure(Error::Cause::connect)}, {.max_attempts = 2}};
  CHECK(errors.retrying.send(post).error().cause == Error::Cause::connect);
  CHECK(errors.transport.requests.size() == 2);
}

TEST_CASE("a hostile Retry-After makes nobody wait longer than the policy's limits") {
  for (const std::string asked : {"99999999999999999999", "86400", "Fri, 31 Dec 9999 23:59:59 GMT", "-1", "x"}) {
    Run run{{answer(429, {{"Retry-After", asked}, {"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}})}};
    CHECK(run.retrying.send(get).value().status == 429);
    for (const milliseconds wait : run.waits) CHECK(wait <= RetryPolicy{}.max_wait);
    CHECK(run.time.passed <= RetryPolicy{}.max_total);
  }
}

TEST_CASE("all attempts and waits together stay within the policy's time, or the request's if that is less") {
  const RetryPolicy patient{.max_attempts = 1'000'000, .max_total = 60s};
  Run by_policy{{answer(503)}, patient, 700ms};
  CHECK(by_policy.retrying.send(get));
  CHECK(by_policy.time.passed <= 60s);
  CHECK(by_policy.transport.requests.front().timeout == 60s);
  CHECK(by_policy.transport.requests.back().timeout < 30s);

  Run by_request{{answer(503)}, patient, 700ms};
  Request hasty = get;
  hasty.timeout = 2s;
  CHECK(by_request.retrying.send(hasty));
  CHECK(by_request.time.passed <= 2s);
  REQUIRE(by_request.transport.requests.size() == 3);
  CHECK(by_request.transport.requests[0].timeout == 2000ms);
  CHECK(by_request.transport.requests[1].timeout == 1200ms);
  CHECK(by_request.transport.requests[2].timeout == 300ms);

  Run without_end{{answer(503), answer(200)}, {.max_total = 0ms}, 1h};
  CHECK(without_end.retrying.send(get).value().status == 200);
  CHECK(without_end.transport.requests[1].timeout == 0ms);
}

TEST_CASE("a hook hears of every attempt and of the wait after it") {
  Run run{{answer(429), answer(429), answer(404)}};
  CHECK(run.retrying.send(post).value().status == 404);
  CHECK(run.reports == std::vector<std::optional<milliseconds>>{100ms, 200ms, std::nullopt});
}

TEST_CASE("without injected parts a thread sleeps and waits differ") {
  scripted::Transport transport{{answer(503), answer(200)}};
  Retrying retrying{transport, {.policy = {.base_wait = 2ms}}};
  CHECK(retrying.send(get).value().status == 200);
  detail::Jitter jitter;
  std::set<double> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(jitter());
  CHECK(seen.size() == 1000);
  CHECK(*seen.begin() >= 0);
  CHECK(*seen.begin() < 0.1);
  CHECK(*seen.rbegin() < 1);
  CHECK(*seen.rbegin() > 0.9);
}

TEST_CASE("transports that send again can stand around each other") {
  scripted::Transport transport{{answer(503)}};
  const auto sleep = [](milliseconds) {};
  Retrying inner{transport, {.policy = {.max_attempts = 2}}, sleep};
  Retrying outer{inner, {.policy = {.max_attempts = 3}}, sleep};
  CHECK(outer.send(get).value().status == 503);
  CHECK(transport.requests.size() == 6);
}
