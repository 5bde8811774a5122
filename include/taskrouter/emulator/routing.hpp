#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/workflow/order_by.hpp"
#include "taskrouter/workflow/parse_expression.hpp"
#include "taskrouter/workflow/read_configuration.hpp"

// A workflow's configuration as the engine goes by it.
// https://www.twilio.com/docs/taskrouter/workflow-configuration

namespace taskrouter::emulator {

/// A step of a workflow.
struct Target {
  TaskQueueRecord* queue{};
  std::optional<std::int64_t> priority{};
  std::optional<std::int64_t> timeout{};  ///< Seconds.
  std::optional<Expression> expression{};
  std::vector<std::string> task_keys{};  ///< What the expression reads of the task.
  bool reads_changes{};                  ///< Whether it reads the worker's activity or channels.
  std::vector<OrderBy::Term> order_by{};
  std::optional<Expression> skip_if{};
  std::string known_worker{};  ///< Which attribute of the task names the worker it is for, such as `task.agent_sid`.
};

struct Filter {
  std::string name{};
  std::optional<Expression> expression{};  ///< None is true: the default filter.
  std::vector<Target> targets{};
};

/// The filters of a workflow, the default one last.
struct Routing {
  std::vector<Filter> filters{};
  bool has_default{};
};

/// Calls `visit(key)` for every name in an expression.
template <class Visit>
void for_each_key(const Expression& expression, Visit visit) {
  if (!expression.left.key.empty()) visit(expression.left.key);
  if (!expression.right.key.empty()) visit(expression.right.key);
  for (const Expression& part : expression.parts) for_each_key(part, visit);
}

/// Whether a key is `name` or something below it.
inline bool is_below(std::string_view key, std::string_view name) {
  return key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '.' || key[name.size()] == '[');
}

/// Whether an expression over workers asks for what reservations change. `prefix` is `worker.` or empty.
inline bool reads_changes(const Expression& expression, const std::string& prefix) {
  bool found = false;
  for_each_key(expression, [&](std::string_view key) {
    found = found || is_below(key, prefix + "activity_sid") || is_below(key, prefix + "activity_name") ||
            is_below(key, prefix + "channel");
  });
  return found;
}

/// Reads a configuration and finds its queues. What it says wrong is an Error that says where.
class RoutingReader {
 public:
  explicit RoutingReader(WorkspaceRecord& workspace) : workspace_{workspace} {}

  Result<std::shared_ptr<const Routing>> read(std::string_view text) {
    const auto configuration = parse_workflow_configuration(text);
    if (!configuration) return invalid("Configuration", "is wrong: " + configuration.error().message);
    auto routing = std::make_shared<Routing>();
    for (const WorkflowFilter& filter : configuration->filters) {
      place_ = "filter " + std::to_string(routing->filters.size() + 1);
      read_filter(filter, routing->filters.emplace_back());
    }
    if (configuration->default_filter) {
      place_ = "default_filter";
      routing->has_default = true;
      Filter& last = routing->filters.emplace_back();
      last.name = "default_filter";
      read_target(*configuration->default_filter, nullptr, last.targets.emplace_back());
      if (last.targets.front().timeout) fail("should have no timeout");
    }
    if (problem_.empty() && routing->filters.empty()) problem_ = "should have filters or a default_filter";
    if (!problem_.empty()) return invalid("Configuration", problem_);
    return std::shared_ptr<const Routing>{std::move(routing)};
  }

 private:
  void fail(std::string_view what) {
    if (problem_.empty()) problem_ = "is wrong at " + place_ + ": it " + std::string{what};
  }

  std::optional<Expression> expression_of(const std::optional<std::string>& text, std::string_view name) {
    if (!text || text->empty()) return std::nullopt;
    auto expression = parse_expression(*text);
    if (expression) return *std::move(expression);
    fail("has a wrong " + std::string{name} + ", at " + expression.error().message);
    return std::nullopt;
  }

  void check_number(const std::optional<std::int64_t>& number, std::string_view name, std::int64_t least) {
    if (!number || (*number >= least && *number <= 2147483647)) return;
    fail("should have a " + std::string{name} + " of " + std::to_string(least) + " to 2147483647");
  }

  void read_filter(const WorkflowFilter& from, Filter& filter) {
    filter.name = from.filter_friendly_name.value_or("");
    filter.expression = expression_of(from.expression, "expression");
    if (!filter.expression) fail("should have an expression");
    if (from.targets.empty()) return fail("should have a list of targets");
    const std::string place = place_;
    for (const WorkflowTarget& target : from.targets) {
      TaskQueueRecord* inherited = filter.targets.empty() ? nullptr : filter.targets.back().queue;
      place_ = place + ", target " + std::to_string(filter.targets.size() + 1);
      read_target(target, inherited, filter.targets.emplace_back());
    }
  }

  /// @param inherited the queue of the target before, or null
  void read_target(const WorkflowTarget& from, TaskQueueRecord* inherited, Target& target) {
    target.queue = from.queue.empty() ? inherited : workspace_.task_queues.find(from.queue);
    if (target.queue == nullptr) fail(from.queue.empty() ? "should have a queue" : "names a queue that is not there");
    check_number(target.priority = from.priority, "priority", 0);
    check_number(target.timeout = from.timeout, "timeout", 1);
    target.skip_if = expression_of(from.skip_if, "skip_if");
    target.expression = expression_of(from.expression, "expression");
    if (target.expression) {
      target.reads_changes = reads_changes(*target.expression, "worker.");
      for_each_key(*target.expression, [&](const std::string& key) {
        if (is_below(key, "task")) target.task_keys.push_back(key);
      });
    }
    if (from.order_by && !from.order_by->empty()) {
      auto order = parse_order_by(*from.order_by);
      if (!order) return fail("has a wrong order_by, at " + order.error().message);
      target.order_by = std::move(order->terms);
    }
    const std::string sid = from.known_worker_sid.value_or(""), name = from.known_worker_friendly_name.value_or("");
    if (!sid.empty() && !name.empty()) fail("should have one of known_worker_sid and known_worker_friendly_name");
    target.known_worker = sid.empty() ? name : sid;
    if (target.known_worker.empty()) return;
    if (!is_below(target.known_worker, "task")) fail("should name the known worker by an attribute such as task.agent");
    target.task_keys.push_back(target.known_worker);
  }

  WorkspaceRecord& workspace_;
  std::string place_{};
  std::string problem_{};
};

}  // namespace taskrouter::emulator
