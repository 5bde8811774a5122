#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/decode.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/resources/events.hpp"
#include "taskrouter/resources/reservations.hpp"
#include "taskrouter/resources/tasks.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/webhooks/event_type.hpp"

namespace taskrouter {
namespace webhooks {

/// What TaskRouter posts to a workspace's event callback URL when something has happened. The events
/// that are listed by request become the same type.
///
/// An event brings what it is about and leaves the rest empty: one about a reservation has the task, the
/// worker, the queue and the workflow. Read what is documented and expect more.
/// https://www.twilio.com/docs/taskrouter/api/event/reference
struct EventCallback {
  OpenEnum<EventType> event_type{};  ///< What happened.
  EventSid sid{};
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string workspace_name{};                     ///< The workspace's friendly name.
  std::string event_description{};                  ///< In words.
  std::string resource_type{};                      ///< What it happened to: `task`, `worker`, ...
  std::string resource_sid{};                       ///< A SID of any kind.
  std::optional<Timestamp> timestamp{};             ///< When it was sent.
  std::optional<std::int64_t> timestamp_ms{};       ///< The same in milliseconds since 1970.
  std::optional<std::string> operating_unit_sid{};  ///< The operating unit, where there is one.

  // activity.*
  ActivitySid activity_sid{};                  ///< The activity it is about.
  std::optional<std::string> activity_name{};  ///< Its friendly name.
  std::optional<bool> activity_available{};    ///< Whether its workers get tasks.

  // reservation.*
  ReservationSid reservation_sid{};                       ///< The reservation it is about.
  OpenEnum<ReservationStatus> reservation_status{};       ///< What has become of it.
  std::optional<std::int64_t> reservation_timeout{};      ///< Seconds.
  std::optional<std::int64_t> reservation_version{};      ///< Grows with each of its changes.
  std::optional<std::int64_t> reservation_reason_code{};  ///< Why it was canceled.

  // task.*, reservation.*, workflow.* and task-queue.* about a task
  TaskSid task_sid{};                                  ///< The task it is about.
  std::optional<JsonText> task_attributes{};           ///< What the workflow's filters read.
  std::optional<std::int64_t> task_age{};              ///< Seconds since it was created.
  std::optional<std::int64_t> task_age_in_queue{};     ///< Seconds.
  std::optional<std::int64_t> task_priority{};         ///< 0 to 2147483647, higher first.
  OpenEnum<TaskStatus> task_assignment_status{};       ///< Where it stands.
  std::optional<std::string> task_canceled_reason{};   ///< Why it was canceled.
  std::optional<std::string> task_completed_reason{};  ///< Why it was completed.
  std::optional<Timestamp> task_date_created{};        ///< When it was created.
  std::optional<Timestamp> task_virtual_start_time{};  ///< Since when it counts as waiting.
  std::optional<std::int64_t> task_timeout{};          ///< Seconds.
  std::optional<std::int64_t> task_version{};          ///< Grows with each of its changes.
  std::optional<bool> task_ignore_capacity{};          ///< Whether its worker gets it beyond their capacity.
  std::optional<std::string> task_routing_target{};  ///< The SID of the worker, queue or workflow it goes straight to.
  std::optional<std::string> task_re_evaluated_reason{};  ///< Such as `reservation_rejected`.
  std::optional<std::string> task_order{};                ///< In which order tasks leave its queue: `FIFO` or `LIFO`.
  std::optional<std::string> task_transfer_sid{};         ///< The transfer it is in.
  std::optional<std::string> reason{};                    ///< Why, where the event has a reason.
  std::optional<std::int64_t> previous_task_priority{};   ///< What it was before.
  TaskQueueSid previous_task_queue_sid{};                 ///< The queue it was in before.
  std::optional<std::string> previous_task_queue_name{};  ///< That queue's friendly name.
  std::optional<std::string> target_changed_reason{};     ///< Why it went on to another target of its filter.
  WorkerSid known_worker_sid{};                           ///< The one worker that its target asks.

