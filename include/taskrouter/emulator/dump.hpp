#pragma once

#include <string>
#include <string_view>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::emulator {

/// Everything an engine holds as one JSON object: equal for equal states.
inline std::string dump(const Engine& engine) {
  const Store& store = engine.store();
  const Viewpoint view{"", store.account_sid, engine.now()};
  std::string json = "{\"now\":" + std::to_string(to_milliseconds(engine.now()));
  json.append(",\"timers\":").append(std::to_string(store.timers.size()));
  json.append(",\"callbacks\":").append(std::to_string(engine.callbacks().size()));
  const auto write_table = [&](std::string_view name, const auto& table, auto resource_of) {
    json.append(",\"").append(name).append("\":[");
    table.for_each([&](const auto& record) {
      json.append(json.back() == '[' ? "" : ",").append("{\"revision\":").append(std::to_string(record.revision));
      json.append(",\"resource\":").append(write_json(resource_of(record))).append("}");
    });
    json.push_back(']');
  };
  write_table("workspaces", store.workspaces, [&](const auto& record) { return answer(record, view); });
  store.workspaces.for_each([&](const WorkspaceRecord& workspace) {
    write_table("activities", workspace.activities,
                [&](const auto& record) { return answer(record, workspace.sid, view); });
    write_table("task_channels", workspace.task_channels,
                [&](const auto& record) { return answer(record, workspace.sid, view); });
    write_table("task_queues", workspace.task_queues,
                [&](const auto& record) { return answer(record, workspace.sid, view); });
    write_table("workflows", workspace.workflows,
                [&](const auto& record) { return answer(record, workspace.sid, view); });
    write_table("workers", workspace.workers, [&](const auto& record) { return answer(record, view); });
    workspace.workers.for_each([&](const WorkerRecord& worker) {
      for (const WorkerChannelRecord& channel : worker.channels) {
        json.append(",\"worker_channel\":").append(write_json(answer(channel, worker, view)));
      }
    });
    write_table("tasks", workspace.tasks, [&](const auto& record) { return answer(record, view); });
    write_table("reservations", workspace.reservations,
                [&](const auto& record) { return answer(record, ReservationOwner::task, view); });
    json.append(",\"events\":").append(std::to_string(workspace.journal.events().size()));
  });
  return json + '}';
}

}  // namespace taskrouter::emulator
