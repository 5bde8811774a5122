#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>

/// How often this program has allocated.
extern std::size_t allocated;

/// Gives a benchmark a column: how often each of its rounds allocates.
class CountedAllocations {
 public:
  explicit CountedAllocations(benchmark::State& state) : state_{state} {}
  CountedAllocations(const CountedAllocations&) = delete;
  CountedAllocations& operator=(const CountedAllocations&) = delete;
  ~CountedAllocations() {
    state_.counters["allocations"] = static_cast<double>(allocated - before_) /
                                     static_cast<double>(state_.iterations() > 0 ? state_.iterations() : 1);
  }

 private:
  benchmark::State& state_;
  std::size_t before_{allocated};
};
