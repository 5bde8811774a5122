#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// What a worker is doing, and whether that leaves them free for tasks.
/// https://www.twilio.com/docs/taskrouter/api/activity
struct Activity {
  AccountSid account_sid{};
  bool available{};  ///< Whether workers in it get reservations. Fixed when it is created.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters.
  ActivitySid sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "activities";
  TASKROUTER_FIELDS(account_sid, available, date_created, date_updated, friendly_name, sid, workspace_sid, url, links)
};

namespace activities {

/// Creates an activity.
struct Create {
  using Output = Activity;
  static constexpr Route route{"CreateActivity", Method::post, "/v1/Workspaces/{WorkspaceSid}/Activities", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;        ///< At most 64 characters.
  std::optional<bool> available{};  ///< Twilio's default is false.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, available)
};

/// Fetches an activity.
struct Fetch {
  using Output = Activity;
  static constexpr Route route{"FetchActivity", Method::get, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}"};

  WorkspaceSid workspace_sid;
  ActivitySid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's activities.
struct List {
  using Output = Page<Activity>;
  static constexpr Route route{"ListActivity", Method::get, "/v1/Workspaces/{WorkspaceSid}/Activities"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<std::string> available{};       ///< Only the ones that are: `true`, `1` or `yes`; else the others.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, available, page_size, page, page_token)
};

/// Renames an activity.
struct Update {
  using Output = Activity;
  static constexpr Route route{"UpdateActivity", Method::post, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}"};

  WorkspaceSid workspace_sid;
  ActivitySid sid;
  std::optional<std::string> friendly_name{};  ///< At most 64 characters.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name)
};

/// Deletes an activity.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteActivity", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  ActivitySid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace activities
}  // namespace taskrouter
