#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/handle_task_channels.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about tasks do.

namespace taskrouter::emulator {

/// Why a time can't be a task's VirtualStartTime, or nothing.
inline std::optional<Error> check_virtual_start_time(const std::optional<Timestamp>& time, Instant now) {
  if (!time || *time <= now) return std::nullopt;
  return invalid("VirtualStartTime", "should not lie in the future");
}

inline std::optional<Error> check_priority(const std::optional<std::int64_t>& priority) {
  return check_range("Priority", priority, 0, std::numeric_limits<std::int32_t>::max());
}

/// Where a new task is to go.
struct Destination {
  WorkflowRecord* workflow{};
  TaskQueueRecord* task_queue{};
  WorkerRecord* worker{};
};

/// The workflow that a new task names, or the only one there is.
inline Result<Destination> choose_workflow(WorkspaceRecord& workspace, const std::optional<WorkflowSid>& sid) {
  Destination to;
  if (sid) {
    to.workflow = workspace.workflows.find(sid->text());
    if (to.workflow == nullptr) return names_nothing("WorkflowSid");
    return to;
  }
  if (workspace.workflows.size() != 1) return invalid("WorkflowSid field is required");
  workspace.workflows.for_each([&](WorkflowRecord& workflow) { to.workflow = &workflow; });
  return to;
}

/// Whether a task goes to a worker, and only carries the workflow and the queue that it is counted under, as
/// those do that the JavaScript SDK creates for calls to customers.
inline bool is_labeled(const Destination& to, const tasks::Create& create) {
  return to.worker != nullptr && create.workflow_sid && create.task_queue_sid;
}

/// A routing target is a workflow, or straight a queue or a worker: then no workflow is asked.
inline Result<Destination> choose_target(WorkspaceRecord& workspace, const tasks::Create& create) {
  const std::string& target = *create.routing_target;
  Destination to;
  if (WorkflowSid{target}.well_formed()) {
    if (create.workflow_sid && create.workflow_sid->text() != target) {
      return invalid("RoutingTarget", "contradicts WorkflowSid");
    }
    to.workflow = workspace.workflows.find(target);
  } else if (TaskQueueSid{target}.well_formed()) {
    to.task_queue = workspace.task_queues.find(target);
  } else if (WorkerSid{target}.well_formed()) {
    to.worker = workspace.workers.find(target);
  } else {
    return invalid("RoutingTarget", "should be the SID of a workflow, a task queue or a worker");
  }
  if (to.workflow == nullptr && to.task_queue == nullptr && to.worker == nullptr) return names_nothing("RoutingTarget");
  if (is_labeled(to, create)) {
    to.workflow = workspace.workflows.find(create.workflow_sid->text());
    if (to.workflow == nullptr) return names_nothing("WorkflowSid");
  }
  if (to.workflow == nullptr && create.workflow_sid) return invalid("RoutingTarget", "contradicts WorkflowSid");
  return to;
}

inline Result<Destination> choose_destination(WorkspaceRecord& workspace, const tasks::Create& create) {
  auto to = create.routing_target ? choose_target(workspace, create) : choose_workflow(workspace, create.workflow_sid);
  if (!to) return to;
  if (create.ignore_capacity && to->worker == nullptr) {
    return invalid("IgnoreCapacity", "goes with a worker as the RoutingTarget");
  }
  if (create.task_queue_sid) {
    if (to->workflow == nullptr) return invalid("TaskQueueSid", "contradicts RoutingTarget");
    to->task_queue = workspace.task_queues.find(create.task_queue_sid->text());
    if (to->task_queue == nullptr) return names_nothing("TaskQueueSid");
  }
  return to;
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Create& create) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_range("Timeout", create.timeout, 1, 1209600)) return *std::move(error);
  if (auto error = check_priority(create.priority)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(create.virtual_start_time, engine.now())) return *std::move(error);
  TaskChannelRecord* channel = find_task_channel(*workspace, create.task_channel.value_or("default"));
  if (channel == nullptr) return names_nothing("TaskChannel");
  const auto to = choose_destination(*workspace, create);
  if (!to) return to.error();

  TaskRecord& task = engine.add(workspace->tasks);
  task.workspace = workspace;
  task.attributes = Text{create.attributes ? std::string_view{create.attributes->text} : "{}"};
  task.priority = create.priority.value_or(0);
  task.workflow = to->workflow;
  task.task_queue = to->task_queue;
  task.target_worker = to->worker;
  task.ignore_capacity = to->worker != nullptr && (!create.ignore_capacity || says_yes(*create.ignore_capacity));
  if (to->task_queue == nullptr && to->workflow != nullptr) task.routing = to->workflow->routing;
  task.task_channel = channel;
  task.timeout = create.timeout.value_or(86400);
  task.virtual_start_time = create.virtual_start_time.value_or(to_seconds(engine.now()));
  if (create.routing_target) task.routing_target = Text{*create.routing_target};
  engine.enter(task);
  return show(exchange, task);
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(fetch.sid.text());
  if (task == nullptr) return exchange.not_found();
  return show(exchange, *task);
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(remove.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(remove.if_match, *task)) return *std::move(error);
  exchange.engine.remove(*task, EventType::task_deleted);
  return Answer{};
}

