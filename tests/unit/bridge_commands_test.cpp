#include "taskrouter/emulator/bridge_commands.hpp"

#include <doctest/doctest.h>

#include "bridge_fixture.hpp"

using namespace taskrouter;
using nlohmann::json;

TEST_CASE("a worker sees itself, in the bridge's words") {
  BridgeStage stage;
  const json worker = stage.ask("GET", stage.own());
  const Worker known = stage.worker();
  CHECK(worker["sid"] == known.sid.text());
  CHECK(worker["friendly_name"] == "Alice");
  CHECK(worker["activity_name"] == "Offline");
  CHECK(worker["activity_sid"] == known.activity_sid.text());
  CHECK(worker["available"] == false);
  CHECK(worker["attributes"] == known.attributes.text);
  CHECK(worker["date_created"] == known.date_created->time_since_epoch().count());
  CHECK(worker["date_status_changed"] == known.date_status_changed->time_since_epoch().count());
  CHECK('"' + worker["version"].dump() + '"' == known.etag);
}

TEST_CASE("a worker accepts, wraps up and completes") {
  BridgeStage stage;
  const Reservation reservation = stage.reserve();
  const auto update = [&](std::string_view status) {
    return stage.ask("POST", stage.own(reservation), {{"ReservationStatus", status}});
  };
  json answer = update("accepted");
  CHECK(answer["reservation_status"] == "accepted");
  CHECK(answer["task"]["assignment_status"] == "assigned");
  CHECK(update("accepted")["code"] == 20001);
  CHECK(update("wrapping")["reservation_status"] == "wrapping");
  answer = update("completed");
  CHECK(answer["reservation_status"] == "completed");
  CHECK(answer["version"] == 3);
  CHECK(stage.task_status(reservation.task_sid) == "completed");
}

TEST_CASE("a worker rejects, and goes where they say") {
  BridgeStage stage;
  const Reservation reservation = stage.reserve();
  const json answer =
      stage.ask("POST", stage.own(reservation),
                {{"ReservationStatus", "rejected"}, {"WorkerActivitySid", stage.story.activities.offline.text()}});
  CHECK(answer["reservation_status"] == "rejected");
  CHECK(answer["task"]["assignment_status"] == "pending");
  CHECK(stage.worker().activity_name == "Offline");
}

TEST_CASE("a worker changes their activity and attributes") {
  BridgeStage stage;
  json worker = stage.ask("POST", stage.own(), {{"ActivitySid", stage.story.activities.available.text()}});
  CHECK(worker["activity_name"] == "Available");
  worker = stage.ask("POST", stage.own(), {{"Attributes", {{"languages", {"en", "fi"}}}}});
  CHECK(json::parse(std::string{worker["attributes"]}) == json{{"languages", {"en", "fi"}}});
  CHECK(stage.worker().attributes.text == R"({"languages":["en","fi"]})");
}

TEST_CASE("who becomes available is answered as reserved, if a task waited") {
  BridgeStage stage;
  stage.create_task();
  const json worker = stage.ask("POST", stage.own(), {{"ActivitySid", stage.story.activities.available.text()}});
  CHECK(worker["activity_name"] == "Reserved");
}

