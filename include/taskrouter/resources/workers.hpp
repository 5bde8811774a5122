#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Someone, or something, that does tasks.
/// https://www.twilio.com/docs/taskrouter/api/worker
struct Worker {
  AccountSid account_sid{};
  std::string activity_name{};  ///< The name of the activity the worker is in.
  ActivitySid activity_sid{};   ///< The activity the worker is in.
  JsonText attributes{};        ///< What queues and workflows choose workers by. At most 4,096 characters.
  bool available{};             ///< Whether the activity leaves them free for tasks.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_status_changed{};  ///< When the activity last changed.
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters, unlike the other workers'.
  WorkerSid sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<std::string> etag{};  ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "workers";
  TASKROUTER_FIELDS(account_sid, activity_name, activity_sid, attributes, available, date_created, date_status_changed,
                    date_updated, friendly_name, sid, url, workspace_sid, links)
};

namespace workers {

/// Creates a worker.
struct Create {
  using Output = Worker;
  static constexpr Route route{"CreateWorker", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workers", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;                  ///< Unique in the workspace. At most 64 characters.
  std::optional<ActivitySid> activity_sid{};  ///< Twilio's default is the workspace's default activity.
  std::optional<JsonText> attributes{};       ///< Twilio's default is `{}`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, activity_sid, attributes)
};

/// Fetches a worker.
struct Fetch {
  using Output = Worker;
  static constexpr Route route{"FetchWorker", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's workers.
struct List {
  using Output = Page<Worker>;
  static constexpr Route route{"ListWorker", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workers"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> activity_name{};              ///< Only workers in the activity called so.
  std::optional<ActivitySid> activity_sid{};               ///< Only workers in this activity.
  std::optional<std::string> available{};                  ///< `true`, `1` or `yes` for the available; else the others.
  std::optional<std::string> friendly_name{};              ///< Only the ones called so.
  std::optional<std::string> target_workers_expression{};  ///< Only workers that match this expression.
  std::optional<std::string> task_queue_name{};            ///< Only workers eligible for this queue.
  std::optional<TaskQueueSid> task_queue_sid{};            ///< Only workers eligible for this queue.
  std::optional<std::string> ordering{};                   ///< Such as `DateStatusChanged:desc`.
  std::optional<Integer<1, 1000>> page_size{};             ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                        ///< For the client's own use.
  std::optional<std::string> page_token{};                 ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, activity_name, activity_sid, available, friendly_name, target_workers_expression,
                    task_queue_name, task_queue_sid, ordering, page_size, page, page_token)
};

/// Changes a worker. What is left out stays as it is.
struct Update {
  using Output = Worker;
  static constexpr Route route{"UpdateWorker", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid sid;
  std::optional<std::string> if_match{};              ///< The ETag that must still hold: else 412.
  std::optional<ActivitySid> activity_sid{};          ///< Where the worker goes.
  std::optional<JsonText> attributes{};               ///< Replaces all attributes.
  std::optional<std::string> friendly_name{};         ///< At most 64 characters, unlike the other workers'.
  std::optional<bool> reject_pending_reservations{};  ///< Only for an activity that is not available.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match, activity_sid, attributes, friendly_name, reject_pending_reservations)
};

/// Deletes a worker.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorker", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}", 204};

  WorkspaceSid workspace_sid;
  WorkerSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match)
};

}  // namespace workers
}  // namespace taskrouter
