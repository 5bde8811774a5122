#include "taskrouter/oauth.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scripted.hpp"
#include "taskrouter/describe.hpp"
#include "taskrouter/logging.hpp"
#include "taskrouter/retry.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;
using scripted::answer, scripted::failure;

namespace {

const std::string secret = "canary-secret-&-51c9";

const Request post{
    .method = Method::post, .url = "https://host/v1/x", .headers = {{"User-Agent", "u/1"}}, .body = "a=1"};

Response token(const std::string& text, const std::string& expires_in = "3600") {
  return answer(200, {}, R"({"access_token":")" + text + R"(","token_type":"Bearer","expires_in":)" + expires_in + "}");
}

/// An OAuth over a script, with a clock that stands still.
struct Run {
  explicit Run(std::vector<Result<Response>> answers) : transport{std::move(answers), &time} {}

  scripted::Time time{};
  scripted::Transport transport;
  OAuth<scripted::Transport> oauth{
      transport,
      {.client_id = "OQ1", .client_secret = secret, .base_url = "http://127.0.0.1:1", .clock = time.clock()}};

  Result<Response> send() { return oauth.send(post); }
  /// The requests so far: "token" for one, else the token that it carries.
  std::vector<std::string> sent() const {
    std::vector<std::string> all;
    for (const Request& request : transport.requests) {
      const std::string* authorization = request.headers.find("Authorization");
      all.push_back(authorization == nullptr ? "token" : authorization->substr(7));
    }
    return all;
  }
};

using Sent = std::vector<std::string>;

void check_no_secret(const Error& error) {
  for (const std::string& text :
       {error.message, error.field, error.more_info, error.details, error.request_id, describe(error)}) {
    CAPTURE(text);
    CHECK(text.find("canary") == std::string::npos);
  }
}

}  // namespace

TEST_CASE("a token is fetched with the client's id and secret, and stands in the request") {
  Run run{{token("T1"), answer(201)}};
  CHECK(run.send().value().status == 201);
  CHECK(run.sent() == Sent{"token", "T1"});
  const Request& fetch = run.transport.requests[0];
  CHECK(fetch.method == Method::post);
  CHECK(fetch.url == "http://127.0.0.1:1/v2/token");
  CHECK(fetch.body == "grant_type=client_credentials&client_id=OQ1&client_secret=canary-secret-%26-51c9");
  CHECK(*fetch.headers.find("Content-Type") == "application/x-www-form-urlencoded");
  CHECK(*fetch.headers.find("User-Agent") == "u/1");
  const Request& sent = run.transport.requests[1];
  CHECK(*sent.headers.find("Authorization") == "Bearer T1");
  CHECK(sent.body == post.body);
  CHECK(post.headers.find("Authorization") == nullptr);
  CHECK(OAuthClient{"OQ1", "s"}.base_url == "https://oauth.twilio.com");
}

TEST_CASE("a token is kept, and renewed half a minute before it expires") {
  Run run{{token("T1", "3600"), answer(200), answer(200), answer(200), token("T2"), answer(200)}};
  for (const auto passed : {0s, 1s, 3569s, 3570s}) {
    run.time.passed = passed;
    CHECK(run.send());
  }
  CHECK(run.sent() == Sent{"token", "T1", "T1", "T1", "token", "T2"});
}

TEST_CASE("a token whose life is missing or nonsense is kept until it is refused") {
  for (const std::string life :
       {"100000000", "\"100000000\"", "-1", "0", "99999999999999999999", "null", "{}", "\"x\"", "1.5"}) {
    CAPTURE(life);
    Run run{{token("T1", life), answer(200), answer(200)}};
    CHECK(run.send());
    run.time.passed = 24h * 365;
    CHECK(run.send());
    CHECK(run.sent() == Sent{"token", "T1", "T1"});
  }
}

TEST_CASE("a short-lived token serves half its life") {
  Run run{{token("T1", "10"), answer(200), answer(200), token("T2", "10"), answer(200)}};
  for (const auto passed : {0s, 4s, 5s}) {
    run.time.passed = passed;
    CHECK(run.send());
  }
  CHECK(run.sent() == Sent{"token", "T1", "T1", "token", "T2"});
}

TEST_CASE("a 401 renews a token once, and a new token's 401 is the caller's") {
  Run renewed{{token("T1"), answer(200), answer(401), token("T2"), answer(200), answer(200)}};
  for (int i = 0; i < 3; ++i) CHECK(renewed.send().value().status == 200);
  CHECK(renewed.sent() == Sent{"token", "T1", "T1", "token", "T2", "T2"});
  CHECK(renewed.transport.requests[4].body == post.body);

  Run refused{{token("T1"), answer(401)}};
  CHECK(refused.send().value().status == 401);
  CHECK(refused.sent() == Sent{"token", "T1"});

  Run twice{{token("T1"), answer(200), answer(401), token("T2"), answer(401)}};
  CHECK(twice.send());
  CHECK(twice.send().value().status == 401);
  CHECK(twice.sent() == Sent{"token", "T1", "T1", "token", "T2"});
}

