#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "taskrouter/emulator/options.hpp"

namespace taskrouter::emulator {

/// What will be due, and when. Timers of the same time are due in the order of their start.
///
/// They lie in a heap: to start one costs the logarithm of how many run, or little where most are due before
/// it. One that is stopped is only marked, and the heap is cleared of those when they are the most of it.
template <class Timer>
class Timers {
 public:
  /// Names a running timer.
  struct Id {
    std::uint64_t number{};  ///< Of its start, from 1.
    std::size_t place{};     ///< Where its timer is kept.
  };

  Id start(Instant due, Timer timer) {
    if (free_.empty()) {
      free_.push_back(kept_.size());
      kept_.emplace_back();
    }
    const Id id{++last_, free_.back()};
    free_.pop_back();
    kept_[id.place] = {id.number, timer};
    heap_.push_back({due, id});
    std::push_heap(heap_.begin(), heap_.end(), is_later);
    return id;
  }

  /// Stops the timer that `id` names, and forgets it; nothing happens if there is none.
  void stop(std::optional<Id>& id) {
    if (id && runs(*id)) forget(*id);
    id.reset();
    if (heap_.size() > 2 * (kept_.size() - free_.size()) + 32) {
      std::erase_if(heap_, [this](const Due& one) { return !runs(one.id); });
      std::make_heap(heap_.begin(), heap_.end(), is_later);
    }
    drop_stopped();
  }

  /// When the next timer is due, or nullopt if none is running.
  std::optional<Instant> next() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().time;
  }

  /// Takes the next timer out.
  /// @pre next()
  Timer take() {
    const Id id = heap_.front().id;
    const Timer timer = kept_[id.place].timer;
    forget(id);
    drop_stopped();
    return timer;
  }

  /// Calls `visit(due, timer)` for every timer that is running, the next one first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::vector<Due> left = heap_; !left.empty(); left.pop_back()) {
      const Due& next = left.front();
      if (runs(next.id)) visit(next.time, kept_[next.id.place].timer);
      std::pop_heap(left.begin(), left.end(), is_later);
    }
  }

 private:
  struct Due {
    Instant time{};
    Id id{};
  };
  struct Kept {
    std::uint64_t number{};  // Of the timer's start; 0 if there is none.
    Timer timer{};
  };

  static bool is_later(const Due& a, const Due& b) {
    return a.time != b.time ? a.time > b.time : a.id.number > b.id.number;
  }

  bool runs(Id id) const { return kept_[id.place].number == id.number; }

  void forget(Id id) {
    kept_[id.place].number = 0;
    free_.push_back(id.place);
  }

  /// Lets a running timer be first in the heap.
  void drop_stopped() {
    while (!heap_.empty() && !runs(heap_.front().id)) {
      std::pop_heap(heap_.begin(), heap_.end(), is_later);
      heap_.pop_back();
    }
  }

  std::vector<Due> heap_{};          // The next one is first, and is running. Others may have been stopped.
  std::vector<Kept> kept_{};         // By place.
  std::vector<std::size_t> free_{};  // The places where none is kept.
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator
