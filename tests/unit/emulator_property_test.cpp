#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

#include "emulator_fixture.hpp"

using namespace taskrouter;

namespace {

/// Does random things at random times and looks whether what must hold does.
class RandomPlay {
 public:
  RandomPlay(unsigned seed, std::int64_t max_reserved_workers)
      : random_{seed}, stage_{{.seed = seed, .max_reserved_workers = max_reserved_workers}} {
    for (const char* name : {"Bob", "Carol", "Dave"}) stage_.create_worker(name);
  }

  void play(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      check();
    }
  }

 private:
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }
  template <class T>
  const T& pick_from(const std::vector<T>& all) {
    return all[pick(all.size())];
  }

  template <class List>
  auto all(const List& list) {
    auto page = stage_.client.send(list).value();
    auto items = page.items;
    while (page.meta.next_page_url) {
      page = stage_.client.next_page(page).value();
      items.insert(items.end(), page.items.begin(), page.items.end());
    }
    return items;
  }
  std::vector<Task> tasks() { return all(tasks::List{.workspace_sid = stage_.workspace, .page_size = 40}); }
  std::vector<Worker> workers() { return all(workers::List{.workspace_sid = stage_.workspace, .page_size = 3}); }

  void step() {
    const auto workspace = stage_.workspace;
    const auto existing = tasks();
    const auto& activities = stage_.story.activities;
    switch (pick(8)) {
      case 0: {
        if (existing.size() > 10) break;
        const Task task = stage_.client
                              .send(tasks::Create{.workspace_sid = workspace,
                                                  .timeout = 1 + static_cast<std::int64_t>(pick(2000)),
                                                  .priority = static_cast<std::int64_t>(pick(3))})
                              .value();
        known_.insert(task.sid);
        break;
      }
      case 1: {
        const ActivitySid to = pick_from(
            std::vector<ActivitySid>{activities.available, activities.available, activities.offline, activities.busy});
        std::optional<bool> rejects;
        if (pick(2) == 0) rejects = true;
        (void)stage_.client.send(workers::Update{.workspace_sid = workspace,
                                                 .sid = pick_from(workers()).sid,
                                                 .activity_sid = to,
                                                 .reject_pending_reservations = rejects});
        break;
      }
      case 2:
      case 3:
      case 4: {
        if (existing.empty()) break;
        const auto offers = stage_.reservations(pick_from(existing).sid);
        if (offers.empty()) break;
        const ReservationStatus to = pick_from(std::vector<ReservationStatus>{
            ReservationStatus::accepted, ReservationStatus::accepted, ReservationStatus::rejected,
            ReservationStatus::wrapping, ReservationStatus::completed, ReservationStatus::canceled});
        reservations::Update update{.workspace_sid = workspace,
                                    .task_sid = offers.back().task_sid,
                                    .sid = offers.back().sid,
                                    .change = {.reservation_status = to}};
        if (pick(2) == 0) update.change.worker_activity_sid = activities.offline;
        (void)stage_.client.send(update);
        break;
      }
      case 5:
        if (!existing.empty()) {
          (void)stage_.set_task_status(
              pick_from(existing).sid,
              pick_from(std::vector<TaskStatus>{TaskStatus::canceled, TaskStatus::wrapping, TaskStatus::completed}));
        }
        break;
      case 6:
        if (!existing.empty() && pick(4) == 0) {
          const TaskSid sid = pick_from(existing).sid;
          stage_.client.send(tasks::Remove{.workspace_sid = workspace, .sid = sid}).value();
          known_.erase(sid);
        }
        break;
      default: stage_.emulator.advance(std::chrono::milliseconds{pick(90'000)}); break;
    }
  }

  void check() {
    std::set<WorkerSid> offered;
    std::set<TaskSid> found;
    for (const Task& task : tasks()) {
      found.insert(task.sid);
      last_seen_[task.sid] = task.assignment_status.text();
      int pending = 0, active = 0;
      for (const Reservation& reservation : stage_.reservations(task.sid)) {
        const auto status = *reservation.reservation_status.known();
        if (status == ReservationStatus::pending) {
          ++pending;
          const bool is_new = offered.insert(reservation.worker_sid).second;
          CHECK(is_new);  // A worker answers one offer at a time.
        }
        const bool is_active = status == ReservationStatus::accepted || status == ReservationStatus::wrapping;
        if (is_active || status == ReservationStatus::completed) ++active;
      }
      CHECK(active <= 1);
      const auto status = *task.assignment_status.known();
      CHECK((pending > 0) == (status == TaskStatus::reserved));
      const bool was_accepted = status == TaskStatus::assigned || status == TaskStatus::wrapping;
      if (was_accepted || status == TaskStatus::completed) CHECK(active == 1);
    }
    bool is_anyone_idle = false;
    for (const Worker& worker : workers()) {
      if (worker.activity_sid == stage_.story.activities.reserved) CHECK(offered.count(worker.sid) == 1);
      if (worker.available && offered.count(worker.sid) == 0) is_anyone_idle = true;
    }
    // No task is lost: it is there until it was deleted, or over for five minutes, or assigned for a day.
    for (const TaskSid& sid : known_) {
      if (found.count(sid) == 1) continue;
      CHECK(last_seen_[sid] != "pending");
      CHECK(last_seen_[sid] != "reserved");
    }
    for (auto at = known_.begin(); at != known_.end();) at = found.count(*at) == 1 ? std::next(at) : known_.erase(at);
    for (const auto& [sid, status] : last_seen_) {
      if (is_anyone_idle && found.count(sid) == 1) CHECK(status != "pending");  // Nobody idles while a task waits.
    }
  }

  std::mt19937 random_;
  Stage stage_;
  std::set<TaskSid> known_{};
  std::map<TaskSid, std::string> last_seen_{};
};

}  // namespace

TEST_CASE("whatever happens, a task has one worker at most, a reserved worker has an offer, and no task is lost") {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    RandomPlay{seed, 1 + seed % 3}.play(60);
  }
}
