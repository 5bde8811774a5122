#include "taskrouter/webhooks/assignment.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taskrouter;
using webhooks::read_assignment;

namespace {

const std::string least =
    "WorkspaceSid=WS00000000000000000000000000000001&TaskSid=WT00000000000000000000000000000001"
    "&ReservationSid=WR00000000000000000000000000000001";

}  // namespace

TEST_CASE("an assignment callback is read with all its twelve parameters") {
  const auto callback = read_assignment(
      least +
      "&Timestamp=1735689613&AccountSid=AC1&WorkflowSid=WW1&TaskQueueSid=WQ1&WorkerSid=WK1&WorkerAttributes=%7B%22"
      "agent_id%22%3A%22Zo%C3%AB+%26+co%22%7D&TaskAttributes=%7B%7D&TaskAge=13&TaskPriority=-2");
  REQUIRE(callback);
  CHECK(callback->timestamp == read_timestamp("2025-01-01T00:00:13Z"));
  CHECK(callback->account_sid.text() == "AC1");
  CHECK(callback->workspace_sid == WorkspaceSid{"WS00000000000000000000000000000001"});
  CHECK(callback->workflow_sid.text() == "WW1");
  CHECK(callback->task_queue_sid.text() == "WQ1");
  CHECK(callback->worker_sid.text() == "WK1");
  CHECK(callback->worker_attributes.text == R"({"agent_id":"Zoë & co"})");
  CHECK(callback->task_sid == TaskSid{"WT00000000000000000000000000000001"});
  CHECK(callback->task_attributes.text == "{}");
  CHECK(callback->task_age == 13);
  CHECK(callback->task_priority == -2);
  CHECK(callback->reservation_sid == ReservationSid{"WR00000000000000000000000000000001"});
  CHECK(callback->others.empty());
}

TEST_CASE("parameters that were added since, and values that can't be read, are kept as they came") {
  const auto callback = read_assignment("WorkerName=Alice&" + least + "&TaskAge=young&TaskSid=WT2&New=%F0%9F%98%80");
  REQUIRE(callback);
  CHECK(callback->task_sid.text() == "WT00000000000000000000000000000001");
  CHECK(callback->task_age == 0);
  std::string others;
  for (const FormField& other : callback->others) others += other.name + '=' + other.value + ' ';
  CHECK(others == "WorkerName=Alice TaskAge=young TaskSid=WT2 New=😀 ");
}

TEST_CASE("a callback is an error without what it takes to answer it") {
  CHECK(read_assignment(least));
  for (const std::string name : {"WorkspaceSid", "TaskSid", "ReservationSid"}) {
    for (const std::string& instead : {"X" + name, name + "=&X"}) {
      std::string body = least;
      body.replace(body.find(name), name.size(), instead);
      const auto callback = read_assignment(body);
      REQUIRE_FALSE(callback);
      CHECK(callback.error().kind == Error::Kind::body);
      CHECK(callback.error().message == "the assignment callback has no " + name);
      CHECK(detail::fields_of<webhooks::AssignmentCallback>[detail::find_field(
                                                                detail::fields_of<webhooks::AssignmentCallback>, name)]
                .name == callback.error().field);
    }
  }
  CHECK_FALSE(read_assignment(""));
}

TEST_CASE("a callback beyond a form's limits is an error") {
  CHECK_FALSE(read_assignment(least, {.bytes = least.size() - 1}));
  CHECK_FALSE(read_assignment(least, {.fields = 2}));
  CHECK(read_assignment(least, {.bytes = least.size(), .fields = 3}));
}

TEST_CASE("broken UTF-8, a byte order mark and a NUL do not keep a callback from being read") {
  const auto callback =
      read_assignment(least + "&TaskAttributes=%ff%fe&WorkerAttributes=%EF%BB%BF%7B%7D&%00=%00&WorkflowSid=W%00W");
  REQUIRE(callback);
  CHECK(callback->task_attributes.text == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(callback->worker_attributes.text == "\xEF\xBB\xBF{}");
  CHECK(callback->workflow_sid.text() == std::string_view{"W\0W", 3});
  REQUIRE(callback->others.size() == 1);
  CHECK(callback->others[0].value == std::string(1, '\0'));
}
