#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/scenario.hpp"

using namespace taskrouter;

namespace {

/// Random operations on a multi-tasking workspace, with filters, timeouts, skips and capacities.
class Chaos {
 public:
  explicit Chaos(unsigned seed) : random_{seed}, given_{{.seed = seed}} {
    task_queues::Create two{};
    two.max_reserved_workers = 2;
    task_queues::Create lifo{};
    lifo.task_order = TaskOrder::LIFO;
    given_.queue("A", "team == 'a'", two).queue("B", "1==1", lifo).queue("C", "level > 1");
    given_.workflow(R"({"task_routing":{"filters":[
      {"expression":"kind == 1","targets":[{"queue":"{A}","timeout":40,"skip_if":"workers.available == 0"},
        {"queue":"{C}","timeout":60,"expression":"worker.level >= task.level","order_by":"worker.level DESC"}]},
      {"expression":"kind >= 1","targets":[{"queue":"{B}","priority":3}]}],
      "default_filter":{"queue":"{C}"}}})");
    for (const char* name : {"Ann", "Bob", "Cleo", "Dan"}) add_worker(name);
  }

  void play(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      check();
    }
    check_events();
  }

 private:
  std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>{0, count - 1}(random_); }
  std::string number(std::size_t below) { return std::to_string(pick(below)); }

  void add_worker(const char* name) {
    given_.worker(name, std::string{R"({"team":")"} + (pick(2) == 0 ? "a" : "b") + R"(","level":)" + number(4) + '}');
    capacity_[name] = 1 + static_cast<std::int64_t>(pick(3));
    given_.capacity(name, capacity_[name]);
    names_.push_back(name);
  }

  template <class List>
  auto all(List list) {
    list.workspace_sid = given_.workspace();
    list.page_size = 1000;
    return given_.client().send(list).value().items;
  }

  void step() {
    const auto tasks = all(tasks::List{});
    const std::string& name = names_[pick(names_.size())];
    switch (pick(8)) {
      case 0:
      case 1: {
        if (tasks.size() > 12) break;
        tasks::Create with{};
        with.priority = static_cast<std::int64_t>(pick(3));
        with.timeout = 1 + static_cast<std::int64_t>(pick(300));
        known_.insert(given_.task(R"({"kind":)" + number(3) + R"(,"level":)" + number(4) + '}', with));
        break;
      }
      case 2: given_.move(name, pick(3) == 0 ? "Offline" : "Available"); break;
      case 3:
      case 4:
      case 5: {
        if (tasks.empty()) break;
        const auto offers = given_.reservations_of(tasks[pick(tasks.size())].sid);
        if (offers.empty()) break;
        const Reservation& offer = offers[pick(offers.size())];
        constexpr ReservationStatus wanted[] = {ReservationStatus::accepted, ReservationStatus::accepted,
                                                ReservationStatus::rejected, ReservationStatus::wrapping,
                                                ReservationStatus::completed};
        (void)given_.client().send(reservations::Update{.workspace_sid = given_.workspace(),
                                                        .task_sid = offer.task_sid,
                                                        .sid = offer.sid,
                                                        .change = {.reservation_status = wanted[pick(5)]}});
        break;
      }
      case 6: {
        if (tasks.empty()) break;
        constexpr TaskStatus wanted[] = {TaskStatus::canceled, TaskStatus::wrapping, TaskStatus::completed};
        (void)given_.client().send(tasks::Update{.workspace_sid = given_.workspace(),
                                                 .sid = tasks[pick(tasks.size())].sid,
                                                 .assignment_status = wanted[pick(3)],
                                                 .reason = "chance"});
        break;
      }
      default: given_.wait(std::chrono::milliseconds{pick(40'000)}); break;
    }
  }

  void check() {
    CHECK(given_.emulator().now() >= last_);
    last_ = given_.emulator().now();
    std::map<std::string, std::int64_t> load;
    std::set<TaskSid> found;
    for (const Task& task : all(tasks::List{})) {
      found.insert(task.sid);
      status_[task.sid] = task.assignment_status.text();
      int pending = 0, accepted = 0;
      for (const Reservation& reservation : given_.reservations_of(task.sid)) {
        const auto status = *reservation.reservation_status.known();
        const bool has_it = status == ReservationStatus::accepted || status == ReservationStatus::wrapping;
        if (status == ReservationStatus::pending) ++pending;
        if (has_it || status == ReservationStatus::completed) ++accepted;
        if (has_it || status == ReservationStatus::pending) ++load[reservation.worker_name];
      }
      CHECK(accepted <= 1);
      CHECK((pending > 0) == (task.assignment_status == TaskStatus::reserved));
      if (task.assignment_status == TaskStatus::assigned) CHECK(accepted == 1);
    }
    for (const auto& [name, count] : load) CHECK(count <= capacity_[name]);
    for (auto at = known_.begin(); at != known_.end();) {
      const bool is_gone = found.count(*at) == 0;
      // Only what has ended goes: nothing was deleted here, and nothing assigned for a day.
      if (is_gone) CHECK((status_[*at] == "completed" || status_[*at] == "canceled" || status_[*at] == "created"));
      at = is_gone ? known_.erase(at) : std::next(at);
    }
  }

  /// Replays the events: each is a step from the state that those before it led to.
  void check_events() {
    std::map<std::string, std::string> state;
    events::List list{};
    list.minutes = 43200;
    list.workspace_sid = given_.workspace();
    list.page_size = 1000;
    std::vector<Event> events;
    auto page = given_.client().send(list).value();
    for (;;) {
      events.insert(events.end(), page.items.begin(), page.items.end());
      if (!page.meta.next_page_url) break;
      page = given_.client().next_page(page).value();
    }
    for (auto at = events.rbegin(); at != events.rend(); ++at) {
      const std::string kind = at->event_type.substr(at->event_type.find('.') + 1);
      std::string& now = state[at->resource_sid];
      CAPTURE(at->event_type);
      CAPTURE(now);
      if (at->event_type.starts_with("reservation.")) {
        const bool from_pending =
            kind == "accepted" || kind == "rejected" || kind == "timeout" || kind == "canceled" || kind == "rescinded";
        if (kind == "created") CHECK(now.empty());
        if (from_pending) CHECK(now == "created");
        if (kind == "wrapup") CHECK(now == "accepted");
        if (kind == "completed") CHECK((now == "accepted" || now == "wrapup"));
        now = kind;
      } else if (at->event_type.starts_with("task.") && kind != "updated") {
        if (kind == "created") CHECK(now.empty());
        if (kind == "canceled" || kind == "wrapup") CHECK(now == "created");
        if (kind == "completed") CHECK((now == "created" || now == "wrapup"));
        now = kind;
      }
    }
    for (const Task& task : all(tasks::List{})) {
      for (const Reservation& reservation : given_.reservations_of(task.sid)) {
        const std::string& last = state[std::string{reservation.sid.text()}];
        const std::string status{reservation.reservation_status.text()};
        CHECK((last == status || (last == "created" && status == "pending") ||
               (last == "wrapup" && status == "wrapping")));
      }
    }
  }

  std::mt19937 random_;
  Scenario given_;
  std::vector<std::string> names_{};
  std::map<std::string, std::int64_t> capacity_{};
  std::set<TaskSid> known_{};
  std::map<TaskSid, std::string> status_{};
  Emulator::Instant last_{};
};

}  // namespace

TEST_CASE("whatever happens, capacity holds, one worker has a task, none is lost, and events tell every step") {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    Chaos{seed}.play(100);
  }
}
