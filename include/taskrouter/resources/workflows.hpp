#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// The rules that choose a queue, and then a worker, for each task.
/// https://www.twilio.com/docs/taskrouter/api/workflow
struct Workflow {
  AccountSid account_sid{};
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  JsonText configuration{};                              ///< The rules: see workflow.hpp.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::optional<std::string> document_content_type{};             ///< `application/json`.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::string friendly_name{};                                    ///< At most 64 characters.
  WorkflowSid sid{};
  std::int64_t task_reservation_timeout{};  ///< Seconds that a reservation waits for its answer.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "workflows";
  TASKROUTER_FIELDS(account_sid, assignment_callback_url, configuration, date_created, date_updated,
                    document_content_type, fallback_assignment_callback_url, friendly_name, sid,
                    task_reservation_timeout, workspace_sid, url, links)
};

namespace workflows {

/// Creates a workflow.
struct Create {
  using Output = Workflow;
  static constexpr Route route{"CreateWorkflow", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workflows", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;                             ///< At most 64 characters.
  JsonText configuration;                                ///< The rules, as JSON: see workflow.hpp.
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::optional<Integer<1, 86400>> task_reservation_timeout{};  ///< Seconds that a reservation waits for its answer: 1
                                                                ///< to 86400. Twilio's default is 120.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, configuration, assignment_callback_url,
                    fallback_assignment_callback_url, task_reservation_timeout)
};

/// Fetches a workflow.
struct Fetch {
  using Output = Workflow;
  static constexpr Route route{"FetchWorkflow", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's workflows.
struct List {
  using Output = Page<Workflow>;
  static constexpr Route route{"ListWorkflow", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workflows"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, page_size, page, page_token)
};

/// Changes a workflow. What is left out stays as it is.
struct Update {
  using Output = Workflow;
  static constexpr Route route{"UpdateWorkflow", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;
  std::optional<std::string> friendly_name{};            ///< At most 64 characters.
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::optional<JsonText> configuration{};                        ///< The rules, as JSON: see workflow.hpp.
  std::optional<Integer<1, 86400>> task_reservation_timeout{};    ///< Seconds: 1 to 86400.
  std::optional<std::string> re_evaluate_tasks{};                 ///< `true` to route the tasks that wait anew.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, assignment_callback_url, fallback_assignment_callback_url,
                    configuration, task_reservation_timeout, re_evaluate_tasks)
};

/// Deletes a workflow. Refused while tasks of it wait.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorkflow", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}", 204};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace workflows
}  // namespace taskrouter
