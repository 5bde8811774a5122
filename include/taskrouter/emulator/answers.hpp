#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/open_enum.hpp"

// From a record to what a client sees of it.

namespace taskrouter::emulator {

/// Where an answer is seen from: its URLs begin with `base_url`, and ages are counted to `now`.
struct Viewpoint {
  std::string_view base_url{};
  AccountSid account_sid{};
  Instant now{};
};

/// To the second, as TaskRouter answers times.
inline Timestamp to_seconds(Instant time) { return std::chrono::floor<std::chrono::seconds>(time); }

inline std::int64_t to_milliseconds(Instant time) { return std::int64_t{time.time_since_epoch().count()}; }

/// Writes the `links` of a resource.
class Links {
 public:
  /// @param root what the URLs begin with. Only this part comes from outside and may need escapes.
  explicit Links(std::string_view root) {
    detail::write_json_string(root_, root);
    root_.pop_back();
    json_.reserve(1024);
  }

  Links& add(std::string_view name, std::string_view path) {
    json_.append(json_.empty() ? "{\"" : ",\"").append(name).append("\":");
    json_.append(root_).append(path).push_back('"');
    return *this;
  }

  JsonValue value() const { return {json_ + '}'}; }

 private:
  std::string root_{};  // With the quote that opens it.
  std::string json_{};
};

/// `/Tasks/WT...`
template <SidKind kind>
std::string sub_path(std::string_view collection, const Sid<kind>& sid) {
  std::string path{"/"};
  path.append(collection).append("/").append(sid.text());
  return path;
}

inline std::string workspace_url(const Viewpoint& view, WorkspaceSid sid) {
  std::string url{view.base_url};
  return url.append("/v1/Workspaces/").append(sid.text());
}

inline std::optional<std::string> text_or_null(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}
inline std::optional<std::string> text_or_null(const Text& text) {
  if (text == nullptr) return std::nullopt;
  return *text;
}

inline Workspace answer(const WorkspaceRecord& record, const Viewpoint& view) {
  const std::string url = workspace_url(view, record.sid);
  const JsonValue links = Links{url}
                              .add("activities", "/Activities")
                              .add("statistics", "/Statistics")
                              .add("real_time_statistics", "/RealTimeStatistics")
                              .add("cumulative_statistics", "/CumulativeStatistics")
                              .add("task_queues", "/TaskQueues")
                              .add("tasks", "/Tasks")
                              .add("workers", "/Workers")
                              .add("workflows", "/Workflows")
                              .add("task_channels", "/TaskChannels")
                              .add("events", "/Events")
                              .value();
  return {.account_sid = view.account_sid,
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .default_activity_name = record.default_activity->friendly_name,
          .default_activity_sid = record.default_activity->sid,
          .event_callback_url = text_or_null(record.event_callback_url),
          .events_filter = text_or_null(record.events_filter),
          .friendly_name = record.friendly_name,
          .multi_task_enabled = record.multi_task_enabled,
          .sid = record.sid,
          .timeout_activity_name = record.timeout_activity->friendly_name,
          .timeout_activity_sid = record.timeout_activity->sid,
          .prioritize_queue_order = record.prioritize_queue_order,
          .url = url,
          .links = links};
}

inline Activity answer(const ActivityRecord& record, WorkspaceSid workspace, const Viewpoint& view) {
  const std::string root = workspace_url(view, workspace);
  return {.account_sid = view.account_sid,
          .available = record.available,
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .workspace_sid = workspace,
          .url = root + sub_path("Activities", record.sid),
          .links = Links{root}.add("workspace", "").value()};
}

inline Worker answer(const WorkerRecord& record, const Viewpoint& view) {
  const std::string root = workspace_url(view, record.workspace->sid);
  const std::string own = sub_path("Workers", record.sid);
  const JsonValue links = Links{root}
                              .add("channels", own + "/Channels")
                              .add("activity", sub_path("Activities", record.activity->sid))
                              .add("workspace", "")
                              .add("statistics", "/Workers/Statistics")
                              .add("real_time_statistics", "/Workers/RealTimeStatistics")
                              .add("cumulative_statistics", "/Workers/CumulativeStatistics")
                              .add("worker_statistics", own + "/Statistics")
                              .add("worker_channels", own + "/Channels")
                              .add("reservations", own + "/Reservations")
                              .value();
  return {.account_sid = view.account_sid,
          .activity_name = record.activity->friendly_name,
          .activity_sid = record.activity->sid,
          .attributes = {*record.attributes},
          .available = record.activity->available,
          .date_created = to_seconds(record.created),
          .date_status_changed = to_seconds(record.status_changed),
          .date_updated = to_seconds(record.updated),
          .friendly_name = record.friendly_name,
          .sid = record.sid,
          .workspace_sid = record.workspace->sid,
          .url = root + own,
          .links = links};
}

/// What a task that was sent straight to a worker or a queue has no workflow or queue for is null.
inline Task answer(const TaskRecord& record, const Viewpoint& view) {
  const std::string root = workspace_url(view, record.workspace->sid);
  const std::string own = sub_path("Tasks", record.sid);
  Links links{root};
  if (record.task_queue != nullptr) links.add("task_queue", sub_path("TaskQueues", record.task_queue->sid));
  if (record.workflow != nullptr) links.add("workflow", sub_path("Workflows", record.workflow->sid));
  links.add("workspace", "").add("reservations", own + "/Reservations");
  Task task{.account_sid = view.account_sid,
            .age = seconds_between(record.created, record.ended.value_or(view.now)),
            .assignment_status = record.status,
            .attributes = {*record.attributes},
            .addons = {"{}"},
            .date_created = to_seconds(record.created),
            .date_updated = to_seconds(record.updated),
            .priority = record.priority,
            .reason = text_or_null(record.reason),
            .sid = record.sid,
            .task_channel_sid = record.task_channel->sid,
            .task_channel_unique_name = record.task_channel->unique_name,
            .timeout = record.timeout,
            .workspace_sid = record.workspace->sid,
            .url = root + own,
            .links = links.value(),
            .virtual_start_time = record.virtual_start_time,
            .ignore_capacity = record.ignore_capacity,
            .routing_target = text_or_null(record.routing_target)};
  if (record.task_queue != nullptr) {
    task.task_queue_entered_date = to_seconds(record.queue_entered);
    task.task_queue_sid = record.task_queue->sid;
    task.task_queue_friendly_name = record.task_queue->friendly_name;
  }
  if (record.workflow != nullptr) {
    task.workflow_sid = record.workflow->sid;
    task.workflow_friendly_name = record.workflow->friendly_name;
  }
  return task;
}

/// Under whose URL a reservation is shown: its task's or its worker's.
enum class ReservationOwner { task, worker };

inline Reservation answer(const ReservationRecord& record, ReservationOwner owner, const Viewpoint& view) {
  const WorkspaceRecord& workspace = *record.task->workspace;
  const std::string root = workspace_url(view, workspace.sid);
  const std::string task = sub_path("Tasks", record.task->sid), worker = sub_path("Workers", record.worker->sid);
  const JsonValue links = Links{root}.add("task", task).add("worker", worker).add("workspace", "").value();
  return {.account_sid = view.account_sid,
          .date_created = to_seconds(record.created),
          .date_updated = to_seconds(record.updated),
          .reservation_status = record.status,
          .sid = record.sid,
          .task_sid = record.task->sid,
          .worker_name = record.worker->friendly_name,
          .worker_sid = record.worker->sid,
          .workspace_sid = workspace.sid,
          .url = root + (owner == ReservationOwner::task ? task : worker) + sub_path("Reservations", record.sid),
          .links = links};
}

}  // namespace taskrouter::emulator
