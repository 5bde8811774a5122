#include <doctest/doctest.h>

#include "emulator_fixture.hpp"

using namespace taskrouter;
using std::chrono::hours, std::chrono::milliseconds, std::chrono::minutes, std::chrono::seconds;

TEST_CASE("a task waits until a worker is available, is offered, and is assigned once they accept") {
  Stage stage;
  const Task task = stage.create_task(R"({"selected_language":"es"})");
  CHECK(task.assignment_status == TaskStatus::pending);
  CHECK(stage.task_status(task.sid) == "pending");
  CHECK(stage.reservations(task.sid).empty());

  CHECK(stage.set_activity(stage.story.activities.available).activity_name == "Available");
  CHECK(stage.task_status(task.sid) == "reserved");
  CHECK(stage.worker().activity_name == "Reserved");
  const Reservation reservation = stage.reservations(task.sid).at(0);
  CHECK(reservation.reservation_status == ReservationStatus::pending);
  CHECK(reservation.worker_name == "Alice");

  const Reservation accepted = stage.accept(reservation).value();
  CHECK(accepted.reservation_status == ReservationStatus::accepted);
  CHECK(accepted.url.ends_with(path_of(reservation)));
  CHECK(stage.task_status(task.sid) == "assigned");
  CHECK(stage.worker().activity_name == "Busy");
}

TEST_CASE("the story has the SIDs that its parts have") {
  Stage stage;
  CHECK(stage.story.account_sid.well_formed());
  CHECK(stage.story.auth_token.size() == 32);
  const auto workspace = stage.client.send(workspaces::Fetch{.sid = stage.workspace}).value();
  CHECK(workspace.default_activity_sid == stage.story.activities.offline);
  CHECK(workspace.timeout_activity_sid == stage.story.activities.offline);
  CHECK_FALSE(workspace.multi_task_enabled);
  const Worker alice = stage.worker();
  CHECK(alice.friendly_name == "Alice");
  CHECK(alice.activity_name == "Offline");
  CHECK(alice.attributes.text == R"({"selected_language":"es"})");
  const Task task = stage.create_task();
  CHECK(task.workflow_sid == stage.story.workflow_sid);
  CHECK(task.task_queue_sid == stage.story.task_queue_sid);
  const std::string text = write_json(stage.story);
  CHECK(text.find(R"("activities":{"offline":"WA)") != std::string::npos);
  CHECK(text.ends_with(R"("task_reservation_timeout":120})"));
}

TEST_CASE("a worker who rejects goes to the activity that they name") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const Reservation rejected = stage.reject(reservation, stage.story.activities.offline).value();
  CHECK(rejected.reservation_status == ReservationStatus::rejected);
  CHECK(stage.task_status(reservation.task_sid) == "pending");
  CHECK(stage.worker().activity_name == "Offline");
}

TEST_CASE("a worker who rejects without an activity goes back, and is offered the task again") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  CHECK(stage.reject(reservation).has_value());
  CHECK(stage.reservation_status(reservation) == "rejected");
  CHECK(stage.task_status(reservation.task_sid) == "reserved");
  CHECK(stage.reservations(reservation.task_sid).size() == 2);
  CHECK(stage.worker().activity_name == "Reserved");
}

TEST_CASE("a reservation that nobody answers times out on the millisecond, and the worker goes offline") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  stage.emulator.advance(seconds{120} - milliseconds{1});
  CHECK(stage.reservation_status(reservation) == "pending");
  stage.emulator.advance(milliseconds{1});
  CHECK(stage.reservation_status(reservation) == "timeout");
  CHECK(stage.task_status(reservation.task_sid) == "pending");
  CHECK(stage.worker().activity_name == "Offline");

  SUBCASE("until they are available again") {
    stage.set_activity(stage.story.activities.available);
    REQUIRE(stage.reservations(reservation.task_sid).size() == 2);
    CHECK(stage.accept(stage.reservations(reservation.task_sid)[1]).has_value());
    CHECK(stage.task_status(reservation.task_sid) == "assigned");
  }
  SUBCASE("and a late answer is refused") {
    const auto late = stage.accept(reservation);
    CHECK(late.error().status == 400);
    CHECK(late.error().message == "Reservation " + std::string{reservation.sid.text()} +
                                      " not in expected state [pending] and cannot be updated to [accepted]");
  }
}

TEST_CASE("a reservation can't be accepted twice") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  CHECK(stage.accept(reservation).has_value());
  const auto again = stage.accept(reservation);
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == Error::Kind::api);
  CHECK(again.error().status == 400);
  CHECK(again.error().code == 20001);
  CHECK(again.error().message == "Reservation " + std::string{reservation.sid.text()} +
                                     " is already in state [accepted] and cannot be updated to [accepted]");
}

