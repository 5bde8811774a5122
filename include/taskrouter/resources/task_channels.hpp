#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// A kind of work, such as voice or chat. A worker has a capacity for each.
/// https://www.twilio.com/docs/taskrouter/api/task-channel
struct TaskChannel {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters.
  TaskChannelSid sid{};
  std::string unique_name{};  ///< What tasks name it by, such as `voice`.
  WorkspaceSid workspace_sid{};
  bool channel_optimized_routing{};  ///< Whether the longest idle worker is the one longest idle on this channel, or on
                                     ///< all of them.
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "channels";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, friendly_name, sid, unique_name, workspace_sid,
                    channel_optimized_routing, url, links)
};

namespace task_channels {

/// Creates a task channel.
struct Create {
  using Output = TaskChannel;
  static constexpr Route route{"CreateTaskChannel", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskChannels", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;  ///< At most 64 characters.
  std::string unique_name;    ///< Letters, digits, `_` and `$`, with no digit first. Can't be changed.
  std::optional<bool>
      channel_optimized_routing{};  ///< Whether idle time is counted on this channel alone. Twilio's default is false.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, unique_name, channel_optimized_routing)
};

/// Fetches a task channel.
struct Fetch {
  using Output = TaskChannel;
  static constexpr Route route{"FetchTaskChannel", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}"};

  WorkspaceSid workspace_sid;
  std::string sid;  ///< Its SID or its unique name.

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's task channels.
struct List {
  using Output = Page<TaskChannel>;
  static constexpr Route route{"ListTaskChannel", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskChannels"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, page_size, page, page_token)
};

/// Changes a task channel. What is left out stays as it is.
struct Update {
  using Output = TaskChannel;
  static constexpr Route route{"UpdateTaskChannel", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}"};

  WorkspaceSid workspace_sid;
  std::string sid;                                  ///< Its SID or its unique name.
  std::optional<std::string> friendly_name{};       ///< At most 64 characters.
  std::optional<bool> channel_optimized_routing{};  ///< Whether idle time is counted on this channel alone.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, channel_optimized_routing)
};

/// Deletes a task channel.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTaskChannel", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  std::string sid;  ///< Its SID or its unique name.

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace task_channels
}  // namespace taskrouter
