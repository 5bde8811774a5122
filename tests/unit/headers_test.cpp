#include "taskrouter/headers.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace taskrouter;

TEST_CASE("header names compare ASCII letters without case and everything else exactly") {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const auto lower = [](int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; };
      const std::string left(1, static_cast<char>(a)), right(1, static_cast<char>(b));
      REQUIRE(same_header_name(left, right) == (lower(a) == lower(b)));
    }
  }
  CHECK(same_header_name("Twilio-Request-Id", "twilio-REQUEST-id"));
  CHECK_FALSE(same_header_name("Accept", "Accept-Encoding"));
  CHECK(same_header_name("", ""));
}

TEST_CASE("headers keep their order and find the first of a name") {
  Headers headers{{"A", "1"}, {"b", "2"}};
  headers.add("B", "3");
  REQUIRE(headers.size() == 3);
  CHECK(headers.begin()[2].name == "B");
  REQUIRE(headers.find("B") != nullptr);
  CHECK(*headers.find("B") == "2");
  CHECK(headers.find("c") == nullptr);
  headers.add("C", "4");
  CHECK(*headers.find("c") == "4");
  CHECK(headers.end() - headers.begin() == 4);
}

TEST_CASE("no headers are an empty range") {
  const Headers headers;
  CHECK(headers.begin() == headers.end());
  CHECK(headers.size() == 0);
  CHECK(headers.find("") == nullptr);
}

TEST_CASE("adding a header to a copy leaves the original alone") {
  const Headers shared{{"A", "1"}};
  Headers copy = shared;
  CHECK(copy.begin() == shared.begin());
  copy.add("B", "2");
  CHECK(shared.size() == 1);
  CHECK(copy.size() == 2);
  CHECK(*copy.find("a") == "1");
}

TEST_CASE("headers outlive the list they were copied from, and can be assigned to themselves") {
  Headers copy;
  {
    Headers original{{"A", "long enough not to be held in place"}};
    copy = original;
    original.add("B", "2");
    const Headers& same = copy;
    copy = same;
  }
  REQUIRE(copy.size() == 1);
  CHECK(*copy.find("A") == "long enough not to be held in place");
  Headers moved = std::move(copy);
  CHECK(moved.size() == 1);
  const Header* const place = moved.begin();
  moved = Headers{moved};
  CHECK(moved.begin() == place);  // Sole owner again: nothing was copied.
}

TEST_CASE("the first header that is added to none is the only one") {
  Headers headers;
  headers.add("Accept", "application/json");
  REQUIRE(headers.size() == 1);
  CHECK(headers.begin()->name == "Accept");
}