  // task-queue.*, and of the queue that a task is in
  TaskQueueSid task_queue_sid{};                 ///< The queue.
  std::optional<std::string> task_queue_name{};  ///< Its friendly name.
  std::optional<std::string>
      task_queue_target_expression{};                  ///< Which workers it has: an expression over their attributes.
  std::optional<Timestamp> task_queue_entered_date{};  ///< When the task came into it.

  // task-channel.*, and of the channel of a task or a worker
  TaskChannelSid task_channel_sid{};                      ///< The channel.
  std::optional<std::string> task_channel_name{};         ///< Its friendly name.
  std::optional<std::string> task_channel_unique_name{};  ///< Its unique name.
  std::optional<bool> task_channel_optimized_routing{};   ///< Whether the longest idle come first.

  // worker.*, reservation.*
  WorkerSid worker_sid{};                             ///< The worker it is about.
  std::optional<std::string> worker_name{};           ///< Their friendly name.
  std::optional<JsonText> worker_attributes{};        ///< What the queues choose them by.
  ActivitySid worker_activity_sid{};                  ///< The activity they are in.
  std::optional<std::string> worker_activity_name{};  ///< That activity's friendly name.
  std::optional<std::int64_t> worker_version{};       ///< Grows with each of the worker's changes.
  ActivitySid worker_previous_activity_sid{};         ///< With `worker.activity.update`, as the three after it.
  std::optional<std::string> worker_previous_activity_name{};         ///< That activity's friendly name.
  std::optional<std::int64_t> worker_time_in_previous_activity{};     ///< Seconds.
  std::optional<std::int64_t> worker_time_in_previous_activity_ms{};  ///< The same in milliseconds.
  std::optional<bool> worker_channel_available{};                     ///< Whether they get tasks of the channel.
  std::optional<std::int64_t> worker_channel_capacity{};  ///< How many tasks of the channel they can hold at a time.
  std::optional<std::int64_t> worker_channel_available_capacity{};  ///< How much of that is free.
  std::optional<std::int64_t> worker_channel_previous_capacity{};   ///< How many tasks they could hold before.
  std::optional<std::int64_t> worker_channel_consumed_capacity{};   ///< How much of it is in use.
  std::optional<std::int64_t> worker_channel_task_count{};          ///< How many tasks of the channel they hold.

  // workflow.*, and of the workflow of a task
  WorkflowSid workflow_sid{};                                ///< The workflow.
  std::optional<std::string> workflow_name{};                ///< Its friendly name.
  std::optional<std::string> workflow_filter_name{};         ///< The friendly name of the filter that took the task.
  std::optional<std::string> workflow_filter_expression{};   ///< That filter's expression.
  std::optional<std::string> workflow_filter_target_name{};  ///< The name of the target the task is at.
  std::optional<std::string> workflow_filter_target_expression{};  ///< That target's expression.

  // task.transfer-*
  std::optional<std::string> transfer_mode{};            ///< `WARM` or `COLD`.
  std::optional<std::string> transfer_type{};            ///< `WORKER` or `QUEUE`.
  std::optional<std::string> transfer_status{};          ///< `initiated`, `canceled`, `complete` or `failed`.
  std::optional<std::string> transfer_to{};              ///< The SID of a worker or a queue.
  std::optional<std::string> transfer_failed_reason{};   ///< Why it failed.
  ReservationSid transfer_initiating_reservation_sid{};  ///< The reservation that it began with.
  WorkerSid transfer_initiating_worker_sid{};            ///< The worker who began it.

  std::vector<FormField> others{};  ///< What Twilio added since, and values that can't be read as their type.

