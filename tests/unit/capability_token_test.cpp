#include "taskrouter/tokens/capability_token.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "jwt.hpp"
#include "samples.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;

namespace {

const OpenSslCrypto crypto;
const std::string auth_token{samples::token};
constexpr Timestamp now{1700000000s};

const AccountSid account{"AC00000000000000000000000000000001"};
const TaskQueueSid queue{"WQ00000000000000000000000000000001"};

WorkerCapability worker() { return {account, samples::workspace, samples::worker}; }

std::string signed_token(const CapabilityToken& token) { return tokens::sign(token, auth_token, now, crypto).value(); }

std::string problem(const CapabilityToken& token) {
  const auto made = tokens::sign(token, auth_token, now, crypto);
  return made ? "" : made.error().field;
}

/// What a token allows, and denies, a line each.
std::vector<std::string> rules(const CapabilityToken& token) {
  std::vector<std::string> lines;
  for (const Policy& policy : tokens::read_unverified_capability_token(signed_token(token)).value().policies) {
    std::string line = (policy.allow ? "" : "not ") + policy.method + ' ' + policy.url;
    for (const std::string_view start :
         {"https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001",
          "https://event-bridge.twilio.com/v1/wschannels"}) {
      if (const std::size_t at = line.find(start); at != std::string::npos) line.erase(at, start.size());
    }
    if (policy.post_filter.text != "{}") line += ' ' + policy.post_filter.text;
    lines.push_back(line);
  }
  return lines;
}

using Rules = std::vector<std::string>;

constexpr std::string_view golden =
    R"({"iss":"AC123","exp":1700003600,"version":"v1","friendly_name":"WK789","account_sid":"AC123","channel":"WK789",)"
    R"("workspace_sid":"WS456","policies":[{"url":"https://taskrouter.twilio.com/v1/Workspaces/WS456/Activities",)"
    R"("method":"GET","query_filter":{},"post_filter":{},"allow":true},)"
    R"({"url":"https://event-bridge.twilio.com/v1/wschannels/AC123/WK789","method":"POST","query_filter":{},)"
    R"("post_filter":{},"allow":true}],"worker_sid":"WK789"})";

}  // namespace

TEST_CASE("a worker's token holds the claims and the policies of Twilio's own") {
  WorkerCapability token = worker();
  token.friendly_name = "Alice";
  const auto [header, claims, signature] = jwt_parts(signed_token(token));
  CHECK(header == R"({"typ":"JWT","alg":"HS256"})");
  CHECK(claims.starts_with(
      R"({"iss":"AC00000000000000000000000000000001","iat":1700000000,"exp":1700003600,"version":"v1",)"
      R"("friendly_name":"Alice","account_sid":"AC00000000000000000000000000000001",)"
      R"("channel":"WK00000000000000000000000000000001","workspace_sid":"WS00000000000000000000000000000001",)"
      R"("worker_sid":"WK00000000000000000000000000000001","policies":[{"url":)"
      R"("https://taskrouter.twilio.com/v1/Workspaces/WS00000000000000000000000000000001/Activities",)"
      R"("method":"GET","query_filter":{},"post_filter":{},"allow":true},)"));
  CHECK(rules(token) == Rules{"GET /Activities", "GET /Tasks/**",
                              "GET /Workers/WK00000000000000000000000000000001/Reservations/**",
                              "GET /Workers/WK00000000000000000000000000000001",
                              "GET /AC00000000000000000000000000000001/WK00000000000000000000000000000001",
                              "POST /AC00000000000000000000000000000001/WK00000000000000000000000000000001"});
}

TEST_CASE("a worker may change its activity and answer reservations when told so") {
  WorkerCapability token = worker();
  token.policies.clear();
  token.allow_activity_updates();
  token.allow_reservation_updates();
  CHECK(rules(token) == Rules{R"(POST /Workers/WK00000000000000000000000000000001 {"ActivitySid":{"required":true}})",
                              "POST /Tasks/**", "POST /Workers/WK00000000000000000000000000000001/Reservations/**"});
}

