#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>

#include "taskrouter/emulator/lines.hpp"

namespace taskrouter::emulator {

/// A task's way through its workflow. https://www.twilio.com/docs/taskrouter/workflow-configuration
class Walk {
 public:
  explicit Walk(TaskRecord& task) : task_{task} {}

  /// Where the task stands, or null if it goes by no workflow.
  const Target* current() const {
    if (!task_.routing || task_.filter >= task_.routing->filters.size()) return nullptr;
    return &task_.routing->filters[task_.filter].targets[task_.target];
  }

  /// Goes to the first target of the first filter that matches. Null if none does.
  const Target* first() { return enter(0, true); }

  /// Goes on because the target's time is up: to the next one, or to those of the next filter that
  /// matches. The default filter takes no tasks that ran out of time.
  const Target* after_timeout() { return advance(false); }

  /// Goes on because of the target's skip_if. A filter that was skipped counts as one that did not
  /// match, so that the default filter may follow.
  const Target* after_skip() { return advance(true); }

 private:
  const Target* advance(bool takes_default) {
    if (current() == nullptr) return nullptr;
    if (task_.target + 1 < task_.routing->filters[task_.filter].targets.size()) {
      ++task_.target;
      return current();
    }
    return enter(task_.filter + 1, takes_default);
  }

  const Target* enter(std::size_t filter, bool takes_default) {
    const Routing& routing = *task_.routing;
    const std::size_t end = routing.filters.size() - (routing.has_default && !takes_default ? 1 : 0);
    while (filter < end && !matches(routing.filters[filter])) ++filter;
    if (filter >= end) return nullptr;  // The task stays noted as where it was.
    task_.filter = filter;
    task_.target = 0;
    return current();
  }

  bool matches(const Filter& filter) {
    if (!filter.expression) return true;
    if (!values_) values_ = worker_values(*task_.attributes);
    return filter.expression->matches({.attributes = &*values_});
  }

  TaskRecord& task_;
  std::optional<nlohmann::json> values_{};
};

}  // namespace taskrouter::emulator
