#pragma once

#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about workspaces and activities do.

namespace taskrouter::emulator {

inline Result<Workspace> handle(const Exchange& exchange, const workspaces::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.sid);
  if (workspace == nullptr) return exchange.not_found();
  return answer(*workspace, exchange.view());
}

inline Result<Activity> handle(const Exchange& exchange, const activities::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(create.friendly_name)) return *std::move(error);
  ActivityRecord& activity = exchange.engine.add(workspace->activities);
  activity.friendly_name = create.friendly_name;
  activity.available = create.available.value_or(false);
  return answer(activity, workspace->sid, exchange.view());
}

inline Result<Page<Activity>> handle(const Exchange& exchange, const activities::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::vector<Row<ActivityRecord>> rows;
  workspace->activities.for_each([&](const ActivityRecord& activity) {
    if (list.friendly_name && *list.friendly_name != activity.friendly_name) return;
    if (list.available && says_yes(*list.available) != activity.available) return;
    rows.push_back({{0, 0, static_cast<std::int64_t>(activity.sequence)}, &activity});
  });
  const Viewpoint view = exchange.view();
  return cut_page<Activity>(list, std::move(rows), exchange.incoming,
                            [&](const ActivityRecord& activity) { return answer(activity, workspace->sid, view); });
}

}  // namespace taskrouter::emulator
