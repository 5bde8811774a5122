#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/workflow/configuration.hpp"
#include "taskrouter/workflow/explain.hpp"
#include "taskrouter/workflow/order_by.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

namespace taskrouter {

/// A target that a task came to, and what it found there.
struct RoutedTarget {
  std::size_t target{};                 ///< Index in the filter's targets; 0 in the default filter.
  std::string queue{};                  ///< The queue's SID.
  std::vector<std::size_t> eligible{};  ///< The workers that can be asked, by index, the first one first.
  std::vector<std::string> reasons{};   ///< For each worker why, or why not.
  bool skipped{};                       ///< Whether skip_if sent the task on at once.
};

/// How a workflow routes a task at the moment it is created.
struct RoutingExplanation {
  std::vector<Explanation> filters{};   ///< Of each filter from the first to the last that was tried.
  std::optional<std::size_t> filter{};  ///< The one that took the task. None: the default filter, or nothing.
  std::vector<RoutedTarget> targets{};  ///< In the order that the task came to them. It stays in the last one,
                                        ///< unless that was skipped too.
  std::string sentence{};               ///< The outcome, for a person.
};

namespace detail {

class RoutingWalk {
 public:
  RoutingWalk(const nlohmann::json& task, const std::vector<nlohmann::json>& workers,
              const std::map<std::string, std::string>& queues)
      : task_{task}, workers_{workers}, queues_{queues} {}

  RoutingExplanation walk(const WorkflowConfiguration& configuration) {
    for (std::size_t i = 0; i < configuration.filters.size(); ++i) {
      const WorkflowFilter& filter = configuration.filters[i];
      const Explanation& explanation =
          out_.filters.emplace_back(explain_text(filter.expression, {.attributes = &task_}));
      if (!explanation.matches || !stays_in(filter.targets)) continue;
      out_.filter = i;
      const auto& name = filter.filter_friendly_name;
      return finish("Filter " + std::to_string(i + 1) + (name ? " " + quoted_for_message(*name) : "") +
                    " took the task");
    }
    if (configuration.default_filter && stays_in({*configuration.default_filter})) {
      return finish("No filter took the task, so the default filter did");
    }
    out_.sentence = "No filter took the task, and it is canceled.";
    return std::move(out_);
  }

 private:
  static Explanation explain_text(std::string_view text, const Variables& variables) {
    const auto expression = parse_expression(text);
    if (expression) return explain(*expression, variables);
    return {.sentence = "It can't be read: " + expression.error().message + "."};
  }

  static bool is_available(const nlohmann::json& worker) {
    const nlohmann::json* available = Variables{.worker = &worker}.find("worker.available");
    return available == nullptr || *available != false;
  }

  /// Whether the task stays in one of these targets.
  bool stays_in(const std::vector<WorkflowTarget>& targets) {
    std::string queue;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      if (!targets[i].queue.empty()) queue = targets[i].queue;
      RoutedTarget& routed = out_.targets.emplace_back(RoutedTarget{.target = i, .queue = queue});
      for (const nlohmann::json& worker : workers_) {
        auto [eligible, reason] = judge(targets[i], queue, worker);
        if (eligible) routed.eligible.push_back(routed.reasons.size());
        routed.reasons.push_back(std::move(reason));
      }
      sort(targets[i], routed.eligible);
      if (!routed.eligible.empty()) return true;
      const nlohmann::json counts = count_workers(queue);
      routed.skipped = targets[i].skip_if && explain_text(*targets[i].skip_if, {.workers = &counts}).matches;
      if (!routed.skipped) return true;
    }
    return false;
  }

  bool belongs(const std::string& queue, const nlohmann::json& worker) const {
    const auto found = queues_.find(queue);
    return found == queues_.end() || explain_text(found->second, {.attributes = &worker}).matches;
  }

