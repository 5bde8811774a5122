#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "taskrouter/emulator/block_queue.hpp"
#include "taskrouter/emulator/records.hpp"

// What happened, kept as short as it can be: a task makes half a dozen events. The texts that a client
// sees are made when it asks. https://www.twilio.com/docs/taskrouter/api/event/reference

namespace taskrouter::emulator {

/// How long TaskRouter keeps events.
inline constexpr std::chrono::hours event_limit{24 * 30};
/// How many a workspace keeps at most; beyond that the oldest are dropped.
inline constexpr std::size_t event_count_limit = 1'000'000;

/// The types of events, in the order of their names in event_type_names.
enum class EventType : unsigned char {
  activity_created,
  activity_updated,
  activity_deleted,
  reservation_created,
  reservation_accepted,
  reservation_rejected,
  reservation_timeout,
  reservation_canceled,
  reservation_rescinded,
  reservation_completed,
  reservation_wrapup,
  task_created,
  task_updated,
  task_canceled,
  task_wrapup,
  task_completed,
  task_deleted,
  task_system_deleted,
  task_channel_created,
  task_channel_updated,
  task_channel_deleted,
  task_queue_created,
  task_queue_deleted,
  task_queue_entered,
  task_queue_timeout,
  task_queue_moved,
  task_queue_expression_updated,
  worker_created,
  worker_activity_update,
  worker_attributes_update,
  worker_deleted,
  worker_capacity_update,
  worker_channel_availability_update,
  workflow_created,
  workflow_updated,
  workflow_deleted,
  workflow_target_matched,
  workflow_entered,
  workflow_timeout,
  workflow_skipped,
  workspace_created,
  workspace_updated,
  workspace_deleted,
};

inline constexpr auto event_type_names = std::to_array<std::string_view>({
    "activity.created",
    "activity.updated",
    "activity.deleted",
    "reservation.created",
    "reservation.accepted",
    "reservation.rejected",
    "reservation.timeout",
    "reservation.canceled",
    "reservation.rescinded",
    "reservation.completed",
    "reservation.wrapup",
    "task.created",
    "task.updated",
    "task.canceled",
    "task.wrapup",
    "task.completed",
    "task.deleted",
    "task.system-deleted",
    "task-channel.created",
    "task-channel.updated",
    "task-channel.deleted",
    "task-queue.created",
    "task-queue.deleted",
    "task-queue.entered",
    "task-queue.timeout",
    "task-queue.moved",
    "task-queue.expression.updated",
    "worker.created",
    "worker.activity.update",
    "worker.attributes.update",
    "worker.deleted",
    "worker.capacity.update",
    "worker.channel.availability.update",
    "workflow.created",
    "workflow.updated",
    "workflow.deleted",
    "workflow.target-matched",
    "workflow.entered",
    "workflow.timeout",
    "workflow.skipped",
    "workspace.created",
    "workspace.updated",
    "workspace.deleted",
});

inline constexpr std::string_view name_of(EventType type) { return event_type_names[static_cast<std::size_t>(type)]; }

/// Whether events of a type are of a workspace's filter, such as `task.created, worker.deleted`. An
/// empty filter takes all.
inline bool passes_filter(std::string_view filter, std::string_view type) {
  if (filter.empty()) return true;
  while (!filter.empty()) {
    const std::size_t comma = std::min(filter.find(','), filter.size());
    std::string_view one = filter.substr(0, comma);
    filter.remove_prefix(std::min(comma + 1, filter.size()));
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    one = one.substr(0, one.find_last_not_of(' ') + 1);
    if (one == type) return true;
  }
  return false;
}

/// An event. Which of its parts are set depends on its type. Records that it points at may have been
/// removed since; they are buried for as long.
struct EventRecord {
  Instant time{};
  std::uint64_t sequence{};
  EventType type{};
  unsigned char task_status{};
  bool available{};  ///< Of an activity, or of a worker's channel.
  std::int32_t priority{};
  std::int32_t task_version{};
  std::int32_t reservation_version{};
  std::int32_t worker_version{};
  SidDigits task{};
  SidDigits reservation{};
  Instant task_created{};
  Instant queue_entered{};
  const TaskQueueRecord* queue{};
  const WorkflowRecord* workflow{};
  const TaskChannelRecord* channel{};
  const WorkerRecord* worker{};
  const ActivityRecord* activity{};
  const ActivityRecord* previous_activity{};
  std::int64_t number{};           ///< Milliseconds in the previous activity, or a channel's capacity.
  std::int64_t previous_number{};  ///< The capacity before.
  Text task_attributes{};
  Text worker_attributes{};
  Text reason{};
};

/// A workspace's events, oldest first.
class Journal {
 public:
  EventRecord& add(EventType type, Instant now) {
    while (!events_.empty() && (events_.size() >= event_count_limit || events_.front().time + event_limit < now)) {
      events_.pop_front();
    }
    EventRecord& event = events_.add();
    event.time = now;
    event.type = type;
    event.sequence = ++last_;
    return event;
  }

  const BlockQueue<EventRecord>& events() const { return events_; }

  /// The event of that sequence, or null.
  const EventRecord* find(std::uint64_t sequence) const {
    if (events_.empty() || sequence < events_.front().sequence || sequence > last_) return nullptr;
    return &events_[static_cast<std::size_t>(sequence - events_.front().sequence)];
  }

  /// The index of the first event that is not before `time`.
  std::size_t from(Instant time) const {
    std::size_t first = 0;
    for (std::size_t count = events_.size(); count > 0;) {
      const std::size_t half = count / 2;
      const bool is_before = events_[first + half].time < time;
      first += is_before ? half + 1 : 0;
      count = is_before ? count - half - 1 : half;
    }
    return first;
  }

 private:
  BlockQueue<EventRecord> events_{};
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator
