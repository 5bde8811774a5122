#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/sid.hpp"
#include "taskrouter/workflow/check_expression.hpp"
#include "taskrouter/workflow/configuration.hpp"
#include "taskrouter/workflow/order_by.hpp"
#include "taskrouter/workflow/print_expression.hpp"

namespace taskrouter {

/// Something in a workflow's configuration that is wrong, or hardly meant, and where.
struct WorkflowProblem {
  Severity severity{};                  ///< How bad it is.
  std::optional<std::size_t> filter{};  ///< Index in `filters`. None: the default filter or the whole.
  std::optional<std::size_t> target{};  ///< Index in the filter's `targets`.
  std::string key{};                    ///< `skip_if`. Empty: the filter, the target or the whole.
  std::optional<TextSpan> span{};       ///< In the text of `key`, in bytes.
  std::string place{};                  ///< `filter 2 'Spanish', target 1, skip_if, character 9`
  std::string message{};                ///< One sentence for a person.
};

/// A problem in one line: `error in filter 2 'Spanish', target 1, skip_if, character 9: ...`.
inline std::string describe(const WorkflowProblem& problem) {
  return (problem.severity == Severity::error ? "error in " : "warning in ") + problem.place + ": " + problem.message;
}

namespace detail {

/// Whether an expression has the same outcome for everything, and this one.
inline bool is_always(std::string_view text, bool outcome) {
  const auto expression = parse_expression(text);
  return expression && constant_outcome(*expression) == outcome;
}

inline bool can_be_skipped(const WorkflowTarget& target) {
  return target.skip_if && !is_always(*target.skip_if, false);
}

/// Whether a task stays in a target until its own end, if nobody takes it.
inline bool keeps_tasks(const WorkflowTarget& target) { return !target.timeout && !can_be_skipped(target); }

/// Walks through a configuration and writes down what is wrong.
class ConfigurationCheck {
 public:
  ConfigurationCheck(const WorkflowConfiguration& configuration, const std::vector<std::string>& queues)
      : configuration_{configuration}, queues_{queues} {}

  std::vector<WorkflowProblem> run() {
    if (configuration_.filters.empty() && !configuration_.default_filter) {
      error("", "there is neither a filter nor a default_filter, so no task is routed");
    }
    check_unknown(configuration_.unknown);
    check_unknown(configuration_.unknown_outside);
    for (std::size_t i = 0; i < configuration_.filters.size(); ++i) check_filter(i);
    filter_.reset();
    check_default_filter();
    return std::move(problems_);
  }

 private:
  /// A default filter is used when no filter matched or the last one was skipped, but not after a timeout.
  void check_default_filter() {
    if (!configuration_.default_filter) {
      if (!configuration_.filters.empty() && !match_all_) {
        warning("default_filter", "there is none, so a task that no filter matches is canceled");
      }
      return;
    }
    in_default_filter_ = true;
    const WorkflowTarget& target = *configuration_.default_filter;
    if (target.queue.empty()) error("queue", "is missing: the default filter has no target before it");
    if (target.timeout) warning("timeout", "a default filter has none, so it has no effect");
    check_target(target);
    if (match_all_ && !may_skip(configuration_.filters[*match_all_])) {
      warning("", name_of(*match_all_) + " matches every task, so this is never used");
    }
  }

  static bool may_skip(const WorkflowFilter& filter) {
    return !filter.targets.empty() && can_be_skipped(filter.targets.back()) &&
           std::none_of(filter.targets.begin(), filter.targets.end(), keeps_tasks);
  }

  void check_filter(std::size_t index) {
    const WorkflowFilter& filter = configuration_.filters[index];
    filter_ = index;
    check_unknown(filter.unknown);
    check_name(filter, index);
    check_reached(filter, index);
    if (filter.expression.empty()) {
      error("expression", "is empty: write 1==1 to match every task");
    } else {
      check_text("expression", filter.expression, ExpressionPlace::filter);
    }
    if (filter.targets.empty()) error("targets", "there are none, so a task that matches goes nowhere");
    check_targets(filter);
    target_.reset();
  }

  void check_name(const WorkflowFilter& filter, std::size_t index) {
    if (!filter.filter_friendly_name) return;
    const auto [first, added] = names_.emplace(*filter.filter_friendly_name, index);
    if (!added) warning("filter_friendly_name", "is also that of filter " + std::to_string(first->second + 1));
  }

  /// A filter below one that matches the same tasks gets what falls out of that one's last target.
  void check_reached(const WorkflowFilter& filter, std::size_t index) {
    const auto expression = parse_expression(filter.expression);
    if (keeper_) {
      warning("", "is never reached: " + name_of(*keeper_) + " matches every task and keeps it");
    } else if (expression) {
      const auto text = to_text(*expression);
      const auto [first, added] = expressions_.emplace(text ? *text : filter.expression, index);
      if (!added) {
        const std::vector<WorkflowTarget>& targets = configuration_.filters[first->second].targets;
        const bool kept = std::any_of(targets.begin(), targets.end(), keeps_tasks);
        warning("expression", "is that of " + name_of(first->second) +
                                  (kept ? ", which keeps its tasks, so this filter is never reached"
                                        : ", so only what falls out of its last target comes here"));
      }
    }
    if (!expression || constant_outcome(*expression) != true) return;
    if (!match_all_) match_all_ = index;
    if (!keeper_ && std::any_of(filter.targets.begin(), filter.targets.end(), keeps_tasks)) keeper_ = index;
  }

