#pragma once

#include <string>
#include <string_view>

#include "taskrouter/emulator/answers.hpp"
#include "taskrouter/emulator/event_text.hpp"
#include "taskrouter/emulator/lines.hpp"

// From a record to what a client sees of it: what routes, and what was written down.

namespace taskrouter::emulator {

inline void write(std::string& out, const TaskChannelRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  AnswerWriter to{out, view, workspace};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", record.sid.text());
  to.text("unique_name", record.unique_name).plain("workspace_sid", workspace.text());
  to.boolean("channel_optimized_routing", record.channel_optimized_routing);
  to.url("url", {"/TaskChannels/", record.sid.text()}).begin("links").url("workspace").end().end();
}

inline void write(std::string& out, const TaskQueueRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  const ActivityRecord *assignment = record.assignment_activity, *reservation = record.reservation_activity;
  AnswerWriter to{out, view, workspace};
  const auto activity = [&](const ActivityRecord* one, std::string_view sid_key, std::string_view name_key) {
    write_name(to.sid(sid_key, sid_of(one)), name_key, one);
  };
  to.account();
  activity(assignment, "assignment_activity_sid", "assignment_activity_name");
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).integer("max_reserved_workers", record.max_reserved_workers);
  activity(reservation, "reservation_activity_sid", "reservation_activity_name");
  to.plain("sid", sid).text_or_null("target_workers", record.target_workers);
  to.plain("task_order", name_of(record.task_order)).url("url", {"/TaskQueues/", sid});
  to.plain("workspace_sid", workspace.text()).begin("links");
  if (assignment != nullptr) to.url("assignment_activity", {"/Activities/", assignment->sid.text()});
  if (reservation != nullptr) to.url("reservation_activity", {"/Activities/", reservation->sid.text()});
  to.url("workspace").url("statistics", {"/TaskQueues/", sid, "/Statistics"});
  to.url("real_time_statistics", {"/TaskQueues/", sid, "/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/TaskQueues/", sid, "/CumulativeStatistics"});
  to.url("list_statistics", {"/TaskQueues/Statistics"});
  to.url("bulk_real_time_statistics", {"/TaskQueues/RealTimeStatistics"}).end().end();
}

inline void write(std::string& out, const WorkflowRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  AnswerWriter to{out, view, workspace};
  to.account().text_or_null("assignment_callback_url", record.assignment_callback_url);
  to.text("configuration", *record.configuration);
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.plain("document_content_type", "application/json");
  to.text_or_null("fallback_assignment_callback_url", record.fallback_assignment_callback_url);
  to.text("friendly_name", record.friendly_name).plain("sid", sid);
  to.integer("task_reservation_timeout", record.task_reservation_timeout).plain("workspace_sid", workspace.text());
  to.url("url", {"/Workflows/", sid}).begin("links").url("statistics", {"/Workflows/", sid, "/Statistics"});
  to.url("real_time_statistics", {"/Workflows/", sid, "/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/Workflows/", sid, "/CumulativeStatistics"}).end().end();
}

inline void write(std::string& out, const WorkerChannelRecord& record, const WorkerRecord& worker,
                  const Viewpoint& view) {
  const WorkspaceSid& workspace = worker.workspace->sid;
  AnswerWriter to{out, view, workspace};
  to.account().integer("assigned_tasks", record.assigned).boolean("available", record.available);
  to.integer("available_capacity_percentage", free_percentage(record));
  to.integer("configured_capacity", record.capacity);
  to.time("date_created", record.created).time("date_updated", record.updated).plain("sid", record.sid.text());
  to.plain("task_channel_sid", record.channel->sid.text());
  to.text("task_channel_unique_name", record.channel->unique_name);
  to.plain("worker_sid", worker.sid.text()).plain("workspace_sid", workspace.text());
  to.url("url", {"/Workers/", worker.sid.text(), "/Channels/", record.sid.text()}).end();
}

/// The emulator's events are all made by the workspace: it does not know who sent a request.
inline void write(std::string& out, const WorkspaceRecord& workspace, const EventRecord& record,
                  const Viewpoint& view) {
  const EventResource resource = event_resource(workspace, record);
  const EventSid sid = event_sid(workspace, record);
  AnswerWriter to{out, view, workspace.sid};
  to.account().plain("actor_sid", workspace.sid.text()).plain("actor_type", "workspace").url("actor_url");
  to.text("description", event_description(workspace, record)).begin("event_data");
  for (const auto& [name, value] : event_texts(workspace, record)) to.text(name, value);
  to.end().time("event_date", record.time).integer("event_date_ms", to_milliseconds(record.time));
  to.plain("event_type", name_of(record.type)).plain("resource_sid", resource.sid);
  to.plain("resource_type", resource.type);
  const bool has_folder = !resource.folder.empty(), is_reservation = resource.type == "reservation";
  const std::string task = is_reservation ? "/Tasks/" + std::string{record.task.as<TaskSid>().text()} : std::string{};
  if (has_folder) {
    to.url("resource_url", {task, "/", resource.folder, "/", resource.sid});
  } else {
    to.url("resource_url");
  }
  to.plain("sid", sid.text()).plain("source", "twilio").json("source_ip_address", "null");
  to.url("url", {"/Events/", sid.text()}).plain("workspace_sid", workspace.sid.text()).end();
}

}  // namespace taskrouter::emulator
