#include "taskrouter/emulator/block_queue.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <deque>
#include <memory>
#include <random>

using taskrouter::emulator::BlockQueue;

TEST_CASE("a queue in blocks holds what a deque would hold, and leaves it where it is") {
  BlockQueue<std::shared_ptr<int>> queue;
  std::deque<const std::shared_ptr<int>*> model;
  std::mt19937 random{5};
  for (int step = 0; step < 5000; ++step) {
    if (random() % 5 < (step < 2500 ? 3U : 2U)) {
      std::shared_ptr<int>& added = queue.add();
      CHECK_FALSE(added);  // Not what was there before.
      added = std::make_shared<int>(step);
      model.push_back(&added);
    } else if (!model.empty()) {
      const std::weak_ptr<int> first = queue.front();
      queue.pop_front();
      CHECK(first.expired());
      model.pop_front();
    }
    REQUIRE(queue.size() == model.size());
    CHECK(queue.empty() == model.empty());
    for (std::size_t i = 0; i < model.size(); i += 1 + model.size() / 8) REQUIRE(&queue[i] == model[i]);
  }
}
