#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "taskrouter/emulator/options.hpp"
#include "taskrouter/emulator/sid_digits.hpp"
#include "taskrouter/emulator/text.hpp"
#include "taskrouter/emulator/timers.hpp"
#include "taskrouter/operations.hpp"
#include "taskrouter/workflow/expression.hpp"

// What TaskRouter keeps, as records that point at each other. What a client sees of a record is made
// from it when it asks.

namespace taskrouter::emulator {

/// What every record has.
struct Record {
  std::uint64_t sequence{};  ///< Its place among the records of its table.
  SidDigits digits{};        ///< Of its SID.
  Instant created{};
  Instant updated{};
  std::int64_t revision{};  ///< How often it was changed: its ETag.
};

struct ActivityRecord : Record {
  ActivitySid sid{};
  std::string friendly_name{};
  bool available{};
  std::int64_t workers{};  ///< How many are in it.
};

struct TaskChannelRecord : Record {
  TaskChannelSid sid{};
  std::string unique_name{};
  std::string friendly_name{};
  bool channel_optimized_routing{};
  std::int64_t tasks{};  ///< How many of its tasks have not ended.
};

struct Line;
struct Routing;
struct TaskRecord;
struct WorkerRecord;
struct WorkspaceRecord;
struct ReservationRecord;

struct TaskQueueRecord : Record {
  TaskQueueSid sid{};
  std::string friendly_name{};
  const ActivityRecord* reservation_activity{};
  const ActivityRecord* assignment_activity{};
  std::int64_t max_reserved_workers{1};
  TaskOrder task_order{TaskOrder::FIFO};
  std::string target_workers{"1==1"};
  std::optional<Expression> expression{};  ///< What `target_workers` says. None takes nobody.
  bool reads_activity{};                   ///< Whether it asks for the worker's activity.

  std::vector<WorkerRecord*> workers{};                               ///< Whom it takes, by sequence.
  std::map<const ActivityRecord*, std::int64_t> workers_by_activity;  ///< How many of them are in each activity.
  std::int64_t tasks{};                                               ///< How many tasks in it have not ended.
};

struct WorkflowRecord : Record {
  WorkflowSid sid{};
  std::string friendly_name{};
  std::string assignment_callback_url{};
  std::string fallback_assignment_callback_url{};
  std::int64_t task_reservation_timeout{120};
  Text configuration{};
  std::shared_ptr<const Routing> routing{};             ///< What the configuration says.
  std::vector<std::weak_ptr<const Routing>> earlier{};  ///< What tasks may still go by that entered before.
  std::int64_t tasks{};                                 ///< How many of its tasks are pending or reserved.
};

/// One of a worker's channels.
struct WorkerChannelRecord : Record {
  WorkerChannelSid sid{};
  const TaskChannelRecord* channel{};
  std::int64_t capacity{1};
  bool available{true};
  std::int64_t load{};               ///< How many reservations are pending, accepted or wrapping.
  std::int64_t assigned{};           ///< How many of those are accepted.
  std::uint64_t last_reservation{};  ///< As WorkerRecord::last_reservation, of this channel.
};

/// Exactly one of the two is set. `is_target` is about the task's step in its workflow.
struct Timer {
  TaskRecord* task{};
  ReservationRecord* reservation{};
  bool is_target{};
};
using TimerId = Timers<Timer>::Id;

struct ReservationRecord : Record {
  ReservationSid sid{};
  ReservationStatus status{ReservationStatus::pending};
  TaskRecord* task{};
  WorkerRecord* worker{};
  WorkerChannelRecord* channel{};             ///< The worker's, while the reservation counts there.
  const ActivityRecord* previous_activity{};  ///< The worker's, before the reservation.
  const ActivityRecord* post_work{};          ///< Where its worker goes when the call ends, if anywhere.
  std::optional<TimerId> timer{};             ///< While it is pending.
};

/// A waiting task among its kin: what it is sorted by, and itself.
struct Waiting {
  std::int64_t first{}, second{}, third{};
  TaskRecord* task{};

  friend bool operator<(const Waiting& a, const Waiting& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second != b.second ? a.second < b.second : a.third < b.third;
  }
};

/// A worker who can be reserved: what they are sorted by, and themselves.
struct Free {
  std::vector<std::int64_t> ranks{};  ///< By the target's order_by.
  std::uint64_t last_reservation{};
  std::uint64_t sequence{};
  WorkerRecord* worker{};

