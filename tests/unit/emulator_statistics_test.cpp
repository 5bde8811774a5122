#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/scenario.hpp"

using namespace taskrouter;
using nlohmann::json;
using std::chrono::minutes, std::chrono::seconds;

namespace {

/// A day with one task of each fate, and one that waits.
struct Day {
  Scenario given{};
  TaskSid done{}, canceled{}, rejected{};

  Day() {
    given.queue("Q").queue("Empty", "a == 1").workflow("{Q}").worker("Alice");
    done = given.task();
    given.wait(seconds{20}).accept("Alice", done).wait(seconds{5}).complete(done);
    canceled = given.move("Alice", "Offline").task();
    given.wait(seconds{60}).cancel(canceled);
    rejected = given.move("Alice", "Available").task();
    given.reject("Alice", rejected, "Offline").wait(seconds{10});
  }
};

}  // namespace

TEST_CASE("cumulative statistics count what happened in their time") {
  Day day;
  const task_queue_statistics::FetchCumulative fetch{
      .workspace_sid = day.given.workspace(), .task_queue_sid = day.given.queue_sid("Q"), .split_by_wait_time = "5,30"};
  const auto counts = day.given.client().send(fetch).value();
  CHECK(counts.tasks_entered == 3);
  CHECK(counts.tasks_completed == 1);
  CHECK(counts.tasks_canceled == 1);
  CHECK(counts.reservations_created == 2);
  CHECK(counts.reservations_accepted == 1);
  CHECK(counts.reservations_rejected == 1);
  CHECK(counts.avg_task_acceptance_time == 20);
  CHECK(json::parse(counts.wait_duration_until_canceled.text) ==
        json::parse(R"({"avg":60,"min":60,"max":60,"total":60})"));
  const json split = json::parse(counts.split_by_wait_time.text);
  CHECK(split["5"]["above"] == json::parse(R"({"tasks_canceled":1,"reservations_accepted":1})"));
  CHECK(split["30"]["below"]["reservations_accepted"] == 1);
  CHECK(split["30"]["above"]["tasks_canceled"] == 1);

  day.given.wait(minutes{16});
  CHECK(day.given.client().send(fetch).value().tasks_entered == 0);
  const workspace_statistics::FetchCumulative all{.workspace_sid = day.given.workspace(), .minutes = 60};
  CHECK(day.given.client().send(all).value().tasks_created == 3);
  const workspace_statistics::FetchCumulative chat{
      .workspace_sid = day.given.workspace(), .minutes = 60, .task_channel = "chat"};
  CHECK(day.given.client().send(chat).value().tasks_created == 0);
}

TEST_CASE("real-time statistics say how things stand") {
  Day day;
  const task_queue_statistics::FetchRealTime fetch{.workspace_sid = day.given.workspace(),
                                                   .task_queue_sid = day.given.queue_sid("Q")};
  const auto now = day.given.client().send(fetch).value();
  CHECK(now.total_tasks == 1);
  CHECK(now.longest_task_waiting_sid == day.rejected);
  CHECK(now.longest_task_waiting_age == 10);
  CHECK(now.tasks_by_status.text == R"({"pending":1,"reserved":0,"assigned":0,"wrapping":0})");
  CHECK(now.tasks_by_priority.text == R"({"0":1})");
  CHECK(now.total_eligible_workers == 1);
  CHECK(now.total_available_workers == 0);
  CHECK(json::parse(now.activity_statistics.text)[0]["workers"] == 1);
  const task_queue_statistics::FetchRealTime empty{.workspace_sid = day.given.workspace(),
                                                   .task_queue_sid = day.given.queue_sid("Empty")};
  CHECK(day.given.client().send(empty).value().total_eligible_workers == 0);
}

TEST_CASE("a worker's statistics say how long they were in each activity") {
  Day day;
  const worker_statistics::Fetch fetch{.workspace_sid = day.given.workspace(),
                                       .worker_sid = day.given.worker_sid("Alice")};
  const json durations = json::parse(day.given.client().send(fetch).value().cumulative.text)["activity_durations"];
  const auto total = [&](std::string_view name) {
    for (const json& one : durations) {
      if (one["friendly_name"] == name) return one["total"].get<int>();
    }
    return -1;
  };
  CHECK(total("Available") == 25);
  CHECK(total("Offline") == 70);
  CHECK(total("Unavailable") == 0);
}

TEST_CASE("statistics that can't be had are refused") {
  Day day;
  day.given.wait(std::chrono::hours{24 * 40});
  workspace_statistics::FetchCumulative fetch{.workspace_sid = day.given.workspace()};
  fetch.start_date = read_timestamp("2025-01-01T00:00:00Z");
  CHECK(day.given.client().send(fetch).error().code == 14241);
  fetch = {.workspace_sid = day.given.workspace(), .split_by_wait_time = "5,x"};
  CHECK(day.given.client().send(fetch).error().message.starts_with("SplitByWaitTime "));
  const task_queue_statistics::FetchBulkRealTime bulk{.workspace_sid = day.given.workspace(), .body = {"[]"}};
  CHECK(day.given.client().send(bulk).error().status == 400);
}

TEST_CASE("events are kept, listed newest first, and filtered") {
  Day day;
  const auto count = [&](events::List list) {
    list.workspace_sid = day.given.workspace();
    list.page_size = 1000;
    return day.given.client().send(list).value().items.size();
  };
  CHECK(count({.workspace_sid = {}, .event_type = "task.created"}) == 3);
  CHECK(count({.workspace_sid = {}, .task_sid = day.done}) == 9);
  CHECK(
      count({.workspace_sid = {}, .event_type = "reservation.rejected", .worker_sid = day.given.worker_sid("Alice")}) ==
      1);
  CHECK(count({.workspace_sid = {}, .event_type = "task.created", .task_channel = "voice"}) == 0);
  CHECK(count({.workspace_sid = {}, .event_type = "task.created", .minutes = 1}) == 1);
  CHECK(day.given.events_of(day.done) ==
        "workflow.entered task-queue.entered task.created workflow.target-matched reservation.created "
        "reservation.accepted task.completed reservation.completed task.updated");

  const auto newest = day.given.client().send(events::List{.workspace_sid = day.given.workspace()}).value().items;
  CHECK(newest.at(0).event_date_ms >= newest.at(1).event_date_ms);
  const Event event =
      day.given.client().send(events::Fetch{.workspace_sid = day.given.workspace(), .sid = newest.at(0).sid}).value();
  CHECK(write_json(event) == write_json(newest.at(0)));
  CHECK(event.description == "Worker Alice updated to Offline Activity");
  const json data = json::parse(event.event_data.text);
  CHECK(data["worker_name"] == "Alice");
  CHECK(data["worker_previous_activity_name"] == "Available");

  day.given.wait(std::chrono::hours{24 * 31}).task();
  CHECK(count({.workspace_sid = {}, .event_type = "task.created", .minutes = 43200}) == 1);
  CHECK(day.given.client()
            .send(events::List{.workspace_sid = day.given.workspace(), .event_type = "task.lost"})
            .error()
            .message.starts_with("EventType "));
}
