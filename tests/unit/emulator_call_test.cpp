#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emulator_refused.hpp"

using namespace taskrouter;

namespace {

nlohmann::json attributes_of(Stage& stage, TaskSid sid) {
  const auto task = stage.client.send(tasks::Fetch{.workspace_sid = stage.workspace, .sid = sid}).value();
  return nlohmann::json::parse(task.attributes.text);
}

}  // namespace

TEST_CASE("an instruction that calls the worker leaves the call's SID in the task's attributes") {
  Stage stage;
  const Reservation reservation = stage.reserve(R"({"call_sid":"CA1","n":{"a":1}})");
  const auto call = [&] {
    return stage.raw(Method::post, path_of(reservation), "Instruction=call&CallFrom=1&CallUrl=x");
  };
  CHECK(call().status == 200);
  const auto first = attributes_of(stage, reservation.task_sid);
  CHECK(first["n"]["a"] == 1);
  CHECK(CallSid{first["worker_call_sid"].get<std::string>()}.well_formed());
  CHECK(stage.raw(Method::post, path_of(reservation), "Instruction=dequeue").status == 200);
  const auto second = attributes_of(stage, reservation.task_sid);
  CHECK(second.size() == first.size());
  CHECK(second["worker_call_sid"] != first["worker_call_sid"]);
}

TEST_CASE("attributes that are empty or no object take a call's SID, or stay as they are") {
  for (const auto& [before, names] : {std::pair{"{}", 1}, std::pair{"{ }", 1}, std::pair{"[{}]", 0}}) {
    Stage stage;
    const Reservation reservation = stage.reserve(before);
    stage.raw(Method::post, path_of(reservation), "Instruction=call&CallFrom=1&CallUrl=x");
    const auto after = attributes_of(stage, reservation.task_sid);
    CHECK((after.is_object() ? static_cast<int>(after.size()) : 0) == names);
  }
}

TEST_CASE("when the call ends the worker goes to the post-work activity, unless they have moved on") {
  Stage stage;
  const Reservation reservation = stage.reserve(R"({"call_sid":"CA1"})");
  const std::string offline{stage.story.activities.offline.text()};
  const std::string dequeue = "Instruction=dequeue&DequeuePostWorkActivitySid=";
  CHECK(refused(stage, Method::post, path_of(reservation), dequeue + "WA00000000000000000000000000000000").message ==
        "DequeuePostWorkActivitySid names nothing in this workspace");
  CHECK(stage.raw(Method::post, path_of(reservation), dequeue + offline).status == 200);
  CHECK(stage.worker().activity_sid == stage.story.activities.busy);
  SUBCASE("wrapping") {
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::wrapping).has_value());
    CHECK(stage.worker().activity_sid == stage.story.activities.offline);
    stage.set_activity(stage.story.activities.available);
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed).has_value());
    CHECK(stage.worker().activity_sid == stage.story.activities.available);
  }
  SUBCASE("completed") {
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed).has_value());
    CHECK(stage.worker().activity_sid == stage.story.activities.offline);
  }
  SUBCASE("moved on") {
    stage.set_activity(stage.story.activities.available);
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed).has_value());
    CHECK(stage.worker().activity_sid == stage.story.activities.available);
  }
}

TEST_CASE("the answer to a callback can name a post-work activity") {
  Stage stage;
  const Reservation reservation = stage.reserve(R"({"call_sid":"CA1"})");
  const auto answer = [&](std::string_view activity) {
    const std::string body =
        R"({"instruction":"conference","post_work_activity_sid":")" + std::string{activity} + "\"}";
    return stage.emulator.answer(reservation.sid, {.status = 200, .headers = {}, .body = body});
  };
  CHECK(answer("WA00000000000000000000000000000000").error().code == 40143);
  CHECK(answer(stage.story.activities.offline.text()).has_value());
  CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed).has_value());
  CHECK(stage.worker().activity_sid == stage.story.activities.offline);
}

TEST_CASE("a supervisor joins the call of an accepted reservation, and nothing changes") {
  Stage stage;
  const Reservation reservation = stage.reserve(R"({"call_sid":"CA1"})");
  const std::string alice{stage.story.worker_sid.text()};
  const std::string supervise = "Instruction=supervise&SupervisorMode=whisper&Supervisor=";
  const auto message = [&](const std::string& form) {
    return refused(stage, Method::post, path_of(reservation), form).message;
  };
  CHECK(message(supervise + alice).find("not in expected state [accepted]") != std::string::npos);
  CHECK(stage.accept(reservation).has_value());
  CHECK(message("Instruction=supervise") == "Missing required parameter Supervisor in the post body");
  CHECK(message(supervise + "WK00000000000000000000000000000000") == "Supervisor names nothing in this workspace");
  CHECK(message(supervise + alice + "&CallFrom=1") == "CallFrom belongs to the instruction call");
  CHECK(message("Supervisor=" + alice) == "Supervisor belongs to the instruction supervise");
  const std::string before = stage.emulator.dump();
  CHECK(stage.raw(Method::post, path_of(reservation), supervise + alice).status == 200);
  CHECK(stage.raw(Method::post, path_of(reservation), supervise + "sip:boss@example.com").status == 200);
  CHECK(stage.emulator.dump() == before);
}
