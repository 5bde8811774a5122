#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
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

/// The channel with that SID or unique name, or null. Without a name it is the default channel.
inline const TaskChannelRecord* find_task_channel(const WorkspaceRecord& workspace,
                                                  const std::optional<std::string>& name) {
  const std::string_view wanted = name ? std::string_view{*name} : "default";
  return workspace.task_channels.find_if(
      [&](const TaskChannelRecord& channel) { return channel.unique_name == wanted || channel.sid.text() == wanted; });
}

/// The workflow that is to route a new task.
inline Result<const WorkflowRecord*> choose_workflow(const WorkspaceRecord& workspace, const tasks::Create& create) {
  std::optional<WorkflowSid> sid = create.workflow_sid;
  if (create.routing_target) {
    const WorkflowSid target{*create.routing_target};
    if (!target.well_formed()) {
      return invalid("RoutingTarget", "should be a workflow: this emulator does not route straight to others yet");
    }
    if (sid && !(*sid == target)) return invalid("RoutingTarget", "contradicts WorkflowSid");
    sid = target;
  }
  const std::string_view parameter = create.workflow_sid ? "WorkflowSid" : "RoutingTarget";
  if (sid) {
    const WorkflowRecord* workflow = workspace.workflows.find(sid->text());
    if (workflow == nullptr) return names_nothing(parameter);
    return workflow;
  }
  if (workspace.workflows.size() != 1) return invalid("WorkflowSid field is required");
  return workspace.workflows.find_if([](const WorkflowRecord&) { return true; });
}

inline Result<Task> handle(const Exchange& exchange, const tasks::Create& create) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_range("Timeout", create.timeout, 1, 1209600)) return *std::move(error);
  if (auto error = check_priority(create.priority)) return *std::move(error);
  if (auto error = check_attributes(create.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(create.virtual_start_time, engine.now())) return *std::move(error);
  if (create.ignore_capacity) return invalid("IgnoreCapacity", "goes with a worker as the RoutingTarget");
  const TaskChannelRecord* channel = find_task_channel(*workspace, create.task_channel);
  if (channel == nullptr) return names_nothing("TaskChannel");
  const Result<const WorkflowRecord*> workflow = choose_workflow(*workspace, create);
  if (!workflow) return workflow.error();
  const TaskQueueRecord* queue = (*workflow)->task_queue;
  if (create.task_queue_sid) queue = workspace->task_queues.find(create.task_queue_sid->text());
  if (queue == nullptr) return names_nothing("TaskQueueSid");

  TaskRecord& task = engine.add(workspace->tasks);
  task.workspace = workspace;
  task.attributes = create.attributes ? create.attributes->text : "{}";
  task.priority = create.priority.value_or(0);
  task.workflow = *workflow;
  task.task_queue = queue;
  task.task_channel = channel;
  task.timeout = create.timeout.value_or(86400);
  task.virtual_start_time = create.virtual_start_time.value_or(to_seconds(engine.now()));
  task.routing_target = create.routing_target;
  engine.enter(task);
  return answer(task, exchange.view());
}

inline Result<Task> handle(const Exchange& exchange, const tasks::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(fetch.sid.text());
  if (task == nullptr) return exchange.not_found();
  return answer(*task, exchange.view());
}

inline Result<Nothing> handle(const Exchange& exchange, const tasks::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(remove.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(remove.if_match, *task)) return *std::move(error);
  exchange.engine.remove(*task);
  return Nothing{};
}

/// Why a task can't be given the status that `update` asks for, or nothing.
inline std::optional<Error> check_status(const Exchange& exchange, const TaskRecord& task,
                                         const tasks::Update& update) {
  if (!update.assignment_status) return std::nullopt;
  const std::string where = " in workspace " + std::string{task.workspace->sid.text()} + " for account " +
                            std::string{exchange.engine.store().account_sid.text()};
  const std::string sid{task.sid.text()};
  const bool is_canceled = *update.assignment_status == TaskStatus::canceled;
  const bool is_completed = *update.assignment_status == TaskStatus::completed;
  if (!is_canceled && !is_completed && !(*update.assignment_status == TaskStatus::wrapping)) {
    return invalid("AssignmentStatus", "can be set to canceled, wrapping or completed");
  }
  if ((is_canceled || is_completed) && !update.reason) {
    return invalid("Missing required parameter Reason in the post body: a task is canceled or completed for one");
  }
  if (is_canceled) {
    if (task.status == TaskStatus::pending || task.status == TaskStatus::reserved) return std::nullopt;
    return invalid("Cannot cancel task " + sid + where + " because it is not pending or reserved.");
  }
  if (update.attributes) return invalid("Attributes", "should be updated before or after the AssignmentStatus");
  if (task.status == TaskStatus::assigned || (is_completed && task.status == TaskStatus::wrapping)) return std::nullopt;
  if (is_completed) return invalid("Cannot complete task " + sid + where + " because it is not currently assigned.");
  return invalid("Cannot wrap up a task [" + sid + "] in workspace [" + std::string{task.workspace->sid.text()} +
                 "] for account [" + std::string{exchange.engine.store().account_sid.text()} +
                 "] because it is not currently assigned.");
}

inline Result<Task> handle(const Exchange& exchange, const tasks::Update& update) {
  Engine& engine = exchange.engine;
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskRecord* task = workspace == nullptr ? nullptr : workspace->tasks.find(update.sid.text());
  if (task == nullptr) return exchange.not_found();
  if (auto error = check_if_match(update.if_match, *task)) return *std::move(error);
  if (auto error = check_priority(update.priority)) return *std::move(error);
  if (auto error = check_attributes(update.attributes)) return *std::move(error);
  if (auto error = check_virtual_start_time(update.virtual_start_time, engine.now())) return *std::move(error);
  if (auto error = check_status(exchange, *task, update)) return *std::move(error);
  const TaskChannelRecord* channel = task->task_channel;
  if (update.task_channel) channel = find_task_channel(*workspace, update.task_channel);
  if (channel == nullptr) return names_nothing("TaskChannel");

  engine.prioritize(*task, update.priority.value_or(task->priority),
                    update.virtual_start_time.value_or(task->virtual_start_time));
  if (update.attributes) task->attributes = update.attributes->text;
  if (update.reason) task->reason = update.reason;
  task->task_channel = channel;
  if (!update.assignment_status) {
    engine.touch(*task);
  } else if (*update.assignment_status == TaskStatus::canceled) {
    engine.cancel(*task, *update.reason);
  } else if (*update.assignment_status == TaskStatus::completed) {
    engine.complete(*task);
  } else {
    engine.wrap(*task);
  }
  return answer(*task, exchange.view());
}

}  // namespace taskrouter::emulator
