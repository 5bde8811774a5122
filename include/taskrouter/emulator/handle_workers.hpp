#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about workers do.

namespace taskrouter::emulator {

/// Whether two names are the same but for the case of ASCII letters.
inline bool same_name(std::string_view a, std::string_view b) { return same_header_name(a, b); }

/// Why a worker can't be called `name`, or nothing. `self` is the worker who would be.
inline std::optional<Error> check_worker_name(const WorkspaceRecord& workspace, std::string_view name,
                                              const WorkerRecord* self) {
  if (auto error = check_friendly_name(name)) return error;
  const auto takes = [&](const WorkerRecord& worker) {
    return &worker != self && same_name(worker.friendly_name, name);
  };
  if (workspace.workers.find_if(takes) == nullptr) return std::nullopt;
  return invalid("Worker with the same friendly name already exists");
}

inline Result<Worker> handle(const Exchange& exchange, const workers::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_worker_name(*workspace, create.friendly_name, nullptr)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  const ActivityRecord* activity = workspace->default_activity;
  if (create.activity_sid) activity = workspace->activities.find(create.activity_sid->text());
  if (activity == nullptr) return names_nothing("ActivitySid");
  const std::string_view attributes = create.attributes ? std::string_view{create.attributes->text} : "{}";
  return answer(exchange.engine.add_worker(*workspace, create.friendly_name, attributes, *activity), exchange.view());
}

inline Result<Worker> handle(const Exchange& exchange, const workers::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(fetch.sid.text());
  if (worker == nullptr) return exchange.not_found();
  return answer(*worker, exchange.view());
}

inline constexpr std::array<Ordering<WorkerRecord>, 3> worker_orderings{{
    {"DateCreated", [](const WorkerRecord& worker) { return to_milliseconds(worker.created); }},
    {"DateUpdated", [](const WorkerRecord& worker) { return to_milliseconds(worker.updated); }},
    {"DateStatusChanged", [](const WorkerRecord& worker) { return to_milliseconds(worker.status_changed); }},
}};

inline Result<Page<Worker>> handle(const Exchange& exchange, const workers::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (list.target_workers_expression) return no_expressions("TargetWorkersExpression");
  Order<WorkerRecord, worker_orderings.size()> order{worker_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);

  // Every queue there is takes every worker; what is no queue takes none.
  const auto is_queue = [&](const TaskQueueRecord& queue) {
    return (!list.task_queue_sid || *list.task_queue_sid == queue.sid) &&
           (!list.task_queue_name || *list.task_queue_name == queue.friendly_name);
  };
  const bool is_served = workspace->task_queues.find_if(is_queue) != nullptr;
  std::vector<Row<WorkerRecord>> rows;
  workspace->workers.for_each([&](const WorkerRecord& worker) {
    if (!is_served && (list.task_queue_sid || list.task_queue_name)) return;
    if (list.activity_name && *list.activity_name != worker.activity->friendly_name) return;
    if (list.activity_sid && !(*list.activity_sid == worker.activity->sid)) return;
    if (list.available && says_yes(*list.available) != worker.activity->available) return;
    if (list.friendly_name && *list.friendly_name != worker.friendly_name) return;
    rows.push_back({order.key(worker), &worker});
  });
  const Viewpoint view = exchange.view();
  return cut_page<Worker>(list, std::move(rows), exchange.incoming,
                          [&](const WorkerRecord& worker) { return answer(worker, view); });
}

/// Rejects all that is offered to a worker who goes to an activity that is not available.
inline void reject_pending_reservations(Engine& engine, WorkerRecord& worker) {
  std::vector<ReservationRecord*> pending;
  for (const auto& [sequence, reservation] : worker.reservations) {
    if (reservation->status == ReservationStatus::pending) pending.push_back(reservation);
  }
  for (ReservationRecord* reservation : pending) engine.reject(*reservation, worker.activity);
}

inline Result<Worker> handle(const Exchange& exchange, const workers::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(update.sid.text());
  if (worker == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *worker)) return *std::move(error);
  if (auto error = check_attributes(update.attributes)) return *std::move(error);
  if (update.friendly_name) {
    if (auto error = check_worker_name(*workspace, *update.friendly_name, worker)) return *std::move(error);
  }
  const ActivityRecord* activity = nullptr;
  if (update.activity_sid) {
    activity = workspace->activities.find(update.activity_sid->text());
    if (activity == nullptr) return names_nothing("ActivitySid");
  }
  const bool rejects = update.reject_pending_reservations.value_or(false);
  if (rejects && activity == nullptr) return invalid("RejectPendingReservations", "goes with ActivitySid");
  if (rejects && activity->available) {
    return invalid("Unable to reject pending reservations when updating to an Available activity state.");
  }

  if (update.attributes || update.friendly_name) exchange.engine.touch(*worker);
  if (update.attributes) worker->attributes = update.attributes->text;
  if (update.friendly_name) worker->friendly_name = *update.friendly_name;
  exchange.engine.set_activity(*worker, activity);
  if (rejects) reject_pending_reservations(exchange.engine, *worker);
  return answer(*worker, exchange.view());
}

}  // namespace taskrouter::emulator
