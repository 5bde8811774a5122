#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/routing.hpp"
#include "taskrouter/emulator/seats.hpp"
#include "taskrouter/emulator/values.hpp"

// The indexes that find a worker for a task, and a task for a worker, without looking at all of them.
//
// Waiting tasks stand in lines. Tasks of one line are alike for routing: of one queue, channel and
// target, and with the same values of what the target's expression reads. Each line knows the workers
// who are free for it, best first. With W workers and T waiting tasks, Q queues and lines together, and
// L lines that a worker serves:
//   a task waits, is offered or leaves        O(log T + log Q)
//   the first task of its kind                O(W) evaluations, once
//   a worker is reserved, freed or moves      O(L log W)
//   a worker is created or gets attributes    O(Q) evaluations
//   a queue is created or gets an expression  O(W) evaluations
// An expression that reads worker.activity_* or worker.channel is evaluated at each of the worker's moves.

namespace taskrouter::emulator {

/// Lines that nobody waits in are kept for the next task of their kind, up to about so many.
inline constexpr std::size_t empty_line_limit = 512;

/// A workspace's lines.
class Lines {
 public:
  explicit Lines(WorkspaceRecord& workspace) : workspace_{workspace}, seats_{workspace} {}

  /// Lets a pending task wait where it belongs.
  void wait(TaskRecord& task, const Target* target) {
    Line& line = line_for(task, target);
    task.line = &line;
    stand(task);
    seats_.note_ready(line);
  }

  /// Takes a task out of its line, if it stands in one.
  void leave(TaskRecord& task) {
    if (task.line == nullptr) return;
    task.line->waiting.erase(task.place);
    seats_.note_ready(*task.line);
    task.line = nullptr;
  }

  /// The task that is to be offered next, of those for which a worker is free; or null.
  TaskRecord* next() const {
    const Line* best = nullptr;
    for (const Line* line : workspace_.ready) {
      if (best == nullptr || comes_before(*line, *best)) best = line;
    }
    return best == nullptr ? nullptr : best->waiting.begin()->task;
  }

  /// The workers that a task can be offered to now: at most `most`, best first.
  static std::vector<WorkerRecord*> candidates(const TaskRecord& task, std::int64_t most) {
    std::vector<WorkerRecord*> found;
    for (const Free& free : task.line->free) {
      if (static_cast<std::int64_t>(found.size()) == most) break;
      found.push_back(free.worker);
    }
    return found;
  }

  /// Finds the queues and lines that a worker serves, after their attributes or name have changed.
  void bind(WorkerRecord& worker) {
    worker.values = worker_values(*worker.attributes);
    worker.values["sid"] = worker.sid.text();
    worker.values["friendly_name"] = worker.friendly_name;
    write_activity_values(worker);
    write_channel_values(worker);
    rebind(worker);
  }

  /// The same, where the worker's values are already as they should be.
  void rebind(WorkerRecord& worker) {
    workspace_.task_queues.for_each(
        [&](TaskQueueRecord& queue) { set_member(queue, worker, takes(queue, worker.values)); });
    seats_.unseat(worker);
    for (auto& [key, line] : workspace_.lines) seats_.seat(worker, line);
  }

  /// Takes a worker out of everything.
  void unbind(WorkerRecord& worker) {
    seats_.unseat(worker);
    for (TaskQueueRecord* queue : std::vector{worker.queues}) set_member(*queue, worker, false);
  }

  /// Notes what a worker can do now, after their activity or load has changed.
  void refresh(WorkerRecord& worker) { seats_.refresh(worker); }

  /// Counts a worker's move from one activity to another, before it happens.
  void move(WorkerRecord& worker, const ActivityRecord* to) {
    for (TaskQueueRecord* queue : worker.queues) {
      --queue->workers_by_activity[worker.activity];
      ++queue->workers_by_activity[to];
    }
  }

  /// Finds the workers of a queue, after its expression has changed.
  void bind(TaskQueueRecord& queue) {
    workspace_.workers.for_each([&](WorkerRecord& worker) { set_member(queue, worker, takes(queue, worker.values)); });
    const auto is_of_queue = [&](const Line& line) { return line.key.queue == &queue; };
    seats_.unseat_from(is_of_queue);
    for (auto& [key, line] : workspace_.lines) {
      if (is_of_queue(line)) seat_all(line);
    }
  }

  /// Puts a queue's tasks in order, after its order has changed.
  void reorder(TaskQueueRecord& queue) {
    for (auto& [key, line] : workspace_.lines) {
      if (key.queue != &queue) continue;
      for (const Waiting& one : std::exchange(line.waiting, {})) stand(*one.task);
    }
  }

