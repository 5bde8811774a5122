#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/emulator/answers.hpp"
#include "taskrouter/emulator/lines.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/json_writer.hpp"

// What the event bridge shows of records. It is not what the API shows: times are in seconds since
// 1970, some fields have other names, and a reservation brings its task along.

namespace taskrouter::emulator {

/// The first that a connection is told.
struct BridgeInit {
  AccountSid account_sid{};
  WorkerSid channel_id{};
  std::int64_t token_lifetime{};  ///< Milliseconds until the token ends.
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, channel_id, token_lifetime, workspace_sid)
};

struct BridgeActivity {
  AccountSid account_sid{};
  bool available{};
  std::int64_t date_created{};
  std::int64_t date_updated{};
  std::string friendly_name{};
  ActivitySid sid{};
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, available, date_created, date_updated, friendly_name, sid, workspace_sid)
};

struct BridgeWorker {
  AccountSid account_sid{};
  std::string activity_name{};
  ActivitySid activity_sid{};
  JsonText attributes{};
  bool available{};
  std::int64_t date_created{};
  std::int64_t date_status_changed{};
  std::int64_t date_updated{};
  std::string friendly_name{};
  WorkerSid sid{};
  std::int64_t version{};  ///< What an If-Match has to name.
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, activity_name, activity_sid, attributes, available, date_created, date_status_changed,
                    date_updated, friendly_name, sid, version, workspace_sid)
};

struct BridgeChannel {
  AccountSid account_sid{};
  std::int64_t assigned_tasks{};
  std::int64_t available{};  ///< 1 or 0.
  std::int64_t available_capacity_percentage{};
  std::int64_t configured_capacity{};
  std::int64_t date_created{};
  std::int64_t date_updated{};
  std::int64_t last_reserved_time{};  ///< Milliseconds since 1970. 0 if there is no reservation.
  WorkerChannelSid sid{};
  TaskChannelSid task_channel_sid{};
  std::string task_channel_unique_name{};
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, assigned_tasks, available, available_capacity_percentage, configured_capacity,
                    date_created, date_updated, last_reserved_time, sid, task_channel_sid, task_channel_unique_name,
                    worker_sid, workspace_sid)
};

struct BridgeTaskQueue {
  AccountSid account_sid{};
  std::optional<std::string> assignment_activity_name{};
  ActivitySid assignment_activity_sid{};
  std::int64_t date_created{};
  std::int64_t date_updated{};
  std::string friendly_name{};
  bool lifo_queue{};
  std::int64_t max_reserved_workers{};
  std::optional<std::string> reservation_activity_name{};
  ActivitySid reservation_activity_sid{};
  TaskQueueSid sid{};
  std::string target_workers{};
  OpenEnum<TaskOrder> task_order{};
  std::int64_t version{};
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, assignment_activity_name, assignment_activity_sid, date_created, date_updated,
                    friendly_name, lifo_queue, max_reserved_workers, reservation_activity_name,
                    reservation_activity_sid, sid, target_workers, task_order, version, workspace_sid)
};

struct BridgeTask {
  AccountSid account_sid{};
  JsonText addons{};
  std::int64_t age{};
  OpenEnum<TaskStatus> assignment_status{};
  JsonText attributes{};
  std::int64_t date_created{};
  std::int64_t date_updated{};
  std::int64_t priority{};
  std::optional<std::string> queue_name{};
  TaskQueueSid queue_sid{};
  std::optional<std::string> reason{};
  std::optional<std::string> routing_target{};
  TaskSid sid{};
  TaskChannelSid task_channel_sid{};
  std::string task_channel_unique_name{};
  std::int64_t timeout{};
  std::int64_t version{};
  std::int64_t virtual_start_time{};
  std::optional<std::string> workflow_name{};
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, addons, age, assignment_status, attributes, date_created, date_updated, priority,
                    queue_name, queue_sid, reason, routing_target, sid, task_channel_sid, task_channel_unique_name,
                    timeout, version, virtual_start_time, workflow_name, workflow_sid, workspace_sid)
};

struct BridgeReservation {
  AccountSid account_sid{};
  std::int64_t date_created{};
  std::int64_t date_updated{};
  OpenEnum<ReservationStatus> reservation_status{};
  std::int64_t reservation_timeout{};
  ReservationSid sid{};
  BridgeTask task{};
  std::int64_t version{};
  std::string worker_name{};
  ActivitySid worker_previous_activity_sid{};
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};

  TASKROUTER_FIELDS(account_sid, date_created, date_updated, reservation_status, reservation_timeout, sid, task,
                    version, worker_name, worker_previous_activity_sid, worker_sid, workspace_sid)
};

/// Whose records they are, and when they are looked at.
struct BridgeView {
  AccountSid account_sid{};
  Instant now{};
};

