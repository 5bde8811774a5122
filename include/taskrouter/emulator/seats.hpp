#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "taskrouter/emulator/routing.hpp"
#include "taskrouter/emulator/values.hpp"

// The workers' side of the lines: who serves one, and who is free for it now.

namespace taskrouter::emulator {

/// Whether a queue takes a worker.
inline bool serves(const WorkerRecord& worker, const TaskQueueRecord& queue) {
  return std::find(worker.queues.begin(), worker.queues.end(), &queue) != worker.queues.end();
}

/// The seats of a workspace's workers.
class Seats {
 public:
  explicit Seats(WorkspaceRecord& workspace) : workspace_{workspace} {}

  /// Gives a worker a seat in a line, if they serve it.
  void seat(WorkerRecord& worker, Line& line) {
    if (!may_serve(worker, line)) return;
    for (WorkerChannelRecord& channel : worker.channels) {
      if (channel.channel != line.key.channel) continue;
      Seat& seat = worker.seats.emplace_back(Seat{&line, &channel, ranks(worker, line.key.target), std::nullopt});
      set_free(seat, worker, is_free(seat, worker));
    }
  }

  /// Takes a worker out of all lines.
  void unseat(WorkerRecord& worker) {
    for (Seat& seat : worker.seats) set_free(seat, worker, false);
    worker.seats.clear();
  }

  /// Takes all workers out of the lines that match.
  template <class Matches>
  void unseat_from(Matches matches) {
    workspace_.workers.for_each([&](WorkerRecord& worker) {
      std::erase_if(worker.seats, [&](Seat& seat) {
        if (!matches(*seat.line)) return false;
        set_free(seat, worker, false);
        return true;
      });
    });
  }

  /// Notes what a worker can do now, after their activity or load has changed.
  void refresh(WorkerRecord& worker) {
    for (Seat& seat : worker.seats) set_free(seat, worker, is_free(seat, worker));
  }

  /// Notes whether a line has both a task and a worker for it.
  void note_ready(Line& line) {
    const bool is_ready = !line.waiting.empty() && !line.free.empty();
    if (is_ready == line.ready.has_value()) return;
    std::vector<Line*>& ready = workspace_.ready;
    if (is_ready) {
      line.ready = ready.size();
      ready.push_back(&line);
    } else {  // The last one takes its place: their order says nothing.
      ready.back()->ready = line.ready;
      ready[*line.ready] = ready.back();
      ready.pop_back();
      line.ready.reset();
    }
  }

 private:
  /// Whether a worker serves a line, apart from what reservations change.
  static bool may_serve(WorkerRecord& worker, const Line& line) {
    const LineKey& key = line.key;
    if (key.worker != nullptr && key.worker != &worker) return false;
    if (key.worker == nullptr && key.queue != nullptr && !serves(worker, *key.queue)) return false;
    if (key.target == nullptr) return true;
    if (!key.target->known_worker.empty() && line.known_worker != worker.sid.text() &&
        line.known_worker != worker.friendly_name) {
      return false;
    }
    return key.target->reads_changes || matches(*key.target, worker, line);
  }

  static bool matches(const Target& target, const WorkerRecord& worker, const Line& line) {
    return !target.expression || target.expression->matches({.task = &line.task, .worker = &worker.values});
  }

  bool is_free(const Seat& seat, WorkerRecord& worker) const {
    const LineKey& key = seat.line->key;
    if (!key.ignores_capacity) {
      if (!worker.activity->available) return false;
      if (!workspace_.multi_task_enabled && worker.pending > 0) return false;
      if (workspace_.multi_task_enabled && (!seat.channel->available || seat.channel->load >= seat.channel->capacity)) {
        return false;
      }
    }
    if (key.target == nullptr || !key.target->reads_changes) return true;
    write_channel_values(worker);
    return matches(*key.target, worker, *seat.line);
  }

  void set_free(Seat& seat, WorkerRecord& worker, bool is_free) {
    Line& line = *seat.line;
    const std::uint64_t last =
        seat.channel->channel->channel_optimized_routing ? seat.channel->last_reservation : worker.last_reservation;
    if (!is_free) {
      if (!seat.free) return;
      line.free.erase(*seat.free);
      seat.free.reset();
    } else if (!seat.free) {
      seat.free = line.free.insert({seat.ranks, last, worker.sequence, &worker}).first;
    } else if ((*seat.free)->last_reservation != last) {
      auto node = line.free.extract(*seat.free);
      node.value().last_reservation = last;
      seat.free = line.free.insert(std::move(node)).position;
    }
    note_ready(line);
  }

  /// What is missing comes last, in either direction. Twilio ignores an order by what is no integer; so
  /// do we, for the workers who have it.
  static std::vector<std::int64_t> ranks(const WorkerRecord& worker, const Target* target) {
    std::vector<std::int64_t> ranks;
    if (target == nullptr) return ranks;
    for (const OrderBy::Term& term : target->order_by) {
      const nlohmann::json* value = Variables{.worker = &worker.values}.find(term.key);
      const bool is_integer = value != nullptr && value->is_number_integer();
      const std::int64_t number = is_integer ? value->get<std::int64_t>() : 0;
      ranks.push_back(!is_integer       ? std::numeric_limits<std::int64_t>::max()
                      : term.descending ? -std::max(number, -std::numeric_limits<std::int64_t>::max())
                                        : number);
    }
    return ranks;
  }

  WorkspaceRecord& workspace_;
};

}  // namespace taskrouter::emulator
