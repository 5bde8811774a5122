#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter {

/// What happened in a workflow in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/workflow-statistics
struct WorkflowCumulativeStatistics {
  AccountSid account_sid{};
  std::int64_t avg_task_acceptance_time{};  ///< Seconds from creation to acceptance, on average.
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  std::int64_t reservations_created{};       ///< How many were made.
  std::int64_t reservations_accepted{};      ///< How many were accepted.
  std::int64_t reservations_rejected{};      ///< How many were rejected.
  std::int64_t reservations_timed_out{};     ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};      ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};     ///< How many were taken back because another worker accepted.
  JsonValue split_by_wait_time{};            ///< By waiting time in seconds: `{"5": {"above": {...}, "below": {...}}}`.
  JsonValue wait_duration_until_accepted{};  ///< Seconds since creation: `{"avg": 5, "min": 0, "max": 9, "total": 20}`.
  JsonValue wait_duration_until_canceled{};  ///< Seconds since creation, likewise.
  std::int64_t tasks_canceled{};             ///< How many were canceled.
  std::int64_t tasks_completed{};            ///< How many were completed.
  std::int64_t tasks_entered{};              ///< How many came into the workflow.
  std::int64_t tasks_deleted{};              ///< How many were deleted.
  std::int64_t tasks_moved{};                ///< From one queue to another.
  std::int64_t tasks_timed_out_in_workflow{};  ///< And so canceled.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, wait_duration_until_accepted,
                    wait_duration_until_canceled, tasks_canceled, tasks_completed, tasks_entered, tasks_deleted,
                    tasks_moved, tasks_timed_out_in_workflow, workflow_sid, workspace_sid, url)
};

/// How things stand in a workflow now.
struct WorkflowRealTimeStatistics {
  AccountSid account_sid{};
  std::int64_t longest_task_waiting_age{};  ///< Seconds.
  TaskSid longest_task_waiting_sid{};       ///< The task that waits longest.
  JsonValue tasks_by_priority{};            ///< How many wait, by priority.
  JsonValue tasks_by_status{};              ///< How many there are, by assignment status.
  std::int64_t total_tasks{};               ///< How many tasks there are.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, longest_task_waiting_age, longest_task_waiting_sid, tasks_by_priority, tasks_by_status,
                    total_tasks, workflow_sid, workspace_sid, url)
};

/// Both in one.
struct WorkflowStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A WorkflowCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A WorkflowRealTimeStatistics as JSON.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, realtime, workflow_sid, workspace_sid, url)
};

namespace workflow_statistics {

/// Fetches what happened in a workflow.
struct FetchCumulative {
  using Output = WorkflowCumulativeStatistics;
  static constexpr Route route{"FetchWorkflowCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a workflow.
struct FetchRealTime {
  using Output = WorkflowRealTimeStatistics;
  static constexpr Route route{"FetchWorkflowRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkflowStatistics;
  static constexpr Route route{"FetchWorkflowStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/Statistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, minutes, start_date, end_date, task_channel, split_by_wait_time)
};

}  // namespace workflow_statistics
}  // namespace taskrouter
