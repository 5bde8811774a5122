#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// In which order tasks leave a queue: the oldest of the highest priority first, or the newest first.
TASKROUTER_ENUM(TaskOrder, FIFO, LIFO)

/// A list of tasks that wait for the workers of one kind.
/// https://www.twilio.com/docs/taskrouter/api/task-queue
struct TaskQueue {
  AccountSid account_sid{};
  ActivitySid assignment_activity_sid{};  ///< Where workers go who accept a task of it, in a workspace of single tasks.
  std::optional<std::string> assignment_activity_name{};  ///< The name of that activity.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};          ///< At most 64 characters.
  std::int64_t max_reserved_workers{};  ///< How many workers may be reserved for a task at a time.
  ActivitySid
      reservation_activity_sid{};  ///< Where workers go while they are reserved for it, in a workspace of single tasks.
  std::optional<std::string> reservation_activity_name{};  ///< The name of that activity.
  TaskQueueSid sid{};
  std::optional<std::string> target_workers{};  ///< Which workers serve it: an expression over their attributes.
  OpenEnum<TaskOrder> task_order{};             ///< Which task leaves first: the oldest, or the newest.
  std::string url{};
  WorkspaceSid workspace_sid{};
  JsonValue links{};

  static constexpr std::string_view plural = "task_queues";
  TASKROUTER_FIELDS(account_sid, assignment_activity_sid, assignment_activity_name, date_created, date_updated,
                    friendly_name, max_reserved_workers, reservation_activity_sid, reservation_activity_name, sid,
                    target_workers, task_order, url, workspace_sid, links)
};

namespace task_queues {

/// Creates a task queue.
struct Create {
  using Output = TaskQueue;
  static constexpr Route route{"CreateTaskQueue", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskQueues", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;  ///< At most 64 characters.
  std::optional<std::string>
      target_workers{};  ///< Such as `languages HAS "es"`. Twilio's default is `1==1`: every worker.
  std::optional<Integer<1, 50>> max_reserved_workers{};   ///< 1 to 50. Twilio's default is 1.
  std::optional<OpenEnum<TaskOrder>> task_order{};        ///< Twilio's default is FIFO.
  std::optional<ActivitySid> reservation_activity_sid{};  ///< Where workers go while they are reserved for it.
  std::optional<ActivitySid> assignment_activity_sid{};   ///< Where workers go who accept a task of it.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, target_workers, max_reserved_workers, task_order,
                    reservation_activity_sid, assignment_activity_sid)
};

/// Fetches a task queue.
struct Fetch {
  using Output = TaskQueue;
  static constexpr Route route{"FetchTaskQueue", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's task queues.
struct List {
  using Output = Page<TaskQueue>;
  static constexpr Route route{"ListTaskQueue", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskQueues"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};  ///< Only the ones called so.
  std::optional<std::string>
      evaluate_worker_attributes{};  ///< Only the ones that a worker with these attributes, JSON text, would serve.
  std::optional<WorkerSid> worker_sid{};        ///< Only the ones that this worker serves.
  std::optional<std::string> ordering{};        ///< Such as `DateUpdated:desc`.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, evaluate_worker_attributes, worker_sid, ordering, page_size, page,
                    page_token)
};

/// Changes a task queue. What is left out stays as it is.
struct Update {
  using Output = TaskQueue;
  static constexpr Route route{"UpdateTaskQueue", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;
  std::optional<std::string> friendly_name{};   ///< At most 64 characters.
  std::optional<std::string> target_workers{};  ///< Which workers serve it: an expression over their attributes.
  std::optional<ActivitySid> reservation_activity_sid{};  ///< Where workers go while they are reserved for it.
  std::optional<ActivitySid> assignment_activity_sid{};   ///< Where workers go who accept a task of it.
  std::optional<Integer<1, 50>> max_reserved_workers{};   ///< 1 to 50.
  std::optional<OpenEnum<TaskOrder>> task_order{};        ///< Which task leaves first: the oldest, or the newest.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, target_workers, reservation_activity_sid,
                    assignment_activity_sid, max_reserved_workers, task_order)
};

/// Deletes a task queue. Refused while tasks are in it.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTaskQueue", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace task_queues
}  // namespace taskrouter
