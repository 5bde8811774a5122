#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/instructions.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about reservations do, whether they come by the task or by the worker.

namespace taskrouter::emulator {

/// The reservation a request by the task is about, or null.
template <class Operation>
requires requires(const Operation& operation) { operation.task_sid; }
ReservationRecord* find_reservation(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  ReservationRecord* found = workspace == nullptr ? nullptr : workspace->reservations.find(operation.sid.text());
  return found != nullptr && found->task->sid == operation.task_sid ? found : nullptr;
}

/// The reservation a request by the worker is about, or null.
template <class Operation>
requires requires(const Operation& operation) { operation.worker_sid; }
ReservationRecord* find_reservation(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  ReservationRecord* found = workspace == nullptr ? nullptr : workspace->reservations.find(operation.sid.text());
  return found != nullptr && found->worker->sid == operation.worker_sid ? found : nullptr;
}

/// Why a reservation can't go to a status from the one it is in, or nothing.
inline std::optional<Error> check_transition(const ReservationRecord& reservation, ReservationStatus to) {
  const ReservationStatus from = reservation.status;
  const auto name = [](ReservationStatus status) { return std::string{OpenEnum{status}.text()}; };
  if (to == ReservationStatus::wrapping || to == ReservationStatus::completed) {
    if (from == ReservationStatus::accepted) return std::nullopt;
    if (to == ReservationStatus::completed && from == ReservationStatus::wrapping) return std::nullopt;
  } else if (to != ReservationStatus::accepted && to != ReservationStatus::rejected) {
    return invalid("ReservationStatus", "can be set to accepted, rejected, wrapping or completed");
  } else if (from == ReservationStatus::pending) {
    return std::nullopt;
  }
  const bool from_pending = to == ReservationStatus::accepted || to == ReservationStatus::rejected;
  const std::string sid{reservation.sid.text()};
  if (from == to) {
    return invalid("Reservation " + sid + " is already in state [" + name(from) + "] and cannot be updated to [" +
                   name(to) + "]");
  }
  std::string message = "Reservation " + sid + " not in expected state [" + (from_pending ? "pending" : "accepted") +
                        "] and cannot be updated to [" + name(to) + "]";
  // Twilio documents a status of the 410 series here, and no message.
  const bool is_gone = from == ReservationStatus::rescinded && to == ReservationStatus::accepted;
  return is_gone ? refusal(410, 20410, std::move(message)) : invalid(std::move(message));
}

inline void go_to(Engine& engine, ReservationRecord& reservation, ReservationStatus status,
                  const ActivityRecord* worker_activity) {
  switch (status) {
    case ReservationStatus::accepted: return engine.accept(reservation);
    case ReservationStatus::rejected: return engine.reject(reservation, worker_activity);
    case ReservationStatus::wrapping: return engine.wrap(*reservation.task);
    case ReservationStatus::completed: return engine.complete(*reservation.task);
    default: return;  // check_transition() lets no other pass.
  }
}

/// Carries out a change of a reservation, all of it or nothing.
inline std::optional<Error> carry_out(Engine& engine, ReservationRecord& reservation, const ReservationChange& change) {
  if (auto error = check_instruction(change)) return error;
  const auto wanted = status_after(change);
  if (change.worker_activity_sid && wanted != ReservationStatus::rejected) {
    return invalid("WorkerActivitySid", "goes with a rejection");
  }
  // Whatever is instructed, the reservation has to be pending.
  if (change.instruction && !wanted) {
    if (auto error = check_transition(reservation, ReservationStatus::accepted)) return error;
  }
  if (!wanted) {
    if (calls_worker(change)) engine.call_worker(*reservation.task);
    return std::nullopt;
  }
  if (auto error = check_transition(reservation, *wanted)) return error;
  if (auto error = check_call(change, *reservation.task)) return error;
  const WorkspaceRecord& workspace = *reservation.task->workspace;
  const ActivityRecord* activity = nullptr;
  if (change.worker_activity_sid) {
    activity = workspace.activities.find(change.worker_activity_sid->text());
    if (activity == nullptr) return names_nothing("WorkerActivitySid");
  }
  const auto post_work = post_work_activity(change, workspace);
  if (!post_work) return post_work.error();
  reservation.post_work = *post_work;
  if (calls_worker(change)) engine.call_worker(*reservation.task);
  go_to(engine, reservation, *wanted, activity);
  return std::nullopt;
}

/// Lets someone listen to the call of a reservation. Nothing changes: there are no calls here. Twilio does
/// not say how it refuses, so that the words are ours.
inline Result<Answer> supervise(const Exchange& exchange, const reservations::Update& update) {
  ReservationRecord* reservation = find_reservation(exchange, update);
  if (reservation == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *reservation)) return *std::move(error);
  ReservationChange others = update.change;
  others.instruction.reset();
  if (auto error = check_instruction(others)) return *std::move(error);
  if (auto error = check_only_instruction(others)) return *std::move(error);
  if (!update.supervisor || update.supervisor->empty()) return missing_parameter("Supervisor");
  const WorkspaceRecord& workspace = *reservation->task->workspace;
  if (WorkerSid{*update.supervisor}.well_formed() && workspace.workers.find(*update.supervisor) == nullptr) {
    return names_nothing("Supervisor");
  }
  if (reservation->status != ReservationStatus::accepted) {
    return invalid("Reservation " + std::string{reservation->sid.text()} +
                   " not in expected state [accepted] and cannot be supervised");
  }
  return show(exchange, *reservation, ReservationOwner::task);
}

