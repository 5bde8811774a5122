#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>

namespace taskrouter::detail {

/// Calls `interrupt()` on whatever is not done in time: for libraries that cannot do so themselves. It has one
/// thread, from the first use on. Safe to share between threads.
template <class T>
class Overdue {
 public:
  using Clock = std::chrono::steady_clock;

  /// Watches `thing` until it is destroyed. `thing` must live so long, and its interrupt() be quick.
  class Watch {
   public:
    Watch(Overdue& overdue, Clock::time_point deadline, T& thing) : overdue_{overdue}, entry_{deadline, &thing} {
      overdue_.add(entry_);
    }
    ~Watch() { overdue_.remove(entry_); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Overdue& overdue_;
    std::pair<Clock::time_point, T*> entry_;
  };

 private:
  using Entry = std::pair<Clock::time_point, T*>;

  void add(const Entry& entry) {
    const std::lock_guard lock{mutex_};
    watched_.insert(entry);
    if (!thread_.joinable()) thread_ = std::jthread{[this](const std::stop_token& stop) { watch(stop); }};
    if (watched_.begin()->second == entry.second) changed_.notify_one();
  }

  void remove(const Entry& entry) {
    const std::lock_guard lock{mutex_};
    watched_.erase(entry);
  }

  void watch(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (!stop.stop_requested()) {
      if (watched_.empty()) {
        changed_.wait(lock, stop, [this] { return !watched_.empty(); });
      } else if (const Entry first = *watched_.begin(); first.first <= Clock::now()) {
        first.second->interrupt();
        watched_.erase(first);
      } else {
        changed_.wait_until(lock, stop, first.first, [&] { return !watched_.empty() && *watched_.begin() < first; });
      }
    }
  }

  std::mutex mutex_{};
  std::condition_variable_any changed_{};
  std::set<Entry> watched_{};
  std::jthread thread_{};  // Last: it ends before what it uses.
};

}  // namespace taskrouter::detail
