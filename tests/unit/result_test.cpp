#include "taskrouter/result.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace taskrouter;

TEST_CASE("a result with a value is true and lends it") {
  Result<std::string> result{std::string{"yes"}};
  REQUIRE(result);
  CHECK(result.has_value());
  CHECK(*result == "yes");
  CHECK(result->size() == 3);
  result->push_back('!');
  CHECK(result.value() == "yes!");
  CHECK(std::as_const(result).value() == "yes!");
}

TEST_CASE("a result with an error is false and tells it") {
  const Result<int> result{argument_error("sid", "is missing")};
  CHECK_FALSE(result);
  CHECK(result.error().kind == Error::Kind::argument);
  CHECK(result.error().field == "sid");
  CHECK(result.error().message == "is missing");
}

TEST_CASE("a value can be moved out of a result, even one that can't be copied") {
  Result<std::unique_ptr<int>> result{std::make_unique<int>(7)};
  CHECK(**std::move(result) == 7);
  CHECK(*Result<std::unique_ptr<int>>{std::make_unique<int>(8)}.value() == 8);
}

TEST_CASE("value() throws the error where there is no value") {
  const Result<int> failed{transport_error(Error::Cause::timeout, "no answer in 10 s")};
  try {
    static_cast<void>(failed.value());
    FAIL("nothing was thrown");
  } catch (const NoValue& thrown) {
    CHECK(std::string{thrown.what()} == "no answer in 10 s");
    CHECK(thrown.error().kind == Error::Kind::transport);
    CHECK(thrown.error().cause == Error::Cause::timeout);
  }
  CHECK_THROWS_AS(static_cast<void>(Result<int>{Error{}}.value()), NoValue);
}

TEST_CASE("an error blames the caller unless it says otherwise, and claims no status and no code") {
  const Error error;
  CHECK(error.kind == Error::Kind::argument);
  CHECK(error.cause == Error::Cause::none);
  CHECK(error.status == 0);
  CHECK(error.code == 0);
}
