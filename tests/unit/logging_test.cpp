#include "taskrouter/logging.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scripted.hpp"
#include "taskrouter/retry.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure;

namespace {

const std::string canary = "canary-8e21";

const Request post{.method = Method::post,
                   .url = "https://host/v1/x",
                   .headers = {{"Authorization", "Bearer " + canary}},
                   .body = "A=1&SipAuthPassword=" + canary + "&client_secret=" + canary};

/// Keeps what was logged.
struct Kept {
  std::vector<LogEntry> entries{};
  auto log() {
    return [this](const LogEntry& entry) { entries.push_back(entry); };
  }
};

}  // namespace

TEST_CASE("what passes is told with its form, status, duration and request id, and goes through unchanged") {
  Kept kept;
  scripted::Time time;
  scripted::Transport transport{{answer(201, {{"twilio-request-id", "RQ1"}}, "{}")}, &time, 12ms};
  Logging logging{transport, kept.log(), time.clock()};
  CHECK(logging.send(post).value().body == "{}");
  CHECK(transport.requests[0].body == post.body);
  REQUIRE(kept.entries.size() == 1);
  const LogEntry& entry = kept.entries[0];
  CHECK(entry.request == "POST https://host/v1/x A='1' SipAuthPassword='[hidden]' client_secret='[hidden]'");
  CHECK(entry.status == 201);
  CHECK(entry.duration == 12ms);
  CHECK(entry.attempt == 1);
  CHECK(entry.request_id == "RQ1");
  CHECK_FALSE(entry.error);
  CHECK(describe(entry) == entry.request + " -> 201 (12 ms)");
}

TEST_CASE("a refusal and a lost answer are told as errors") {
  Kept kept;
  scripted::Transport transport{
      {answer(400, {}, R"({"code":20001,"message":"no such Priority"})"), failure(Error::Cause::dns), answer(304)}};
  Logging logging{transport, kept.log()};
  CHECK(logging.send(post).value().status == 400);
  CHECK(logging.send(post).error().cause == Error::Cause::dns);
  CHECK(logging.send(post).value().status == 304);
  CHECK(describe(kept.entries[0]).find(" -> 400 20001: no such Priority (") != std::string::npos);
  CHECK(kept.entries[0].error->code == 20001);
  CHECK(describe(kept.entries[1]).find(" -> scripted (") != std::string::npos);
  CHECK(kept.entries[1].status == 0);
  CHECK(kept.entries[2].error);
}

TEST_CASE("inside Retrying every attempt is told with its number, around it the request as a whole") {
  const auto sleep = [](std::chrono::milliseconds) {};
  const std::vector<Result<Response>> answers{answer(429), failure(Error::Cause::connect), answer(200)};
  Kept inside, around;
  scripted::Time time;
  scripted::Transport transport{answers, &time, 5ms};
  Logging inner{transport, inside.log(), time.clock()};
  Retrying retrying{inner, {.clock = time.clock()}, sleep};
  Logging outer{retrying, around.log(), time.clock()};
  CHECK(outer.send(post).value().status == 200);
  REQUIRE(inside.entries.size() == 3);
  for (int i = 0; i < 3; ++i) CHECK(inside.entries[static_cast<std::size_t>(i)].attempt == i + 1);
  CHECK(inside.entries[0].status == 429);
  CHECK(describe(inside.entries[2]).ends_with(" -> 200 (5 ms, attempt 3)"));
  REQUIRE(around.entries.size() == 1);
  CHECK(around.entries[0].attempt == 1);
  CHECK(around.entries[0].status == 200);
  CHECK(around.entries[0].duration == 15ms);
}

TEST_CASE("no entry shows a secret or can start a second line") {
  Kept kept;
  scripted::Transport transport{{answer(500, {{"Twilio-Request-Id", "a\r\nb\x1b"}}, R"({"message":"a\nb"})")}};
  Logging logging{transport, kept.log()};
  Request request = post;
  request.body += "&X=a%0D%0Ab";
  CHECK(logging.send(request));
  const std::string line = describe(kept.entries.at(0));
  CHECK(line.find(canary) == std::string::npos);
  CHECK(std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; }));
}
