#include "taskrouter/webhooks/handle.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace taskrouter;
using namespace taskrouter::webhooks;

namespace {

const std::string assignment =
    "WorkspaceSid=WS00000000000000000000000000000001&TaskSid=WT00000000000000000000000000000001"
    "&ReservationSid=WR00000000000000000000000000000001";

Request post(std::string body) {
  return {.method = Method::post, .url = "https://example.com/callback", .headers = {}, .body = std::move(body)};
}

const auto genuine = [](const Request&) -> Result<Nothing> { return Nothing{}; };
const auto forged = [](const Request&) -> Result<Nothing> {
  return Error{.kind = Error::Kind::body, .message = "forged", .field = "X-Twilio-Signature"};
};
const auto uncheckable = [](const Request&) -> Result<Nothing> { return argument_error("auth_token", "missing"); };

/// What is answered if the program gives `answer`.
template <class T>
Response answered(T answer) {
  return handle_assignment(post(assignment), genuine, [&](const AssignmentCallback&) { return answer; });
}

/// A log of problems.
struct Problems {
  std::vector<Error> list{};
  auto hook() {
    return [this](const Error& error) { list.push_back(error); };
  }
};

std::string type(const Response& response) {
  const std::string* value = response.headers.find("Content-Type");
  return value == nullptr ? "" : *value;
}

}  // namespace

TEST_CASE("an assignment callback is answered with the program's instruction") {
  std::string seen;
  const Response response =
      handle_assignment(post(assignment), genuine, [&](const AssignmentCallback& callback) -> Instruction {
        seen = callback.reservation_sid.text();
        return Accept{};
      });
  CHECK(seen == "WR00000000000000000000000000000001");
  CHECK(response.status == 200);
  CHECK(type(response) == "application/json");
  CHECK(response.body == R"({"instruction":"accept"})");
}

TEST_CASE("a program may answer in any of the ways that say the same") {
  const std::string reject = R"({"instruction":"reject"})";
  CHECK(answered(Reject{}).body == reject);
  CHECK(answered(Instruction{Reject{}}).body == reject);
  CHECK(answered(std::optional<Instruction>{Reject{}}).body == reject);
  CHECK(answered(std::optional<Reject>{Reject{}}).body == reject);
  CHECK(answered(Result<Reject>{Reject{}}).body == reject);
  CHECK(answered(Result<Instruction>{Instruction{Reject{}}}).body == reject);
  CHECK(answered(Result<std::optional<Instruction>>{std::optional<Instruction>{Reject{}}}).body == reject);
}

TEST_CASE("an assignment callback may be left for later") {
  for (const Response& response : {answered(std::nullopt), answered(std::optional<Instruction>{}),
                                   answered(Result<std::optional<Instruction>>{std::optional<Instruction>{}})}) {
    CHECK(response.status == 200);
    CHECK(type(response) == "application/json");
    CHECK(response.body.empty());
  }
}

TEST_CASE("an event callback is answered with no content") {
  int calls = 0;
  const auto count = [&](const EventCallback& event) {
    ++calls;
    CHECK(event.event_type == EventType::task_created);
  };
  const Response response = handle_event(post("EventType=task.created"), genuine, count);
  CHECK(calls == 1);
  CHECK(response.status == 204);
  CHECK(type(response) == "application/json");
  CHECK(response.body.empty());
  const auto fine = [](const EventCallback&) -> Result<Nothing> { return Nothing{}; };
  CHECK(handle_event(post("EventType=task.created"), genuine, fine).status == 204);
}

TEST_CASE("what was not signed by Twilio never reaches the program") {
  bool reached = false;
  const auto on_assignment = [&](const AssignmentCallback&) { return reached = true, Accept{}; };
  const auto on_event = [&](const EventCallback&) { reached = true; };
  Problems problems;
  CHECK(handle_assignment(post(assignment), forged, on_assignment, problems.hook()).status == 403);
  CHECK(handle_event(post("EventType=task.created"), forged, on_event, problems.hook()).status == 403);
  CHECK(handle_assignment(post(assignment), uncheckable, on_assignment, problems.hook()).status == 500);
  CHECK(handle_event(post("EventType=task.created"), uncheckable, on_event, problems.hook()).status == 500);
  CHECK_FALSE(reached);
  REQUIRE(problems.list.size() == 4);
  CHECK(problems.list[0].message == "forged");
  CHECK(problems.list[2].field == "auth_token");
}

