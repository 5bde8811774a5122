#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

// A workflow's configuration as values. read_configuration.hpp turns JSON into them, write_configuration.hpp
// them into JSON; check.hpp says what is wrong with one.

namespace taskrouter {

/// One step of a filter: a queue, and which of its workers are asked.
struct WorkflowTarget {
  std::string queue{};                      ///< The queue's SID. Empty: the queue of the target before.
  std::optional<std::string> expression{};  ///< Which workers: `task.language IN worker.languages`. Default: all.
  std::optional<std::string> order_by{};    ///< Which of them first: `worker.level DESC`. Default: the longest idle.
  std::optional<std::string> skip_if{};     ///< When not to wait here: `workers.available == 0`. Default: never.
  std::optional<std::int64_t> priority{};   ///< Replaces the task's, 0 to 2147483647, higher first.
  std::optional<std::int64_t> timeout{};  ///< Seconds until the next target, from 1. Default: until the task's own end.
  std::optional<std::string> known_worker_sid{};            ///< The task's attribute that names the one worker to ask,
                                                            ///< by SID: `task.agent_sid`.
  std::optional<std::string> known_worker_friendly_name{};  ///< The same by friendly name. Not both.
  nlohmann::json unknown = nlohmann::json::object();        ///< Keys that this library does not know.

  friend bool operator==(const WorkflowTarget&, const WorkflowTarget&) = default;
};

/// Which tasks go which way. The first filter that matches a task takes it.
struct WorkflowFilter {
  std::optional<std::string> filter_friendly_name{};  ///< What people call it.
  std::string expression{};               ///< On the task's attributes, without a prefix: `language == "en"`.
  std::vector<WorkflowTarget> targets{};  ///< Tried from the first to the last.
  nlohmann::json unknown = nlohmann::json::object();  ///< Keys that this library does not know.

  friend bool operator==(const WorkflowFilter&, const WorkflowFilter&) = default;
};

/// The rules of a workflow: what its field `configuration` says.
/// https://www.twilio.com/docs/taskrouter/workflow-configuration
struct WorkflowConfiguration {
  std::vector<WorkflowFilter> filters{};                      ///< Tried from the first to the last.
  std::optional<WorkflowTarget> default_filter{};             ///< For tasks that no filter matched. Has no timeout.
  nlohmann::json unknown = nlohmann::json::object();          ///< Keys beside `filters` and `default_filter`.
  nlohmann::json unknown_outside = nlohmann::json::object();  ///< Keys beside `task_routing`.

  friend bool operator==(const WorkflowConfiguration&, const WorkflowConfiguration&) = default;
};

}  // namespace taskrouter
