#include "taskrouter/http.hpp"

#include <doctest/doctest.h>

#include <chrono>

using namespace taskrouter;

TEST_CASE("methods are spelled as in a request line") {
  CHECK(text(Method::get) == "GET");
  CHECK(text(Method::post) == "POST");
  CHECK(text(Method::delete_) == "DELETE");
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