TEST_CASE("without a token nothing is sent, and the error says whose it is") {
  Run lost{{failure(Error::Cause::dns)}};
  CHECK(lost.send().error().cause == Error::Cause::dns);
  CHECK(lost.sent() == Sent{"token"});

  Run refused{{answer(401, {{"Twilio-Request-Id", "RQ1"}},
                      R"({"error":"invalid_client","error_description":"unknown client"})")}};
  const Error error = refused.send().error();
  CHECK(error.kind == Error::Kind::api);
  CHECK(error.status == 401);
  CHECK(error.message == "no access token was given: unknown client");
  CHECK(error.request_id == "RQ1");
  CHECK(refused.sent() == Sent{"token"});

  for (const std::string& body :
       {std::string{}, std::string{"<html>"}, std::string{"{}"}, token("").body, token("a b").body,
        token(R"(a\r\nX: 1)").body, std::string{R"({"access_token":5})"}}) {
    Run unreadable{{answer(200, {}, body)}};
    CHECK(unreadable.send().error().kind == Error::Kind::body);
    CHECK(unreadable.sent() == Sent{"token"});
  }
}

TEST_CASE("after a failed fetch the next request tries again") {
  Run run{{answer(503), token("T1"), answer(200)}};
  CHECK(run.send().error().status == 503);
  CHECK(run.send().value().status == 200);
}

TEST_CASE("mistakes in the client's own arguments are said and nothing is sent") {
  const auto field = [](OAuthClient client, const Request& request) {
    scripted::Transport transport{{answer(200)}};
    OAuth oauth{transport, std::move(client)};
    const Error error = oauth.send(request).error();
    CHECK(error.kind == Error::Kind::argument);
    CHECK(transport.requests.empty());
    return error.field;
  };
  CHECK(field({.client_id = "", .client_secret = "s"}, post) == "client_id");
  CHECK(field({.client_id = "OQ1", .client_secret = ""}, post) == "client_secret");
  CHECK(field({.client_id = "OQ1", .client_secret = "s", .base_url = "oauth.twilio.com"}, post) == "base_url");
  Request authorized = post;
  authorized.headers.add("authorization", "Basic x");
  CHECK(field({.client_id = "OQ1", .client_secret = "s"}, authorized) == "credentials");
}

TEST_CASE("neither secret nor token is in an error or a log line, not even where the server repeats them") {
  const std::string echo = R"({"code":1,"message":"bad )" + secret + R"(","more_info":")" + secret +
                           R"(","details":{"x":")" + secret + secret + R"("}})";
  for (const Response& response :
       {answer(400, {{"Twilio-Request-Id", secret}}, echo), answer(200, {}, R"({"access_token":"canary token"})"),
        answer(200, {}, R"({"access_token":"canary")")}) {
    Run run{{response}};
    check_no_secret(run.send().error());
  }
  std::string logged;
  scripted::Transport transport{{token("canary-token"), answer(200)}};
  Logging logging{transport, [&](const LogEntry& entry) { logged += describe(entry); }};
  OAuth oauth{logging, {.client_id = "OQ1", .client_secret = secret}};
  CHECK(oauth.send(post));
  CHECK(logged.find("client_secret='[hidden]'") != std::string::npos);
  CHECK(logged.find("canary") == std::string::npos);
}

TEST_CASE("a request's timeout bounds the token's fetch and the request together") {
  scripted::Time time;
  scripted::Transport transport{{token("T1"), answer(200), answer(401), token("T2"), answer(200)}, &time, 300ms};
  OAuth oauth{transport, {.client_id = "OQ1", .client_secret = secret, .clock = time.clock()}};
  Request hasty = post;
  hasty.timeout = 1s;
  for (int i = 0; i < 2; ++i) CHECK(oauth.send(hasty).value().status == 200);
  REQUIRE(transport.requests.size() == 5);
  constexpr std::chrono::milliseconds timeouts[]{1000ms, 700ms, 1000ms, 700ms, 400ms};
  for (std::size_t i = 0; i < 5; ++i) CHECK(transport.requests[i].timeout == timeouts[i]);
}

TEST_CASE("Retrying around it repeats a token's fetch that never reached the server") {
  Run run{{failure(Error::Cause::connect), token("T1"), answer(429), answer(201)}};
  Retrying retrying{run.oauth, {}, [](std::chrono::milliseconds) {}};
  CHECK(retrying.send(post).value().status == 201);
  CHECK(run.sent() == Sent{"token", "token", "T1", "T1"});
  const int attempts[]{1, 2, 2, 3};
  for (std::size_t i = 0; i < 4; ++i) CHECK(run.transport.requests[i].attempt == attempts[i]);
}
