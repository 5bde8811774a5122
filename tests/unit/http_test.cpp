#include "taskrouter/http.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace taskrouter;

TEST_CASE("methods are spelled as in a request line") {
  CHECK(text(Method::get) == "GET");
  CHECK(text(Method::post) == "POST");
  CHECK(text(Method::delete_) == "DELETE");
}

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

TEST_CASE("of two timeouts the smaller counts, and zero is none") {
  using std::chrono::milliseconds;
  const auto allowed = [](int asked, int own) {
    return time_allowed({.url = {}, .headers = {}, .body = {}, .timeout = milliseconds{asked}}, milliseconds{own})
        .count();
  };
  CHECK(allowed(0, 0) == 0);
  CHECK(allowed(0, 30) == 30);
  CHECK(allowed(20, 30) == 20);
  CHECK(allowed(30, 20) == 20);
  CHECK(allowed(20, 0) == 20);
  CHECK(allowed(-5, 30) == 1);
}
