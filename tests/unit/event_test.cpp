#include "taskrouter/webhooks/event.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "taskrouter/json_reader.hpp"

using namespace taskrouter;
using namespace taskrouter::webhooks;

namespace {

/// The parameters that Twilio documents for the events of these types, and those that real callbacks had.
struct Documented {
  std::string types{};
  std::string parameters{};
};

const std::string of_any =
    "EventType AccountSid WorkspaceSid WorkspaceName EventDescription ResourceType ResourceSid Timestamp Sid "
    "TimestampMs OperatingUnitSid ";
const std::string of_task =
    "TaskSid TaskAttributes TaskAge TaskPriority TaskAssignmentStatus TaskCanceledReason TaskCompletedReason ";
const std::string of_worker =
    "WorkerSid WorkerName WorkerAttributes WorkerActivitySid WorkerActivityName WorkerVersion ";

const std::vector<Documented> documented{
    {"activity.created activity.updated activity.deleted", "ActivitySid ActivityName ActivityAvailable"},
    {"reservation.created reservation.accepted reservation.rejected reservation.timeout reservation.canceled "
     "reservation.rescinded reservation.completed reservation.wrapup",
     of_task + of_worker +
         "TaskQueueSid ReservationSid WorkflowSid ReservationVersion TaskChannelSid TaskChannelUniqueName "
         "TaskDateCreated TaskIgnoreCapacity TaskQueueEnteredDate TaskQueueName TaskQueueTargetExpression TaskVersion "
         "TaskVirtualStartTime WorkerChannelCapacity WorkerChannelConsumedCapacity WorkflowName Reason "
         "TaskReEvaluatedReason"},
    {"reservation.failed", of_task + "TaskQueueSid ReservationSid WorkflowSid"},
    {"task.created workflow.target-matched workflow.entered workflow.timeout workflow.skipped",
     of_task + "WorkflowSid"},
    {"task.updated task.canceled task.wrapup task.completed task.deleted task.system-deleted task.transfer-initiated "
     "task.transfer-attempt-failed task.transfer-failed task.transfer-canceled task.transfer-completed "
     "task-queue.entered task-queue.timeout task-queue.moved",
     of_task + "TaskQueueSid WorkflowSid"},
    {"task-channel.created task-channel.updated task-channel.deleted",
     "TaskChannelSid TaskChannelName TaskChannelUniqueName TaskChannelOptimizedRouting"},
    {"task-queue.created task-queue.deleted task-queue.expression.updated",
     "TaskQueueSid TaskQueueName TaskQueueTargetExpression"},
    {"worker.created worker.attributes.update worker.deleted", of_worker},
    {"worker.activity.update",
     of_worker + "WorkerTimeInPreviousActivity WorkerTimeInPreviousActivityMs WorkerPreviousActivitySid "
                 "WorkerPreviousActivityName"},
    {"worker.capacity.update worker.channel.availability.update",
     of_worker + "WorkerChannelAvailable WorkerChannelAvailableCapacity WorkerChannelPreviousCapacity TaskChannelSid "
                 "TaskChannelUniqueName WorkerChannelTaskCount"},
    {"workflow.created workflow.updated workflow.deleted", "WorkflowSid WorkflowName"},
    {"workspace.created workspace.updated workspace.deleted", ""},
};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> result{""};
  for (const char c : text) {
    if (c == ' ') {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  result.erase(std::remove(result.begin(), result.end(), ""), result.end());
  return result;
}

std::string names(const std::vector<FormField>& pairs) {
  std::string result;
  for (const FormField& pair : pairs) result += pair.name + ' ';
  return result;
}

}  // namespace

TEST_CASE("every event type is known, and has its own enumerator") {
  std::vector<std::string> types;
  for (const Documented& one : documented) {
    for (const std::string& type : words(one.types)) types.push_back(type);
  }
  constexpr auto& known = detail::names_of<EventType>;
  CHECK(types.size() == 49);
  CHECK(known.size() == types.size());
  for (const std::string& type : types) {
    CAPTURE(type);
    CHECK(OpenEnum<EventType>::from_text(type).known());
    CHECK(std::count(known.begin(), known.end(), type) == 1);
  }
  CHECK(OpenEnum{EventType::task_queue_expression_updated}.text() == "task-queue.expression.updated");
  CHECK(OpenEnum{EventType::worker_channel_availability_update}.text() == "worker.channel.availability.update");
  CHECK(OpenEnum{EventType::workspace_deleted}.text() == "workspace.deleted");
}

TEST_CASE("every documented parameter of every event has its field") {
  for (const Documented& one : documented) {
    for (const std::string& type : words(one.types)) {
      std::string form;
      for (const std::string& parameter : words(of_any + one.parameters)) {
        form += parameter + '=' + (parameter == "EventType" ? type : "1") + '&';
      }
      const auto event = read_event(form);
      REQUIRE(event);
      CHECK(event->event_type.text() == type);
      CHECK(names(event->others) == "");
    }
  }
}

TEST_CASE("an event is read with its values as their types") {
  const auto event = read_event(
      "EventType=reservation.accepted&Sid=EV1&AccountSid=AC1&WorkspaceSid=WS1&WorkspaceName=Z%C3%BCrich"
      "&EventDescription=a+b&ResourceType=reservation&ResourceSid=WR1&Timestamp=1735689613&TimestampMs=1735689613123"
      "&ReservationSid=WR1&TaskSid=WT1&TaskAttributes=%7B%22a%22%3A1%7D&TaskAge=5&TaskPriority=0"
      "&TaskAssignmentStatus=assigned&TaskDateCreated=1735689608&TaskIgnoreCapacity=false&WorkerSid=WK1"
      "&WorkerName=Alice&WorkerTimeInPreviousActivity=26&WorkflowSid=WW1&TaskQueueSid=WQ1&TaskCanceledReason=");
  REQUIRE(event);
  CHECK(event->event_type == EventType::reservation_accepted);
  CHECK(event->sid.text() == "EV1");
  CHECK(event->workspace_name == "Zürich");
  CHECK(event->event_description == "a b");
  CHECK(event->resource_type == "reservation");
  CHECK(event->resource_sid == "WR1");
  CHECK(event->timestamp == read_timestamp("2025-01-01T00:00:13Z"));
  CHECK(event->timestamp_ms == 1735689613123);
  CHECK(event->reservation_sid.text() == "WR1");
  CHECK(event->task_attributes->text == R"({"a":1})");
  CHECK(event->task_age == 5);
  CHECK(event->task_priority == 0);
  CHECK(event->task_assignment_status == TaskStatus::assigned);
  CHECK(event->task_date_created == read_timestamp("2025-01-01T00:00:08Z"));
  CHECK(event->task_ignore_capacity == false);
  CHECK(event->worker_name == "Alice");
  CHECK(event->worker_time_in_previous_activity == 26);
  CHECK_FALSE(event->worker_version);
  CHECK(event->activity_sid.empty());
}

TEST_CASE("events of a later day are read, and nothing of them is lost") {
  const auto event =
      read_event("EventType=task.teleported&TaskSid=WT1&Planet=Mars&TaskAssignmentStatus=away&TaskAge=x");
  REQUIRE(event);
  CHECK(event->event_type.text() == "task.teleported");
  CHECK_FALSE(event->event_type.known());
  CHECK(event->task_assignment_status.text() == "away");
  CHECK(names(event->others) == "Planet TaskAge ");
}

TEST_CASE("a callback without an event type is no event") {
  for (const char* body : {"", "EventType=", "eventtype=task.created", "TaskSid=WT1"}) {
    const auto event = read_event(body);
    REQUIRE_FALSE(event);
    CHECK(event.error().kind == Error::Kind::body);
    CHECK(event.error().field == "event_type");
  }
  CHECK_FALSE(read_event("EventType=task.created&x", {.fields = 1}));
  CHECK(read_event("EventType=task.created&x", {.fields = 2}));
}

TEST_CASE("a listed event becomes the callback that told of it") {
  const auto resource = read_json<Event>(
      R"({"account_sid":"AC1","description":"Worker JustinWorker updated to Idle Activity","event_data":{)"
      R"("worker_activity_name":"Offline","worker_activity_sid":"WA1","worker_attributes":"{}","worker_name":"Justin",)"
      R"("worker_sid":"WK1","worker_time_in_previous_activity":"26","worker_time_in_previous_activity_ms":26123,)"
      R"("workspace_name":"W","workspace_sid":"WS1","task_attributes":{"a":[1]},"reason":null,"new_key":[true, "x"],)"
      R"("worker_channel_available":true},"event_date":"2015-02-07T00:32:41Z","event_date_ms":1423269161111,)"
      R"("event_type":"worker.activity.update","resource_sid":"WK1","resource_type":"worker","sid":"EV1",)"
      R"("workspace_sid":"WS1"})");
  const auto event = read_event(resource.value());
  REQUIRE(event);
  CHECK(event->event_type == EventType::worker_activity_update);
  CHECK(event->sid.text() == "EV1");
  CHECK(event->account_sid.text() == "AC1");
  CHECK(event->workspace_sid.text() == "WS1");
  CHECK(event->workspace_name == "W");
  CHECK(event->event_description == "Worker JustinWorker updated to Idle Activity");
  CHECK(event->resource_type == "worker");
  CHECK(event->resource_sid == "WK1");
  CHECK(event->timestamp == read_timestamp("2015-02-07T00:32:41Z"));
  CHECK(event->timestamp_ms == 1423269161111);
  CHECK(event->worker_activity_sid.text() == "WA1");
  CHECK(event->worker_attributes->text == "{}");
  CHECK(event->worker_time_in_previous_activity == 26);
  CHECK(event->worker_time_in_previous_activity_ms == 26123);
  CHECK(event->worker_channel_available == true);
  CHECK(event->task_attributes->text == R"({"a":[1]})");
  CHECK_FALSE(event->reason);
  REQUIRE(event->others.size() == 1);
  CHECK(event->others[0].name == "new_key");
  CHECK(event->others[0].value == R"([true, "x"])");
}

TEST_CASE("a listed event may be without data, but not with data that is no object") {
  for (const char* data : {"", "null", "{}", " { } "}) CHECK(read_event(Event{.event_data = {data}}));
  for (const char* data : {"[]", "1", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "{} x"}) {
    const auto event = read_event(Event{.event_data = {data}});
    REQUIRE_FALSE(event);
    CHECK(event.error().kind == Error::Kind::body);
    CHECK(event.error().field == "event_data");
  }
  const std::string deep = "{\"a\":" + std::string(100'000, '[');
  CHECK_FALSE(read_event(Event{.event_data = {deep}}));
}

TEST_CASE("both ways to an event fill every field") {
  std::string form, data = "{";
  constexpr auto fields = detail::fields_of<EventCallback>;
  for (const detail::Field& field : fields) {
    const auto kind = field.type->element != nullptr ? field.type->element->kind : field.type->kind;
    const std::string value = kind == detail::FieldKind::boolean ? "true" : "1";
    form += field.wire_name() + '=' + value + '&';
    data += '"' + std::string{field.name} + "\":\"" + value + "\",";
  }
  data.back() = '}';
  CHECK(read_event(form).value().others.empty());
  CHECK(read_event(Event{.event_data = {data}}).value().others.empty());
}
