#include "taskrouter/emulator/bridge.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <utility>

#include "bridge_fixture.hpp"

using namespace taskrouter;
using std::chrono::seconds;
using Types = std::vector<std::string>;

TEST_CASE("a connection begins with who the worker is and how long the token lasts") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  CHECK(stage.heard(connection) == Types{"init"});
  CHECK(stage.payloads[0] == nlohmann::json{{"account_sid", stage.story.account_sid.text()},
                                            {"channel_id", stage.story.worker_sid.text()},
                                            {"workspace_sid", stage.workspace.text()},
                                            {"token_lifetime", 3'600'000}});
}

TEST_CASE("a worker hears of a task from the offer to its end") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  stage.heard(connection);
  const Reservation reservation = stage.reserve(R"({"language":"es"})");
  CHECK(stage.heard(connection) == Types{"worker.activity.update", "worker.activity.update", "reservation.created"});
  CHECK(stage.payloads[1]["activity_name"] == "Reserved");
  CHECK(stage.payloads[2]["sid"] == reservation.sid.text());
  CHECK(stage.payloads[2]["reservation_status"] == "pending");
  CHECK(stage.payloads[2]["reservation_timeout"] == 120);
  CHECK(stage.payloads[2]["task"]["assignment_status"] == "reserved");
  CHECK(stage.payloads[2]["task"]["attributes"] == R"({"language":"es"})");

  CHECK(stage.accept(reservation));
  CHECK(stage.heard(connection) == Types{"reservation.accepted", "worker.activity.update"});
  CHECK(stage.payloads[0]["task"]["assignment_status"] == "assigned");

  CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::wrapping));
  CHECK(stage.heard(connection) == Types{"task.wrapup", "reservation.wrapup", "task.updated"});
  CHECK(stage.payloads[1]["reservation_status"] == "wrapping");

  CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed, "solved"));
  CHECK(stage.heard(connection) == Types{"task.completed", "reservation.completed", "task.updated"});
  CHECK(stage.payloads[0]["reason"] == "solved");
  CHECK(stage.payloads[1]["reservation_status"] == "completed");
}

TEST_CASE("an event shows the state of its moment, though more has happened since") {
  BridgeStage stage{{.on_assignment = [](const Request&) {
    return Response{.status = 200, .headers = {}, .body = R"({"instruction":"accept"})"};
  }}};
  const auto connection = stage.connect(stage.token());
  stage.heard(connection);
  stage.reserve();
  CHECK(stage.heard(connection) == Types{"worker.activity.update", "worker.activity.update", "reservation.created",
                                         "reservation.accepted", "worker.activity.update"});
  CHECK(stage.payloads[2]["reservation_status"] == "pending");
  CHECK(stage.payloads[3]["reservation_status"] == "accepted");
}

TEST_CASE("offers that end without the worker are told, also when the task is gone") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  const auto last_of = [&](const Types& types) { return types.empty() ? "" : types.back(); };
  stage.reserve();
  stage.heard(connection);
  stage.emulator.advance(seconds{120});
  CHECK(stage.heard(connection) == Types{"reservation.timeout", "worker.activity.update"});
  CHECK(stage.payloads[0]["task"]["assignment_status"] == "reserved");

  stage.set_activity(stage.story.activities.available);
  CHECK(last_of(stage.heard(connection)) == "reservation.created");
  const std::string task = stage.payloads.back()["task"]["sid"];
  CHECK(stage.set_task_status(TaskSid{task}, TaskStatus::canceled));
  const Types canceled = stage.heard(connection);
  CHECK(std::set<std::string>(canceled.begin(), canceled.end()) ==
        std::set<std::string>{"task.canceled", "reservation.canceled", "worker.activity.update", "task.updated"});

  const Task another = stage.create_task();
  CHECK(last_of(stage.heard(connection)) == "reservation.created");
  CHECK(stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = another.sid}));
  CHECK(stage.heard(connection).at(0) == "reservation.canceled");
  CHECK(stage.payloads[0]["task"]["sid"] == another.sid.text());
}

