#include <doctest/doctest.h>

#include <stdexcept>

#include "emulator_fixture.hpp"

using namespace taskrouter;
using std::chrono::seconds;

namespace {

/// An answer with that body.
Response json_answer(std::string_view body) {
  return {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = std::string{body}};
}

std::string value(const std::vector<FormField>& form, std::string_view name) {
  for (const FormField& field : form) {
    if (field.name == name) return field.value;
  }
  return "(none)";
}

}  // namespace

TEST_CASE("a reservation is announced by a callback with twelve parameters") {
  Stage stage{{.assignment_callback_url = "https://example.com/assignment?x=1#rc=2"}};
  const Task task = stage.create_task(R"({"name":"Zoë & \"co\""})");
  stage.emulator.advance(seconds{13});
  CHECK(stage.emulator.take_callbacks().empty());
  stage.set_activity(stage.story.activities.available);
  const auto callbacks = stage.emulator.take_callbacks();
  REQUIRE(callbacks.size() == 1);
  CHECK(stage.emulator.take_callbacks().empty());

  const Request& request = callbacks[0].request;
  CHECK(request.method == Method::post);
  CHECK(request.url == "https://example.com/assignment?x=1");
  CHECK(*request.headers.find("Content-Type") == "application/x-www-form-urlencoded; charset=UTF-8");
  CHECK(request.headers.find("Authorization") == nullptr);
  const auto form = read_form(request.body).value();
  CHECK(form.size() == 12);
  CHECK(value(form, "Timestamp") == "1735689613");
  CHECK(value(form, "AccountSid") == stage.story.account_sid.text());
  CHECK(value(form, "WorkspaceSid") == stage.workspace.text());
  CHECK(value(form, "WorkflowSid") == stage.story.workflow_sid.text());
  CHECK(value(form, "TaskQueueSid") == stage.story.task_queue_sid.text());
  CHECK(value(form, "WorkerSid") == stage.story.worker_sid.text());
  CHECK(value(form, "WorkerAttributes") == R"({"selected_language":"es"})");
  CHECK(value(form, "TaskSid") == task.sid.text());
  CHECK(value(form, "TaskAttributes") == R"({"name":"Zoë & \"co\""})");
  CHECK(value(form, "TaskAge") == "13");
  CHECK(value(form, "TaskPriority") == "0");
  CHECK(value(form, "ReservationSid") == callbacks[0].reservation_sid.text());
}

TEST_CASE("without a callback URL nothing is called") {
  Stage stage{{.assignment_callback_url = ""}};
  stage.reserve();
  CHECK(stage.emulator.take_callbacks().empty());
}

TEST_CASE("callbacks that nobody takes do not pile up") {
  Stage stage;
  stage.set_activity(stage.story.activities.available);
  for (int i = 0; i < 1100; ++i) {
    const Task task = stage.create_task();
    stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = task.sid}).value();
  }
  CHECK(stage.emulator.take_callbacks().size() == 1000);
}

TEST_CASE("an instruction in the answer is carried out") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  SUBCASE("accept") {
    CHECK(stage.emulator.answer(reservation.sid, json_answer(R"({"instruction":"accept"})")).has_value());
    CHECK(stage.reservation_status(reservation) == "accepted");
    CHECK(stage.worker().activity_name == "Busy");
    const auto again = stage.emulator.answer(reservation.sid, json_answer(R"({"instruction":"accept"})"));
    CHECK(again.error().code == 20001);
  }
  SUBCASE("reject, with an activity") {
    const std::string body =
        R"({"instruction":"reject","activity_sid":")" + std::string{stage.story.activities.offline.text()} + "\"}";
    CHECK(stage.emulator.answer(reservation.sid, json_answer(body)).has_value());
    CHECK(stage.reservation_status(reservation) == "rejected");
    CHECK(stage.worker().activity_name == "Offline");
  }
  SUBCASE("reject, without one") {
    CHECK(stage.emulator.answer(reservation.sid, json_answer(R"({"instruction":"reject"})")).has_value());
    CHECK(stage.reservations(reservation.task_sid).size() == 2);
  }
}

