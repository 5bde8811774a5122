#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "taskrouter/emulator/engine.hpp"

// What happens to tasks.

namespace taskrouter::emulator {

inline void Engine::enter(TaskRecord& task) {
  count(task, 1);
  task.timer = store_.timers.start(task.created + std::chrono::seconds{task.timeout}, {.task = &task});
  if (!task.routing) {
    task.queue_entered = now_;
    if (task.task_queue != nullptr) log_.task(EventType::task_queue_entered, task);
    log_.task(EventType::task_created, task);
    return wait(task, nullptr);
  }
  log_.task(EventType::workflow_entered, task);
  const Target* target = Walk{task}.first();
  if (target != nullptr) arrive(task, *target);
  log_.task(EventType::task_created, task);
  // Twilio does not say what becomes of a task that no filter takes: here it ends like one that has
  // run out of its workflow.
  if (target == nullptr) return fall_out(task, EventType::workflow_timeout);
  log_.task(EventType::workflow_target_matched, task);
  wait(task, target);
}

inline void Engine::re_evaluate(TaskRecord& task) {
  Lines{*task.workspace}.leave(task);
  store_.timers.stop(task.target_timer);
  task.routing = task.workflow->routing;
  task.target_seconds = 0;
  log_.task(EventType::workflow_entered, task);
  go(task, Walk{task}.first(), EventType::workflow_timeout);
}

/// Takes a task to a target, and on as long as the time there is already over.
inline void Engine::go(TaskRecord& task, const Target* target, EventType exit) {
  while (target != nullptr) {
    arrive(task, *target);
    log_.task(EventType::workflow_target_matched, task);
    if (!is_over(task, *target)) return wait(task, target);
    log_.task(EventType::task_queue_timeout, task);
    target = Walk{task}.after_timeout();
    exit = EventType::workflow_timeout;
  }
  fall_out(task, exit);
}

inline void Engine::arrive(TaskRecord& task, const Target& target) {
  if (task.task_queue != target.queue) {
    if (task.task_queue != nullptr) {
      log_.task(EventType::task_queue_moved, task);
      --task.task_queue->tasks;
    }
    task.task_queue = target.queue;
    ++task.task_queue->tasks;
    task.queue_entered = now_;
    log_.task(EventType::task_queue_entered, task);
  }
  task.priority = target.priority.value_or(task.priority);
  task.target_seconds += target.timeout.value_or(0);
}

/// Whether a task has to leave its target: the timeouts of all targets so far are held against its age.
inline bool Engine::is_over(const TaskRecord& task, const Target& target) const {
  return target.timeout && now_ >= task.created + std::chrono::seconds{task.target_seconds};
}

inline void Engine::wait(TaskRecord& task, const Target* target) {
  Lines{*task.workspace}.wait(task, target);
  if (target == nullptr) return;
  if (target->timeout && !task.target_timer) {
    const Instant due = task.created + std::chrono::seconds{task.target_seconds};
    task.target_timer = store_.timers.start(due, {.task = &task, .is_target = true});
  }
  if (target->skip_if) skippable_.push_back(&task);
}

/// Lets a task wait again that nobody has accepted, once nobody is left who could.
inline void Engine::wait_again(TaskRecord& task) {
  if (task.pending > 0) return;
  if (task.rounds >= round_limit) return cancel(task, "Max assignment count exceeded");
  set_status(task, TaskStatus::pending);
  const Target* target = Walk{task}.current();
  if (target == nullptr || !is_over(task, *target)) return wait(task, target);
  log_.task(EventType::task_queue_timeout, task);
  go(task, Walk{task}.after_timeout(), EventType::workflow_timeout);
}

inline void Engine::fall_out(TaskRecord& task, EventType event) {
  log_.task(event, task);
  cancel(task, "Task canceled on Workflow timeout");
}

inline void Engine::prioritize(TaskRecord& task, std::int64_t priority, Timestamp virtual_start_time,
                               TaskChannelRecord& channel) {
  const bool waits = task.line != nullptr;
  if (waits) Lines{*task.workspace}.leave(task);
  count(task, -1);
  task.priority = priority;
  task.virtual_start_time = virtual_start_time;
  task.task_channel = &channel;
  count(task, 1);
  if (waits) Lines{*task.workspace}.wait(task, Walk{task}.current());
}

inline void Engine::wrap(TaskRecord& task) {
  set_status(task, TaskStatus::wrapping);
  log_.task(EventType::task_wrapup, task);
  set_active_reservation(task, ReservationStatus::wrapping);
}

inline void Engine::complete(TaskRecord& task) {
  end(task, TaskStatus::completed);
  log_.task(EventType::task_completed, task);
  set_active_reservation(task, ReservationStatus::completed);
}

inline void Engine::cancel(TaskRecord& task, std::string_view reason) {
  Lines{*task.workspace}.leave(task);
  task.reason = Text{reason};
  end(task, TaskStatus::canceled);
  log_.task(EventType::task_canceled, task);
  withdraw_offers(task, ReservationStatus::canceled);
}

inline void Engine::remove(TaskRecord& task, std::optional<EventType> event) {
  Lines{*task.workspace}.leave(task);
  withdraw_offers(task, ReservationStatus::canceled);
  set_active_reservation(task, ReservationStatus::completed);
  if (event) log_.task(*event, task);
  for (ReservationRecord* reservation : task.reservations) {
    auto& all = reservation->worker->reservations;
    all.erase(std::find(all.begin(), all.end(), reservation));  // Most often it is the first.
    task.workspace->reservations.remove(*reservation);
  }
  count(task, -1);
  store_.timers.stop(task.timer);
  store_.timers.stop(task.target_timer);
  task.workspace->tasks.remove(task);
}

inline void Engine::remove(WorkspaceRecord& workspace) {
  log_.workspace(EventType::workspace_deleted, workspace);
  workspace.reservations.for_each([&](ReservationRecord& reservation) { store_.timers.stop(reservation.timer); });
  workspace.tasks.for_each([&](TaskRecord& task) {
    store_.timers.stop(task.timer);
    store_.timers.stop(task.target_timer);
  });
  std::erase(visited_, &workspace);
  store_.workspaces.remove(workspace);
}

inline void Engine::set_status(TaskRecord& task, TaskStatus status) {
  count(task, -1);
  task.status = status;
  count(task, 1);
  touch(task);
}

/// Keeps the counts of tasks that make queues, workflows and channels undeletable.
inline void Engine::count(TaskRecord& task, int difference) {
  const bool is_waiting = task.status == TaskStatus::pending || task.status == TaskStatus::reserved;
  if (!is_waiting && task.status != TaskStatus::assigned && task.status != TaskStatus::wrapping) return;
  task.task_channel->tasks += difference;
  if (task.task_queue != nullptr) task.task_queue->tasks += difference;
  if (task.workflow != nullptr && is_waiting) task.workflow->tasks += difference;
}

inline void Engine::end(TaskRecord& task, TaskStatus status) {
  set_status(task, status);
  task.ended = now_;
  store_.timers.stop(task.target_timer);
  task.routing.reset();
  restart_timer(task, ended_limit);
}

inline void Engine::restart_timer(TaskRecord& task, std::chrono::milliseconds time) {
  store_.timers.stop(task.timer);
  task.timer = store_.timers.start(now_ + time, {.task = &task});
}

inline void Engine::time_is_up(TaskRecord& task) {
  task.timer.reset();
  switch (task.status) {
    case TaskStatus::pending:
    case TaskStatus::reserved: return cancel(task, "Task TTL Exceeded");
    case TaskStatus::assigned:
    case TaskStatus::wrapping: return remove(task, EventType::task_system_deleted);
    default: return remove(task, std::nullopt);
  }
}

/// An offer is not interrupted: the time is looked at again when it has ended.
inline void Engine::target_time_is_up(TaskRecord& task) {
  task.target_timer.reset();
  if (task.status != TaskStatus::pending) return;
  Lines{*task.workspace}.leave(task);
  log_.task(EventType::task_queue_timeout, task);
  go(task, Walk{task}.after_timeout(), EventType::workflow_timeout);
}

inline bool Engine::step(Instant until) {
  const std::optional<Instant> next = store_.timers.next();
  if (!next || *next > until) {
    now_ = std::max(now_, until);
    return false;
  }
  now_ = std::max(now_, *next);
  const Timer timer = store_.timers.take();
  visit(*(timer.task != nullptr ? timer.task : timer.reservation->task)->workspace);
  if (timer.reservation != nullptr) {
    time_is_up(*timer.reservation);
  } else {
    timer.is_target ? target_time_is_up(*timer.task) : time_is_up(*timer.task);
  }
  return true;
}

}  // namespace taskrouter::emulator