TEST_CASE("of several workers the first to accept gets the task, and the others lose the offer") {
  Stage stage{{.max_reserved_workers = 2}};
  const ActivitySid available = stage.story.activities.available;
  const Worker bob = stage.create_worker("Bob", available), carol = stage.create_worker("Carol", available);
  const Task task = stage.create_task();
  const auto offers = stage.reservations(task.sid);
  REQUIRE(offers.size() == 2);
  CHECK(stage.accept(offers[1]).has_value());
  CHECK(stage.reservation_status(offers[0]) == "rescinded");
  CHECK(stage.worker(bob.sid).activity_name == "Available");
  CHECK(stage.worker(carol.sid).activity_name == "Busy");
  const auto late = stage.accept(offers[0]);
  CHECK(late.error().status == 410);
  CHECK(late.error().code == 20410);
}

TEST_CASE("a task that two workers are offered is reserved until both have rejected it") {
  Stage stage{{.max_reserved_workers = 2}};
  const ActivitySid available = stage.story.activities.available, offline = stage.story.activities.offline;
  stage.create_worker("Bob", available);
  stage.create_worker("Carol", available);
  const Task task = stage.create_task();
  const auto offers = stage.reservations(task.sid);
  CHECK(stage.reject(offers[0], offline).has_value());
  CHECK(stage.task_status(task.sid) == "reserved");
  CHECK(stage.reject(offers[1], offline).has_value());
  CHECK(stage.task_status(task.sid) == "pending");
}

TEST_CASE("tasks are offered by priority and then by age, to the worker who has waited longest") {
  Stage stage;
  const ActivitySid available = stage.story.activities.available;
  const auto create = [&](std::int64_t priority, std::optional<Timestamp> start = {}) {
    return stage.client
        .send(tasks::Create{.workspace_sid = stage.workspace, .priority = priority, .virtual_start_time = start})
        .value()
        .sid;
  };
  const TaskSid low = create(0), high = create(5), older = create(5, *read_timestamp("2024-12-31T00:00:00Z"));
  const Worker bob = stage.create_worker("Bob", available);
  CHECK(stage.task_status(older) == "reserved");
  const Worker carol = stage.create_worker("Carol", available);
  CHECK(stage.task_status(high) == "reserved");
  CHECK(stage.task_status(low) == "pending");

  SUBCASE("and a change of the priority counts at once") {
    const TaskSid last = create(0);
    CHECK(stage.client.send(tasks::Update{.workspace_sid = stage.workspace, .sid = last, .priority = 9}).has_value());
    stage.create_worker("Dave", available);
    CHECK(stage.task_status(last) == "reserved");
    CHECK(stage.task_status(low) == "pending");
  }
  SUBCASE("and whoever was reserved longest ago comes first") {
    stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = low}).value();
    stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = high}).value();
    stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = older}).value();
    CHECK(stage.worker(bob.sid).activity_name == "Available");
    CHECK(stage.worker(carol.sid).activity_name == "Available");
    CHECK(stage.reservations(create(0)).at(0).worker_sid == bob.sid);
  }
}

TEST_CASE("a task is wrapped up and completed, and the worker stays in their activity") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  stage.accept(reservation).value();
  SUBCASE("by the task") {
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::wrapping, "notes").value().reason == "notes");
    CHECK(stage.reservation_status(reservation) == "wrapping");
    CHECK(stage.set_task_status(reservation.task_sid, TaskStatus::completed).value().reason == "done");
  }
  SUBCASE("by the reservation") {
    const auto change = [&](ReservationStatus status) {
      return stage.client.send(worker_reservations::Update{.workspace_sid = stage.workspace,
                                                           .worker_sid = stage.story.worker_sid,
                                                           .sid = reservation.sid,
                                                           .change = {.reservation_status = status}});
    };
    CHECK(change(ReservationStatus::wrapping).value().url.find("/Workers/WK") != std::string::npos);
    CHECK(stage.task_status(reservation.task_sid) == "wrapping");
    CHECK(change(ReservationStatus::completed).has_value());
    CHECK_FALSE(change(ReservationStatus::wrapping).has_value());
  }
  CHECK(stage.task_status(reservation.task_sid) == "completed");
  CHECK(stage.reservation_status(reservation) == "completed");
  CHECK(stage.worker().activity_name == "Busy");
}

TEST_CASE("a canceled task takes its offer back, and the worker goes back to where they were") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const Task task = stage.set_task_status(reservation.task_sid, TaskStatus::canceled, "hung up").value();
  CHECK(task.assignment_status == TaskStatus::canceled);
  CHECK(task.reason == "hung up");
  CHECK(stage.reservation_status(reservation) == "canceled");
  CHECK(stage.worker().activity_name == "Available");
}

