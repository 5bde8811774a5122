#include <doctest/doctest.h>

#include "emulator_refused.hpp"
#include "taskrouter/advice.hpp"

using namespace taskrouter;

TEST_CASE("other credentials than the story's are refused") {
  Stage stage;
  const std::string before = stage.emulator.dump();
  const auto status = [&](const Credentials& credentials) {
    Client client{credentials, stage.emulator};
    const auto task = client.send(tasks::Create{.workspace_sid = stage.workspace});
    CHECK(task.error().code == 20003);
    CHECK(task.error().message == "Authenticate");
    return task.error().status;
  };
  CHECK(status({std::string{stage.story.account_sid.text()}, "wrong"}) == 401);
  CHECK(status({"AC00000000000000000000000000000001", stage.story.auth_token}) == 401);
  CHECK(stage.emulator.send({.method = Method::get, .url = "https://x/v1/Workspaces", .headers = {}, .body = {}})
            .value()
            .status == 401);
  for (const char* header : {"", "Basic", "Basic ", "Bearer x"}) {
    const Request request{
        .method = Method::get, .url = "https://x/v1/Workspaces", .headers = {{"Authorization", header}}, .body = {}};
    CHECK(stage.emulator.send(request).value().status == 401);
  }
  CHECK(stage.emulator.dump() == before);
}

TEST_CASE("what does not exist is not found, and the message names its path") {
  Stage stage;
  const std::string root = "/Workspaces/" + std::string{stage.workspace.text()};
  const Reservation reservation = stage.reserve();
  const std::string own = path_of(reservation);
  const std::string zeros(32, '0');
  for (const std::string& path :
       {"/Tasks/WT" + zeros, "/Tasks/WT" + zeros + "/Reservations", "/Workers/WK" + zeros,
        "/Workers/WK" + zeros + "/Reservations", std::string{"/Tasks/WK"} + zeros, std::string{"/Tasks/."},
        std::string{"/Nothing"}, std::string{"/Tasks/"}, own + "x", own + "/x",
        "/Tasks/" + std::string{reservation.task_sid.text()} + "/Reservations/WR" + zeros,
        "/Tasks/WT" + zeros + "/Reservations/" + std::string{reservation.sid.text()},
        "/Workers/WK" + zeros + "/Reservations/" + std::string{reservation.sid.text()}}) {
    CAPTURE(path);
    const Error error = refused(stage, Method::get, path);
    CHECK(error.status == 404);
    CHECK(error.code == 20404);
    CHECK(error.message == "The requested resource " + root + path + " was not found");
  }
  CHECK(refused(stage, Method::post, "/Tasks/WT" + zeros, "Priority=1").status == 404);
  CHECK(refused(stage, Method::delete_, "/Tasks/WT" + zeros).status == 404);
  const auto other = stage.client.send(workspaces::Fetch{.sid = WorkspaceSid{"WS" + zeros}});
  CHECK(other.error().message == "The requested resource /Workspaces/WS" + zeros + " was not found");
}

TEST_CASE("a method that a path does not have is refused") {
  Stage stage;
  CHECK(refused(stage, Method::delete_, "/Tasks").status == 405);
  CHECK(refused(stage, Method::post, "/Tasks/WT00000000000000000000000000000000/Reservations", "a=b").status == 405);
}

TEST_CASE("the name of a parameter is decoded") {
  Stage stage;
  CHECK(refused(stage, Method::post, "/Tasks", "Pri%6Frity=x").message == "Priority should be a whole number");
  CHECK(refused(stage, Method::post, "/Tasks", "C%6Flor=red").message == "Color is not a parameter of CreateTask");
}

