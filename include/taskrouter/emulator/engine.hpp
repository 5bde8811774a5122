#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/ids.hpp"
#include "taskrouter/emulator/options.hpp"
#include "taskrouter/emulator/store.hpp"

namespace taskrouter::emulator {

/// How long a task may stay assigned before TaskRouter deletes it.
inline constexpr std::chrono::hours assigned_limit{24};
/// How long a task can still be fetched after it was completed or canceled.
inline constexpr std::chrono::minutes ended_limit{5};
/// How often a task is offered before it is canceled.
inline constexpr int round_limit = 1000;
/// How many assignment callbacks wait to be taken; beyond that the oldest are dropped.
inline constexpr std::size_t callback_limit = 1000;

/// TaskRouter's rules: how tasks, reservations and workers change together, by request and by time.
///
/// Its functions are steps that are allowed; whether a request may take them is checked before. Nobody
/// is reserved until match() is called. The workspace is single-tasking: a worker's activity says
/// whether they get a reservation, and reservations move them from activity to activity. Where Twilio
/// does not say what happens, the comment at the step does.
class Engine {
 public:
  Engine(Instant start, Random random) : now_{start}, ids_{std::move(random)} {}
  Engine(const Engine&) = delete;  // Records point at each other.
  Engine& operator=(const Engine&) = delete;

  Store& store() { return store_; }
  const Store& store() const { return store_; }
  Ids& ids() { return ids_; }
  Instant now() const { return now_; }

  /// A new record in `table`, created now.
  template <class Record>
  Record& add(Table<Record>& table) {
    using RecordSid = decltype(Record::sid);
    Record& record = table.add(ids_.sid<RecordSid>([&](std::string_view sid) { return table.find(sid) != nullptr; }));
    record.created = record.updated = now_;
    return record;
  }

  WorkerRecord& add_worker(WorkspaceRecord& workspace, std::string_view friendly_name, std::string_view attributes,
                           const ActivityRecord& activity) {
    WorkerRecord& worker = add(workspace.workers);
    worker.workspace = &workspace;
    worker.friendly_name = friendly_name;
    worker.attributes = attributes;
    worker.activity = &activity;
    worker.status_changed = now_;
    update_idle(worker);
    return worker;
  }

  /// Lets a new task wait for a worker, for as long as its timeout says.
  void enter(TaskRecord& task) {
    task.timer = store_.timers.start(task.created + std::chrono::seconds{task.timeout}, {.task = &task});
    wait(task);
  }

  /// Notes that a record was changed.
  void touch(Record& record) const {
    record.updated = now_;
    ++record.revision;
  }

  /// Moves a task to where it belongs among the waiting ones.
  void prioritize(TaskRecord& task, std::int64_t priority, Timestamp virtual_start_time) {
    const bool waits = stop_waiting(task);
    task.priority = priority;
    task.virtual_start_time = virtual_start_time;
    if (waits) wait(task);
  }

  void set_activity(WorkerRecord& worker, const ActivityRecord* activity) {
    if (activity == nullptr || worker.activity == activity) return;
    worker.activity = activity;
    worker.status_changed = now_;
    touch(worker);
    update_idle(worker);
  }

  /// The worker gets the task; whoever else it was offered to loses the offer.
  void accept(ReservationRecord& reservation) {
    TaskRecord& task = *reservation.task;
    answer(reservation, ReservationStatus::accepted);
    withdraw_offers(task, ReservationStatus::rescinded);
    set_activity(*reservation.worker, task.task_queue->assignment_activity);
    set_status(task, TaskStatus::assigned);
    restart_timer(task, assigned_limit);
  }

  /// The task waits again; the worker goes to `destination`, or without one back to where they were.
  void reject(ReservationRecord& reservation, const ActivityRecord* destination) {
    answer(reservation, ReservationStatus::rejected);
    destination == nullptr ? return_worker(reservation) : set_activity(*reservation.worker, destination);
    wait_again(*reservation.task);
  }

  /// The worker has finished the task but not yet what is to be done after it.
  void wrap(TaskRecord& task) {
    set_active_reservation(task, ReservationStatus::wrapping);
    set_status(task, TaskStatus::wrapping);
  }

  /// The task is done. The worker stays in their activity.
  void complete(TaskRecord& task) {
    set_active_reservation(task, ReservationStatus::completed);
    end(task, TaskStatus::completed);
  }

  /// Nobody will do the task. Workers whom it is offered to go back to where they were: Twilio does
  /// not say where they go.
  void cancel(TaskRecord& task, std::string_view reason) {
    stop_waiting(task);
    withdraw_offers(task, ReservationStatus::canceled);
    task.reason = reason;
    end(task, TaskStatus::canceled);
  }

  /// Deletes a task and its reservations, in any status.
  void remove(TaskRecord& task) {
    stop_waiting(task);
    withdraw_offers(task, ReservationStatus::canceled);
    for (ReservationRecord* reservation : task.reservations) {
      reservation->worker->reservations.erase(reservation->sequence);
      task.workspace->reservations.remove(*reservation);
    }
    store_.timers.stop(task.timer);
    task.workspace->tasks.remove(task);
  }

  /// Reserves idle workers for waiting tasks until one of the two has run out.
  void match() {
    store_.workspaces.for_each([&](WorkspaceRecord& workspace) {
      // The only queue takes every worker, so the first task and the first worker always fit.
      while (!workspace.waiting.empty() && !workspace.idle.empty()) offer(*std::get<3>(*workspace.waiting.begin()));
    });
  }