TEST_CASE("a worker who moves away keeps the offer, unless they reject all offers") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  workers::Update update{.workspace_sid = stage.workspace, .sid = stage.story.worker_sid};
  SUBCASE("keeps it, and a rejection does not move them back") {
    update.activity_sid = stage.story.activities.offline;
    stage.client.send(update).value();
    CHECK(stage.reservation_status(reservation) == "pending");
    stage.reject(reservation).value();
    CHECK(stage.worker().activity_name == "Offline");
  }
  SUBCASE("gets no second one while they have not answered the first") {
    const Task other = stage.create_task();
    update.activity_sid = stage.story.activities.available;
    stage.client.send(update).value();
    CHECK(stage.task_status(other.sid) == "pending");
  }
  SUBCASE("rejects it") {
    update.activity_sid = stage.story.activities.offline;
    update.reject_pending_reservations = true;
    stage.client.send(update).value();
    CHECK(stage.reservation_status(reservation) == "rejected");
    CHECK(stage.task_status(reservation.task_sid) == "pending");
    CHECK(stage.worker().activity_name == "Offline");
  }
}

TEST_CASE("a deleted task is gone with its reservations") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  CHECK(stage.client.send(tasks::Remove{.workspace_sid = stage.workspace, .sid = reservation.task_sid}).has_value());
  CHECK(stage.task_status(reservation.task_sid) == "404");
  CHECK(stage.worker().activity_name == "Available");
  const worker_reservations::List list{.workspace_sid = stage.workspace, .worker_sid = stage.story.worker_sid};
  CHECK(stage.client.send(list).value().items.empty());
  stage.emulator.advance(hours{48});
}

TEST_CASE("time ends a task: its timeout while it waits, a day of assignment, five minutes after its end") {
  Stage stage;
  const Task task = stage.client.send(tasks::Create{.workspace_sid = stage.workspace, .timeout = 60}).value();
  SUBCASE("its own timeout") {
    stage.emulator.advance(seconds{59});
    CHECK(stage.task_status(task.sid) == "pending");
    stage.emulator.advance(seconds{1});
    const Task ended = stage.client.send(tasks::Fetch{.workspace_sid = stage.workspace, .sid = task.sid}).value();
    CHECK(ended.assignment_status == TaskStatus::canceled);
    CHECK(ended.reason == "Task TTL Exceeded");
    stage.emulator.advance(minutes{5} - milliseconds{1});
    CHECK(stage.client.send(tasks::Fetch{.workspace_sid = stage.workspace, .sid = task.sid}).value().age == 60);
    stage.emulator.advance(milliseconds{1});
    CHECK(stage.task_status(task.sid) == "404");
  }
  SUBCASE("its own timeout while it is reserved") {
    stage.set_activity(stage.story.activities.available);
    stage.emulator.advance(seconds{60});
    CHECK(stage.task_status(task.sid) == "canceled");
    CHECK(stage.worker().activity_name == "Available");
  }
  SUBCASE("a day of assignment") {
    stage.set_activity(stage.story.activities.available);
    stage.accept(stage.reservations(task.sid).at(0)).value();
    stage.emulator.advance(hours{24} - milliseconds{1});
    CHECK(stage.task_status(task.sid) == "assigned");
    stage.emulator.advance(milliseconds{1});
    CHECK(stage.task_status(task.sid) == "404");
  }
  SUBCASE("a day of waiting, if it has no timeout") {
    const Task patient = stage.create_task();
    stage.emulator.advance(hours{24} - milliseconds{1});
    CHECK(stage.task_status(patient.sid) == "pending");
    stage.emulator.advance(milliseconds{1});
    CHECK(stage.task_status(patient.sid) == "canceled");
  }
}

TEST_CASE("emulators of one seed make the same SIDs, others make others") {
  Stage one, same, other{{.seed = 2}};
  CHECK(one.emulator.dump() == same.emulator.dump());
  CHECK(write_json(one.story) == write_json(same.story));
  CHECK_FALSE(one.story.account_sid == other.story.account_sid);
  Stage constant{{.random = [] { return std::uint64_t{0xFFFFFFFFFFFFFFFF}; }}};
  CHECK(constant.story.activities.offline.text() == "WAffffffffffffffffffffffffffffffff");
  CHECK(constant.story.activities.available.text() == "WA00000000000000000000000000000000");
  CHECK_FALSE(constant.create_task().sid == constant.create_task().sid);
}

TEST_CASE("the clock starts where it is told and moves only when it is told") {
  const auto start = std::chrono::sys_days{std::chrono::year{2030} / 6 / 1} + milliseconds{1500};
  Stage stage{{.start = start}};
  const Task task = stage.create_task();
  CHECK(to_text(*task.date_created) == "2030-06-01T00:00:01Z");
  CHECK(task.age == 0);
  stage.emulator.advance(milliseconds{2999});
  CHECK(stage.emulator.now() == start + milliseconds{2999});
  CHECK(stage.client.send(tasks::Fetch{.workspace_sid = stage.workspace, .sid = task.sid}).value().age == 2);
  CHECK(stage.worker().date_updated == stage.worker().date_created);
}
