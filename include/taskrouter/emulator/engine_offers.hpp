#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "taskrouter/emulator/engine.hpp"

// What happens between tasks and workers.

namespace taskrouter::emulator {

inline void Engine::match() {
  for (std::size_t i = 0; i < visited_.size(); ++i) {
    do {
      while (TaskRecord* task = Lines{*visited_[i]}.next()) offer(*task);
    } while (skip_next());
  }
  visited_.clear();
}

/// Takes the next task on that waits at a target whose skip_if is true. Whether there was one.
inline bool Engine::skip_next() {
  while (!skippable_.empty()) {
    TaskRecord& task = *skippable_.front();
    skippable_.pop_front();
    const Target* target = task.line == nullptr ? nullptr : Walk{task}.current();
    if (target == nullptr || !target->skip_if) continue;
    std::int64_t available = 0, unavailable = 0;
    nlohmann::json workers;
    for (const auto& [activity, count] : target->queue->workers_by_activity) {
      (activity->available ? available : unavailable) += count;
      workers[std::string{activity->sid.text()}] = count;
    }
    task.workspace->activities.for_each([&](const ActivityRecord& activity) {
      nlohmann::json& count = workers[std::string{activity.sid.text()}];
      if (count.is_null()) count = 0;
    });
    workers["available"] = available;
    workers["unavailable"] = unavailable;
    if (!target->skip_if->matches({.workers = &workers})) continue;
    Lines{*task.workspace}.leave(task);
    store_.timers.stop(task.target_timer);
    go(task, Walk{task}.after_skip(), EventType::workflow_skipped);
    return true;
  }
  return false;
}

/// Offers a waiting task to as many free workers as its queue wants at once.
inline void Engine::offer(TaskRecord& task) {
  const auto workers = Lines::candidates(task, task.task_queue == nullptr ? 1 : task.task_queue->max_reserved_workers);
  Lines{*task.workspace}.leave(task);
  ++task.rounds;
  set_status(task, TaskStatus::reserved);
  for (WorkerRecord* worker : workers) reserve(task, *worker);
}

inline void Engine::reserve(TaskRecord& task, WorkerRecord& worker) {
  ReservationRecord& reservation = add(task.workspace->reservations);
  reservation.task = &task;
  reservation.worker = &worker;
  reservation.channel = channel_of(worker, task.task_channel);
  reservation.previous_activity = worker.activity;
  const std::chrono::seconds timeout{reservation_timeout(task)};
  reservation.timer = store_.timers.start(now_ + timeout, {.reservation = &reservation});
  task.reservations.push_back(&reservation);
  worker.reservations.push_back(&reservation);
  ++task.pending;
  ++worker.pending;
  ++reservation.channel->load;
  worker.last_reservation = reservation.channel->last_reservation = ++store_.reservations_made;
  Lines{*task.workspace}.refresh(worker);
  if (!task.workspace->multi_task_enabled && task.task_queue != nullptr) {
    set_activity(worker, task.task_queue->reservation_activity);
  }
  ++worker.revision;  // Twilio's JavaScript SDK counts along: one for the event that tells of the reservation.
  log_.reservation(EventType::reservation_created, reservation);
  if (task.workflow == nullptr || task.task_queue == nullptr || task.workflow->assignment_callback_url.empty()) return;
  callbacks_.push_back(assignment_callback(reservation, store_.account_sid, now_, log_.headers()));
}

inline void Engine::accept(ReservationRecord& reservation) {
  TaskRecord& task = *reservation.task;
  WorkerRecord& worker = *reservation.worker;
  answer(reservation, ReservationStatus::accepted);
  set_status(task, TaskStatus::assigned);
  log_.reservation(EventType::reservation_accepted, reservation);
  withdraw_offers(task, ReservationStatus::rescinded);
  if (!task.workspace->multi_task_enabled && task.task_queue != nullptr) {
    set_activity(worker, task.task_queue->assignment_activity);
  }
  store_.timers.stop(task.target_timer);
  task.routing.reset();  // A workflow ends when its task is accepted.
  restart_timer(task, assigned_limit);
}

inline void Engine::reject(ReservationRecord& reservation, const ActivityRecord* destination) {
  answer(reservation, ReservationStatus::rejected);
  destination == nullptr ? return_worker(reservation) : set_activity(*reservation.worker, destination);
  wait_again(*reservation.task);
}

inline void Engine::call_worker(TaskRecord& task) {
  task.attributes = Text{with_worker_call(*task.attributes, ids_.digits().as<CallSid>().text())};
  touch(task);
  log_.task(EventType::task_updated, task);
}

/// Sends the worker where the instruction said, unless they have moved on by themselves.
inline void Engine::end_call(ReservationRecord& reservation) {
  const ActivityRecord* to = std::exchange(reservation.post_work, nullptr);
  const WorkspaceRecord& workspace = *reservation.task->workspace;
  const TaskQueueRecord* queue = reservation.task->task_queue;
  const bool has_moved = queue != nullptr && queue->assignment_activity != nullptr &&
                         reservation.worker->activity != queue->assignment_activity;
  if (workspace.activities.has(to) && !has_moved) set_activity(*reservation.worker, to);
}

inline void Engine::cancel_offer(ReservationRecord& reservation) {
  answer(reservation, ReservationStatus::canceled);
  wait_again(*reservation.task);
}

/// Ends the pending status of a reservation. Where the worker goes is the caller's business.
inline void Engine::answer(ReservationRecord& reservation, ReservationStatus status) {
  WorkerRecord& worker = *reservation.worker;
  visit(*worker.workspace);
  reservation.status = status;
  touch(reservation);
  store_.timers.stop(reservation.timer);
  --reservation.task->pending;
  --worker.pending;
  if (status == ReservationStatus::accepted) {
    ++worker.active;
    ++reservation.channel->assigned;
  } else {
    --reservation.channel->load;
  }
  Lines{*worker.workspace}.refresh(worker);
  switch (status) {
    case ReservationStatus::rejected: return log_.reservation(EventType::reservation_rejected, reservation);
    case ReservationStatus::timeout: return log_.reservation(EventType::reservation_timeout, reservation);
    case ReservationStatus::canceled: return log_.reservation(EventType::reservation_canceled, reservation);
    case ReservationStatus::rescinded: return log_.reservation(EventType::reservation_rescinded, reservation);
    default: return;  // Who accepts logs it, when the task is assigned.
  }
}

/// Puts a worker back to where they were, unless they have moved on by themselves. Reservations move
/// nobody in a multi-tasking workspace.
inline void Engine::return_worker(ReservationRecord& reservation) {
  const TaskRecord& task = *reservation.task;
  if (task.workspace->multi_task_enabled || task.task_queue == nullptr) return;
  if (reservation.worker->activity != task.task_queue->reservation_activity) return;
  if (!task.workspace->activities.has(reservation.previous_activity)) return;
  set_activity(*reservation.worker, reservation.previous_activity);
}

inline void Engine::withdraw_offers(TaskRecord& task, ReservationStatus status) {
  if (task.pending == 0) return;
  for (ReservationRecord* reservation : task.reservations) {
    if (reservation->status != ReservationStatus::pending) continue;
    answer(*reservation, status);
    return_worker(*reservation);
  }
}

inline void Engine::set_active_reservation(TaskRecord& task, ReservationStatus status) {
  for (ReservationRecord* reservation : task.reservations) {
    const bool is_accepted = reservation->status == ReservationStatus::accepted;
    if (!is_accepted && reservation->status != ReservationStatus::wrapping) continue;
    reservation->status = status;
    touch(*reservation);
    end_call(*reservation);
    if (is_accepted) --reservation->channel->assigned;
    if (status == ReservationStatus::completed) {
      --reservation->channel->load;
      --reservation->worker->active;
      Lines{*task.workspace}.refresh(*reservation->worker);
      log_.reservation(EventType::reservation_completed, *reservation);
    } else {
      log_.reservation(EventType::reservation_wrapup, *reservation);
    }
  }
}

inline void Engine::time_is_up(ReservationRecord& reservation) {
  reservation.timer.reset();
  answer(reservation, ReservationStatus::timeout);
  set_activity(*reservation.worker, reservation.task->workspace->timeout_activity);
  wait_again(*reservation.task);
}

}  // namespace taskrouter::emulator