TEST_CASE("a task is changed by whoever has it") {
  BridgeStage stage;
  const Reservation reservation = stage.reserve();
  CHECK(stage.accept(reservation));
  json task = stage.ask("POST", stage.path(reservation.task_sid), {{"Attributes", {{"mood", "glad"}}}});
  CHECK(task["attributes"] == R"({"mood":"glad"})");
  CHECK(task["queue_sid"] == stage.story.task_queue_sid.text());
  CHECK(task["queue_name"] == "Everyone");
  CHECK(task["workflow_name"] == "First come, first served");
  CHECK(task["reason"].is_null());
  task = stage.ask("POST", stage.path(reservation.task_sid), {{"VirtualStartTime", "2020-01-01T00:00:00Z"}});
  CHECK(task["virtual_start_time"] == 1'577'836'800);
  task = stage.ask("POST", stage.path(reservation.task_sid), {{"AssignmentStatus", "wrapping"}});
  CHECK(task["assignment_status"] == "wrapping");
  task = stage.ask("POST", stage.path(reservation.task_sid), {{"AssignmentStatus", "completed"}, {"Reason", "done"}});
  CHECK(task["assignment_status"] == "completed");
  CHECK(task["reason"] == "done");
}

TEST_CASE("a task that nobody's workflow knows has nulls for its workflow and queue") {
  BridgeStage stage;
  const json created = stage.ask("POST", "/Tasks",
                                 {{"RoutingTarget", stage.story.worker_sid.text()},
                                  {"Attributes", {{"outbound_to", "+1"}}},
                                  {"TaskChannelUniqueName", "default"}});
  const json task = stage.ask("GET", "/Tasks/" + std::string{created["sid"]});
  CHECK(task["queue_sid"].is_null());
  CHECK(task["workflow_sid"].is_null());
  CHECK(task["routing_target"] == stage.story.worker_sid.text());
}

TEST_CASE("a task that an agent creates for itself carries a workflow and a queue, and is offered to nobody else") {
  BridgeStage stage;
  stage.create_worker("Bob", stage.story.activities.available);
  const TaskQueue queue = stage.client
                              .send(task_queues::Create{
                                  .workspace_sid = stage.workspace, .friendly_name = "Calls", .target_workers = "1==2"})
                              .value();
  const json task = stage.ask("POST", "/Tasks",
                              {{"RoutingTarget", stage.story.worker_sid.text()},
                               {"WorkflowSid", stage.story.workflow_sid.text()},
                               {"TaskQueueSid", queue.sid.text()}});
  CHECK(task["workflow_sid"] == stage.story.workflow_sid.text());
  CHECK(task["queue_name"] == "Calls");
  CHECK(task["assignment_status"] == "reserved");
  CHECK(stage.reservations(TaskSid{std::string{task["sid"]}}).at(0).worker_sid == stage.story.worker_sid);
}

TEST_CASE("If-Match names a version") {
  BridgeStage stage;
  const std::string known = stage.ask("GET", stage.own())["version"].dump();
  const json attributes{{"Attributes", json::object()}};
  CHECK(stage.command(stage.token(), "POST", stage.own(), attributes, known).status == 200);
  CHECK(stage.command(stage.token(), "POST", stage.own(), attributes, known).status == 412);
}

TEST_CASE("a worker may look around but change only what is theirs") {
  BridgeStage stage;
  const Worker bob = stage.create_worker("Bob");
  const Reservation reservation = stage.reserve();
  const std::string of_bob = "/Workers/" + std::string{bob.sid.text()}, task = stage.path(reservation.task_sid);
  const std::string offer = "/Reservations/" + std::string{reservation.sid.text()};
  const auto status = [&](const std::string& token, std::string_view method, const std::string& path) {
    return stage.command(token, method, path).status;
  };
  const std::string alice = stage.token(), bobs = stage.token(bob.sid), boss = stage.supervisor();
  for (const std::string& path : {of_bob, std::string{"/Workers"}, std::string{"/TaskQueues"}, task,
                                  std::string{"/Activities"}, std::string{"/Tasks"}}) {
    CAPTURE(path);
    CHECK(status(alice, "GET", path) == 200);
  }
  CHECK(status(alice, "POST", of_bob) == 403);
  CHECK(status(alice, "GET", of_bob + "/Reservations") == 403);
  CHECK(status(alice, "GET", of_bob + "/WorkerChannels") == 403);
  CHECK(status(bobs, "POST", task) == 403);
  CHECK(status(bobs, "GET", task + offer) == 403);
  CHECK(status(bobs, "POST", stage.own() + offer) == 403);
  CHECK(status(bobs, "POST", of_bob + offer) == 404);
  CHECK(status(alice, "GET", task + offer) == 200);
  CHECK(status(alice, "POST", task + offer) == 403);
  CHECK(status(boss, "POST", of_bob) == 200);
  CHECK(status(boss, "GET", of_bob + "/Reservations") == 200);
  CHECK(status(boss, "POST", task) == 200);
  CHECK(status(boss, "POST", task + offer) == 200);
  CHECK(status(boss, "POST", of_bob + offer) == 403);
}

TEST_CASE("commands that are not there are refused, and change nothing") {
  BridgeStage stage;
  const Reservation reservation = stage.reserve();
  const std::string before = stage.emulator.dump();
  const auto message = [&](std::string_view method, const std::string& path) {
    const Response response = stage.command(stage.supervisor(), method, path, {{"TaskSid", "WT1"}});
    CHECK(response.status >= 400);
    CHECK(response.status < 500);
    return std::string{json::parse(response.body)["message"]};
  };
  CHECK(message("POST", stage.own("/HoldWorkerParticipant")).find("no calls") != std::string::npos);
  CHECK(message("POST", stage.own("/Transfers")).find("transfer") != std::string::npos);
  CHECK(message("POST", "/Activities").find("not found") != std::string::npos);
  CHECK(message("DELETE", stage.own()).find("method") != std::string::npos);
  CHECK(message("GET", stage.own("/../Workers")).find("url") != std::string::npos);
  CHECK(message("GET", stage.own("?x=1")).find("url") != std::string::npos);
  CHECK(message("GET", "/Workers/WK%2e").find("url") != std::string::npos);
  CHECK(message("POST", stage.own()).find("TaskSid") != std::string::npos);
  CHECK(stage.command(stage.token(), "POST", stage.own(), json::array()).status == 400);
  CHECK(stage.emulator.dump() == before);
}

TEST_CASE("a token is for one workspace only") {
  BridgeStage stage;
  const Workspace other = stage.client.send(workspaces::Create{.friendly_name = "Other"}).value();
  stage.workspace = other.sid;  // For the path, and not for the token.
  AccessToken token = stage.access(stage.story.worker_sid);
  token.task_router.workspace_sid = stage.story.workspace_sid;
  CHECK(stage.command(stage.sign(token), "GET", "/Workers").status == 403);
}

TEST_CASE("a body that is no command is refused") {
  BridgeStage stage;
  for (const std::string_view body : {"", "[]", "{\"url\":1}", "{\"url\":\"a\"", "\xff"}) {
    CAPTURE(body);
    const Request request{.method = Method::post, .url = {}, .headers = {}, .body = std::string{body}};
    CHECK(stage.bridge.command(request, stage.now).status == 400);
  }
}
