#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/emulator/template.hpp"

// What requests about workflows do.

namespace taskrouter::emulator {

/// Checks what creating and updating a workflow have in common.
template <class Operation>
std::optional<Error> check_workflow(const Operation& operation) {
  if (auto error = check_url("AssignmentCallbackUrl", operation.assignment_callback_url)) return error;
  if (auto error = check_url("FallbackAssignmentCallbackUrl", operation.fallback_assignment_callback_url)) return error;
  return check_range("TaskReservationTimeout", operation.task_reservation_timeout, 1, 86400);
}

/// Gives a workflow what a request says, if it says anything.
template <class Operation>
void change_workflow(WorkflowRecord& workflow, const Operation& operation) {
  if (operation.assignment_callback_url) workflow.assignment_callback_url = *operation.assignment_callback_url;
  if (operation.fallback_assignment_callback_url) {
    workflow.fallback_assignment_callback_url = *operation.fallback_assignment_callback_url;
  }
  if (operation.task_reservation_timeout) workflow.task_reservation_timeout = *operation.task_reservation_timeout;
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_workflow(create)) return *std::move(error);
  auto routing = RoutingReader{*workspace}.read(create.configuration.text);
  if (!routing) return routing.error();
  WorkflowRecord& workflow = exchange.engine.add(workspace->workflows);
  workflow.friendly_name = create.friendly_name;
  workflow.configuration = Text{create.configuration.text};
  workflow.routing = *std::move(routing);
  change_workflow(workflow, create);
  exchange.engine.log().workflow(EventType::workflow_created, *workspace, workflow);
  return show(exchange, workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(fetch.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  return show(exchange, *workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto belongs = [&](const WorkflowRecord& workflow) {
    return !list.friendly_name || *list.friendly_name == workflow.friendly_name;
  };
  return list_table(exchange.incoming, Workflow::plural, list, workspace->workflows, Order{}, belongs,
                    [&, view = exchange.view()](std::string& out, const WorkflowRecord& workflow) {
                      write(out, workflow, workspace->sid, view);
                    });
}

/// Lets the pending tasks of a workflow enter it once more. Reserved ones keep their offers: Twilio does
/// not say what happens to them.
inline void re_evaluate_tasks(Engine& engine, WorkspaceRecord& workspace, const WorkflowRecord& workflow) {
  std::vector<TaskRecord*> pending;
  workspace.tasks.for_each([&](TaskRecord& task) {
    if (task.workflow == &workflow && task.status == TaskStatus::pending && task.routing) pending.push_back(&task);
  });
  for (TaskRecord* task : pending) engine.re_evaluate(*task);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(update.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (auto error = check_workflow(update)) return *std::move(error);
  if (update.configuration) {
    auto routing = RoutingReader{*workspace}.read(update.configuration->text);
    if (!routing) return routing.error();
    std::erase_if(workflow->earlier, [](const auto& earlier) { return earlier.expired(); });
    workflow->earlier.push_back(std::exchange(workflow->routing, *std::move(routing)));
    workflow->configuration = Text{update.configuration->text};
  }
  if (update.friendly_name) workflow->friendly_name = *update.friendly_name;
  change_workflow(*workflow, update);
  exchange.engine.touch(*workflow);
  exchange.engine.log().workflow(EventType::workflow_updated, *workspace, *workflow);
  if (update.re_evaluate_tasks && says_yes(*update.re_evaluate_tasks)) {
    re_evaluate_tasks(exchange.engine, *workspace, *workflow);
  }
  return show(exchange, *workflow, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const workflows::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  WorkflowRecord* workflow = workspace == nullptr ? nullptr : workspace->workflows.find(remove.sid.text());
  if (workflow == nullptr) return exchange.not_found();
  if (workflow->tasks > 0) {
    return invalid("Cannot delete workflow " + std::string{workflow->sid.text()} +
                   " because it has tasks that are pending or reserved.");
  }
  exchange.engine.log().workflow(EventType::workflow_deleted, *workspace, *workflow);
  workspace->workflows.bury(*workflow, exchange.engine.now());
  return Answer{};
}

}  // namespace taskrouter::emulator
