#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"

// Which tasks a list of tasks has, and in which order.

namespace taskrouter::emulator {

inline constexpr std::array<Ordering, 3> task_orderings{{
    {"DateCreated", key_of<TaskRecord>([](const TaskRecord& task) { return to_milliseconds(task.created); })},
    {"Priority", key_of<TaskRecord>([](const TaskRecord& task) { return task.priority; })},
    {"VirtualStartTime", key_of<TaskRecord>([](const TaskRecord& task) {
       return std::int64_t{task.virtual_start_time.time_since_epoch().count()};
     })},
}};

/// The statuses that a list asks for: the parameter may be repeated, and may hold several with commas.
inline Result<std::vector<TaskStatus>> read_statuses(const std::vector<std::string>& texts) {
  std::vector<TaskStatus> statuses;
  for (const std::string& text : texts) {
    for (std::string_view rest = text;;) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const auto status = OpenEnum<TaskStatus>::from_text(rest.substr(0, comma)).known();
      if (!status) {
        return invalid("AssignmentStatus", "should be pending, reserved, assigned, canceled, completed or wrapping");
      }
      statuses.push_back(*status);
      if (comma == rest.size()) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return statuses;
}

/// Whether a task's workflow or queue is the one a list asks for. A task may have none.
template <class Record, class RecordSid>
bool is_called(const Record* record, const std::optional<RecordSid>& sid, const std::optional<std::string>& name) {
  if (record == nullptr) return !sid && !name;
  return (!sid || *sid == record->sid) && (!name || *name == record->friendly_name);
}

inline bool is_listed(const tasks::List& list, const std::vector<TaskStatus>& statuses, const TaskRecord& task) {
  return (statuses.empty() || std::find(statuses.begin(), statuses.end(), task.status) != statuses.end()) &&
         (!list.priority || *list.priority == task.priority) &&
         is_called(task.workflow, list.workflow_sid, list.workflow_name) &&
         is_called(task.task_queue, list.task_queue_sid, list.task_queue_name) &&
         (!list.routing_target || (task.routing_target && *list.routing_target == *task.routing_target)) &&
         !list.has_addons.value_or(false);  // No task here has add-ons.
}

inline Result<Answer> handle(const Exchange& exchange, const tasks::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  std::optional<Expression> expression;
  if (list.evaluate_task_attributes) {
    auto read = read_expression("EvaluateTaskAttributes", *list.evaluate_task_attributes);
    if (!read) return read.error();
    expression = *std::move(read);
  }
  const auto statuses = read_statuses(list.assignment_status);
  if (!statuses) return statuses.error();
  Order order{task_orderings};
  if (auto error = order.read(list.ordering)) return *std::move(error);
  const auto orders_by = [&](std::string_view name) {
    return list.ordering && list.ordering->find(name) != std::string::npos;
  };
  if (orders_by("DateCreated") && orders_by("VirtualStartTime")) {
    return invalid("Ordering", "can't have both DateCreated and VirtualStartTime");
  }
  const auto belongs = [&](const TaskRecord& task) {
    if (!is_listed(list, *statuses, task)) return false;
    if (!expression) return true;
    const nlohmann::json values = worker_values(*task.attributes);
    return expression->matches({.attributes = &values});
  };
  return list_table(exchange.incoming, Task::plural, list, workspace->tasks, order, belongs,
                    [view = exchange.view()](std::string& out, const TaskRecord& task) { write(out, task, view); });
}

}  // namespace taskrouter::emulator