TEST_CASE("who was too late hears that the offer was rescinded, and nobody hears of others' offers") {
  BridgeStage stage{{.max_reserved_workers = 2}};
  const Worker bob = stage.create_worker("Bob", stage.story.activities.available);
  const Worker carol = stage.create_worker("Carol");
  const auto alice_hears = stage.connect(stage.token());
  const auto bob_hears = stage.connect(stage.token(bob.sid)), carol_hears = stage.connect(stage.token(carol.sid));
  stage.set_activity(stage.story.activities.available);
  const Task task = stage.create_task();
  stage.bridge.take();
  for (const Reservation& reservation : stage.reservations(task.sid)) {
    if (reservation.worker_sid == bob.sid) CHECK(stage.accept(reservation));
  }
  std::vector<std::string> alice, bobs, carols;
  for (const auto& message : stage.bridge.take()) {
    auto& types = message.connection == alice_hears ? alice : message.connection == bob_hears ? bobs : carols;
    types.push_back(nlohmann::json::parse(message.text)["event_type"]);
  }
  CHECK(alice == Types{"reservation.rescinded", "worker.activity.update"});
  CHECK(bobs == Types{"reservation.accepted", "worker.activity.update"});
  CHECK(carols.empty());
  CHECK(carol_hears != bob_hears);
}

TEST_CASE("changes of a channel and of attributes are told") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  stage.heard(connection);
  CHECK(stage.client.send(worker_channels::Update{.workspace_sid = stage.workspace,
                                                  .worker_sid = stage.story.worker_sid,
                                                  .sid = "default",
                                                  .capacity = 3,
                                                  .available = false}));
  CHECK(stage.heard(connection) == Types{"worker.capacity.update", "worker.channel.availability.update"});
  CHECK(stage.payloads[0]["configured_capacity"] == 3);
  CHECK(stage.payloads[1]["available"] == 0);
  CHECK(stage.client.send(workers::Update{
      .workspace_sid = stage.workspace, .sid = stage.story.worker_sid, .attributes = JsonText{R"({"a":1})"}}));
  CHECK(stage.heard(connection) == Types{"worker.attributes.update"});
  CHECK(stage.payloads[0]["attributes"] == R"({"a":1})");
}

TEST_CASE("who counts the worker's versions along, as the package does, has the right one") {
  for (const bool multi_task_enabled : {false, true}) {
    BridgeStage stage;
    if (multi_task_enabled) {
      CHECK(stage.client.send(workspaces::Update{.sid = stage.workspace, .multi_task_enabled = true}));
    }
    const auto connection = stage.connect(stage.token());
    nlohmann::json known = stage.ask("GET", stage.own())["version"];
    const auto count = [&] {
      const Types types = stage.heard(connection);
      for (std::size_t i = 0; i < types.size(); ++i) {
        if (types[i] == "worker.activity.update" || types[i] == "worker.attributes.update") {
          known = stage.payloads[i]["version"];
        } else if (types[i] == "worker.capacity.update" || types[i] == "worker.channel.availability.update" ||
                   types[i] == "reservation.created") {
          known = std::int64_t{known} + 1;
        }
      }
      CHECK(known == stage.ask("GET", stage.own())["version"]);
    };
    const Reservation reservation = stage.reserve();
    count();
    CHECK(stage.accept(reservation));
    count();
    CHECK(stage.client.send(worker_channels::Update{.workspace_sid = stage.workspace,
                                                    .worker_sid = stage.story.worker_sid,
                                                    .sid = "default",
                                                    .capacity = 3,
                                                    .available = false}));
    count();
    stage.ask("POST", stage.own(), {{"Attributes", nlohmann::json::object()}});
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed));
    count();
  }
}

TEST_CASE("a heartbeat comes every 15 seconds") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  stage.heard(connection);
  stage.bridge.tick(stage.now + seconds{14});
  CHECK(stage.heard(connection).empty());
  stage.bridge.tick(stage.now + seconds{15});
  stage.bridge.tick(stage.now + seconds{16});
  CHECK(stage.heard(connection) == Types{"beat"});
  stage.bridge.tick(stage.now + seconds{30});
  CHECK(stage.heard(connection) == Types{"beat"});
}

