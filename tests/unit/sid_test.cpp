#include "taskrouter/sid.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>

using namespace taskrouter;

namespace {
const std::string digits = "0123456789abcdefABCDEF0123456789";
}

TEST_CASE("a SID is its kind's two letters and 32 hexadecimal digits") {
  CHECK(WorkspaceSid{"WS" + digits}.well_formed());
  CHECK(ActivitySid{"WA" + digits}.well_formed());
  CHECK(WorkerSid{"WK" + digits}.well_formed());
  CHECK(TaskSid{"WT" + digits}.well_formed());
  CHECK(TaskQueueSid{"WQ" + digits}.well_formed());
  CHECK(TaskChannelSid{"TC" + digits}.well_formed());
  CHECK(WorkflowSid{"WW" + digits}.well_formed());
  CHECK(ReservationSid{"WR" + digits}.well_formed());
  CHECK(AccountSid{"AC" + digits}.well_formed());
  CHECK(CallSid{"CA" + digits}.well_formed());

  CHECK_FALSE(TaskSid{"WK" + digits}.well_formed());
  CHECK_FALSE(TaskSid{"wt" + digits}.well_formed());
  CHECK_FALSE(TaskSid{}.well_formed());
  CHECK_FALSE(TaskSid{"WT"}.well_formed());
  CHECK_FALSE(TaskSid{"WT" + digits + "0"}.well_formed());
  CHECK_FALSE(TaskSid{("WT" + digits).substr(0, 33)}.well_formed());
}

TEST_CASE("a byte that is no hexadecimal digit is refused at every place of a SID") {
  for (std::size_t at = 0; at < 34; ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = "WT" + digits;
      if (text[at] == static_cast<char>(byte)) continue;
      text[at] = static_cast<char>(byte);
      const bool digit = std::string_view{"0123456789abcdefABCDEF"}.find(text[at]) != std::string_view::npos;
      REQUIRE(is_sid(text, "WT") == (at >= 2 && digit));
    }
  }
}

TEST_CASE("a SID that is too long is cut, keeps no more than fits and is never well formed") {
  for (std::size_t extra = 0; extra < 300; ++extra) {
    const std::string text = "WT" + digits + std::string(extra, '0');
    const TaskSid sid{text};
    REQUIRE(sid.text() == std::string_view{text}.substr(0, 39));
    REQUIRE(sid.well_formed() == (extra == 0));
  }
}

TEST_CASE("SIDs compare and hash by their text, and cost no allocation") {
  const TaskSid a{"WT1"}, b{"WT2"};
  CHECK(a == TaskSid{"WT1"});
  CHECK_FALSE(a == b);
  CHECK(a < b);
  CHECK_FALSE(b < a);
  CHECK(std::hash<TaskSid>{}(a) == std::hash<TaskSid>{}(TaskSid{"WT1"}));
  CHECK(std::unordered_set<TaskSid>{a, b, a}.size() == 2);
  CHECK(TaskSid{}.empty());
  static_assert(std::is_trivially_copyable_v<TaskSid> && sizeof(TaskSid) == 40);
}

TEST_CASE("SIDs of two kinds do not convert into each other, nor does text become one by itself") {
  static_assert(!std::is_convertible_v<TaskSid, WorkerSid> && !std::is_constructible_v<WorkerSid, TaskSid>);
  static_assert(!std::is_convertible_v<std::string_view, TaskSid> && !std::is_convertible_v<const char*, TaskSid>);
}