inline std::optional<std::string> text_or_null(const Text& text) {
  if (!text) return std::nullopt;
  return std::string{*text};
}

inline BridgeActivity payload(const ActivityRecord& record, WorkspaceSid workspace, const BridgeView& view) {
  return {.account_sid = view.account_sid,
          .available = record.available,
          .date_created = whole_seconds(record.created),
          .date_updated = whole_seconds(record.updated),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .workspace_sid = workspace};
}

inline BridgeWorker payload(const WorkerRecord& record, const BridgeView& view) {
  return {.account_sid = view.account_sid,
          .activity_name = record.activity->friendly_name,
          .activity_sid = record.activity->sid,
          .attributes = {std::string{*record.attributes}},
          .available = record.activity->available,
          .date_created = whole_seconds(record.created),
          .date_status_changed = whole_seconds(record.status_changed),
          .date_updated = whole_seconds(record.updated),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .version = record.revision,
          .workspace_sid = record.workspace->sid};
}

inline BridgeChannel payload(const WorkerChannelRecord& record, const WorkerRecord& worker, const BridgeView& view) {
  const auto& all = worker.reservations;
  const auto last = std::find_if(all.rbegin(), all.rend(), [&](const auto& one) { return one->channel == &record; });
  return {.account_sid = view.account_sid,
          .assigned_tasks = record.assigned,
          .available = record.available ? 1 : 0,
          .available_capacity_percentage = free_percentage(record),
          .configured_capacity = record.capacity,
          .date_created = whole_seconds(record.created),
          .date_updated = whole_seconds(record.updated),
          .last_reserved_time = last == all.rend() ? 0 : to_milliseconds((*last)->created),
          .sid = record.sid,
          .task_channel_sid = record.channel->sid,
          .task_channel_unique_name = record.channel->unique_name,
          .worker_sid = worker.sid,
          .workspace_sid = worker.workspace->sid};
}

inline BridgeTaskQueue payload(const TaskQueueRecord& record, WorkspaceSid workspace, const BridgeView& view) {
  BridgeTaskQueue queue{.account_sid = view.account_sid,
                        .date_created = whole_seconds(record.created),
                        .date_updated = whole_seconds(record.updated),
                        .friendly_name = record.friendly_name,
                        .lifo_queue = record.task_order == TaskOrder::LIFO,
                        .max_reserved_workers = record.max_reserved_workers,
                        .sid = record.sid,
                        .target_workers = record.target_workers,
                        .task_order = record.task_order,
                        .version = record.revision,
                        .workspace_sid = workspace};
  if (const ActivityRecord* activity = record.assignment_activity) {
    queue.assignment_activity_name = activity->friendly_name;
    queue.assignment_activity_sid = activity->sid;
  }
  if (const ActivityRecord* activity = record.reservation_activity) {
    queue.reservation_activity_name = activity->friendly_name;
    queue.reservation_activity_sid = activity->sid;
  }
  return queue;
}

inline BridgeTask payload(const TaskRecord& record, const BridgeView& view) {
  BridgeTask task{.account_sid = view.account_sid,
                  .addons = {"{}"},
                  .age = seconds_between(record.created, record.ended.value_or(view.now)),
                  .assignment_status = record.status,
                  .attributes = {std::string{*record.attributes}},
                  .date_created = whole_seconds(record.created),
                  .date_updated = whole_seconds(record.updated),
                  .priority = record.priority,
                  .reason = text_or_null(record.reason),
                  .routing_target = text_or_null(record.routing_target),
                  .sid = record.sid,
                  .task_channel_sid = record.task_channel->sid,
                  .task_channel_unique_name = record.task_channel->unique_name,
                  .timeout = record.timeout,
                  .version = record.revision,
                  .virtual_start_time = std::int64_t{record.virtual_start_time.time_since_epoch().count()},
                  .workspace_sid = record.workspace->sid};
  if (record.task_queue != nullptr) {
    task.queue_name = record.task_queue->friendly_name;
    task.queue_sid = record.task_queue->sid;
  }
  if (record.workflow != nullptr) {
    task.workflow_name = record.workflow->friendly_name;
    task.workflow_sid = record.workflow->sid;
  }
  return task;
}

inline BridgeReservation payload(const ReservationRecord& record, const BridgeView& view) {
  const TaskRecord& task = *record.task;
  return {.account_sid = view.account_sid,
          .date_created = whole_seconds(record.created),
          .date_updated = whole_seconds(record.updated),
          .reservation_status = record.status,
          .reservation_timeout = taskrouter::emulator::reservation_timeout(task),
          .sid = record.sid,
          .task = payload(task, view),
          .version = record.revision,
          .worker_name = record.worker->friendly_name,
          .worker_previous_activity_sid = record.previous_activity->sid,
          .worker_sid = record.worker->sid,
          .workspace_sid = task.workspace->sid};
}

}  // namespace taskrouter::emulator
