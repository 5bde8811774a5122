#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/decode.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"

namespace taskrouter::webhooks {

/// What TaskRouter posts to a workflow's assignment callback URL when it has reserved a worker.
///
/// It waits 5 seconds for the answer, then it asks the fallback URL.
/// https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
struct AssignmentCallback {
  std::optional<Timestamp> timestamp{};  ///< When the worker was reserved.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  WorkflowSid workflow_sid{};        ///< The workflow that routes the task.
  TaskQueueSid task_queue_sid{};     ///< The queue the task was in.
  WorkerSid worker_sid{};            ///< The worker who is reserved.
  JsonText worker_attributes{};      ///< What the queues choose the worker by.
  TaskSid task_sid{};                ///< The task that they are reserved for.
  JsonText task_attributes{};        ///< What the workflow's filters read.
  std::int64_t task_age{};           ///< Seconds since the task was created.
  std::int64_t task_priority{};      ///< 0 to 2147483647, higher first.
  ReservationSid reservation_sid{};  ///< What is to be answered.
  std::vector<FormField> others{};   ///< What Twilio added since, and values that can't be read as their type.

  TASKROUTER_FIELDS(timestamp, account_sid, workspace_sid, workflow_sid, task_queue_sid, worker_sid, worker_attributes,
                    task_sid, task_attributes, task_age, task_priority, reservation_sid)
};

/// Reads the body of an assignment callback, as leniently as a response is read. The Error is of kind
/// `body`: the form is beyond the limits, or names no workspace, task or reservation to answer for.
inline Result<AssignmentCallback> read_assignment(std::string_view body, FormLimits limits = {}) {
  auto form = read_form(body, limits);
  if (!form) return form.error();
  AssignmentCallback callback;
  callback.others = detail::decode_form(detail::fields_of<AssignmentCallback>, &callback, *std::move(form));
  const auto missing = [](std::string_view field, std::string_view parameter) {
    return Error{.kind = Error::Kind::body,
                 .message = "the assignment callback has no " + std::string{parameter},
                 .field = std::string{field}};
  };
  if (callback.workspace_sid.empty()) return missing("workspace_sid", "WorkspaceSid");
  if (callback.task_sid.empty()) return missing("task_sid", "TaskSid");
  if (callback.reservation_sid.empty()) return missing("reservation_sid", "ReservationSid");
  return callback;
}

}  // namespace taskrouter::webhooks
