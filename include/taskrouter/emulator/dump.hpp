#pragma once

#include <string>
#include <string_view>

#include "taskrouter/emulator/answers.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::emulator {

/// Everything an engine holds as one JSON object: equal for equal states.
inline std::string dump(Engine& engine) {
  const Viewpoint view{"", engine.store().account_sid, engine.now()};
  std::string json = "{\"now\":" + std::to_string(to_milliseconds(engine.now()));
  const auto begin_list = [&](std::string_view name) { json.append(",\"").append(name).append("\":["); };
  const auto add = [&](const Record& record, const std::string& resource) {
    json.append(json.back() == '[' ? "" : ",").append("{\"revision\":").append(std::to_string(record.revision));
    json.append(",\"resource\":").append(resource).append("}");
  };
  const Store& store = engine.store();
  json.append(",\"timers\":").append(std::to_string(store.timers.size()));
  json.append(",\"callbacks\":").append(std::to_string(engine.callbacks().size()));
  begin_list("workspaces");
  store.workspaces.for_each(
      [&](const WorkspaceRecord& workspace) { add(workspace, write_json(answer(workspace, view))); });
  json.push_back(']');
  store.workspaces.for_each([&](const WorkspaceRecord& workspace) {
    begin_list("activities");
    workspace.activities.for_each(
        [&](const ActivityRecord& activity) { add(activity, write_json(answer(activity, workspace.sid, view))); });
    json.push_back(']');
    begin_list("workers");
    workspace.workers.for_each([&](const WorkerRecord& worker) { add(worker, write_json(answer(worker, view))); });
    json.push_back(']');
    begin_list("tasks");
    workspace.tasks.for_each([&](const TaskRecord& task) { add(task, write_json(answer(task, view))); });
    json.push_back(']');
    begin_list("reservations");
    workspace.reservations.for_each([&](const ReservationRecord& reservation) {
      add(reservation, write_json(answer(reservation, ReservationOwner::task, view)));
    });
    json.push_back(']');
  });
  return json + '}';
}

}  // namespace taskrouter::emulator
