#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace taskrouter::detail {

/// Things that are costly to make and are used by one thread at a time, kept between their uses. The one
/// used last is taken first, so that its connection is likely to be open still. Safe to share between threads.
template <class T>
class Idle {
 public:
  /// One that is kept, or null.
  std::unique_ptr<T> take() {
    const std::lock_guard lock{mutex_};
    if (kept_.empty()) return nullptr;
    std::unique_ptr<T> thing = std::move(kept_.back());
    kept_.pop_back();
    return thing;
  }

  void keep(std::unique_ptr<T> thing) {
    const std::lock_guard lock{mutex_};
    kept_.push_back(std::move(thing));
  }

 private:
  std::mutex mutex_{};
  std::vector<std::unique_ptr<T>> kept_{};
};

}  // namespace taskrouter::detail