  /// Forgets the lines that nobody waits in, all or those of a queue, channel or worker that is going.
  void drop_empty(const void* of = nullptr) {
    const auto is_empty = [&](const Line& line) {
      return line.waiting.empty() &&
             (of == nullptr || line.key.queue == of || line.key.channel == of || line.key.worker == of);
    };
    seats_.unseat_from(is_empty);
    for (auto at = workspace_.lines.begin(); at != workspace_.lines.end();) {
      at = is_empty(at->second) ? workspace_.lines.erase(at) : std::next(at);
    }
  }

 private:
  /// By priority and then by age; or from the newest to the oldest, whatever their priority.
  static Waiting place(TaskRecord& task) {
    const auto start = std::int64_t{task.virtual_start_time.time_since_epoch().count()};
    const auto sequence = static_cast<std::int64_t>(task.sequence);
    const bool is_lifo = task.task_queue != nullptr && task.task_queue->task_order == TaskOrder::LIFO;
    return is_lifo ? Waiting{0, -start, -sequence, &task} : Waiting{-task.priority, start, sequence, &task};
  }

  /// Puts a task into its line. Most come last.
  static void stand(TaskRecord& task) {
    std::set<Waiting>& waiting = task.line->waiting;
    task.place = waiting.insert(waiting.end(), place(task));
  }

  bool comes_before(const Line& a, const Line& b) const {
    const auto is_late = [&](const Line& line) {
      const bool is_lifo = line.key.queue != nullptr && line.key.queue->task_order == TaskOrder::LIFO;
      return is_lifo != (workspace_.prioritize_queue_order == QueueOrder::LIFO);
    };
    if (is_late(a) != is_late(b)) return is_late(b);
    return *a.waiting.begin() < *b.waiting.begin();
  }

  Line& line_for(TaskRecord& task, const Target* target) {
    // A target that asks for nothing of its own shares its queue's line.
    const bool is_plain =
        target == nullptr || (!target->expression && target->order_by.empty() && target->known_worker.empty());
    LineKey key{.queue = task.task_queue,
                .channel = task.task_channel,
                .target = is_plain ? nullptr : target,
                .worker = task.target_worker,
                .ignores_capacity = task.ignore_capacity,
                .values = {}};
    nlohmann::json values;
    if (!is_plain && !target->task_keys.empty()) {
      values = worker_values(*task.attributes);
      for (const std::string& name : target->task_keys) {
        if (const nlohmann::json* value = Variables{.task = &values}.find(name)) append_value(key.values, *value);
        key.values.push_back('\n');
      }
    }
    if (const auto at = workspace_.lines.find(key); at != workspace_.lines.end()) return at->second;
    if (workspace_.lines.size() >= line_limit()) drop_empty();
    Line& line = workspace_.lines[key];
    line.key = std::move(key);
    if (!is_plain) {
      line.routing = task.routing;
      if (!target->known_worker.empty()) {
        const auto* known = Variables{.task = &values}.find(target->known_worker);
        if (known != nullptr && known->is_string()) line.known_worker = known->get_ref<const std::string&>();
      }
      line.task = std::move(values);
    }
    seat_all(line);
    return line;
  }

  /// Empty lines are looked for each time the number of lines has doubled.
  std::size_t line_limit() const {
    std::size_t limit = empty_line_limit;
    while (limit < workspace_.lines.size()) limit *= 2;
    return limit;
  }

  void set_member(TaskQueueRecord& queue, WorkerRecord& worker, bool is_member) {
    const auto before = [](const WorkerRecord* a, const WorkerRecord* b) { return a->sequence < b->sequence; };
    const auto at = std::lower_bound(queue.workers.begin(), queue.workers.end(), &worker, before);
    if ((at != queue.workers.end() && *at == &worker) == is_member) return;
    if (is_member) {
      queue.workers.insert(at, &worker);
      worker.queues.push_back(&queue);
      ++queue.workers_by_activity[worker.activity];
    } else {
      queue.workers.erase(at);
      std::erase(worker.queues, &queue);
      --queue.workers_by_activity[worker.activity];
    }
  }

  void seat_all(Line& line) {
    if (line.key.worker != nullptr) return seats_.seat(*line.key.worker, line);
    if (line.key.queue == nullptr) return;
    for (WorkerRecord* worker : line.key.queue->workers) seats_.seat(*worker, line);
  }

  WorkspaceRecord& workspace_;
  Seats seats_;
};

}  // namespace taskrouter::emulator
