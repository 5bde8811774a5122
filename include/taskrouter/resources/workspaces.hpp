#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// In which order a worker who serves queues of both kinds gets their tasks.
TASKROUTER_ENUM(QueueOrder, FIFO, LIFO)

/// A container of everything that routes: tasks, workers, queues, workflows and activities.
/// https://www.twilio.com/docs/taskrouter/api/workspace
struct Workspace {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string default_activity_name{};              ///< The name of that activity.
  ActivitySid default_activity_sid{};               ///< Where new workers start.
  std::optional<std::string> event_callback_url{};  ///< Where TaskRouter tells what happens.
  std::optional<std::string> events_filter{};       ///< Event types, separated by commas; null is all.
  std::string friendly_name{};                      ///< At most 64 characters.
  bool multi_task_enabled{};                        ///< Whether a worker may hold several tasks at a time.
  WorkspaceSid sid{};
  std::string timeout_activity_name{};            ///< The name of that activity.
  ActivitySid timeout_activity_sid{};             ///< Where workers go who let a reservation time out.
  OpenEnum<QueueOrder> prioritize_queue_order{};  ///< Which queues come first for a worker who serves both kinds.
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "workspaces";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, default_activity_name, default_activity_sid,
                    event_callback_url, events_filter, friendly_name, multi_task_enabled, sid, timeout_activity_name,
                    timeout_activity_sid, prioritize_queue_order, url, links)
};

namespace workspaces {

/// Creates a workspace.
struct Create {
  using Output = Workspace;
  static constexpr Route route{"CreateWorkspace", Method::post, "/v1/Workspaces", 201};

  std::string friendly_name;                        ///< At most 64 characters.
  std::optional<std::string> event_callback_url{};  ///< Where TaskRouter tells what happens.
  std::optional<std::string>
      events_filter{};  ///< The types of events it tells of, separated by commas. Without one: all.
  std::optional<bool> multi_task_enabled{};  ///< Whether a worker may hold several tasks. Twilio's default is true.
  std::optional<std::string> template_{};    ///< `NONE`, or `FIFO` for a first queue and workflow.
  std::optional<OpenEnum<QueueOrder>> prioritize_queue_order{};  ///< Which queues come first for a worker who serves
                                                                 ///< both kinds. Twilio's default is FIFO.

  TASKROUTER_FIELDS(friendly_name, event_callback_url, events_filter, multi_task_enabled, template_,
                    prioritize_queue_order)
};

/// Fetches a workspace.
struct Fetch {
  using Output = Workspace;
  static constexpr Route route{"FetchWorkspace", Method::get, "/v1/Workspaces/{Sid}"};

  WorkspaceSid sid;

  TASKROUTER_FIELDS(sid)
};

/// Lists the account's workspaces.
struct List {
  using Output = Page<Workspace>;
  static constexpr Route route{"ListWorkspace", Method::get, "/v1/Workspaces"};

  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(friendly_name, page_size, page, page_token)
};

/// Changes a workspace. What is left out stays as it is.
struct Update {
  using Output = Workspace;
  static constexpr Route route{"UpdateWorkspace", Method::post, "/v1/Workspaces/{Sid}"};

  WorkspaceSid sid;
  std::optional<ActivitySid> default_activity_sid{};  ///< Where new workers start.
  std::optional<std::string> event_callback_url{};    ///< Where TaskRouter tells what happens.
  std::optional<std::string> events_filter{};         ///< The types of events it tells of, separated by commas.
  std::optional<std::string> friendly_name{};         ///< At most 64 characters.
  std::optional<bool> multi_task_enabled{};           ///< Whether a worker may hold several tasks.
  std::optional<ActivitySid> timeout_activity_sid{};  ///< Where workers go who let a reservation time out.
  std::optional<OpenEnum<QueueOrder>>
      prioritize_queue_order{};  ///< Which queues come first for a worker who serves both kinds.

  TASKROUTER_FIELDS(sid, default_activity_sid, event_callback_url, events_filter, friendly_name, multi_task_enabled,
                    timeout_activity_sid, prioritize_queue_order)
};

/// Deletes a workspace and everything in it.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorkspace", Method::delete_, "/v1/Workspaces/{Sid}", 204};

  WorkspaceSid sid;

  TASKROUTER_FIELDS(sid)
};

}  // namespace workspaces
}  // namespace taskrouter
