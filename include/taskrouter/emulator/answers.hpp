#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "taskrouter/emulator/answer_writer.hpp"
#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/open_enum.hpp"

// From a record to what a client sees of it: each write() appends a resource as JSON.

namespace taskrouter::emulator {

/// The enumerator's name on the wire.
template <class Enum>
std::string_view name_of(Enum value) {
  return detail::names_of<Enum>[static_cast<std::size_t>(value)];
}

/// The SID of a record, or an empty text where there is none.
template <class Record>
std::string_view sid_of(const Record* record) {
  return record == nullptr ? std::string_view{} : record->sid.text();
}

/// Writes the friendly name of a record, or null where there is none.
template <class Record>
void write_name(AnswerWriter& to, std::string_view key, const Record* record) {
  record == nullptr ? to.json(key, "null") : to.text(key, record->friendly_name);
}

inline void write(std::string& out, const WorkspaceRecord& record, const Viewpoint& view) {
  AnswerWriter to{out, view, record.sid};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.text("default_activity_name", record.default_activity->friendly_name);
  to.plain("default_activity_sid", record.default_activity->sid.text());
  to.text_or_null("event_callback_url", record.event_callback_url);
  to.text_or_null("events_filter", record.events_filter);
  to.text("friendly_name", record.friendly_name).boolean("multi_task_enabled", record.multi_task_enabled);
  to.plain("sid", record.sid.text());
  to.text("timeout_activity_name", record.timeout_activity->friendly_name);
  to.plain("timeout_activity_sid", record.timeout_activity->sid.text());
  to.plain("prioritize_queue_order", name_of(record.prioritize_queue_order)).url("url").begin("links");
  to.url("activities", {"/Activities"}).url("statistics", {"/Statistics"});
  to.url("real_time_statistics", {"/RealTimeStatistics"}).url("cumulative_statistics", {"/CumulativeStatistics"});
  to.url("task_queues", {"/TaskQueues"}).url("tasks", {"/Tasks"}).url("workers", {"/Workers"});
  to.url("workflows", {"/Workflows"}).url("task_channels", {"/TaskChannels"}).url("events", {"/Events"}).end().end();
}

inline void write(std::string& out, const ActivityRecord& record, const WorkspaceSid& workspace,
                  const Viewpoint& view) {
  AnswerWriter to{out, view, workspace};
  to.account().boolean("available", record.available);
  to.time("date_created", record.created).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", record.sid.text());
  to.plain("workspace_sid", workspace.text()).url("url", {"/Activities/", record.sid.text()});
  to.begin("links").url("workspace").end().end();
}

inline void write(std::string& out, const WorkerRecord& record, const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  AnswerWriter to{out, view, record.workspace->sid};
  to.account().text("activity_name", record.activity->friendly_name);
  to.plain("activity_sid", record.activity->sid.text()).text("attributes", *record.attributes);
  to.boolean("available", record.activity->available).time("date_created", record.created);
  to.time("date_status_changed", record.status_changed).time("date_updated", record.updated);
  to.text("friendly_name", record.friendly_name).plain("sid", sid).url("url", {"/Workers/", sid});
  to.plain("workspace_sid", record.workspace->sid.text());
  to.begin("links").url("channels", {"/Workers/", sid, "/Channels"});
  to.url("activity", {"/Activities/", record.activity->sid.text()}).url("workspace");
  to.url("statistics", {"/Workers/Statistics"}).url("real_time_statistics", {"/Workers/RealTimeStatistics"});
  to.url("cumulative_statistics", {"/Workers/CumulativeStatistics"});
  to.url("worker_statistics", {"/Workers/", sid, "/Statistics"})
      .url("worker_channels", {"/Workers/", sid, "/Channels"});
  to.url("reservations", {"/Workers/", sid, "/Reservations"}).end().end();
}

/// What a task that was sent straight to a worker or a queue has no workflow or queue for is null.
inline void write(std::string& out, const TaskRecord& record, const Viewpoint& view) {
  const std::string_view sid = record.sid.text();
  const TaskQueueRecord* queue = record.task_queue;
  const WorkflowRecord* workflow = record.workflow;
  AnswerWriter to{out, view, record.workspace->sid};
  to.account().integer("age", seconds_between(record.created, record.ended.value_or(view.now)));
  to.plain("assignment_status", name_of(record.status)).text("attributes", *record.attributes);
  to.time("date_created", record.created).time("date_updated", record.updated);
  queue == nullptr ? to.json("task_queue_entered_date", "null")
                   : to.time("task_queue_entered_date", record.queue_entered);
  to.time("virtual_start_time", record.virtual_start_time).integer("priority", record.priority);
  to.text_or_null("reason", record.reason).plain("sid", sid).sid("task_queue_sid", sid_of(queue));
  to.plain("task_channel_sid", record.task_channel->sid.text());
  to.text("task_channel_unique_name", record.task_channel->unique_name).integer("timeout", record.timeout);
  to.url("url", {"/Tasks/", sid}).plain("workspace_sid", record.workspace->sid.text());
  to.sid("workflow_sid", sid_of(workflow));
  write_name(to, "workflow_friendly_name", workflow);
  write_name(to, "task_queue_friendly_name", queue);
  to.boolean("ignore_capacity", record.ignore_capacity).text_or_null("routing_target", record.routing_target);
  to.plain("addons", "{}").begin("links");
  if (queue != nullptr) to.url("task_queue", {"/TaskQueues/", queue->sid.text()});
  if (workflow != nullptr) to.url("workflow", {"/Workflows/", workflow->sid.text()});
  to.url("workspace").url("reservations", {"/Tasks/", sid, "/Reservations"}).end().end();
}

/// Under whose URL a reservation is shown: its task's or its worker's.
enum class ReservationOwner { task, worker };

inline void write(std::string& out, const ReservationRecord& record, ReservationOwner owner, const Viewpoint& view) {
  const TaskRecord& task = *record.task;
  const bool is_of_task = owner == ReservationOwner::task;
  const std::string_view task_sid = task.sid.text(), worker_sid = record.worker->sid.text();
  AnswerWriter to{out, view, task.workspace->sid};
  to.account().time("date_created", record.created).time("date_updated", record.updated);
  to.begin("links").url("task", {"/Tasks/", task_sid}).url("worker", {"/Workers/", worker_sid}).url("workspace").end();
  to.plain("reservation_status", name_of(record.status)).plain("sid", record.sid.text()).plain("task_sid", task_sid);
  to.url("url", {is_of_task ? "/Tasks/" : "/Workers/", is_of_task ? task_sid : worker_sid, "/Reservations/",
                 record.sid.text()});
  to.text("worker_name", record.worker->friendly_name).plain("worker_sid", worker_sid);
  to.plain("workspace_sid", task.workspace->sid.text()).end();
}

}  // namespace taskrouter::emulator
