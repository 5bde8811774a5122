#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/emulator/template.hpp"

// What requests about activities do.

namespace taskrouter::emulator {

/// How many activities a workspace can have.
inline constexpr std::size_t activity_count_limit = 100;

inline Result<Answer> handle(const Exchange& exchange, const activities::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (workspace->activities.size() >= activity_count_limit) return invalid("A workspace can have 100 activities");
  const bool available = create.available.value_or(false);
  return show(exchange, add_activity(exchange.engine, *workspace, create.friendly_name, available), workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const activities::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(fetch.sid.text());
  if (activity == nullptr) return exchange.not_found();
  return show(exchange, *activity, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const activities::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto belongs = [&](const ActivityRecord& activity) {
    return (!list.friendly_name || *list.friendly_name == activity.friendly_name) &&
           (!list.available || says_yes(*list.available) == activity.available);
  };
  return list_table(exchange.incoming, Activity::plural, list, workspace->activities, Order{}, belongs,
                    [&, view = exchange.view()](std::string& out, const ActivityRecord& activity) {
                      write(out, activity, workspace->sid, view);
                    });
}

inline Result<Answer> handle(const Exchange& exchange, const activities::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(update.sid.text());
  if (activity == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (update.friendly_name) activity->friendly_name = *update.friendly_name;
  exchange.engine.touch(*activity);
  Lines lines{*workspace};
  workspace->workers.for_each([&](WorkerRecord& worker) {
    if (worker.activity == activity) lines.bind(worker);
  });
  exchange.engine.log().activity(EventType::activity_updated, *workspace, *activity);
  return show(exchange, *activity, workspace->sid);
}

/// Twilio does not say what keeps an activity from being deleted: here everything that refers to it.
inline Result<Answer> handle(const Exchange& exchange, const activities::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  ActivityRecord* activity = workspace == nullptr ? nullptr : workspace->activities.find(remove.sid.text());
  if (activity == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete activity " + std::string{activity->sid.text()} + " because ";
  if (activity == workspace->default_activity || activity == workspace->timeout_activity) {
    return invalid(cannot + "it is the workspace's default or timeout activity.");
  }
  if (activity->workers > 0) return invalid(cannot + "workers are in it.");
  const auto refers = [&](const TaskQueueRecord& queue) {
    return queue.reservation_activity == activity || queue.assignment_activity == activity;
  };
  if (workspace->task_queues.find_if(refers) != nullptr) return invalid(cannot + "a task queue refers to it.");
  workspace->task_queues.for_each([&](TaskQueueRecord& queue) { queue.workers_by_activity.erase(activity); });
  exchange.engine.log().activity(EventType::activity_deleted, *workspace, *activity);
  workspace->activities.bury(*activity, exchange.engine.now());
  return Answer{};
}

}  // namespace taskrouter::emulator
