#include "taskrouter/emulator/sid_index.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

using taskrouter::TaskSid;
using taskrouter::emulator::SidDigits;
using taskrouter::emulator::SidIndex;

namespace {

/// Does the same to an index and to a std::map, a few thousand times, and compares them after each.
/// @param digits the i-th ones
template <class Digits>
void compare_with_map(Digits digits) {
  SidIndex index;
  std::map<std::pair<std::uint64_t, std::uint64_t>, void*> model;
  std::vector<char> records(500);
  std::mt19937 random{1};
  for (int step = 0; step < 5000; ++step) {
    const std::size_t i = random() % records.size();
    const SidDigits one = digits(i);
    auto& known = model[{one.high, one.low}];
    if (known == nullptr) {
      index.add(one, known = &records[i]);
    } else if (step % 3 != 0) {
      index.remove(one);
      known = nullptr;
    }
    for (std::size_t other = i % 7; other < records.size(); other += 7) {
      const SidDigits asked = digits(other);
      REQUIRE(index.find(asked) == model[{asked.high, asked.low}]);
    }
  }
}

}  // namespace

TEST_CASE("an index finds what was added to it and not removed, as a map does") {
  std::mt19937_64 random{2};
  std::vector<SidDigits> all(500);
  for (SidDigits& one : all) one = {random(), random()};
  compare_with_map([&](std::size_t i) { return all[i]; });
}

TEST_CASE("an index also finds digits that are not random") {
  SUBCASE("counted") {
    compare_with_map([](std::size_t i) { return SidDigits{0, i}; });
  }
  SUBCASE("counted in the first half") {
    compare_with_map([](std::size_t i) { return SidDigits{i, 0}; });
  }
  SUBCASE("with two halves that are equal") {
    compare_with_map([](std::size_t i) { return SidDigits{i, i}; });
  }
  SUBCASE("that differ in the highest digit") {
    compare_with_map([](std::size_t i) { return SidDigits{std::uint64_t{i} << 52, std::uint64_t{i} << 55}; });
  }
}

TEST_CASE("an empty index finds nothing") {
  CHECK(SidIndex{}.find({1, 2}) == nullptr);
  CHECK(SidIndex{}.size() == 0);
}

TEST_CASE("the digits of a SID make the same SID again") {
  std::mt19937_64 random{3};
  for (int i = 0; i < 1000; ++i) {
    const SidDigits digits{random(), random()};
    const TaskSid sid = digits.as<TaskSid>();
    CHECK(sid.well_formed());
    CHECK(SidDigits{sid.text()} == digits);
  }
  const std::string sid = "WT0123456789abcdeffedcba9876543210";
  CHECK(SidDigits{sid} == SidDigits{0x0123456789abcdef, 0xfedcba9876543210});
  CHECK(SidDigits{"WT0123456789ABCDEFFEDCBA9876543210"} == SidDigits{sid});
  CHECK(SidDigits{"WT01"}.empty());
}

TEST_CASE("digits are counted on from the end") {
  SidDigits digits{1, ~std::uint64_t{0}};
  CHECK(++digits == SidDigits{2, 0});
  CHECK(++digits == SidDigits{2, 1});
}
