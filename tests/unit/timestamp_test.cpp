#include "taskrouter/timestamp.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdio>
#include <string>

using namespace taskrouter;
using namespace std::chrono;

TEST_CASE("a time is read in UTC, to the second") {
  const Timestamp time = sys_days{2014y / May / 14} + 10h + 50min + 2s;
  CHECK(read_timestamp("2014-05-14T10:50:02Z") == time);
  CHECK(read_timestamp("2014-05-14T10:50:02.999999Z") == time);
  CHECK(read_timestamp("2014-05-14T12:50:02+02:00") == time);
  CHECK(read_timestamp("2014-05-14T05:20:02.5-05:30") == time);
  CHECK(to_text(time) == "2014-05-14T10:50:02Z");
}

TEST_CASE("a leap second counts as the one after it, and the 29th of February only in leap years") {
  CHECK(read_timestamp("2016-12-31T23:59:60Z") == sys_days{2017y / January / 1});
  CHECK(read_timestamp("2016-02-29T00:00:00Z"));
  CHECK(read_timestamp("2000-02-29T00:00:00Z"));
  CHECK_FALSE(read_timestamp("2015-02-29T00:00:00Z"));
  CHECK_FALSE(read_timestamp("1900-02-29T00:00:00Z"));
}

TEST_CASE("what is no ISO 8601 date and time is no time") {
  for (const std::string text : {"",
                                 "2014",
                                 "2014-05-14",
                                 "2014-05-14T10:50:02",
                                 "2014-05-14T10:50:02.Z",
                                 "2014-05-14T10:50:02.5",
                                 "Z",
                                 "2014-05-14 10:50:02Z",
                                 "2014-05-14t10:50:02Z",
                                 "2014-05-14T10:50:02z",
                                 "2014-05-14T24:00:00Z",
                                 "2014-05-14T10:60:00Z",
                                 "2014-05-14T10:50:61Z",
                                 "2014-13-01T00:00:00Z",
                                 "2014-00-01T00:00:00Z",
                                 "2014-01-00T00:00:00Z",
                                 "2014-04-31T00:00:00Z",
                                 "2014-05-14T10:50:02+02",
                                 "2014-05-14T10:50:02+0200",
                                 "2014-05-14T10:50:02+24:00",
                                 "2014-05-14T10:50:02+00:60",
                                 "2014-05-14T10:50:02+02:00Z",
                                 "2014-05-14T10:50:02ZZ",
                                 " 2014-05-14T10:50:02Z",
                                 "2014-05-14T10:50:02Z ",
                                 "-014-05-14T10:50:02Z",
                                 "2014-05-14T10:50:-2Z",
                                 "Wed, 14 May 2014 10:50:02 +0000",
                                 "9999-12-31T23:59:59-00:01",
                                 "0000-01-01T00:00:00+00:01"}) {
    CAPTURE(text);
    CHECK_FALSE(read_timestamp(text));
  }
}

TEST_CASE("no byte of a time can be replaced by one that does not fit") {
  const std::string good = "2014-05-14T10:50:02Z";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[at] = static_cast<char>(byte);
      if (byte >= '0' && byte <= '9') continue;
      REQUIRE(read_timestamp(text).has_value() == (text == good));
    }
    REQUIRE_FALSE(read_timestamp(good.substr(0, at)));
  }
}

TEST_CASE("every day of the calendar's 400 years, and days to 9999, are written and read back the same") {
  const sys_days cycle_end = 2300y / January / 1;
  for (sys_days day = 1900y / January / 1; day <= 9999y / December / 31; day += days{day < cycle_end ? 1 : 97}) {
    const Timestamp time = day + seconds{(day.time_since_epoch().count() * 7919 % 86400 + 86400) % 86400};
    const year_month_day date{day};
    char expected[11];
    std::snprintf(expected, sizeof expected, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    const std::string text = to_text(time);
    if (!is_writable(time) || text.substr(0, 10) != expected || read_timestamp(text) != time) FAIL(text);
  }
}

TEST_CASE("times outside the years 1900 to 9999 can't be written") {
  CHECK(is_writable(sys_days{1900y / January / 1}));
  CHECK_FALSE(is_writable(sys_days{1900y / January / 1} - 1s));
  CHECK(is_writable(sys_days{9999y / December / 31} + 23h + 59min + 59s));
  CHECK_FALSE(is_writable(sys_days{9999y / December / 31} + 24h));
  CHECK_FALSE(is_writable(Timestamp::min()));
  CHECK_FALSE(is_writable(Timestamp::max()));
}
