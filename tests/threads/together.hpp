#pragma once

#include <thread>
#include <vector>

/// Calls `work(0)` to `work(count - 1)`, each in a thread of its own, and waits for all. Checks belong after it:
/// doctest's are slow to share.
template <class Work>
void together(int count, Work work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
}
