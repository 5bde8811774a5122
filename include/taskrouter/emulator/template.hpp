#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/routing.hpp"

// What a new workspace holds.

namespace taskrouter::emulator {

inline ActivityRecord& add_activity(Engine& engine, WorkspaceRecord& workspace, std::string_view name, bool available) {
  ActivityRecord& activity = engine.add(workspace.activities);
  activity.friendly_name = name;
  activity.available = available;
  engine.log().activity(EventType::activity_created, workspace, activity);
  return activity;
}

inline TaskQueueRecord& add_queue(Engine& engine, WorkspaceRecord& workspace, std::string_view name,
                                  std::string_view target_workers) {
  TaskQueueRecord& queue = engine.add(workspace.task_queues);
  queue.friendly_name = name;
  queue.target_workers = target_workers;
  if (auto expression = parse_expression(target_workers)) queue.expression = *std::move(expression);
  Lines{workspace}.bind(queue);
  engine.log().task_queue(EventType::task_queue_created, workspace, queue);
  return queue;
}

/// A workflow that leads every task to one queue.
inline WorkflowRecord& add_workflow(Engine& engine, WorkspaceRecord& workspace, std::string_view name,
                                    const TaskQueueRecord& queue) {
  WorkflowRecord& workflow = engine.add(workspace.workflows);
  workflow.friendly_name = name;
  workflow.configuration =
      Text{R"({"task_routing":{"filters":[],"default_filter":{"queue":")" + std::string{queue.sid.text()} + "\"}}}"};
  if (auto routing = RoutingReader{workspace}.read(*workflow.configuration)) workflow.routing = *std::move(routing);
  engine.log().workflow(EventType::workflow_created, workspace, workflow);
  return workflow;
}

inline void add_task_channels(Engine& engine, WorkspaceRecord& workspace) {
  constexpr std::pair<std::string_view, std::string_view> channels[] = {
      {"default", "Default"}, {"voice", "Voice"}, {"chat", "Programmable Chat"}, {"sms", "SMS"}, {"video", "Video"}};
  for (const auto& [unique_name, friendly_name] : channels) {
    TaskChannelRecord& channel = engine.add(workspace.task_channels);
    channel.unique_name = unique_name;
    channel.friendly_name = friendly_name;
  }
}

/// What every new workspace has, whatever its template: three activities and five task channels.
inline void fill_workspace(Engine& engine, WorkspaceRecord& workspace) {
  workspace.default_activity = workspace.timeout_activity = &add_activity(engine, workspace, "Offline", false);
  add_activity(engine, workspace, "Available", true);
  add_activity(engine, workspace, "Unavailable", false);
  add_task_channels(engine, workspace);
}

/// What the template FIFO adds.
inline void add_first_queue(Engine& engine, WorkspaceRecord& workspace) {
  const TaskQueueRecord& queue = add_queue(engine, workspace, "Sample Queue", "1==1");
  add_workflow(engine, workspace, "Default Fifo Workflow", queue);
}

}  // namespace taskrouter::emulator
