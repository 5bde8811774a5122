#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Where a task stands.
TASKROUTER_ENUM(TaskStatus, pending, reserved, assigned, canceled, completed, wrapping)

/// A unit of work that a workflow routes to a worker.
/// https://www.twilio.com/docs/taskrouter/api/task
struct Task {
  AccountSid account_sid{};
  std::int64_t age{};                        ///< Seconds since creation.
  OpenEnum<TaskStatus> assignment_status{};  ///< Where it stands on its way from pending to completed.
  JsonText attributes{};                     ///< What the workflow's filters read. At most 4,096 characters.
  JsonText addons{};                         ///< What add-ons found out about it, as JSON.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::optional<Timestamp> task_queue_entered_date{};  ///< When it came into its queue.
  std::int64_t priority{};                             ///< 0 to 2147483647, higher first.
  std::optional<std::string> reason{};                 ///< Why it was canceled or completed.
  TaskSid sid{};
  TaskQueueSid task_queue_sid{};
  std::optional<std::string> task_queue_friendly_name{};  ///< The name of that queue.
  TaskChannelSid task_channel_sid{};
  std::optional<std::string> task_channel_unique_name{};  ///< The unique name of that channel.
  std::int64_t timeout{};                                 ///< Seconds it may wait for a worker.
  WorkflowSid workflow_sid{};
  std::optional<std::string> workflow_friendly_name{};  ///< The name of that workflow.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<Timestamp> virtual_start_time{};  ///< Since when it counts as waiting.
  bool ignore_capacity{};                         ///< Whether its worker gets it beyond their capacity.
  std::optional<std::string> routing_target{};    ///< The SID of a worker, queue or workflow.
  std::optional<std::string> etag{};              ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "tasks";
  TASKROUTER_FIELDS(account_sid, age, assignment_status, attributes, date_created, date_updated,
                    task_queue_entered_date, virtual_start_time, priority, reason, sid, task_queue_sid,
                    task_channel_sid, task_channel_unique_name, timeout, url, workspace_sid, workflow_sid,
                    workflow_friendly_name, task_queue_friendly_name, ignore_capacity, routing_target, addons, links)
};

namespace tasks {

/// Creates a task.
struct Create {
  using Output = Task;
  static constexpr Route route{"CreateTask", Method::post, "/v1/Workspaces/{WorkspaceSid}/Tasks", 201};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1, 1209600>> timeout{};      ///< Seconds it may wait: 1 to 1209600. Twilio's default is 86400.
  std::optional<Integer<0, 2147483647>> priority{};  ///< 0 to 2147483647, higher first. Twilio's default is 0.
  std::optional<std::string> task_channel{};         ///< SID or unique name. Twilio's default is `default`.
  std::optional<WorkflowSid> workflow_sid{};         ///< Needed if the workspace has several.
  std::optional<JsonText> attributes{};              ///< Twilio's default is `{}`.
  std::optional<Timestamp> virtual_start_time{};  ///< Neither in the future nor before 1900. Twilio's default is now.
  std::optional<std::string> routing_target{};    ///< Straight to this worker, queue or workflow: its SID.
  std::optional<std::string> ignore_capacity{};   ///< `true`, `1` or `yes`; only with a worker as the target.
  std::optional<TaskQueueSid> task_queue_sid{};

  TASKROUTER_FIELDS(workspace_sid, timeout, priority, task_channel, workflow_sid, attributes, virtual_start_time,
                    routing_target, ignore_capacity, task_queue_sid)
};

/// Fetches a task.
struct Fetch {
  using Output = Task;
  static constexpr Route route{"FetchTask", Method::get, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's tasks, oldest first.
struct List {
  using Output = Page<Task>;
  static constexpr Route route{"ListTask", Method::get, "/v1/Workspaces/{WorkspaceSid}/Tasks"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<0, 2147483647>> priority{};       ///< Only tasks of this priority.
  std::vector<std::string> assignment_status{};           ///< Any of these.
  std::optional<WorkflowSid> workflow_sid{};              ///< Only tasks of this workflow.
  std::optional<std::string> workflow_name{};             ///< Only tasks of the workflow called so.
  std::optional<TaskQueueSid> task_queue_sid{};           ///< Only tasks of this queue.
  std::optional<std::string> task_queue_name{};           ///< Only tasks of the queue called so.
  std::optional<std::string> evaluate_task_attributes{};  ///< Only tasks that match this expression.
  std::optional<std::string>
      routing_target{};                   ///< Only tasks that go straight to this worker, queue or workflow: its SID.
  std::optional<std::string> ordering{};  ///< Such as `Priority:desc,DateCreated:asc`.
  std::optional<bool> has_addons{};       ///< Only tasks with add-ons, or only those without.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, priority, assignment_status, workflow_sid, workflow_name, task_queue_sid,
                    task_queue_name, evaluate_task_attributes, routing_target, ordering, has_addons, page_size, page,
                    page_token)
};

/// Changes a task. What is left out stays as it is.
struct Update {
  using Output = Task;
  static constexpr Route route{"UpdateTask", Method::post, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid sid;
  std::optional<std::string> if_match{};                    ///< The ETag that must still hold: else 412.
  std::optional<JsonText> attributes{};                     ///< Replaces all attributes.
  std::optional<OpenEnum<TaskStatus>> assignment_status{};  ///< `canceled`, `wrapping` or `completed`.
  std::optional<std::string> reason{};                      ///< Needed to cancel or complete.
  std::optional<Integer<0, 2147483647>> priority{};         ///< 0 to 2147483647, higher first.
  std::optional<std::string> task_channel{};                ///< SID or unique name.
  std::optional<Timestamp> virtual_start_time{};            ///< Neither in the future nor before 1900.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match, attributes, assignment_status, reason, priority, task_channel,
                    virtual_start_time)
};

/// Deletes a task, and with it its pending reservations.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTask", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}", 204};

  WorkspaceSid workspace_sid;
  TaskSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match)
};

}  // namespace tasks
}  // namespace taskrouter
