#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about workers do.

namespace taskrouter::emulator {

/// How many workers a workspace can have.
inline constexpr std::size_t worker_count_limit = 15000;

/// Why a worker can't be called `name`, or nothing. `self` is the worker who would be, or null.
inline std::optional<Error> check_worker_name(const WorkspaceRecord& workspace, std::string_view name,
                                              const WorkerRecord* self) {
  if (auto error = check_friendly_name(name)) return error;
  const std::string lower = Engine::lower_case(name);
  if (self != nullptr && Engine::lower_case(self->friendly_name) == lower) return std::nullopt;
  if (workspace.worker_names.count(lower) == 0) return std::nullopt;
  return invalid("Worker with the same friendly name already exists");
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_worker_name(*workspace, create.friendly_name, nullptr)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  if (workspace->workers.size() >= worker_count_limit) return invalid("A workspace can have 15000 workers");
  ActivityRecord* activity = workspace->default_activity;
  if (create.activity_sid) activity = workspace->activities.find(create.activity_sid->text());
  if (activity == nullptr) return names_nothing("ActivitySid");
  const std::string_view attributes = create.attributes ? std::string_view{create.attributes->text} : "{}";
  return show(exchange, exchange.engine.add_worker(*workspace, create.friendly_name, attributes, *activity));
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(fetch.sid.text());
  if (worker == nullptr) return exchange.not_found();
  return show(exchange, *worker);
}

inline constexpr std::array<Ordering, 3> worker_orderings{{
    {"DateCreated", key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.created); })},
    {"DateUpdated", key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.updated); })},
    {"DateStatusChanged",
     key_of<WorkerRecord>([](const auto& worker) { return to_milliseconds(worker.status_changed); })},
}};

inline Result<Answer> handle(const Exchange& exchange, const workers::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<Expression> expression;
  if (list.target_workers_expression) {
    auto read = read_expression("TargetWorkersExpression", *list.target_workers_expression);
    if (!read) return read.error();
    expression = *std::move(read);
  }
  Order order{worker_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto serves = [&](const WorkerRecord& worker) {
    return std::any_of(worker.queues.begin(), worker.queues.end(), [&](const TaskQueueRecord* queue) {
      return (!list.task_queue_sid || *list.task_queue_sid == queue->sid) &&
             (!list.task_queue_name || *list.task_queue_name == queue->friendly_name);
    });
  };
  const auto belongs = [&](const WorkerRecord& worker) {
    return (!list.activity_name || *list.activity_name == worker.activity->friendly_name) &&
           (!list.activity_sid || *list.activity_sid == worker.activity->sid) &&
           (!list.available || says_yes(*list.available) == worker.activity->available) &&
           (!list.friendly_name || *list.friendly_name == worker.friendly_name) &&
           ((!list.task_queue_sid && !list.task_queue_name) || serves(worker)) &&
           (!expression || expression->matches({.attributes = &worker.values}));
  };
  return list_table(
      exchange.incoming, Worker::plural, list, workspace->workers, order, belongs,
      [view = exchange.view()](std::string& out, const WorkerRecord& worker) { write(out, worker, view); });
}

inline Result<Answer> handle(const Exchange& exchange, const workers::Update& update) {
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

  Engine& engine = exchange.engine;
  if (update.attributes || update.friendly_name) {
    if (update.attributes) worker->attributes = Text{update.attributes->text};
    if (update.friendly_name) engine.rename_worker(*worker, *update.friendly_name);
    engine.touch(*worker);
    Lines{*workspace}.bind(*worker);
    engine.log().worker(EventType::worker_attributes_update, *worker);
  }
  engine.set_activity(*worker, activity);
  if (rejects) engine.reject_all(*worker);
  return show(exchange, *worker);
}

/// Twilio does not say whether a worker who has tasks can be deleted: here they can't.
inline Result<Answer> handle(const Exchange& exchange, const workers::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  WorkerRecord* worker = workspace == nullptr ? nullptr : workspace->workers.find(remove.sid.text());
  if (worker == nullptr) return exchange.not_found();
  if (auto error = check_if_match(remove.if_match, *worker)) return *std::move(error);
  if (worker->active > 0) {
    return invalid("Cannot delete worker " + std::string{worker->sid.text()} +
                   " because it has reservations that are accepted or wrapping.");
  }
  exchange.engine.remove_worker(*worker);
  return Answer{};
}

}  // namespace taskrouter::emulator
