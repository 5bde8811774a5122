#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/event_log.hpp"
#include "taskrouter/emulator/ids.hpp"
#include "taskrouter/emulator/lines.hpp"
#include "taskrouter/emulator/walk.hpp"

namespace taskrouter::emulator {

/// How long a task may stay assigned before TaskRouter deletes it.
inline constexpr std::chrono::hours assigned_limit{24};
/// How long a task can still be fetched after it was completed or canceled.
inline constexpr std::chrono::minutes ended_limit{5};
/// How often a task is offered before it is canceled.
inline constexpr int round_limit = 1000;
/// How many assignment callbacks, and event callbacks, wait to be taken; beyond that the oldest are dropped.
inline constexpr std::size_t callback_limit = 1000;

/// TaskRouter's rules: how tasks, reservations and workers change together, by request and by time.
///
/// Its functions are steps that are allowed; whether a request may take them is checked before. Nobody
/// is reserved until match() is called. Where Twilio does not say what happens, the comment at the step
/// does. What a step costs is said in lines.hpp; a timer costs the logarithm of how many there are.
class Engine {
 public:
  Engine(Instant start, Random random) : now_{start}, ids_{std::move(random)} {}
  Engine(const Engine&) = delete;  // Records point at each other.
  Engine& operator=(const Engine&) = delete;

  Store& store() { return store_; }
  const Store& store() const { return store_; }
  Ids& ids() { return ids_; }
  const Ids& ids() const { return ids_; }
  EventLog& log() { return log_; }
  const EventLog& log() const { return log_; }
  Instant now() const { return now_; }

  /// The workspace of that SID, or null. Matching looks at those that were asked for.
  WorkspaceRecord* visit(std::string_view sid) {
    WorkspaceRecord* workspace = store_.workspaces.find(sid);
    if (workspace != nullptr) visit(*workspace);
    return workspace;
  }

  /// A new record in `table`, created now.
  template <class Record>
  Record& add(Table<Record>& table) {
    Record& record = table.add(ids_.digits([&](const SidDigits& digits) { return table.has(digits); }));
    record.created = record.updated = now_;
    return record;
  }

  /// Notes that a record was changed.
  void touch(Record& record) const {
    record.updated = now_;
    ++record.revision;
  }

  // Workers: engine_workers.hpp.

  WorkerRecord& add_worker(WorkspaceRecord& workspace, std::string_view friendly_name, std::string_view attributes,
                           ActivityRecord& activity);
  /// Gives a worker their part of a task channel.
  void add_channel(WorkerRecord& worker, const TaskChannelRecord& channel);
  /// Deletes a worker who holds no task. What is offered to them is offered to others.
  void remove_worker(WorkerRecord& worker);
  void rename_worker(WorkerRecord& worker, std::string_view name);
  void set_activity(WorkerRecord& worker, const ActivityRecord* to);
  /// Rejects all that is offered to a worker, who stays where they are.
  void reject_all(WorkerRecord& worker);
  /// A worker's part of a task channel, or null if that is gone.
  static WorkerChannelRecord* channel_of(WorkerRecord& worker, const TaskChannelRecord* channel);

  // Tasks: engine_tasks.hpp.

  /// Lets a new task enter its workflow, or wait where it was sent.
  void enter(TaskRecord& task);
  /// Lets a pending task wait in the line where it belongs.
  void wait(TaskRecord& task, const Target* target);
  /// Lets a pending task enter its workflow once more, as that is now.
  void re_evaluate(TaskRecord& task);
  /// Moves a task to where it belongs among the waiting ones.
  void prioritize(TaskRecord& task, std::int64_t priority, Timestamp virtual_start_time, TaskChannelRecord& channel);
  /// The worker has finished the task but not yet what is to be done after it.
  void wrap(TaskRecord& task);
  /// The task is done. The worker stays in their activity.
  void complete(TaskRecord& task);
  /// Nobody will do the task. Workers whom it is offered to go back to where they were: Twilio does
  /// not say where they go.
  void cancel(TaskRecord& task, std::string_view reason);
  /// Deletes a task and its reservations, in any status. `event` says by whom.
  void remove(TaskRecord& task, std::optional<EventType> event);
  /// Deletes a workspace and everything in it.
  void remove(WorkspaceRecord& workspace);

  // Reservations: engine_offers.hpp.

  /// Reserves free workers for waiting tasks until one of the two has run out.
  void match();
  /// The worker gets the task; whoever else it was offered to loses the offer.
  void accept(ReservationRecord& reservation);
  /// The task waits again; the worker goes to `destination`, or without one back to where they were.
  void reject(ReservationRecord& reservation, const ActivityRecord* destination);
  /// The worker's phone rings for a task: its attributes get a worker_call_sid.
  void call_worker(TaskRecord& task);
  /// Nobody could be told of the reservation, so that the task waits again. The worker stays.
  void cancel_offer(ReservationRecord& reservation);

  /// Moves the clock to the next timer that is due by `until` and does what it is for, or to `until`
  /// and answers false if there is none.
  bool step(Instant until);

  /// The assignment callbacks that are to be delivered, oldest first.
  std::deque<AssignmentCallback>& callbacks() { return callbacks_; }
  const std::deque<AssignmentCallback>& callbacks() const { return callbacks_; }

  static bool is_waiting(TaskStatus status) { return status == TaskStatus::pending || status == TaskStatus::reserved; }
  static bool is_live(TaskStatus status) {
    return is_waiting(status) || status == TaskStatus::assigned || status == TaskStatus::wrapping;
  }
  static std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower;
  }

 private:
  void visit(WorkspaceRecord& workspace) {
    if (visited_.empty() || visited_.back() != &workspace) visited_.push_back(&workspace);
  }

  static std::vector<ReservationRecord*> pending_of(const WorkerRecord& worker);
  void go(TaskRecord& task, const Target* target, EventType exit);
  void arrive(TaskRecord& task, const Target& target);
  bool is_over(const TaskRecord& task, const Target& target) const;
  void wait_again(TaskRecord& task);
  void fall_out(TaskRecord& task, EventType event);
  void set_status(TaskRecord& task, TaskStatus status);
  static void count(TaskRecord& task, int difference);
  void end(TaskRecord& task, TaskStatus status);
  void restart_timer(TaskRecord& task, std::chrono::milliseconds time);
  void time_is_up(TaskRecord& task);
  void target_time_is_up(TaskRecord& task);
  void time_is_up(ReservationRecord& reservation);
  void offer(TaskRecord& task);
  bool skip_next();
  void reserve(TaskRecord& task, WorkerRecord& worker);
  void answer(ReservationRecord& reservation, ReservationStatus status);
  void return_worker(ReservationRecord& reservation);
  void withdraw_offers(TaskRecord& task, ReservationStatus status);
  void set_active_reservation(TaskRecord& task, ReservationStatus status);
  void end_call(ReservationRecord& reservation);

  Store store_{};
  Instant now_;
  Ids ids_;
  EventLog log_{now_};
  std::deque<AssignmentCallback> callbacks_{};
  std::vector<WorkspaceRecord*> visited_{};
  std::deque<TaskRecord*> skippable_{};  // Those that wait at a target with a skip_if, since match() last looked.
};

}  // namespace taskrouter::emulator

#include "taskrouter/emulator/engine_offers.hpp"
#include "taskrouter/emulator/engine_tasks.hpp"
#include "taskrouter/emulator/engine_workers.hpp"
