#include "taskrouter/http_date.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taskrouter;

TEST_CASE("a date of HTTP is read as seconds in UTC") {
  const auto seconds = [](std::string_view text) {
    const auto time = detail::read_http_date(text);
    return time ? time->time_since_epoch().count() : -1;
  };
  CHECK(seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784'111'777);
  CHECK(seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
  CHECK(seconds("Mon, 31 Dec 2029 23:59:59 GMT") == 1'893'455'999);
  CHECK(seconds("Thu, 29 Feb 2024 12:00:00 GMT") == 1'709'208'000);
  CHECK(seconds("xxx, 01 Jan 1970 00:00:01 GMT") == 1);
}

TEST_CASE("what is no date of HTTP is none") {
  for (const std::string text :
       {"", "0", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
        "Sun, 31 Apr 1994 08:49:37 GMT", "Sun, 29 Feb 2023 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 199x 08:49:37 GMT", "Sun, 06 Nov 1994 08.49.37 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(detail::read_http_date(text));
  }
}
