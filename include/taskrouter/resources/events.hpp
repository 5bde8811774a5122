#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"

namespace taskrouter {

/// Something that happened in a workspace. Twilio keeps events for 30 days.
/// https://www.twilio.com/docs/taskrouter/api/event
struct Event {
  AccountSid account_sid{};
  std::string actor_sid{};                   ///< Who made it happen: a SID of any kind.
  std::string actor_type{};                  ///< Such as `workspace` or `worker`.
  std::optional<std::string> actor_url{};    ///< Where the actor can be fetched.
  std::optional<std::string> description{};  ///< In words.
  JsonValue event_data{};                    ///< What the event is about, by names such as `worker_sid`.
  std::optional<Timestamp> event_date{};     ///< When it happened.
  std::int64_t event_date_ms{};              ///< Milliseconds since 1970.
  std::string event_type{};                  ///< Such as `reservation.accepted`.
  std::string resource_sid{};                ///< What it happened to: a SID of any kind.
  std::string resource_type{};               ///< Such as `task`.
  std::string resource_url{};                ///< Where the resource can be fetched.
  EventSid sid{};
  std::optional<std::string> source{};             ///< Such as `twilio`.
  std::optional<std::string> source_ip_address{};  ///< Whence the request came that made it happen.
  std::string url{};
  WorkspaceSid workspace_sid{};

  static constexpr std::string_view plural = "events";
  TASKROUTER_FIELDS(account_sid, actor_sid, actor_type, actor_url, description, event_data, event_date, event_date_ms,
                    event_type, resource_sid, resource_type, resource_url, sid, source, source_ip_address, url,
                    workspace_sid)
};

namespace events {

/// Fetches an event.
struct Fetch {
  using Output = Event;
  static constexpr Route route{"FetchEvent", Method::get, "/v1/Workspaces/{WorkspaceSid}/Events/{Sid}"};

  WorkspaceSid workspace_sid;
  EventSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's events: the last 15 minutes, unless it is told otherwise.
struct List {
  using Output = Page<Event>;
  static constexpr Route route{"ListEvent", Method::get, "/v1/Workspaces/{WorkspaceSid}/Events"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> event_type{};          ///< Only events of this type, such as `task.created`.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<ReservationSid> reservation_sid{};  ///< Only events about this reservation.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<TaskQueueSid> task_queue_sid{};     ///< Only events about this queue.
  std::optional<TaskSid> task_sid{};                ///< Only events about this task.
  std::optional<WorkerSid> worker_sid{};            ///< Only events about this worker.
  std::optional<WorkflowSid> workflow_sid{};        ///< Only events about this workflow.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<EventSid> sid{};                    ///< Only this event.
  std::optional<Integer<1, 1000>> page_size{};      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                 ///< For the client's own use.
  std::optional<std::string> page_token{};          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, end_date, event_type, minutes, reservation_sid, start_date, task_queue_sid, task_sid,
                    worker_sid, workflow_sid, task_channel, sid, page_size, page, page_token)
};

}  // namespace events
}  // namespace taskrouter
