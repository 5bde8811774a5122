#include "taskrouter/emulator/text.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

using taskrouter::emulator::Text;

TEST_CASE("a text is what it was made of, an empty one too, and none is none") {
  const std::string long_text(5000, 'x');
  CHECK(*Text{long_text} == long_text);
  CHECK(Text{""});
  CHECK((*Text{""}).empty());
  CHECK_FALSE(Text{});
}

TEST_CASE("a text is there as long as someone holds it") {
  std::vector<Text> holders;
  {
    Text first{"kept"};
    holders.assign(3, first);
    first = Text{"other"};
    CHECK(*first == "other");
  }
  Text moved = std::move(holders[0]);
  holders[1] = holders[2];
  holders[2] = std::exchange(moved, Text{});
  CHECK_FALSE(moved);
  for (std::size_t i : {1U, 2U}) CHECK(*holders[i] == "kept");
  CHECK((*holders[1]).data() == (*holders[2]).data());  // One, not two alike.
}