  /// Whether a worker can be asked, and why or why not.
  std::pair<bool, std::string> judge(const WorkflowTarget& target, const std::string& queue,
                                     const nlohmann::json& worker) const {
    if (!belongs(queue, worker)) return {false, "It does not belong to the queue."};
    if (!is_available(worker)) return {false, "It is not available."};
    if (!is_known(target.known_worker_sid, "worker.sid", worker) ||
        !is_known(target.known_worker_friendly_name, "worker.friendly_name", worker)) {
      return {false, "It is not the known worker of the task."};
    }
    if (!target.expression) return {true, "The target takes every worker of the queue."};
    Explanation explanation = explain_text(*target.expression, {.task = &task_, .worker = &worker});
    return {explanation.matches, std::move(explanation.sentence)};
  }

  bool is_known(const std::optional<std::string>& attribute, std::string_view key, const nlohmann::json& worker) const {
    if (!attribute) return true;
    const nlohmann::json* wanted = Variables{.task = &task_}.find(*attribute);
    const nlohmann::json* actual = Variables{.worker = &worker}.find(key);
    return wanted != nullptr && actual != nullptr && is_equal(*wanted, *actual);
  }

  void sort(const WorkflowTarget& target, std::vector<std::size_t>& eligible) const {
    const auto order = parse_order_by(target.order_by.value_or(""));
    if (!order) return;
    std::stable_sort(eligible.begin(), eligible.end(),
                     [&](std::size_t a, std::size_t b) { return order->before(workers_[a], workers_[b]); });
  }

  /// What a skip_if reads.
  nlohmann::json count_workers(const std::string& queue) const {
    std::map<std::string, std::size_t> counts{{"available", 0}, {"unavailable", 0}};
    for (const nlohmann::json& worker : workers_) {
      const nlohmann::json* activity = Variables{.worker = &worker}.find("worker.activity_sid");
      const bool is_member = belongs(queue, worker);
      if (is_member) ++counts[is_available(worker) ? "available" : "unavailable"];
      if (activity != nullptr && activity->is_string()) counts[activity->get<std::string>()] += is_member ? 1 : 0;
    }
    return counts;
  }

  std::string name_of(std::size_t index) const {
    for (const char* key : {"worker.friendly_name", "worker.sid"}) {
      const nlohmann::json* name = Variables{.worker = &workers_[index]}.find(key);
      if (name != nullptr && name->is_string()) return quoted_for_message(name->get_ref<const std::string&>());
    }
    return "worker " + std::to_string(index + 1);
  }

  RoutingExplanation finish(std::string beginning) {
    const RoutedTarget& last = out_.targets.back();
    out_.sentence = std::move(beginning) + ", target " + std::to_string(last.target + 1) + " put it into " +
                    quoted_for_message(last.queue) + ", and ";
    if (last.eligible.empty()) {
      out_.sentence += "it waits there: nobody can be asked.";
    } else {
      const std::string count = std::to_string(last.eligible.size());
      out_.sentence += name_of(last.eligible.front()) + " is asked first, of " + count + " that can be asked.";
    }
    return std::move(out_);
  }

  const nlohmann::json& task_;
  const std::vector<nlohmann::json>& workers_;
  const std::map<std::string, std::string>& queues_;
  RoutingExplanation out_{};
};

}  // namespace detail

/// Says which filter takes a task, which queue it comes to and who is asked there, and why.
///
/// `task` holds the task's attributes. A worker holds its attributes and sid, friendly_name, available,
/// activity_sid and activity_name; without `available` it counts as available. The longest idle stands
/// first. `queues` has the target workers of a queue under its SID; a queue that is not there takes
/// everybody. Capacity is not looked at.
inline RoutingExplanation explain_routing(const WorkflowConfiguration& configuration, const nlohmann::json& task,
                                          const std::vector<nlohmann::json>& workers,
                                          const std::map<std::string, std::string>& queues = {}) {
  return detail::RoutingWalk{task, workers, queues}.walk(configuration);
}

}  // namespace taskrouter
