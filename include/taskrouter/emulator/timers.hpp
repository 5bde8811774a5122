#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "taskrouter/emulator/options.hpp"

namespace taskrouter::emulator {

/// What will be due, and when. Timers of the same time are due in the order of their start.
template <class Timer>
class Timers {
 public:
  /// Names a running timer.
  using Id = std::pair<Instant, std::uint64_t>;

  Id start(Instant due, Timer timer) {
    const Id id{due, ++last_};
    running_.emplace(id, timer);
    return id;
  }

  /// Stops the timer that `id` names, and forgets it; nothing happens if there is none.
  void stop(std::optional<Id>& id) {
    if (id) running_.erase(*id);
    id.reset();
  }

  /// When the next timer is due, or nullopt if none is running.
  std::optional<Instant> next() const {
    if (running_.empty()) return std::nullopt;
    return running_.begin()->first.first;
  }

  /// Takes the next timer out.
  /// @pre next()
  Timer take() {
    const Timer timer = running_.begin()->second;
    running_.erase(running_.begin());
    return timer;
  }

  /// Calls `visit(due, timer)` for every timer that is running, the next one first.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const auto& [id, timer] : running_) visit(id.first, timer);
  }

 private:
  std::map<Id, Timer> running_{};
  std::uint64_t last_{};
};

}  // namespace taskrouter::emulator
