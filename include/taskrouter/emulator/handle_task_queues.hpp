#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/emulator/template.hpp"

// What requests about task queues do.

namespace taskrouter::emulator {

/// How many queues a workspace can have.
inline constexpr std::size_t queue_count_limit = 5000;

/// What a request says about a queue, checked.
struct QueueChange {
  std::optional<Expression> expression{};
  const ActivityRecord* reservation_activity{};
  const ActivityRecord* assignment_activity{};
};

/// Checks what creating and updating a queue have in common.
template <class Operation>
Result<QueueChange> check_queue(const WorkspaceRecord& workspace, const Operation& operation) {
  QueueChange change;
  if (operation.target_workers && !operation.target_workers->empty()) {
    auto expression = read_expression("TargetWorkers", *operation.target_workers);
    if (!expression) return expression.error();
    change.expression = *std::move(expression);
  }
  if (auto error = check_range("MaxReservedWorkers", operation.max_reserved_workers, 1, 50)) return *std::move(error);
  if (operation.reservation_activity_sid) {
    change.reservation_activity = workspace.activities.find(operation.reservation_activity_sid->text());
    if (change.reservation_activity == nullptr) return names_nothing("ReservationActivitySid");
  }
  if (operation.assignment_activity_sid) {
    change.assignment_activity = workspace.activities.find(operation.assignment_activity_sid->text());
    if (change.assignment_activity == nullptr) return names_nothing("AssignmentActivitySid");
  }
  return change;
}

inline void note_queue_expressions(WorkspaceRecord& workspace) {
  workspace.queues_read_activity = workspace.task_queues.find_if([](const TaskQueueRecord& queue) {
    return queue.expression && reads_changes(*queue.expression, "");
  }) != nullptr;
}

/// Gives a queue what a request says, if it says anything.
template <class Operation>
void change_queue(WorkspaceRecord& workspace, TaskQueueRecord& queue, const Operation& operation,
                  QueueChange&& change) {
  if (change.reservation_activity != nullptr) queue.reservation_activity = change.reservation_activity;
  if (change.assignment_activity != nullptr) queue.assignment_activity = change.assignment_activity;
  if (operation.max_reserved_workers) queue.max_reserved_workers = *operation.max_reserved_workers;
  Lines lines{workspace};
  if (operation.task_order) {
    queue.task_order = *operation.task_order->known();
    lines.reorder(queue);
  }
  if (operation.target_workers) {
    queue.target_workers = *operation.target_workers;
    queue.expression = std::move(change.expression);
    lines.bind(queue);
    note_queue_expressions(workspace);
  }
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (workspace->task_queues.size() >= queue_count_limit) return invalid("A workspace can have 5000 task queues");
  auto change = check_queue(*workspace, create);
  if (!change) return change.error();
  TaskQueueRecord& queue =
      add_queue(exchange.engine, *workspace, create.friendly_name, create.target_workers.value_or("1==1"));
  change_queue(*workspace, queue, create, *std::move(change));
  return show(exchange, queue, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(fetch.sid.text());
  if (queue == nullptr) return exchange.not_found();
  return show(exchange, *queue, workspace->sid);
}

inline constexpr std::array<Ordering, 2> queue_orderings{{
    {"DateCreated", key_of<TaskQueueRecord>([](const auto& queue) { return to_milliseconds(queue.created); })},
    {"DateUpdated", key_of<TaskQueueRecord>([](const auto& queue) { return to_milliseconds(queue.updated); })},
}};

inline Result<Answer> handle(const Exchange& exchange, const task_queues::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<nlohmann::json> values;
  if (list.evaluate_worker_attributes) {
    if (!is_json(*list.evaluate_worker_attributes)) return invalid("EvaluateWorkerAttributes", "should be JSON");
    values = worker_values(*list.evaluate_worker_attributes);
  }
  const WorkerRecord* worker = nullptr;
  if (list.worker_sid) {
    worker = workspace->workers.find(list.worker_sid->text());
    if (worker == nullptr) return names_nothing("WorkerSid");
  }
  Order order{queue_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto belongs = [&](const TaskQueueRecord& queue) {
    return (!list.friendly_name || *list.friendly_name == queue.friendly_name) && (!values || takes(queue, *values)) &&
           (worker == nullptr || serves(*worker, queue));
  };
  return list_table(exchange.incoming, TaskQueue::plural, list, workspace->task_queues, order, belongs,
                    [&, view = exchange.view()](std::string& out, const TaskQueueRecord& queue) {
                      write(out, queue, workspace->sid, view);
                    });
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(update.sid.text());
  if (queue == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  auto change = check_queue(*workspace, update);
  if (!change) return change.error();
  if (update.friendly_name) queue->friendly_name = *update.friendly_name;
  change_queue(*workspace, *queue, update, *std::move(change));
  exchange.engine.touch(*queue);
  if (update.target_workers) {
    exchange.engine.log().task_queue(EventType::task_queue_expression_updated, *workspace, *queue);
  }
  return show(exchange, *queue, workspace->sid);
}

/// Whether a workflow, or a task that goes by an earlier version of it, leads to a queue.
inline bool leads_to(const WorkflowRecord& workflow, const TaskQueueRecord& queue) {
  const auto refers = [&](const Routing& routing) {
    for (const Filter& filter : routing.filters) {
      for (const Target& target : filter.targets) {
        if (target.queue == &queue) return true;
      }
    }
    return false;
  };
  if (refers(*workflow.routing)) return true;
  return std::any_of(workflow.earlier.begin(), workflow.earlier.end(), [&](const auto& earlier) {
    const auto routing = earlier.lock();
    return routing && refers(*routing);
  });
}

inline Result<Answer> handle(const Exchange& exchange, const task_queues::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskQueueRecord* queue = workspace == nullptr ? nullptr : workspace->task_queues.find(remove.sid.text());
  if (queue == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete task queue " + std::string{queue->sid.text()} + " because ";
  if (queue->tasks > 0) return invalid(cannot + "it has tasks.");
  Lines lines{*workspace};
  lines.drop_empty();  // Lines are no reason to keep a workflow's earlier version.
  const auto leads = [&](const WorkflowRecord& workflow) { return leads_to(workflow, *queue); };
  if (workspace->workflows.find_if(leads) != nullptr) return invalid(cannot + "a workflow leads to it.");
  queue->expression.reset();
  lines.bind(*queue);  // Nobody serves it any more.
  exchange.engine.log().task_queue(EventType::task_queue_deleted, *workspace, *queue);
  workspace->task_queues.bury(*queue, exchange.engine.now());
  note_queue_expressions(*workspace);
  return Answer{};
}

}  // namespace taskrouter::emulator