  /// Moves the clock to the next timer that is due by `until` and does what it is for, or to `until`
  /// and answers false if there is none.
  bool step(Instant until) {
    const std::optional<Instant> next = store_.timers.next();
    if (!next || *next > until) {
      now_ = std::max(now_, until);
      return false;
    }
    now_ = std::max(now_, *next);
    const Timer timer = store_.timers.take();
    timer.task != nullptr ? time_is_up(*timer.task) : time_is_up(*timer.reservation);
    return true;
  }

  /// The assignment callbacks that are to be delivered, oldest first.
  std::deque<AssignmentCallback>& callbacks() { return callbacks_; }
  const std::deque<AssignmentCallback>& callbacks() const { return callbacks_; }

 private:
  void wait(TaskRecord& task) {
    task.workspace->waiting.emplace(-task.priority, task.virtual_start_time, task.sequence, &task);
  }
  bool stop_waiting(TaskRecord& task) {
    return task.workspace->waiting.erase({-task.priority, task.virtual_start_time, task.sequence, &task}) > 0;
  }

  /// A worker is idle whose activity is available and who has nothing to answer. Tasks that were
  /// accepted don't count: in a single-tasking workspace the activity alone says whether there is time.
  void update_idle(WorkerRecord& worker) {
    const bool idle = worker.activity->available && worker.pending == 0;
    if (idle == worker.idle) return;
    worker.idle = idle;
    auto& all = worker.workspace->idle;
    idle ? void(all.emplace(worker.last_reservation, worker.sequence, &worker))
         : void(all.erase({worker.last_reservation, worker.sequence, &worker}));
  }

  /// Offers a waiting task to as many idle workers as its queue wants at once.
  void offer(TaskRecord& task) {
    WorkspaceRecord& workspace = *task.workspace;
    stop_waiting(task);
    ++task.rounds;
    set_status(task, TaskStatus::reserved);
    for (std::int64_t i = 0; i < task.task_queue->max_reserved_workers && !workspace.idle.empty(); ++i) {
      reserve(task, *std::get<2>(*workspace.idle.begin()));
    }
  }

  void reserve(TaskRecord& task, WorkerRecord& worker) {
    ReservationRecord& reservation = add(task.workspace->reservations);
    reservation.task = &task;
    reservation.worker = &worker;
    reservation.previous_activity = worker.activity;
    reservation.timer = store_.timers.start(now_ + std::chrono::seconds{task.workflow->task_reservation_timeout},
                                            {.reservation = &reservation});
    task.reservations.push_back(&reservation);
    worker.reservations.emplace(reservation.sequence, &reservation);
    ++task.pending;
    ++worker.pending;
    update_idle(worker);
    worker.last_reservation = ++store_.reservations_made;
    set_activity(worker, task.task_queue->reservation_activity);
    if (task.workflow->assignment_callback_url.empty()) return;
    callbacks_.push_back(assignment_callback(reservation, store_.account_sid, now_));
  }

  /// Ends the pending status of a reservation. Where the worker goes is the caller's business.
  void answer(ReservationRecord& reservation, ReservationStatus status) {
    reservation.status = status;
    touch(reservation);
    store_.timers.stop(reservation.timer);
    --reservation.task->pending;
    --reservation.worker->pending;
    update_idle(*reservation.worker);
  }

  /// Puts a worker back to where they were, unless they have moved on by themselves.
  void return_worker(ReservationRecord& reservation) {
    if (reservation.worker->activity == reservation.task->task_queue->reservation_activity) {
      set_activity(*reservation.worker, reservation.previous_activity);
    }
  }

  void withdraw_offers(TaskRecord& task, ReservationStatus status) {
    if (task.pending == 0) return;
    for (ReservationRecord* reservation : task.reservations) {
      if (reservation->status != ReservationStatus::pending) continue;
      answer(*reservation, status);
      return_worker(*reservation);
    }
  }

  /// Lets a task wait again that nobody has accepted, once nobody is left who could.
  void wait_again(TaskRecord& task) {
    if (task.pending > 0) return;
    if (task.rounds >= round_limit) return cancel(task, "Max assignment count exceeded");
    set_status(task, TaskStatus::pending);
    wait(task);
  }

  void set_active_reservation(TaskRecord& task, ReservationStatus status) {
    for (ReservationRecord* reservation : task.reservations) {
      if (reservation->status != ReservationStatus::accepted && reservation->status != ReservationStatus::wrapping) {
        continue;
      }
      reservation->status = status;
      touch(*reservation);
    }
  }

  void set_status(TaskRecord& task, TaskStatus status) const {
    task.status = status;
    touch(task);
  }

  void end(TaskRecord& task, TaskStatus status) {
    set_status(task, status);
    task.ended = now_;
    restart_timer(task, ended_limit);
  }

  void restart_timer(TaskRecord& task, std::chrono::milliseconds time) {
    store_.timers.stop(task.timer);
    task.timer = store_.timers.start(now_ + time, {.task = &task});
  }

  void time_is_up(TaskRecord& task) {
    task.timer.reset();
    const bool waits = task.status == TaskStatus::pending || task.status == TaskStatus::reserved;
    waits ? cancel(task, "Task TTL Exceeded") : remove(task);
  }

  void time_is_up(ReservationRecord& reservation) {
    reservation.timer.reset();
    answer(reservation, ReservationStatus::timeout);
    set_activity(*reservation.worker, reservation.task->workspace->timeout_activity);
    wait_again(*reservation.task);
  }

  Store store_{};
  Instant now_;
  Ids ids_;
  std::deque<AssignmentCallback> callbacks_{};
};

}  // namespace taskrouter::emulator