/// Carries out a request's change of a reservation.
inline Result<Answer> change_reservation(const Exchange& exchange, ReservationRecord* reservation,
                                         const std::optional<std::string>& if_match, const ReservationChange& change,
                                         ReservationOwner owner) {
  if (reservation == nullptr) return exchange.not_found();
  if (auto error = check_if_match(if_match, *reservation)) return *std::move(error);
  if (auto error = carry_out(exchange.engine, *reservation, change)) return *std::move(error);
  return show(exchange, *reservation, owner);
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::Fetch& fetch) {
  const ReservationRecord* reservation = find_reservation(exchange, fetch);
  if (reservation == nullptr) return exchange.not_found();
  return show(exchange, *reservation, ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::Fetch& fetch) {
  const ReservationRecord* reservation = find_reservation(exchange, fetch);
  if (reservation == nullptr) return exchange.not_found();
  return show(exchange, *reservation, ReservationOwner::worker);
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::Update& update) {
  if (instruction_of(update.change) == "supervise") return supervise(exchange, update);
  if (update.supervisor || update.supervisor_mode) {
    return invalid(update.supervisor ? "Supervisor" : "SupervisorMode", "belongs to the instruction supervise");
  }
  return change_reservation(exchange, find_reservation(exchange, update), update.if_match, update.change,
                            ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::Update& update) {
  return change_reservation(exchange, find_reservation(exchange, update), update.if_match, update.change,
                            ReservationOwner::worker);
}

template <class ListOperation>
Result<Answer> list_reservations(const Exchange& exchange, const ListOperation& list, std::vector<Row> rows,
                                 ReservationOwner owner) {
  return list_rows<ReservationRecord>(exchange.incoming, Reservation::plural, list, std::move(rows),
                                      [&, view = exchange.view()](std::string& out, const ReservationRecord& record) {
                                        write(out, record, owner, view);
                                      });
}

inline Result<Answer> handle(const Exchange& exchange, const reservations::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  const TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(list.task_sid.text());
  if (task == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const ReservationRecord* reservation : task->reservations) {
    if (list.reservation_status && !(*list.reservation_status == reservation->status)) continue;
    if (list.worker_sid && !(*list.worker_sid == reservation->worker->sid)) continue;
    rows.push_back({natural_key(reservation->sequence), reservation});
  }
  return list_reservations(exchange, list, std::move(rows), ReservationOwner::task);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_reservations::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  const WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(list.worker_sid.text());
  if (worker == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const ReservationRecord* reservation : worker->reservations) {
    if (list.reservation_status && !(*list.reservation_status == reservation->status)) continue;
    rows.push_back({natural_key(reservation->sequence), reservation});
  }
  return list_reservations(exchange, list, std::move(rows), ReservationOwner::worker);
}

}  // namespace taskrouter::emulator
