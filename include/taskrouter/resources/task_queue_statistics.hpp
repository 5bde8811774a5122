#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"

namespace taskrouter {

/// What happened in a task queue in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
struct TaskQueueCumulativeStatistics {
  AccountSid account_sid{};
  std::int64_t avg_task_acceptance_time{};  ///< Seconds from creation to acceptance, on average.
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  std::int64_t reservations_created{};    ///< How many were made.
  std::int64_t reservations_accepted{};   ///< How many were accepted.
  std::int64_t reservations_rejected{};   ///< How many were rejected.
  std::int64_t reservations_timed_out{};  ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};   ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};  ///< How many were taken back because another worker accepted.
  JsonValue split_by_wait_time{};         ///< By waiting time in seconds: `{"5": {"above": {...}, "below": {...}}}`.
  TaskQueueSid task_queue_sid{};
  JsonValue wait_duration_until_accepted{};  ///< Seconds since creation: `{"avg": 5, "min": 0, "max": 9, "total": 20}`.
  JsonValue wait_duration_until_canceled{};  ///< Seconds since creation, likewise.
  JsonValue wait_duration_in_queue_until_accepted{};  ///< Seconds since the task entered the queue, likewise.
  std::int64_t tasks_canceled{};                      ///< How many were canceled.
  std::int64_t tasks_completed{};                     ///< How many were completed.
  std::int64_t tasks_deleted{};                       ///< How many were deleted.
  std::int64_t tasks_entered{};                       ///< How many came into the queue.
  std::int64_t tasks_moved{};                         ///< From one queue to another.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, task_queue_sid, wait_duration_until_accepted,
                    wait_duration_until_canceled, wait_duration_in_queue_until_accepted, tasks_canceled,
                    tasks_completed, tasks_deleted, tasks_entered, tasks_moved, workspace_sid, url)
};

/// How things stand in a task queue now.
struct TaskQueueRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};                    ///< How many workers are in each activity.
  std::int64_t longest_task_waiting_age{};            ///< Seconds.
  TaskSid longest_task_waiting_sid{};                 ///< The task that waits longest.
  std::int64_t longest_relative_task_age_in_queue{};  ///< Seconds since it entered the queue.
  TaskSid longest_relative_task_sid_in_queue{};       ///< The task that is in the queue longest.
  TaskQueueSid task_queue_sid{};
  JsonValue tasks_by_priority{};           ///< How many wait, by priority.
  JsonValue tasks_by_status{};             ///< How many there are, by assignment status.
  std::int64_t total_available_workers{};  ///< In an available activity; they may be busy.
  std::int64_t total_eligible_workers{};   ///< Whatever their activity.
  std::int64_t total_tasks{};              ///< How many tasks there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, longest_task_waiting_age, longest_task_waiting_sid,
                    longest_relative_task_age_in_queue, longest_relative_task_sid_in_queue, task_queue_sid,
                    tasks_by_priority, tasks_by_status, total_available_workers, total_eligible_workers, total_tasks,
                    workspace_sid, url)
};

/// Both in one.
struct TaskQueueStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A TaskQueueCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A TaskQueueRealTimeStatistics as JSON.
  TaskQueueSid task_queue_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, realtime, task_queue_sid, workspace_sid, url)
};

/// Both in one, of one queue among several.
struct TaskQueuesStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A TaskQueueCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A TaskQueueRealTimeStatistics as JSON.
  TaskQueueSid task_queue_sid{};
  WorkspaceSid workspace_sid{};

  static constexpr std::string_view plural = "task_queues_statistics";
  TASKROUTER_FIELDS(account_sid, cumulative, realtime, task_queue_sid, workspace_sid)
};

/// How things stand in several queues now.
struct TaskQueueBulkRealTimeStatistics {
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  JsonValue task_queue_data{};               ///< One object a queue, like TaskQueueRealTimeStatistics.
  std::int64_t task_queue_response_count{};  ///< How many queues there are in it.
  std::string url{};

  TASKROUTER_FIELDS(account_sid, workspace_sid, task_queue_data, task_queue_response_count, url)
};

namespace task_queue_statistics {

/// Fetches what happened in a queue.
struct FetchCumulative {
  using Output = TaskQueueCumulativeStatistics;
  static constexpr Route route{"FetchTaskQueueCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a queue.
struct FetchRealTime {
  using Output = TaskQueueRealTimeStatistics;
  static constexpr Route route{"FetchTaskQueueRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = TaskQueueStatistics;
  static constexpr Route route{"FetchTaskQueueStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/Statistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Lists both, of all queues.
struct List {
  using Output = Page<TaskQueuesStatistics>;
  static constexpr Route route{"ListTaskQueuesStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> friendly_name{};       ///< Only of the queues called so.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.
  std::optional<Integer<1, 1000>> page_size{};      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                 ///< For the client's own use.
  std::optional<std::string> page_token{};          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, end_date, friendly_name, minutes, start_date, task_channel, split_by_wait_time,
                    page_size, page, page_token)
};

/// Fetches how things stand in up to 50 queues.
struct FetchBulkRealTime {
  using Output = TaskQueueBulkRealTimeStatistics;
  static constexpr Route route{"CreateTaskQueueBulkRealTimeStatistics", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  JsonText body;  ///< An array of queue SIDs, as Twilio describes it; its schema is not published.

  TASKROUTER_FIELDS(workspace_sid, body)
};

}  // namespace task_queue_statistics
}  // namespace taskrouter