  void check_targets(const WorkflowFilter& filter) {
    std::optional<std::size_t> keeper;
    std::int64_t seconds = 0;
    for (std::size_t i = 0; i < filter.targets.size(); ++i) {
      const WorkflowTarget& target = filter.targets[i];
      target_ = i;
      if (i == 0 && target.queue.empty()) error("queue", "is missing: the first target of a filter must name one");
      if (i > 0 && target == filter.targets[i - 1]) warning("", "is the same as the target before it");
      if (keeper) {
        warning("", "is never reached: target " + std::to_string(*keeper + 1) +
                        " has neither a timeout nor a skip_if that can be true, and keeps the task");
      } else if (keeps_tasks(target)) {
        keeper = i;
      }
      check_target(target);
      check_timeout(target, seconds);
    }
  }

  void check_timeout(const WorkflowTarget& target, std::int64_t& seconds) {
    constexpr std::int64_t day = 86400;  // Twilio's default for the task's own timeout, and its largest.
    if (!target.timeout) return;
    if (*target.timeout < 1) return error("timeout", "must be at least 1 second");
    seconds = std::min(seconds, day) + std::min(*target.timeout, day);
    if (seconds >= day) {
      warning("timeout",
              "never elapses unless a task lives longer than a day: it counts from the task's creation, "
              "together with the timeouts before it");
    } else if (target.skip_if && is_always(*target.skip_if, true)) {
      warning("timeout", "has no effect: the skip_if is always true, so no task waits here");
    }
  }

  void check_target(const WorkflowTarget& target) {
    check_unknown(target.unknown);
    if (!target.queue.empty()) check_queue(target.queue);
    if (target.expression) check_text("expression", *target.expression, ExpressionPlace::target);
    if (target.skip_if) check_text("skip_if", *target.skip_if, ExpressionPlace::skip_if);
    if (target.order_by) check_order_by(*target.order_by);
    if (target.priority && (*target.priority < 0 || *target.priority > INT32_MAX)) {
      error("priority", "must be from 0 to 2147483647");
    }
    if (target.known_worker_sid) check_known("known_worker_sid", *target.known_worker_sid);
    if (target.known_worker_friendly_name)
      check_known("known_worker_friendly_name", *target.known_worker_friendly_name);
    if (target.known_worker_sid && target.known_worker_friendly_name) {
      error("known_worker_friendly_name", "can't stand beside known_worker_sid: keep one");
    }
  }

  void check_queue(const std::string& queue) {
    const bool known = std::find(queues_.begin(), queues_.end(), queue) != queues_.end();
    if (known) return;
    if (!queues_.empty()) {
      error("queue", quoted_for_message(queue) + " is none of the workspace's queues");
    } else if (!is_sid(queue, "WQ")) {
      error("queue", quoted_for_message(queue) + " is not the SID of a queue: WQ and 32 hexadecimal digits");
    }
  }

  void check_known(const char* key, const std::string& value) {
    if (value.starts_with("task.") && is_key(value)) return;
    error(key, quoted_for_message(value) + " is not an attribute of the task: write task. and its name");
  }

  void check_order_by(const std::string& text) {
    OrderBy order;
    if (const auto fault = read_order_by(text, order)) {
      return add(Severity::error, "order_by", fault->message, TextSpan{fault->at, fault->at}, text);
    }
    std::map<std::string_view, std::size_t> seen;
    for (const OrderBy::Term& term : order.terms) {
      if (seen.emplace(term.key, seen.size()).second) continue;
      add(Severity::warning, "order_by", quoted_for_message(term.key) + " stands here twice", term.span, text);
    }
  }

  void check_text(const char* key, const std::string& text, ExpressionPlace place) {
    for (const ExpressionProblem& problem : check_expression(text, place)) {
      add(problem.severity, key, problem.message, problem.span, text);
    }
  }

  void check_unknown(const nlohmann::json& unknown) {
    if (!unknown.is_object()) return;
    for (const auto& item : unknown.items()) {
      warning(item.key(), quoted_for_message(item.key()) + " is no key that is known here");
    }
  }

  void error(std::string_view key, std::string message) { add(Severity::error, key, std::move(message)); }
  void warning(std::string_view key, std::string message) { add(Severity::warning, key, std::move(message)); }

  void add(Severity severity, std::string_view key, std::string message, std::optional<TextSpan> span = {},
           std::string_view text = {}) {
    std::string place = filter_ ? name_of(*filter_) : in_default_filter_ ? "the default filter" : "the configuration";
    if (target_) place += ", target " + std::to_string(*target_ + 1);
    if (!key.empty()) place += ", " + (is_key(key) ? std::string{key} : quoted_for_message(key));
    if (span) place += ", character " + std::to_string(character_at(text, span->begin));
    problems_.push_back({severity, filter_, target_, std::string{key}, span, std::move(place), std::move(message)});
  }

  std::string name_of(std::size_t filter) const {
    const auto& name = configuration_.filters[filter].filter_friendly_name;
    return "filter " + std::to_string(filter + 1) + (name ? " " + quoted_for_message(*name) : "");
  }

  const WorkflowConfiguration& configuration_;
  const std::vector<std::string>& queues_;
  std::vector<WorkflowProblem> problems_{};
  std::optional<std::size_t> filter_{}, target_{};
  bool in_default_filter_{};
  std::map<std::string, std::size_t> names_{}, expressions_{};  // Which filter had it first.
  std::optional<std::size_t> match_all_{};                      // The first filter that matches every task.
  std::optional<std::size_t> keeper_{};                         // The first of these that never lets go of one.
};

}  // namespace detail

/// Everything that is wrong with a configuration, or hardly meant, in its order. Empty if nothing is.
/// With `queues`, the SIDs of the workspace's queues, it also finds the ones that are not there.
inline std::vector<WorkflowProblem> check(const WorkflowConfiguration& configuration,
                                          const std::vector<std::string>& queues = {}) {
  return detail::ConfigurationCheck{configuration, queues}.run();
}

}  // namespace taskrouter