TEST_CASE("instructions about calls go as far as TaskRouter's own state") {
  Stage stage;
  const Reservation reservation = stage.reserve(R"({"call_sid":"CA1"})");
  const auto after = [&](const char* instruction) {
    CHECK(stage.emulator.answer(reservation.sid, json_answer(instruction)).has_value());
    return stage.reservation_status(reservation);
  };
  SUBCASE("dequeue") { CHECK(after(R"({"instruction":"dequeue"})") == "accepted"); }
  SUBCASE("conference") { CHECK(after(R"({"instruction":"conference"})") == "accepted"); }
  SUBCASE("call") { CHECK(after(R"({"instruction":"call","from":"+1","url":"https://x"})") == "pending"); }
  SUBCASE("call that accepts") {
    CHECK(after(R"({"instruction":"call","from":"+1","url":"https://x","accept":true})") == "accepted");
  }
  SUBCASE("redirect") {
    const auto redirect = [&](std::optional<bool> accept) {
      reservations::Update update{
          .workspace_sid = stage.workspace, .task_sid = reservation.task_sid, .sid = reservation.sid};
      update.change.instruction = "Redirect";
      update.change.redirect_call_sid = CallSid{"CA00000000000000000000000000000001"};
      update.change.redirect_url = "https://example.com";
      update.change.redirect_accept = accept;
      return stage.client.send(update);
    };
    CHECK(redirect({}).value().reservation_status == ReservationStatus::pending);
    CHECK(redirect(true).value().reservation_status == ReservationStatus::accepted);
    CHECK(redirect({}).error().code == 20001);
  }
}

TEST_CASE("an answer without an instruction leaves the reservation pending") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  CHECK(stage.emulator.answer(reservation.sid, Response{}).has_value());
  CHECK(stage.emulator.answer(reservation.sid, {.status = 200, .headers = {}, .body = " \n"}).has_value());
  CHECK(stage.reservation_status(reservation) == "pending");
}

TEST_CASE("an answer that can't be followed says why, and changes nothing") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const std::string before = stage.emulator.dump();
  const auto code = [&](const Response& answer) { return stage.emulator.answer(reservation.sid, answer).error().code; };
  CHECK(code({.status = 500, .headers = {}, .body = ""}) == 11200);
  CHECK(code({.status = 200, .headers = {{"Content-Type", "text/html"}}, .body = "<p>"}) == 40000);
  CHECK(code(json_answer("{")) == 40001);
  CHECK(code(json_answer("[]")) == 40001);
  CHECK(code(json_answer(R"({"instructions":"accept"})")) == 40005);
  CHECK(code(json_answer(R"({"instruction":"hold"})")) == 55555);
  CHECK(code(json_answer(R"({"instruction":"dequeue"})")) == 40140);
  CHECK(code(json_answer(R"({"instruction":"conference"})")) == 40142);
  CHECK(code(json_answer(R"({"instruction":"call","from":"+1"})")) == 20001);
  CHECK(code(json_answer(R"({"instruction":"reject","activity_sid":"WA00000000000000000000000000000000"})")) == 40100);
  CHECK(stage.emulator.answer(ReservationSid{"WR0"}, json_answer(R"({"instruction":"accept"})")).error().kind ==
        Error::Kind::argument);
  CHECK(stage.emulator.dump() == before);
}

TEST_CASE("a function answers callbacks as they are made") {
  int calls = 0;
  Stage stage{{.on_assignment = [&](const Request& request) {
    ++calls;
    CHECK(request.body.find("ReservationSid=WR") != std::string::npos);
    return json_answer(R"({"instruction":"accept"})");
  }}};
  const Reservation reservation = stage.reserve();
  CHECK(calls == 1);
  CHECK(reservation.reservation_status == ReservationStatus::accepted);
  CHECK(stage.emulator.take_callbacks().empty());
}

TEST_CASE("a function that answers a callback may send requests itself") {
  Stage* self = nullptr;
  int depth = 0, deepest = 0, calls = 0;
  Stage stage{{.on_assignment = [&](const Request& request) {
    deepest = std::max(deepest, ++depth);
    ++calls;
    const auto form = read_form(request.body).value();
    if (calls == 1) {
      self->create_worker("Bob", self->story.activities.available);
      self->create_task();
    }
    const auto accepted = self->client.send(reservations::accept(self->workspace, TaskSid{value(form, "TaskSid")},
                                                                 ReservationSid{value(form, "ReservationSid")}));
    CHECK(accepted.has_value());
    --depth;
    return Response{};
  }}};
  self = &stage;
  const Reservation reservation = stage.reserve();
  CHECK(reservation.reservation_status == ReservationStatus::accepted);
  CHECK(calls == 2);
  CHECK(deepest == 1);
}

TEST_CASE("a function that throws leaves the emulator working") {
  bool throws = true;
  int calls = 0;
  Stage stage{{.on_assignment = [&](const Request&) -> Response {
    ++calls;
    if (throws) throw std::runtime_error{"no"};
    return json_answer(R"({"instruction":"accept"})");
  }}};
  const Task task = stage.create_task();
  CHECK_THROWS_AS(stage.set_activity(stage.story.activities.available), std::runtime_error);
  throws = false;
  stage.reject(stage.reservations(task.sid).at(0)).value();
  CHECK(calls == 2);
  CHECK(stage.task_status(task.sid) == "assigned");
}

TEST_CASE("a worker who rejects for ever ends the task after a thousand offers") {
  int calls = 0;
  Stage stage{{.on_assignment = [&](const Request&) {
    ++calls;
    return json_answer(R"({"instruction":"reject"})");
  }}};
  const Task task = stage.create_task();
  stage.set_activity(stage.story.activities.available);
  CHECK(calls == 1000);
  CHECK(stage.task_status(task.sid) == "canceled");
  CHECK(stage.worker().activity_name == "Available");
}

TEST_CASE("a callback that does not arrive goes to the fallback URL, and then the reservation is canceled") {
  std::string urls;
  int fallback_status = 200;
  Stage stage{{.on_assignment = [&](const Request& request) {
    const bool is_fallback = request.url.ends_with("/fallback");
    urls += is_fallback ? "fallback " : "first ";
    return Response{.status = is_fallback ? fallback_status : 500, .headers = {}, .body = {}};
  }}};
  const workflows::Update update{.workspace_sid = stage.workspace,
                                 .sid = stage.story.workflow_sid,
                                 .fallback_assignment_callback_url = "https://example.com/fallback"};
  stage.client.send(update).value();
  SUBCASE("which answers") {
    CHECK(stage.reserve().reservation_status == ReservationStatus::pending);
    CHECK(urls == "first fallback ");
  }
  SUBCASE("which fails as well") {
    fallback_status = 404;
    const Reservation reservation = stage.reserve();
    CHECK(reservation.reservation_status == ReservationStatus::canceled);
    CHECK(stage.task_status(reservation.task_sid) == "pending");
    CHECK(stage.emulator.give_up(reservation.sid).error().code == 20001);
  }
}

TEST_CASE("events are told to a workspace's URL, as far as its filter lets them through") {
  Stage stage;
  stage.create_task();
  CHECK(stage.emulator.take_event_callbacks().empty());
  const workspaces::Update update{.sid = stage.workspace,
                                  .event_callback_url = "https://example.com/events",
                                  .events_filter = "task.created, reservation.created"};
  stage.client.send(update).value();
  const Task task = stage.create_task(R"({"a":"b c"})");
  const auto callbacks = stage.emulator.take_event_callbacks();
  REQUIRE(callbacks.size() == 1);
  CHECK(callbacks[0].request.url == "https://example.com/events");
  const auto form = read_form(callbacks[0].request.body).value();
  CHECK(value(form, "EventType") == "task.created");
  CHECK(value(form, "TaskSid") == task.sid.text());
  CHECK(value(form, "TaskAttributes") == R"({"a":"b c"})");
  CHECK(value(form, "TaskAssignmentStatus") == "pending");
  CHECK(value(form, "WorkspaceName") == "Quickstart");
  CHECK(value(form, "ResourceType") == "task");
  CHECK(value(form, "Sid") == callbacks[0].event_sid.text());
  stage.set_activity(stage.story.activities.available);
  CHECK(stage.emulator.take_event_callbacks().size() == 1);
}
