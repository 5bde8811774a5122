#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter {

/// What happened in a workspace in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/workspace-statistics
struct WorkspaceCumulativeStatistics {
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
  std::int64_t tasks_created{};              ///< How many were created.
  std::int64_t tasks_deleted{};              ///< How many were deleted.
  std::int64_t tasks_moved{};                ///< From one queue to another.
  std::int64_t tasks_timed_out_in_workflow{};  ///< And so canceled.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, wait_duration_until_accepted,
                    wait_duration_until_canceled, tasks_canceled, tasks_completed, tasks_created, tasks_deleted,
                    tasks_moved, tasks_timed_out_in_workflow, workspace_sid, url)
};

/// How things stand in a workspace now.
struct WorkspaceRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};          ///< How many workers are in each activity.
  std::int64_t longest_task_waiting_age{};  ///< Seconds.
  TaskSid longest_task_waiting_sid{};       ///< The task that waits longest.
  JsonValue tasks_by_priority{};            ///< How many wait, by priority.
  JsonValue tasks_by_status{};              ///< How many there are, by assignment status.
  std::int64_t total_tasks{};               ///< How many tasks there are.
  std::int64_t total_workers{};             ///< How many workers there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, longest_task_waiting_age, longest_task_waiting_sid,
                    tasks_by_priority, tasks_by_status, total_tasks, total_workers, workspace_sid, url)
};

/// Both in one.
struct WorkspaceStatistics {
  JsonValue realtime{};    ///< A WorkspaceRealTimeStatistics as JSON.
  JsonValue cumulative{};  ///< A WorkspaceCumulativeStatistics as JSON.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(realtime, cumulative, account_sid, workspace_sid, url)
};

namespace workspace_statistics {

/// Fetches what happened in a workspace.
struct FetchCumulative {
  using Output = WorkspaceCumulativeStatistics;
  static constexpr Route route{"FetchWorkspaceCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a workspace.
struct FetchRealTime {
  using Output = WorkspaceRealTimeStatistics;
  static constexpr Route route{"FetchWorkspaceRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkspaceStatistics;
  static constexpr Route route{"FetchWorkspaceStatistics", Method::get, "/v1/Workspaces/{WorkspaceSid}/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, minutes, start_date, end_date, task_channel, split_by_wait_time)
};

}  // namespace workspace_statistics
}  // namespace taskrouter