TEST_CASE("a task queue's token and a workspace's begin with themselves and their events") {
  const TaskQueueCapability of_queue{account, samples::workspace, queue};
  CHECK(rules(of_queue) == Rules{"GET /TaskQueues/WQ00000000000000000000000000000001",
                                 "GET /AC00000000000000000000000000000001/WQ00000000000000000000000000000001",
                                 "POST /AC00000000000000000000000000000001/WQ00000000000000000000000000000001"});
  const auto queue_claims = tokens::verify_capability_token(signed_token(of_queue), auth_token, now, crypto).value();
  CHECK(queue_claims.taskqueue_sid == queue);
  CHECK(queue_claims.worker_sid.empty());

  WorkspaceCapability of_workspace{account, samples::workspace};
  CHECK(rules(of_workspace) == Rules{"GET ",
                                     "GET /AC00000000000000000000000000000001/WS00000000000000000000000000000001",
                                     "POST /AC00000000000000000000000000000001/WS00000000000000000000000000000001"});
  of_workspace.policies.clear();
  of_workspace.allow_updates();
  of_workspace.allow_delete();
  of_workspace.allow_fetch_subresources();
  of_workspace.allow_updates_subresources();
  of_workspace.allow_delete_subresources();
  of_workspace.deny(Method::delete_, of_workspace.workspace_url() + "/Tasks/**");
  CHECK(rules(of_workspace) == Rules{"POST ", "DELETE ", "GET /**", "POST /**", "DELETE /**", "not DELETE /Tasks/**"});
}

TEST_CASE("making a token twice adds nothing to it") {
  const WorkerCapability token = worker();
  CHECK(signed_token(token) == signed_token(token));
  CHECK(token.policies.size() == 6);
}

TEST_CASE("Twilio's own capability token is read") {
  const std::string text = jwt(R"({"typ":"JWT","alg":"HS256"})", golden, "foobar");
  const auto claims = tokens::verify_capability_token(text, "foobar", now, crypto).value();
  CHECK(claims.iss.text() == "AC123");
  CHECK(claims.friendly_name == "WK789");
  CHECK(claims.channel == "WK789");
  CHECK(claims.worker_sid.text() == "WK789");
  CHECK(claims.workspace_sid.text() == "WS456");
  CHECK(claims.exp == 1700003600);
  CHECK(claims.policies.size() == 2);
  CHECK(claims.policies[1].method == "POST");
  CHECK(claims.policies[1].allow);
  CHECK(tokens::verify_capability_token(text, "foobar", now + 1h, crypto).error().field == "exp");
  CHECK(tokens::verify_capability_token(text, "foobaz", now, crypto).error().field == "signature");
  CHECK(tokens::verify_capability_token(text, "", now, crypto).error().field == "secret");
}

TEST_CASE("an access token is no capability token") {
  const std::string text = jwt(R"({"typ":"JWT","alg":"HS256"})", R"({"version":"v2","exp":1700003600})", auth_token);
  CHECK(tokens::verify_capability_token(text, auth_token, now, crypto).error().field == "version");
}

TEST_CASE("what a capability token can't be made of is refused by its name") {
  CHECK(problem(WorkerCapability{AccountSid{"AC1"}, samples::workspace, samples::worker}) == "account_sid");
  CHECK(problem(WorkerCapability{account, WorkspaceSid{"WS/../x"}, samples::worker}) == "workspace_sid");
  CHECK(problem(WorkerCapability{account, samples::workspace, WorkerSid{"**"}}) == "channel");
  CHECK(problem(TaskQueueCapability{account, samples::workspace, {}}) == "channel");
  CHECK(tokens::sign(worker(), "", now, crypto).error().field == "auth_token");

  const auto with = [](auto change) {
    WorkerCapability token = worker();
    change(token);
    return problem(token);
  };
  CHECK(with([](auto& t) { t.lifetime = 0s; }) == "lifetime");
  CHECK(with([](auto& t) { t.lifetime = -1s; }) == "lifetime");
  CHECK(with([](auto& t) { t.lifetime = std::chrono::seconds::max(); }) == "lifetime");
  CHECK(with([](auto& t) { t.lifetime = 1s; }) == "");
  CHECK(with([](auto& t) { t.lifetime = 24h * 30; }) == "");
  CHECK(with([](auto& t) { t.friendly_name = "\xFF"; }) == "friendly_name");
  CHECK(with([](auto& t) { t.allow(Method::get, ""); }) == "policies.6.url");
  CHECK(with([](auto& t) { t.allow(Method::get, "\xFF"); }) == "policies.6.url");
  CHECK(with([](auto& t) { t.policies[0].method = "get"; }) == "policies.0.method");
  for (const std::string filter : {"", "[]", "{", "{},\"allow\":true", "null", "{}{}"}) {
    CAPTURE(filter);
    CHECK(with([&](auto& t) { t.allow(Method::post, "u", {filter}); }) == "policies.6.post_filter");
    CHECK(with([&](auto& t) { t.policies[1].query_filter = {filter}; }) == "policies.1.query_filter");
  }
}