TEST_CASE("a parameter that is wrong is refused by its name, and nothing changes") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const std::string tasks = "/Tasks", workers = "/Workers", activities = "/Activities";
  const std::string alice = workers + "/" + std::string{stage.story.worker_sid.text()};
  const std::string task = tasks + "/" + std::string{reservation.task_sid.text()};
  const std::string zeros(32, '0');
  struct Wrong {
    std::string path, form, parameter;
  };
  const std::vector<Wrong> wrong{
      {tasks, "Color=red", "Color"},
      {tasks, "priority=1", "priority"},
      {tasks, "WorkspaceSid=" + std::string{stage.workspace.text()}, "WorkspaceSid"},
      {tasks, "Priority=1&Priority=2", "Priority"},
      {tasks, "Priority=", "Priority"},
      {tasks, "Priority=+1", "Priority"},
      {tasks, "Priority=1.0", "Priority"},
      {tasks, "Priority=-1", "Priority"},
      {tasks, "Priority=2147483648", "Priority"},
      {tasks, "Priority=99999999999999999999", "Priority"},
      {tasks, "Timeout=0", "Timeout"},
      {tasks, "Timeout=1209601", "Timeout"},
      {tasks, "Attributes={", "Attributes"},
      {tasks, "Attributes=", "Attributes"},
      {tasks, "Attributes=%22" + long_text(4095) + "%22", "Attributes"},
      {tasks, "VirtualStartTime=yesterday", "VirtualStartTime"},
      {tasks, "VirtualStartTime=1899-12-31T23:59:59Z", "VirtualStartTime"},
      {tasks, "VirtualStartTime=2025-01-01T00:00:01Z", "VirtualStartTime"},
      {tasks, "WorkflowSid=WW1", "WorkflowSid"},
      {tasks, "WorkflowSid=WQ" + zeros, "WorkflowSid"},
      {tasks, "WorkflowSid=WW" + zeros, "WorkflowSid"},
      {tasks, "TaskQueueSid=WQ" + zeros, "TaskQueueSid"},
      {tasks, "TaskChannel=fax", "TaskChannel"},
      {tasks, "RoutingTarget=WK" + zeros, "RoutingTarget"},
      {tasks, "RoutingTarget=WW" + zeros, "RoutingTarget"},
      {tasks, "IgnoreCapacity=true", "IgnoreCapacity"},
      {task, "AssignmentStatus=assigned", "AssignmentStatus"},
      {task, "AssignmentStatus=Canceled&Reason=r", "AssignmentStatus"},
      {task, "AssignmentStatus=canceled", "Reason"},
      {task, "AssignmentStatus=completed&Reason=r&Attributes={}", "Attributes"},
      {task, "Priority=1&TaskChannel=fax", "TaskChannel"},
      {workers, "Attributes={}", "FriendlyName"},
      {workers, "FriendlyName=", "FriendlyName"},
      {workers, "FriendlyName=" + long_text(65), "FriendlyName"},
      {workers, "FriendlyName=aLICE", "friendly name"},
      {workers, "FriendlyName=Bob&ActivitySid=WA" + zeros, "ActivitySid"},
      {workers, "FriendlyName=Bob&Attributes=%22" + long_text(4095) + "%22", "Attributes"},
      {alice, "FriendlyName=", "FriendlyName"},
      {alice, "ActivitySid=WA" + zeros, "ActivitySid"},
      {alice, "RejectPendingReservations=maybe", "RejectPendingReservations"},
      {alice, "RejectPendingReservations=true", "RejectPendingReservations"},
      {alice, "RejectPendingReservations=true&ActivitySid=" + std::string{stage.story.activities.available.text()},
       "Unable to reject pending reservations when updating to an Available activity state."},
      {activities, "Available=true", "FriendlyName"},
      {activities, "FriendlyName=Lunch&Available=perhaps", "Available"},
      {path_of(reservation), "ReservationStatus=canceled", "ReservationStatus"},
      {path_of(reservation), "ReservationStatus=acepted", "ReservationStatus"},
      {path_of(reservation), "ReservationStatus=accepted&Instruction=accept", "Instruction"},
      {path_of(reservation), "ReservationStatus=accepted&WorkerActivitySid=WA" + zeros, "WorkerActivitySid"},
      {path_of(reservation), "ReservationStatus=rejected&WorkerActivitySid=WA" + zeros, "WorkerActivitySid"},
      {path_of(reservation), "Instruction=hold", "Instruction"},
      {path_of(reservation), "Instruction=call&CallFrom=%2B1", "CallUrl"},
      {path_of(reservation), "Instruction=redirect&RedirectUrl=x", "RedirectCallSid"},
      {path_of(reservation), "Instruction=accept&DequeueTo=%2B1", "DequeueTo"},
      {path_of(reservation), "Supervisor=WK" + zeros, "Supervisor"},
      {path_of(reservation), "SupervisorMode=whisper", "SupervisorMode"},
  };
  for (const Wrong& one : wrong) {
    CAPTURE(one.path);
    CAPTURE(one.form);
    const Error error = refused(stage, Method::post, one.path, one.form);
    CHECK(error.status == 400);
    CHECK(error.code == 20001);
    CHECK_MESSAGE(error.message.find(one.parameter) != std::string::npos, error.message);
  }
}

TEST_CASE("bounds themselves are allowed") {
  Stage stage;
  for (const std::string& form :
       {std::string{"Priority=0&Timeout=1"}, std::string{"Priority=2147483647&Timeout=1209600"},
        "Attributes=%22" + long_text(4094) + "%22", std::string{"VirtualStartTime=1900-01-01T00:00:00Z"},
        std::string{"VirtualStartTime=2025-01-01T00:00:00Z"}, std::string{"TaskChannel=voice"},
        "RoutingTarget=" + std::string{stage.story.workflow_sid.text()}, std::string{""}}) {
    CAPTURE(form);
    CHECK(stage.raw(Method::post, "/Tasks", form).status == 201);
  }
  CHECK(stage.raw(Method::post, "/Workers", "FriendlyName=" + long_text(64)).status == 201);
}