/// The refusal of a status, in Twilio's words: `before` and `after` say which and why.
inline Error refuse_status(const Exchange& exchange, const TaskRecord& task, std::string_view before,
                           std::string_view after) {
  std::string message{before};
  message.append(task.sid.text()).append(" in workspace ").append(task.workspace->sid.text());
  return invalid(message.append(" for account ").append(exchange.engine.store().account_sid.text()).append(after));
}

/// Why a task can't be given the status that `update` asks for, or nothing.
inline std::optional<Error> check_status(const Exchange& exchange, const TaskRecord& task,
                                         const tasks::Update& update) {
  if (!update.assignment_status) return std::nullopt;
  const bool is_canceled = *update.assignment_status == TaskStatus::canceled;
  const bool is_completed = *update.assignment_status == TaskStatus::completed;
  if (!is_canceled && !is_completed && !(*update.assignment_status == TaskStatus::wrapping)) {
    return invalid("AssignmentStatus", "can be set to canceled, wrapping or completed");
  }
  if ((is_canceled || is_completed) && !update.reason) {
    return missing_parameter("Reason", "in the post body: a task is canceled or completed for one");
  }
  if (is_canceled) {
    if (task.status == TaskStatus::pending || task.status == TaskStatus::reserved) return std::nullopt;
    return refuse_status(exchange, task, "Cannot cancel task ", " because it is not pending or reserved.");
  }
  if (update.attributes) return invalid("Attributes", "should be updated before or after the AssignmentStatus");
  if (task.status == TaskStatus::assigned || (is_completed && task.status == TaskStatus::wrapping)) return std::nullopt;
  if (is_completed) {
    return refuse_status(exchange, task, "Cannot complete task ", " because it is not currently assigned.");
  }
  return invalid("Cannot wrap up a task [" + std::string{task.sid.text()} + "] in workspace [" +
                 std::string{task.workspace->sid.text()} + "] for account [" +
                 std::string{exchange.engine.store().account_sid.text()} + "] because it is not currently assigned.");
}

/// New attributes leave a task at its step: only updating the workflow lets it be looked at anew. But
/// they may change which workers that step's expression takes.
inline void change_attributes(Engine& engine, TaskRecord& task, std::string_view attributes) {
  const bool waits = task.line != nullptr;
  if (waits) Lines{*task.workspace}.leave(task);
  task.attributes = Text{attributes};
  if (waits) engine.wait(task, Walk{task}.current());
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::Update& update) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(update.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *task)) return *std::move(error);
  if (auto error = check_priority(update.priority)) return *std::move(error);
  if (auto error = check_attributes(update.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(update.virtual_start_time, engine.now())) return *std::move(error);
  if (auto error = check_status(exchange, *task, update)) return *std::move(error);
  TaskChannelRecord* channel = task->task_channel;
  if (update.task_channel) channel = find_task_channel(*workspace, *update.task_channel);
  if (channel == nullptr) return names_nothing("TaskChannel");

  const bool is_canceled = update.assignment_status && *update.assignment_status == TaskStatus::canceled;
  if (update.attributes) change_attributes(engine, *task, update.attributes->text);
  if (update.reason) task->reason = Text{*update.reason};
  engine.prioritize(*task, update.priority.value_or(task->priority),
                    update.virtual_start_time.value_or(task->virtual_start_time), *channel);
  if (!update.assignment_status) {
    engine.touch(*task);
  } else if (is_canceled) {
    engine.cancel(*task, *update.reason);
  } else if (*update.assignment_status == TaskStatus::completed) {
    engine.complete(*task);
  } else {
    engine.wrap(*task);
  }
  engine.log().task(EventType::task_updated, *task);
  return show(exchange, *task);
}

}  // namespace taskrouter::emulator