TEST_CASE("a body that can't be read is refused before anything is computed from it") {
  int verified = 0;
  const auto counting = [&](const Request&) -> Result<Nothing> { return ++verified, Nothing{}; };
  const auto accept = [](const AssignmentCallback&) { return Accept{}; };
  const auto ignore = [](const EventCallback&) {};
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "a&";
  for (const std::string& body : {std::string((1 << 20) + 1, 'a'), many}) {
    CHECK(handle_assignment(post(body), counting, accept).status == 400);
    CHECK(handle_event(post(body), counting, ignore).status == 400);
  }
  CHECK(verified == 0);
  Problems problems;
  CHECK(handle_assignment(post("TaskSid=WT1"), counting, accept, problems.hook()).status == 400);
  CHECK(handle_event(post("TaskSid=WT1"), counting, ignore, problems.hook()).status == 400);
  CHECK(verified == 2);
  REQUIRE(problems.list.size() == 2);
  CHECK(problems.list[0].field == "workspace_sid");
  CHECK(problems.list[1].field == "event_type");
}

TEST_CASE("a callback comes by POST") {
  for (const Method method : {Method::get, Method::delete_}) {
    Request request = post(assignment);
    request.method = method;
    const Response response = handle_assignment(request, genuine, [](const AssignmentCallback&) { return Accept{}; });
    CHECK(response.status == 405);
    CHECK(*response.headers.find("Allow") == "POST");
    CHECK(handle_event(request, genuine, [](const EventCallback&) {}).status == 405);
  }
}

TEST_CASE("what the program can't answer becomes a 500, so that TaskRouter asks the fallback URL") {
  Problems problems;
  const auto status = [&](auto on_assignment) {
    const Response response = handle_assignment(post(assignment), genuine, on_assignment, problems.hook());
    CHECK(response.body == R"({"message":"the callback was not handled"})");
    return response.status;
  };
  const Error error = argument_error("database", "canary");
  CHECK(status([&](const AssignmentCallback&) { return error; }) == 500);
  CHECK(status([&](const AssignmentCallback&) { return Result<Instruction>{error}; }) == 500);
  CHECK(status([](const AssignmentCallback&) { return Call{.from = "", .url = ""}; }) == 500);
  REQUIRE(problems.list.size() == 3);
  CHECK(problems.list[0].message == "canary");
  CHECK(problems.list[2].field == "from");
  const auto fail = [&](const EventCallback&) -> Result<Nothing> { return error; };
  CHECK(handle_event(post("EventType=task.created"), genuine, fail, problems.hook()).status == 500);
  CHECK(problems.list.size() == 4);
}

TEST_CASE("no exception of the program leaves") {
  Problems problems;
  const auto throws = [](const AssignmentCallback&) -> Instruction { throw std::runtime_error{"canary"}; };
  const Response response = handle_assignment(post(assignment), genuine, throws, problems.hook());
  CHECK(response.status == 500);
  CHECK(response.body.find("canary") == std::string::npos);
  REQUIRE(problems.list.size() == 1);
  CHECK(problems.list[0].message == "a function that handles callbacks threw: canary");

  const auto throws_number = [](const EventCallback&) { throw 7; };
  CHECK(handle_event(post("EventType=task.created"), genuine, throws_number, problems.hook()).status == 500);
  CHECK(problems.list.size() == 2);

  const auto broken = [](const Request&) -> Result<Nothing> { throw std::runtime_error{"no key"}; };
  CHECK(handle_event(post("EventType=task.created"), broken, throws_number, problems.hook()).status == 500);
  const auto broken_log = [](const Error&) { throw std::runtime_error{"disk full"}; };
  CHECK(handle_event(post("EventType=task.created"), forged, throws_number, broken_log).status == 403);
  CHECK(handle_assignment(post(assignment), genuine, throws, broken_log).status == 500);
}

TEST_CASE("a refusal repeats nothing of what was sent") {
  const auto accept = [](const AssignmentCallback&) { return Accept{}; };
  Request request = post("canary=canary&TaskSid=canary");
  request.url += "?canary";
  request.headers = {{"X-Twilio-Signature", "canary"}};
  for (const Response& response :
       {handle_assignment(request, genuine, accept), handle_assignment(request, forged, accept)}) {
    CHECK(response.body.find("canary") == std::string::npos);
    for (const Header& header : response.headers) CHECK(header.value.find("canary") == std::string::npos);
  }
}