TEST_CASE("parameters in the wrong place or of the wrong type are refused") {
  Stage stage;
  CHECK(refused(stage, Method::post, "/Tasks?Priority=1").status == 400);
  CHECK(refused(stage, Method::get, "/Tasks", "Priority=1").status == 400);
  CHECK(refused(stage, Method::post, "/Tasks", "{}", {{"Content-Type", "application/json"}}).status == 400);
  CHECK(refused(stage, Method::post, "/Tasks", "Attributes=" + long_text(1 << 20)).status == 400);
  CHECK(stage
            .raw(Method::post, "/Tasks", "Priority=1",
                 {{"Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"}})
            .status == 201);
}

TEST_CASE("a task's status is refused in the words of TaskRouter") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const std::string sid{reservation.task_sid.text()}, workspace{stage.workspace.text()},
      account{stage.story.account_sid.text()};
  const std::string where = " in workspace " + workspace + " for account " + account;
  const auto message = [&](TaskStatus status) {
    const auto task = stage.set_task_status(reservation.task_sid, status);
    return task ? "granted" : task.error().message;
  };
  CHECK(message(TaskStatus::completed) ==
        "Cannot complete task " + sid + where + " because it is not currently assigned.");
  CHECK(message(TaskStatus::wrapping) == "Cannot wrap up a task [" + sid + "] in workspace [" + workspace +
                                             "] for account [" + account + "] because it is not currently assigned.");
  stage.accept(reservation).value();
  CHECK(message(TaskStatus::canceled) ==
        "Cannot cancel task " + sid + where + " because it is not pending or reserved.");
  CHECK(message(TaskStatus::completed) == "granted");
  CHECK(message(TaskStatus::completed).starts_with("Cannot complete task"));
}

TEST_CASE("a reservation that is not accepted can't be wrapped up or completed") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  for (const char* status : {"wrapping", "completed"}) {
    const Error error = refused(stage, Method::post, path_of(reservation), std::string{"ReservationStatus="} + status);
    CHECK(error.message == "Reservation " + std::string{reservation.sid.text()} +
                               " not in expected state [accepted] and cannot be updated to [" + status + "]");
  }
}

TEST_CASE("an update holds only if the ETag still does") {
  Stage stage;
  const std::string path = "/Tasks/" + std::string{stage.create_task().sid.text()};
  CHECK(*stage.raw(Method::get, path).headers.find("ETag") == "\"0\"");
  CHECK(*stage.raw(Method::post, path, "Priority=1", {{"If-Match", "\"0\""}}).headers.find("ETag") == "\"1\"");
  const Error stale = refused(stage, Method::post, path, "Priority=2", {{"If-Match", "\"0\""}});
  CHECK(stale.status == 412);
  CHECK(stale.code == 20412);
  CHECK(refused(stage, Method::delete_, path, "", {{"If-Match", "\"0\""}}).status == 412);
  CHECK(stage.raw(Method::post, path, "Priority=2", {{"if-match", "1"}}).status == 200);
  CHECK(stage.raw(Method::post, path, "Priority=2", {{"If-Match", "*"}}).status == 200);

  const std::string alice = "/Workers/" + std::string{stage.story.worker_sid.text()};
  CHECK(refused(stage, Method::post, alice, "Attributes={}", {{"If-Match", "\"7\""}}).status == 412);
  stage.set_activity(stage.story.activities.available);
  CHECK(*stage.raw(Method::get, path).headers.find("ETag") == "\"4\"");
  const std::string tag = *stage.raw(Method::get, alice).headers.find("ETag");
  CHECK(stage.raw(Method::post, alice, "Attributes={}", {{"If-Match", tag}}).status == 200);
  CHECK(stage.raw(Method::delete_, path, "", {{"If-Match", "\"4\""}}).status == 204);

  const Reservation reservation = stage.reserve();
  CHECK(refused(stage, Method::post, path_of(reservation), "ReservationStatus=accepted", {{"If-Match", "\"1\""}})
            .status == 412);
  CHECK(stage.raw(Method::post, path_of(reservation), "ReservationStatus=accepted", {{"If-Match", "\"0\""}}).status ==
        200);
}

TEST_CASE("a name may be kept, and only another worker's is refused") {
  Stage stage;
  const std::string alice = "/Workers/" + std::string{stage.story.worker_sid.text()};
  CHECK(stage.raw(Method::post, alice, "FriendlyName=ALICE").status == 200);
  stage.create_worker("Bob");
  CHECK(refused(stage, Method::post, alice, "FriendlyName=BOB").message ==
        "Worker with the same friendly name already exists");
}

TEST_CASE("what the emulator answers to a reservation accepted twice comes with advice") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const auto accept = reservations::accept(stage.workspace, reservation.task_sid, reservation.sid);
  REQUIRE(stage.client.send(accept));
  const auto again = stage.client.send(accept);
  REQUIRE_FALSE(again);
  CHECK(advice(again.error()).find("wait for the next reservation") != std::string_view::npos);
}
