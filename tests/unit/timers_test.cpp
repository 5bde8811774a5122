#include "taskrouter/emulator/timers.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using taskrouter::emulator::Instant;
using Timers = taskrouter::emulator::Timers<int>;

TEST_CASE("timers are due in the order of their times, and then of their starts") {
  Timers timers;
  timers.start(Instant{5ms}, 1);
  timers.start(Instant{3ms}, 2);
  timers.start(Instant{5ms}, 3);
  CHECK(timers.next() == Instant{3ms});
  CHECK(timers.take() == 2);
  CHECK(timers.take() == 1);
  CHECK(timers.take() == 3);
  CHECK_FALSE(timers.next());
}

TEST_CASE("a stopped timer is not due, and what stopped it forgets it") {
  Timers timers;
  std::optional<Timers::Id> first = timers.start(Instant{1ms}, 1), again = first;
  timers.start(Instant{2ms}, 2);
  timers.stop(first);
  CHECK_FALSE(first);
  CHECK(timers.next() == Instant{2ms});
  std::optional<Timers::Id> next = timers.start(Instant{1ms}, 3);  // In the place of the first.
  timers.stop(again);
  CHECK(timers.take() == 3);
  timers.stop(next);
  CHECK(timers.take() == 2);
}

TEST_CASE("timers do what a sorted map would do, whatever is started, stopped and taken") {
  Timers timers;
  std::map<std::pair<Instant, int>, std::optional<Timers::Id>> model;
  std::mt19937 random{4};
  for (int step = 0; step < 20000; ++step) {
    const auto choice = random() % 8;
    if (choice < 4) {
      const Instant due{std::chrono::milliseconds{random() % 1000}};
      model[{due, step}] = timers.start(due, step);
    } else if (choice < 7 && !model.empty()) {
      auto at = model.lower_bound({Instant{std::chrono::milliseconds{random() % 1000}}, 0});
      if (at == model.end()) at = model.begin();
      timers.stop(at->second);
      model.erase(at);
    } else if (!model.empty()) {
      REQUIRE(timers.take() == model.begin()->first.second);
      model.erase(model.begin());
    }
    REQUIRE(timers.next() == (model.empty() ? std::nullopt : std::optional{model.begin()->first.first}));
    if (step % 100 != 0) continue;
    auto expected = model.begin();
    timers.for_each([&](Instant due, int number) {
      REQUIRE(expected != model.end());
      CHECK(expected->first == std::pair{due, number});
      ++expected;
    });
    CHECK(expected == model.end());
  }
}