  friend bool operator<(const Free& a, const Free& b) {
    if (a.ranks != b.ranks) return a.ranks < b.ranks;
    return a.last_reservation != b.last_reservation ? a.last_reservation < b.last_reservation : a.sequence < b.sequence;
  }
};

struct Target;

/// What makes tasks alike: whoever can do one of a line can do all of it.
struct LineKey {
  TaskQueueRecord* queue{};
  const TaskChannelRecord* channel{};
  const Target* target{};
  WorkerRecord* worker{};  ///< The only one who may, if it was sent to a worker.
  bool ignores_capacity{};
  std::string values{};  ///< Of the attributes that the target's expression reads.

  friend bool operator<(const LineKey& a, const LineKey& b) {
    const auto all = [](const LineKey& key) {
      return std::tie(key.queue, key.channel, key.target, key.worker, key.ignores_capacity, key.values);
    };
    return all(a) < all(b);
  }
};

/// Tasks that are alike and wait, and the workers who could do them now.
struct Line {  // NOLINT(bugprone-exception-escape): nlohmann::json moves without throwing.
  LineKey key{};
  std::shared_ptr<const Routing> routing{};  ///< Keeps the target.
  nlohmann::json task{};                     ///< A task's attributes, if the target's expression reads them.
  std::string known_worker{};                ///< The SID or name that the target asks for.
  std::set<Waiting> waiting{};
  std::set<Free> free{};
  std::optional<std::size_t> ready{};  ///< Its place in WorkspaceRecord::ready, if it is there.
};

/// A worker's place in a line that they serve.
struct Seat {
  Line* line{};
  WorkerChannelRecord* channel{};
  std::vector<std::int64_t> ranks{};
  std::optional<std::set<Free>::iterator> free{};  ///< Where they stand in `line->free`, if they do.
};

struct WorkerRecord : Record {
  WorkspaceRecord* workspace{};
  WorkerSid sid{};
  std::string friendly_name{};
  Text attributes{};
  nlohmann::json values{};  ///< The attributes as expressions see them, with sid, name, activity and channels.
  ActivityRecord* activity{};
  Instant status_changed{};
  std::uint64_t last_reservation{};  ///< Grows with every reservation; 0 if there was none.
  int pending{};                     ///< How many of the reservations are pending.
  int active{};                      ///< How many are accepted or wrapping.
  std::list<WorkerChannelRecord> channels{};
  std::vector<ReservationRecord*> reservations{};  ///< Oldest first.
  std::vector<TaskQueueRecord*> queues{};          ///< Those that take the worker.
  std::vector<Seat> seats{};
};

struct TaskRecord : Record {
  WorkspaceRecord* workspace{};
  TaskSid sid{};
  TaskStatus status{TaskStatus::pending};
  Text attributes{};
  std::int64_t priority{};
  Text reason{};
  WorkflowRecord* workflow{};     ///< None if it was sent straight to a queue or a worker.
  TaskQueueRecord* task_queue{};  ///< None if it was sent to a worker, or no filter took it.
  WorkerRecord* target_worker{};  ///< Whom it was sent to, if it was.
  TaskChannelRecord* task_channel{};
  std::int64_t timeout{};
  Timestamp virtual_start_time{};
  Text routing_target{};
  bool ignore_capacity{};
  Instant queue_entered{};
  std::optional<Instant> ended{};  ///< When it was completed or canceled.
  int pending{};                   ///< How many of the reservations are pending.
  int rounds{};                    ///< How often it went from pending to reserved.
  std::optional<TimerId> timer{};  ///< Ends its time in this status.

  std::shared_ptr<const Routing> routing{};  ///< What it goes by. None if a queue or worker was given.
  std::size_t filter{};                      ///< Its step: a filter of `routing`, and a target of that.
  std::size_t target{};
  std::int64_t target_seconds{};          ///< The timeouts of the targets so far, one after the other.
  std::optional<TimerId> target_timer{};  ///< Ends its time at this target.
  Line* line{};                           ///< Where it waits, while it is pending.
  std::set<Waiting>::iterator place{};    ///< Where in `line`, if it waits.
  std::vector<ReservationRecord*> reservations{};
};

}  // namespace taskrouter::emulator
