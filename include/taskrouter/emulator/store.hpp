#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "taskrouter/emulator/options.hpp"
#include "taskrouter/emulator/table.hpp"
#include "taskrouter/emulator/timers.hpp"
#include "taskrouter/operations.hpp"

// The emulator's state: what TaskRouter keeps, as records that point at each other. What a client
// sees of a record is made from it when it asks.

namespace taskrouter::emulator {

/// What every record has.
struct Record {
  std::uint64_t sequence{};  ///< Its place among the records of its table.
  Instant created{};
  Instant updated{};
  std::int64_t revision{};  ///< How often it was changed: its ETag.
};

struct ActivityRecord : Record {
  ActivitySid sid{};
  std::string friendly_name{};
  bool available{};
};

struct TaskChannelRecord : Record {
  TaskChannelSid sid{};
  std::string unique_name{};
};

struct TaskQueueRecord : Record {
  TaskQueueSid sid{};
  std::string friendly_name{};
  const ActivityRecord* reservation_activity{};
  const ActivityRecord* assignment_activity{};
  std::int64_t max_reserved_workers{1};
};

struct WorkflowRecord : Record {
  WorkflowSid sid{};
  std::string friendly_name{};
  std::string assignment_callback_url{};
  std::int64_t task_reservation_timeout{};
  const TaskQueueRecord* task_queue{};  ///< Where it leads every task.
};

struct TaskRecord;
struct WorkerRecord;
struct WorkspaceRecord;
struct ReservationRecord;

using Timer = TimerOf<TaskRecord, ReservationRecord>;
using TimerId = Timers<Timer>::Id;

struct ReservationRecord : Record {
  ReservationSid sid{};
  ReservationStatus status{ReservationStatus::pending};
  TaskRecord* task{};
  WorkerRecord* worker{};
  const ActivityRecord* previous_activity{};  ///< The worker's, before the reservation.
  std::optional<TimerId> timer{};             ///< While it is pending.
};

struct WorkerRecord : Record {
  WorkspaceRecord* workspace{};
  WorkerSid sid{};
  std::string friendly_name{};
  std::string attributes{};
  const ActivityRecord* activity{};
  Instant status_changed{};
  std::uint64_t last_reservation{};                            ///< Grows with every reservation; 0 if there was none.
  bool idle{};                                                 ///< Whether it stands in WorkspaceRecord::idle.
  int pending{};                                               ///< How many of the reservations are pending.
  std::map<std::uint64_t, ReservationRecord*> reservations{};  ///< By sequence: oldest first.
};

struct TaskRecord : Record {
  WorkspaceRecord* workspace{};
  TaskSid sid{};
  TaskStatus status{TaskStatus::pending};
  std::string attributes{};
  std::int64_t priority{};
  std::optional<std::string> reason{};
  const WorkflowRecord* workflow{};
  const TaskQueueRecord* task_queue{};
  const TaskChannelRecord* task_channel{};
  std::int64_t timeout{};
  Timestamp virtual_start_time{};
  std::optional<std::string> routing_target{};
  std::optional<Instant> ended{};  ///< When it was completed or canceled.
  int pending{};                   ///< How many of the reservations are pending.
  int rounds{};                    ///< How often it went from pending to reserved.
  std::optional<TimerId> timer{};  ///< Ends its time in this status.
  std::vector<ReservationRecord*> reservations{};
};

struct WorkspaceRecord : Record {
  WorkspaceSid sid{};
  std::string friendly_name{};
  const ActivityRecord* default_activity{};
  const ActivityRecord* timeout_activity{};

  Table<ActivityRecord> activities{};
  Table<TaskChannelRecord> task_channels{};
  Table<TaskQueueRecord> task_queues{};
  Table<WorkflowRecord> workflows{};
  Table<WorkerRecord> workers{};
  Table<TaskRecord> tasks{};
  Table<ReservationRecord> reservations{};

  /// The pending tasks: the highest priority first, then the one that has waited longest.
  std::set<std::tuple<std::int64_t, Timestamp, std::uint64_t, TaskRecord*>> waiting{};
  /// The workers who can be reserved: the one whose last reservation is longest ago first.
  std::set<std::tuple<std::uint64_t, std::uint64_t, WorkerRecord*>> idle{};
};

/// Everything the emulator holds.
struct Store {
  AccountSid account_sid{};
  Table<WorkspaceRecord> workspaces{};
  Timers<Timer> timers{};
  std::uint64_t reservations_made{};
};

}  // namespace taskrouter::emulator
