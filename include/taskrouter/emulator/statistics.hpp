#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/store.hpp"

// Statistics, counted from the journal and the records: what happened costs the events of the time
// asked for, how things stand the tasks of the workspace.
// https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics

namespace taskrouter::emulator {

/// The stretch of time that a request is about, both ends included.
struct Span {
  Instant from{};
  Instant to{};
};

/// What statistics are about: those of everything that is set.
struct Scope {
  const TaskQueueRecord* queue{};
  const WorkflowRecord* workflow{};
  const TaskChannelRecord* channel{};
  std::vector<const WorkerRecord*> workers{};  ///< Oldest first. Looked at if `is_of_workers`.
  bool is_of_workers{};

  template <class Described>
  bool has(const Described& one) const {
    return (queue == nullptr || queue == one.queue) && (workflow == nullptr || workflow == one.workflow) &&
           (channel == nullptr || channel == one.channel) &&
           (!is_of_workers || (one.worker != nullptr && has_worker(*one.worker)));
  }

 private:
  bool has_worker(const WorkerRecord& worker) const {
    const auto is_older = [](const WorkerRecord* a, std::uint64_t sequence) { return a->sequence < sequence; };
    const auto at = std::lower_bound(workers.begin(), workers.end(), worker.sequence, is_older);
    return at != workers.end() && *at == &worker;
  }
};

/// Some durations, in seconds.
struct Durations {
  std::int64_t count{}, total{}, least{}, most{};

  void add(std::int64_t seconds) {
    least = count == 0 ? seconds : std::min(least, seconds);
    most = count == 0 ? seconds : std::max(most, seconds);
    total += seconds;
    ++count;
  }
  std::int64_t average() const { return count == 0 ? 0 : total / count; }

  /// Without the braces.
  std::string text() const {
    return "\"avg\":" + std::to_string(average()) + ",\"min\":" + std::to_string(least) +
           ",\"max\":" + std::to_string(most) + ",\"total\":" + std::to_string(total);
  }
  std::string json() const { return '{' + text() + '}'; }
};

/// How many tasks ended on one side of a waiting time.
struct Split {
  std::int64_t canceled{}, accepted{};

  std::string text() const {
    return "{\"tasks_canceled\":" + std::to_string(canceled) +
           ",\"reservations_accepted\":" + std::to_string(accepted) + '}';
  }
};

/// What happened in a stretch of time.
struct Happened {
  std::array<std::int64_t, event_type_names.size()> events{};
  Durations until_accepted{}, until_canceled{}, in_queue_until_accepted{};
  std::map<std::int64_t, std::pair<Split, Split>> splits{};  ///< By seconds: above, and below or equal.

  std::int64_t of(EventType type) const { return events[static_cast<std::size_t>(type)]; }

  std::string split_json() const {
    std::string json;
    for (const auto& [seconds, split] : splits) {
      json.append(json.empty() ? "{\"" : ",\"").append(std::to_string(seconds)).append("\":{\"above\":");
      json.append(split.first.text()).append(",\"below\":").append(split.second.text()).push_back('}');
    }
    return json.empty() ? "{}" : json + '}';
  }
};

/// Counts the events of a scope. `splits` are the waiting times that are asked for.
inline Happened count_events(const WorkspaceRecord& workspace, const Scope& scope, const Span& span,
                             const std::vector<std::int64_t>& splits) {
  Happened happened;
  for (const std::int64_t seconds : splits) happened.splits[seconds];
  const auto& events = workspace.journal.events();
  for (std::size_t i = workspace.journal.from(span.from); i < events.size() && events[i].time <= span.to; ++i) {
    const EventRecord& event = events[i];
    if (!scope.has(event)) continue;
    ++happened.events[static_cast<std::size_t>(event.type)];
    const bool is_accepted = event.type == EventType::reservation_accepted;
    if (!is_accepted && event.type != EventType::task_canceled) continue;
    const std::int64_t waited = seconds_between(event.task_created, event.time);
    (is_accepted ? happened.until_accepted : happened.until_canceled).add(waited);
    if (is_accepted) happened.in_queue_until_accepted.add(seconds_between(event.queue_entered, event.time));
    for (auto& [seconds, split] : happened.splits) {
      Split& side = waited > seconds ? split.first : split.second;
      ++(is_accepted ? side.accepted : side.canceled);
    }
  }
  return happened;
}

/// How the tasks of a scope stand.
struct Standing {
  std::array<std::int64_t, 6> by_status{};
  std::map<std::int64_t, std::int64_t> by_priority{};
  std::int64_t total{};
  const TaskRecord* oldest{};            ///< Of the pending ones, by creation.
  const TaskRecord* longest_in_queue{};  ///< Of the pending ones, by the time they entered their queue.

  std::string status_json() const {
    std::string json = "{";
    for (const TaskStatus status :
         {TaskStatus::pending, TaskStatus::reserved, TaskStatus::assigned, TaskStatus::wrapping}) {
      json.append(json.size() > 1 ? ",\"" : "\"").append(OpenEnum{status}.text()).append("\":");
      json.append(std::to_string(by_status[static_cast<std::size_t>(status)]));
    }
    return json + '}';
  }
  std::string priority_json() const {
    std::string json = "{";
    for (const auto& [priority, count] : by_priority) {
      json.append(json.size() > 1 ? ",\"" : "\"").append(std::to_string(priority)).append("\":");
      json.append(std::to_string(count));
    }
    return json + '}';
  }
};

inline Standing count_tasks(const WorkspaceRecord& workspace, const Scope& scope) {
  struct Seen {
    const TaskQueueRecord* queue;
    const WorkflowRecord* workflow;
    const TaskChannelRecord* channel;
    const WorkerRecord* worker;
  };
  Standing standing;
  workspace.tasks.for_each([&](const TaskRecord& task) {
    const bool is_over = task.status == TaskStatus::completed || task.status == TaskStatus::canceled;
    if (is_over || !scope.has(Seen{task.task_queue, task.workflow, task.task_channel, nullptr})) return;
    ++standing.total;
    ++standing.by_status[static_cast<std::size_t>(task.status)];
    if (task.status == TaskStatus::pending || task.status == TaskStatus::reserved)
      ++standing.by_priority[task.priority];
    if (task.status != TaskStatus::pending) return;
    if (standing.oldest == nullptr || task.created < standing.oldest->created) standing.oldest = &task;
    const TaskRecord* longest = standing.longest_in_queue;
    if (longest == nullptr || task.queue_entered < longest->queue_entered) standing.longest_in_queue = &task;
  });
  return standing;
}

/// How many workers are in each activity. `count` says it for one.
inline std::string activity_statistics(const WorkspaceRecord& workspace,
                                       Borrowed<std::int64_t(const ActivityRecord&)> count) {
  std::string json = "[";
  workspace.activities.for_each([&](const ActivityRecord& activity) {
    json.append(json.size() > 1 ? ",{\"friendly_name\":" : "{\"friendly_name\":");
    detail::write_json_string(json, activity.friendly_name);
    json.append(",\"sid\":\"").append(activity.sid.text()).append("\",\"workers\":");
    json.append(std::to_string(count(activity))).push_back('}');
  });
  return json + ']';
}

/// How long workers were in each activity, seconds within a stretch of time.
inline std::string activity_durations(const WorkspaceRecord& workspace, const Scope& scope, const Span& span,
                                      Instant now) {
  std::map<const ActivityRecord*, Durations> durations;
  const auto note = [&](const ActivityRecord* activity, Instant from, Instant to) {
    from = std::max(from, span.from);
    to = std::min(to, span.to);
    if (from < to) durations[activity].add(seconds_between(from, to));
  };
  // A move says how long what it ended had lasted.
  const auto& events = workspace.journal.events();
  for (std::size_t i = workspace.journal.from(span.from); i < events.size(); ++i) {
    const EventRecord& event = events[i];
    if (event.type != EventType::worker_activity_update || !scope.has(event)) continue;
    note(event.previous_activity, event.time - std::chrono::milliseconds{event.number}, event.time);
  }
  for (const WorkerRecord* worker : scope.workers) note(worker->activity, worker->status_changed, now);
  std::string json = "[";
  workspace.activities.for_each([&](const ActivityRecord& activity) {
    json.append(json.size() > 1 ? ",{" : "{").append(durations[&activity].text()).append(",\"sid\":\"");
    json.append(activity.sid.text()).append("\",\"friendly_name\":");
    detail::write_json_string(json, activity.friendly_name);
    json.push_back('}');
  });
  return json + ']';
}

}  // namespace taskrouter::emulator
