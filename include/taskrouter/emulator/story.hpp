#pragma once

#include <cstdint>
#include <string>

#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/template.hpp"
#include "taskrouter/fields.hpp"

namespace taskrouter::emulator {

/// The activities that the workspace starts with.
struct StoryActivities {
  ActivitySid offline{};    ///< Not available. Where workers start, and go if they let a reservation time out.
  ActivitySid available{};  ///< The one that gets reservations.
  ActivitySid reserved{};   ///< Not available. Where a reservation puts its worker.
  ActivitySid busy{};       ///< Not available. Where accepting a reservation puts its worker.

  TASKROUTER_FIELDS(offline, available, reserved, busy)
};

/// What an emulator starts with, as in Twilio's quickstart: a workspace with one workflow, one queue
/// that all workers serve, and one worker, Alice, who is offline. Workers do one task at a time.
/// https://www.twilio.com/docs/taskrouter/quickstart
struct Story {
  AccountSid account_sid{};
  std::string auth_token{};  ///< Of the account. No secret.
  WorkspaceSid workspace_sid{};
  WorkflowSid workflow_sid{};
  TaskQueueSid task_queue_sid{};
  WorkerSid worker_sid{};
  StoryActivities activities{};             ///< What workers can be doing.
  std::int64_t task_reservation_timeout{};  ///< Seconds.

  TASKROUTER_FIELDS(account_sid, auth_token, workspace_sid, workflow_sid, task_queue_sid, worker_sid, activities,
                    task_reservation_timeout)
};

/// Fills an empty engine with the story.
inline Story begin_story(Engine& engine, const Options& options) {
  const AccountSid account = engine.ids().digits().as<AccountSid>();
  const std::string auth_token = engine.ids().token();
  engine.store().account_sid = account;

  engine.log().set_account(account);

  WorkspaceRecord& workspace = engine.add(engine.store().workspaces);
  workspace.friendly_name = "Quickstart";
  workspace.multi_task_enabled = false;
  engine.log().workspace(EventType::workspace_created, workspace);
  ActivityRecord* offline = &add_activity(engine, workspace, "Offline", false);
  const ActivityRecord* available = &add_activity(engine, workspace, "Available", true);
  const ActivityRecord* reserved = &add_activity(engine, workspace, "Reserved", false);
  const ActivityRecord* busy = &add_activity(engine, workspace, "Busy", false);
  workspace.default_activity = workspace.timeout_activity = offline;
  add_task_channels(engine, workspace);

  TaskQueueRecord& queue = add_queue(engine, workspace, "Everyone", "1==1");
  queue.reservation_activity = reserved;
  queue.assignment_activity = busy;
  queue.max_reserved_workers = options.max_reserved_workers;

  WorkflowRecord& workflow = add_workflow(engine, workspace, "First come, first served", queue);
  workflow.assignment_callback_url = options.assignment_callback_url;
  workflow.task_reservation_timeout = options.task_reservation_timeout;

  const WorkerRecord& alice = engine.add_worker(workspace, "Alice", R"({"selected_language":"es"})", *offline);

  return {.account_sid = account,
          .auth_token = auth_token,
          .workspace_sid = workspace.sid,
          .workflow_sid = workflow.sid,
          .task_queue_sid = queue.sid,
          .worker_sid = alice.sid,
          .activities = {.offline = offline->sid,
                         .available = available->sid,
                         .reserved = reserved->sid,
                         .busy = busy->sid},
          .task_reservation_timeout = options.task_reservation_timeout};
}

}  // namespace taskrouter::emulator