TEST_CASE("a connection ends with its token, unless a command has shown a newer one") {
  BridgeStage stage;
  const auto connection = stage.connect(stage.token());
  const auto other = stage.connect(stage.token());
  stage.heard(connection);
  stage.bridge.disconnect(other);
  stage.now += seconds{3000};
  stage.bridge.tick(stage.now);
  stage.ask("GET", stage.own());
  stage.now += seconds{3599};
  stage.bridge.tick(stage.now);
  stage.heard(connection);
  CHECK(stage.bridge.size() == 1);
  stage.bridge.tick(stage.now + seconds{1});
  CHECK(stage.heard(connection) == Types{"close"});
  CHECK(stage.bridge.size() == 0);
}

TEST_CASE("a new session closes the worker's others if it asks for that") {
  BridgeStage stage;
  const Worker bob = stage.create_worker("Bob");
  const auto of_bob = stage.connect(stage.token(bob.sid));
  const auto first = stage.connect(stage.token()),
             second = stage.connect(stage.token(), "&closeExistingSessions=false");
  CHECK(stage.bridge.size() == 3);
  stage.bridge.take();
  stage.connect(stage.token(), "&closeExistingSessions=true");
  CHECK(stage.bridge.size() == 2);
  std::vector<std::uint64_t> closed;
  for (const auto& message : stage.bridge.take()) {
    if (message.closes) closed.push_back(message.connection);
  }
  CHECK(closed == std::vector{first, second});
  CHECK(of_bob < first);
}

TEST_CASE("who has left hears nothing, and a worker who is deleted is let go") {
  BridgeStage stage;
  const Worker bob = stage.create_worker("Bob");
  const auto left = stage.connect(stage.token());
  const auto of_bob = stage.connect(stage.token(bob.sid));
  stage.bridge.disconnect(left);
  stage.set_activity(stage.story.activities.available);
  CHECK(stage.heard(left).empty());
  CHECK(stage.client.send(workers::Remove{.workspace_sid = stage.workspace, .sid = bob.sid}));
  CHECK(stage.heard(of_bob) == Types{"close"});
  CHECK(stage.bridge.size() == 0);
}

namespace {

/// The connection of a worker of another workspace, and that workspace.
std::pair<std::uint64_t, WorkspaceSid> connect_elsewhere(BridgeStage& stage) {
  const Workspace other = stage.client.send(workspaces::Create{.friendly_name = "Other"}).value();
  const Worker bob = stage.client.send(workers::Create{.workspace_sid = other.sid, .friendly_name = "Bob"}).value();
  AccessToken token = stage.access(bob.sid);
  token.task_router.workspace_sid = other.sid;
  const std::uint64_t connection = stage.connect(stage.sign(token));
  stage.heard(connection);
  return {connection, other.sid};
}

}  // namespace

TEST_CASE("a workspace that goes takes its connections along, and so does a reset") {
  BridgeStage stage;
  const auto of_alice = stage.connect(stage.token());
  const auto [of_bob, other] = connect_elsewhere(stage);
  CHECK(stage.client.send(workspaces::Remove{.sid = other}));
  CHECK(stage.heard(of_bob) == Types{"close"});
  CHECK(stage.bridge.size() == 1);
  stage.emulator.reset();
  CHECK(stage.heard(of_alice) == Types{"close"});
  CHECK(stage.bridge.size() == 0);
  CHECK(stage.heard(stage.connect(stage.token())) == Types{"init"});
}

TEST_CASE("a reset closes the connections to workspaces that it does not bring back") {
  BridgeStage stage;
  const auto of_bob = connect_elsewhere(stage).first;
  CHECK(stage.client.send(workspaces::Create{.friendly_name = "A third"}));
  CHECK(stage.heard(of_bob).empty());
  stage.emulator.reset();
  CHECK(stage.heard(of_bob) == Types{"close"});
}

TEST_CASE("an emulator outlives its bridge") {
  Stage stage;
  const OpenSslCrypto crypto;
  { const EventBridge bridge{stage.emulator, crypto}; }
  stage.set_activity(stage.story.activities.available);
  CHECK(stage.worker().available);
}
