#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "taskrouter/emulator/journal.hpp"
#include "taskrouter/emulator/records.hpp"
#include "taskrouter/emulator/table.hpp"
#include "taskrouter/emulator/timers.hpp"

namespace taskrouter::emulator {

struct WorkspaceRecord : Record {
  WorkspaceSid sid{};
  std::string friendly_name{};
  std::string event_callback_url{};
  std::string events_filter{};
  bool multi_task_enabled{true};
  QueueOrder prioritize_queue_order{QueueOrder::FIFO};
  ActivityRecord* default_activity{};
  ActivityRecord* timeout_activity{};

  Table<ActivityRecord> activities{};
  Table<TaskChannelRecord> task_channels{};
  Table<TaskQueueRecord> task_queues{};
  Table<WorkflowRecord> workflows{};
  Table<WorkerRecord> workers{};
  Table<TaskRecord> tasks{};
  Table<ReservationRecord> reservations{};
  Journal journal{};

  bool queues_read_activity{};           ///< Whether some queue's expression asks for workers' activities.
  std::set<std::string> worker_names{};  ///< In lower case: no two workers may have one.
  std::map<LineKey, Line> lines{};       ///< Who waits, and who is free: see lines.hpp.
  std::vector<Line*> ready{};            ///< The lines that have both a task and a worker.
};

/// Everything the emulator holds.
struct Store {
  AccountSid account_sid{};
  Table<WorkspaceRecord> workspaces{};
  Timers<Timer> timers{};
  std::uint64_t reservations_made{};
};

}  // namespace taskrouter::emulator
