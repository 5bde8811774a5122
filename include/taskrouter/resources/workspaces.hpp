#pragma once

#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter {

/// In which order a worker who serves queues of both kinds gets their tasks.
TASKROUTER_ENUM(QueueOrder, FIFO, LIFO)

/// A container of everything that routes: tasks, workers, queues, workflows and activities.
/// https://www.twilio.com/docs/taskrouter/api/workspace
struct Workspace {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string default_activity_name{};
  ActivitySid default_activity_sid{};  ///< Where new workers start.
  std::optional<std::string> event_callback_url{};
  std::optional<std::string> events_filter{};  ///< Event types, separated by commas; null is all.
  std::string friendly_name{};
  bool multi_task_enabled{};  ///< Whether a worker may hold several tasks at a time.
  WorkspaceSid sid{};
  std::string timeout_activity_name{};
  ActivitySid timeout_activity_sid{};  ///< Where workers go who let a reservation time out.
  OpenEnum<QueueOrder> prioritize_queue_order{};
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "workspaces";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, default_activity_name, default_activity_sid,
                    event_callback_url, events_filter, friendly_name, multi_task_enabled, sid, timeout_activity_name,
                    timeout_activity_sid, prioritize_queue_order, url, links)
};

namespace workspaces {

/// Fetches a workspace.
struct Fetch {
  using Output = Workspace;
  static constexpr Route route{"FetchWorkspace", Method::get, "/v1/Workspaces/{Sid}"};

  WorkspaceSid sid;

  TASKROUTER_FIELDS(sid)
};

}  // namespace workspaces
}  // namespace taskrouter