  TASKROUTER_FIELDS(event_type, sid, account_sid, workspace_sid, workspace_name, event_description, resource_type,
                    resource_sid, timestamp, timestamp_ms, operating_unit_sid, activity_sid, activity_name,
                    activity_available, reservation_sid, reservation_status, reservation_timeout, reservation_version,
                    reservation_reason_code, task_sid, task_attributes, task_age, task_age_in_queue, task_priority,
                    task_assignment_status, task_canceled_reason, task_completed_reason, task_date_created,
                    task_virtual_start_time, task_timeout, task_version, task_ignore_capacity, task_routing_target,
                    task_re_evaluated_reason, task_order, task_transfer_sid, reason, previous_task_priority,
                    previous_task_queue_sid, previous_task_queue_name, target_changed_reason, known_worker_sid,
                    task_queue_sid, task_queue_name, task_queue_target_expression, task_queue_entered_date,
                    task_channel_sid, task_channel_name, task_channel_unique_name, task_channel_optimized_routing,
                    worker_sid, worker_name, worker_attributes, worker_activity_sid, worker_activity_name,
                    worker_version, worker_previous_activity_sid, worker_previous_activity_name,
                    worker_time_in_previous_activity, worker_time_in_previous_activity_ms, worker_channel_available,
                    worker_channel_capacity, worker_channel_available_capacity, worker_channel_previous_capacity,
                    worker_channel_consumed_capacity, worker_channel_task_count, workflow_sid, workflow_name,
                    workflow_filter_name, workflow_filter_expression, workflow_filter_target_name,
                    workflow_filter_target_expression, transfer_mode, transfer_type, transfer_status, transfer_to,
                    transfer_failed_reason, transfer_initiating_reservation_sid, transfer_initiating_worker_sid)
};

/// Reads the body of an event callback, as leniently as a response is read. The Error is of kind
/// `body`: the form is beyond the limits, or has no event type.
inline Result<EventCallback> read_event(std::string_view body, FormLimits limits = {}) {
  auto form = read_form(body, limits);
  if (!form) return form.error();
  EventCallback event;
  event.others = detail::decode_form(detail::fields_of<EventCallback>, &event, *std::move(form));
  if (event.event_type.text().empty()) {
    return Error{.kind = Error::Kind::body, .message = "the event callback has no EventType", .field = "event_type"};
  }
  return event;
}

}  // namespace webhooks

namespace detail {

/// An object's members as pairs: texts as themselves, other values as their JSON, nulls left out.
inline Result<std::vector<FormField>> read_members(std::string_view json) {
  JsonScanner in{json};
  std::vector<FormField> members;
  std::string_view key;
  std::string scratch;
  const auto read_member = [&] {
    if (!in.read_key(key, scratch)) return false;
    FormField member{.name = std::string{key}, .value = {}};
    const char first = in.peek();
    const std::size_t start = in.position();
    if (!(first == '"' ? in.read_string(member.value) : in.skip_value())) return false;
    if (first != '"') member.value = in.text(start, in.position());
    if (first != 'n') members.push_back(std::move(member));
    return true;
  };
  bool good = in.enter('{');
  if (good && !in.take('}')) {
    do {
      good = read_member();
    } while (good && in.take(','));
    good = good && (in.take('}') || in.fail("is not JSON: a comma or a closing bracket is missing"));
  }
  if (good && in.at_end()) return members;
  return Error{
      .kind = Error::Kind::body,
      .message = std::string{"event_data "} + in.problem() + " (at byte " + std::to_string(in.position()) + ')',
      .field = "event_data"};
}

}  // namespace detail

namespace webhooks {

/// A listed or fetched event as the callback that told of it. The Error is of kind `body`: its
/// `event_data` is no object.
inline Result<EventCallback> read_event(const Event& resource) {
  EventCallback event;
  if (const std::string& data = resource.event_data.text; !data.empty() && data != "null") {
    auto members = detail::read_members(data);
    if (!members) return members.error();
    event.others =
        detail::decode_form(detail::fields_of<EventCallback>, &event, *std::move(members), detail::Spelling::in_json);
  }
  event.event_type = OpenEnum<EventType>::from_text(resource.event_type);
  event.sid = resource.sid;
  event.account_sid = resource.account_sid;
  event.workspace_sid = resource.workspace_sid;
  event.event_description = resource.description.value_or("");
  event.resource_type = resource.resource_type;
  event.resource_sid = resource.resource_sid;
  event.timestamp = resource.event_date;
  event.timestamp_ms = resource.event_date_ms;
  return event;
}

}  // namespace webhooks
}  // namespace taskrouter
