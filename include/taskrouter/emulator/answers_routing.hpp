#pragma once

#include <string>
#include <string_view>

#include "taskrouter/emulator/answers.hpp"
#include "taskrouter/emulator/event_text.hpp"
#include "taskrouter/emulator/lines.hpp"

// From a record to what a client sees of it: what routes, and what was written down.

namespace taskrouter::emulator {

inline TaskChannel answer(const TaskChannelRecord& record, WorkspaceSid workspace, const Viewpoint& view) {
  const std::string root = workspace_url(view, workspace);
  return {.account_sid = view.account_sid,
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .unique_name = record.unique_name,
          .workspace_sid = workspace,
          .channel_optimized_routing = record.channel_optimized_routing,
          .url = root + sub_path("TaskChannels", record.sid),
          .links = Links{root}.add("workspace", "").value()};
}

inline TaskQueue answer(const TaskQueueRecord& record, WorkspaceSid workspace, const Viewpoint& view) {
  const std::string root = workspace_url(view, workspace);
  const std::string own = sub_path("TaskQueues", record.sid);
  TaskQueue queue{.account_sid = view.account_sid,
                  .date_created = to_seconds(record.created),
                  .date_updated = to_seconds(record.updated),
                  .friendly_name = record.friendly_name,
                  .max_reserved_workers = record.max_reserved_workers,
                  .sid = record.sid,
                  .target_workers = text_or_null(record.target_workers),
                  .task_order = record.task_order,
                  .url = root + own,
                  .workspace_sid = workspace};
  Links links{root};
  if (const ActivityRecord* activity = record.assignment_activity) {
    queue.assignment_activity_sid = activity->sid;
    queue.assignment_activity_name = activity->friendly_name;
    links.add("assignment_activity", sub_path("Activities", activity->sid));
  }
  if (const ActivityRecord* activity = record.reservation_activity) {
    queue.reservation_activity_sid = activity->sid;
    queue.reservation_activity_name = activity->friendly_name;
    links.add("reservation_activity", sub_path("Activities", activity->sid));
  }
  queue.links = links.add("workspace", "")
                    .add("statistics", own + "/Statistics")
                    .add("real_time_statistics", own + "/RealTimeStatistics")
                    .add("cumulative_statistics", own + "/CumulativeStatistics")
                    .add("list_statistics", "/TaskQueues/Statistics")
                    .add("bulk_real_time_statistics", "/TaskQueues/RealTimeStatistics")
                    .value();
  return queue;
}

inline Workflow answer(const WorkflowRecord& record, WorkspaceSid workspace, const Viewpoint& view) {
  const std::string root = workspace_url(view, workspace);
  const std::string own = sub_path("Workflows", record.sid);
  return {.account_sid = view.account_sid,
          .assignment_callback_url = text_or_null(record.assignment_callback_url),
          .configuration = {*record.configuration},
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .document_content_type = "application/json",
          .fallback_assignment_callback_url = text_or_null(record.fallback_assignment_callback_url),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .task_reservation_timeout = record.task_reservation_timeout,
          .workspace_sid = workspace,
          .url = root + own,
          .links = Links{root}
                       .add("statistics", own + "/Statistics")
                       .add("real_time_statistics", own + "/RealTimeStatistics")
                       .add("cumulative_statistics", own + "/CumulativeStatistics")
                       .value()};
}

inline WorkerChannel answer(const WorkerChannelRecord& record, const WorkerRecord& worker, const Viewpoint& view) {
  return {.account_sid = view.account_sid,
          .assigned_tasks = record.assigned,
          .available = record.available,
          .available_capacity_percentage = free_percentage(record),
          .configured_capacity = record.capacity,
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .sid = record.sid,
          .task_channel_sid = record.channel->sid,
          .task_channel_unique_name = record.channel->unique_name,
          .worker_sid = worker.sid,
          .workspace_sid = worker.workspace->sid,
          .url = workspace_url(view, worker.workspace->sid) + sub_path("Workers", worker.sid) +
                 sub_path("Channels", record.sid)};
}

/// The emulator's events are all made by the workspace: it does not know who sent a request.
inline Event answer(const WorkspaceRecord& workspace, const EventRecord& record, const Viewpoint& view) {
  const std::string root = workspace_url(view, workspace.sid);
  const EventResource resource = event_resource(workspace, record);
  const EventSid sid = event_sid(workspace, record);
  std::string data;
  for (const auto& [name, value] : event_texts(workspace, record)) {
    data.append(data.empty() ? "{\"" : ",\"").append(name).append("\":");
    detail::write_json_string(data, value);
  }
  std::string url = root;
  if (resource.type == "reservation") url += "/Tasks/" + record.task.with("WT");
  if (!resource.folder.empty()) url.append("/").append(resource.folder).append("/").append(resource.sid);
  return {.account_sid = view.account_sid,
          .actor_sid = std::string{workspace.sid.text()},
          .actor_type = "workspace",
          .actor_url = root,
          .description = event_description(workspace, record),
          .event_data = {data + '}'},
          .event_date = to_seconds(record.time),
          .event_date_ms = to_milliseconds(record.time),
          .event_type = std::string{name_of(record.type)},
          .resource_sid = resource.sid,
          .resource_type = std::string{resource.type},
          .resource_url = url,
          .sid = sid,
          .source = "twilio",
          .source_ip_address = std::nullopt,
          .url = root + sub_path("Events", sid),
          .workspace_sid = workspace.sid};
}

}  // namespace taskrouter::emulator
