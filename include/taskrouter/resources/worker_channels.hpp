#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"

namespace taskrouter {

/// How many tasks of one task channel a worker can hold at a time.
/// https://www.twilio.com/docs/taskrouter/api/worker-channel
struct WorkerChannel {
  AccountSid account_sid{};
  std::int64_t assigned_tasks{};                 ///< How many tasks of the channel the worker has accepted.
  bool available{};                              ///< Whether the worker gets tasks of the channel at all.
  std::int64_t available_capacity_percentage{};  ///< 0 to 100: how much of the capacity is free.
  std::int64_t configured_capacity{};            ///< How many tasks the worker can hold at a time.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  WorkerChannelSid sid{};
  TaskChannelSid task_channel_sid{};
  std::string task_channel_unique_name{};  ///< The unique name of that channel.
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  static constexpr std::string_view plural = "channels";
  TASKROUTER_FIELDS(account_sid, assigned_tasks, available, available_capacity_percentage, configured_capacity,
                    date_created, date_updated, sid, task_channel_sid, task_channel_unique_name, worker_sid,
                    workspace_sid, url)
};

namespace worker_channels {

/// Fetches a worker's channel.
struct Fetch {
  using Output = WorkerChannel;
  static constexpr Route route{"FetchWorkerChannel", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::string sid;  ///< Its SID, or the task channel's unique name.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid)
};

/// Lists a worker's channels.
struct List {
  using Output = Page<WorkerChannel>;
  static constexpr Route route{"ListWorkerChannel", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, page_size, page, page_token)
};

/// Changes a worker's channel. What is left out stays as it is.
struct Update {
  using Output = WorkerChannel;
  static constexpr Route route{"UpdateWorkerChannel", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::string sid;                       ///< Its SID, or the task channel's unique name.
  std::optional<Integer<0>> capacity{};  ///< How many tasks at a time: 0 stops new ones.
  std::optional<bool> available{};       ///< Whether the worker gets tasks of the channel.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid, capacity, available)
};

}  // namespace worker_channels
}  // namespace taskrouter
