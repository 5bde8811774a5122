#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"

namespace taskrouter {

/// What one worker did in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/worker/statistics
struct WorkerInstanceStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< Reservations, and the time in each activity.
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, worker_sid, workspace_sid, url)
};

/// What a workspace's workers did in a span of time.
struct WorkersCumulativeStatistics {
  AccountSid account_sid{};
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  JsonValue activity_durations{};         ///< Seconds spent in each activity: avg, min, max and total.
  std::int64_t reservations_created{};    ///< How many were made.
  std::int64_t reservations_accepted{};   ///< How many were accepted.
  std::int64_t reservations_rejected{};   ///< How many were rejected.
  std::int64_t reservations_timed_out{};  ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};   ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};  ///< How many were taken back because another worker accepted.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, start_time, end_time, activity_durations, reservations_created, reservations_accepted,
                    reservations_rejected, reservations_timed_out, reservations_canceled, reservations_rescinded,
                    workspace_sid, url)
};

/// In which activities a workspace's workers are now.
struct WorkersRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};  ///< How many workers are in each activity.
  std::int64_t total_workers{};     ///< How many workers there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, total_workers, workspace_sid, url)
};

/// Both in one.
struct WorkerStatistics {
  JsonValue realtime{};    ///< A WorkersRealTimeStatistics as JSON.
  JsonValue cumulative{};  ///< A WorkersCumulativeStatistics as JSON.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(realtime, cumulative, account_sid, workspace_sid, url)
};

/// Of one worker.
namespace worker_statistics {

/// Fetches what a worker did.
struct Fetch {
  using Output = WorkerInstanceStatistics;
  static constexpr Route route{"FetchWorkerInstanceStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Statistics"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<Integer<1>> minutes{};        ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};      ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};        ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, minutes, start_date, end_date, task_channel)
};

}  // namespace worker_statistics

/// Of all workers of a workspace. Twilio may refuse them where there are more than 100.
namespace workers_statistics {

/// Fetches what the workers did.
struct FetchCumulative {
  using Output = WorkersCumulativeStatistics;
  static constexpr Route route{"FetchWorkersCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};        ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};        ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};      ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, end_date, minutes, start_date, task_channel)
};

/// Fetches in which activities the workers are.
struct FetchRealTime {
  using Output = WorkersRealTimeStatistics;
  static constexpr Route route{"FetchWorkersRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkerStatistics;
  static constexpr Route route{"FetchWorkerStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1>> minutes{};           ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};         ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};           ///< Not after. Twilio's default is now.
  std::optional<TaskQueueSid> task_queue_sid{};  ///< Only workers who serve this queue.
  std::optional<std::string> task_queue_name{};  ///< Only workers who serve this queue.
  std::optional<std::string> friendly_name{};    ///< Only workers called so.
  std::optional<std::string> task_channel{};     ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, minutes, start_date, end_date, task_queue_sid, task_queue_name, friendly_name,
                    task_channel)
};

}  // namespace workers_statistics
}  // namespace taskrouter
