#include "taskrouter/api_error.hpp"

#include <doctest/doctest.h>

#include <string>

#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"

using namespace taskrouter;

namespace {

Error error(std::string body, int status = 400) {
  return parse<tasks::Fetch>({.status = status, .headers = {{"twilio-request-id", "RQ1"}}, .body = std::move(body)})
      .error();
}

const std::string unreadable = "the answer explains nothing that can be read";

}  // namespace

TEST_CASE("Twilio's own form of an error is read") {
  const Error e = error(
      R"({"code":20404,"message":"not found","more_info":"https://www.twilio.com/docs/errors/20404","status":404,
          "details":{"field":["a"]}})",
      404);
  CHECK(e.kind == Error::Kind::api);
  CHECK(e.status == 404);
  CHECK(e.code == 20404);
  CHECK(e.message == "not found");
  CHECK(e.more_info == "https://www.twilio.com/docs/errors/20404");
  CHECK(e.details == R"({"field":["a"]})");
  CHECK(e.request_id == "RQ1");
}

TEST_CASE("RFC 9457's form of an error is read, detail before title") {
  const Error e = error(
      R"({"type":"https://example.com/e","title":"Bad","status":400,"code":20001,"detail":"Priority is negative",
          "instance":"/x","errors":[{"detail":"d","pointer":"#/p"}]})");
  CHECK(e.code == 20001);
  CHECK(e.message == "Priority is negative");
  CHECK(e.more_info == "https://example.com/e");
  CHECK(e.details == R"([{"detail":"d","pointer":"#/p"}])");
  CHECK(error(R"({"type":"t","title":"Bad","status":400,"code":1})").message == "Bad");
}

TEST_CASE("the form of an error about access tokens is read") {
  const Error e = error(R"({"error":"invalid_client","error_description":"client authentication failed"})", 401);
  CHECK(e.message == "client authentication failed");
  CHECK(e.status == 401);
}

TEST_CASE("the third form of an error is read, with its parameters") {
  const Error e = error(R"({"code":1,"message":"m","httpStatusCode":400,"params":{"a":"b"},"userError":true})");
  CHECK(e.code == 1);
  CHECK(e.message == "m");
  CHECK(e.details == R"({"a":"b"})");
}

TEST_CASE("the status is the response's, whatever the body claims") {
  CHECK(error(R"({"status":200,"code":20429,"message":"m"})", 429).status == 429);
  CHECK(error("", 301).status == 301);
}

TEST_CASE("a body that is no error says so, and keeps status and request id") {
  const auto check = [](const std::string& body, const std::string& message) {
    const Error e = error(body, 502);
    CAPTURE(body);
    CHECK(e.kind == Error::Kind::api);
    CHECK(e.status == 502);
    CHECK(e.code == 0);
    CHECK(e.message == message);
    CHECK(e.request_id == "RQ1");
  };
  for (const std::string body : {"null", "[]", "{", "\xFF", "5"}) check(body, unreadable);
  for (const std::string body : {"", " \r\n"}) check(body, "the answer has no body");
  for (const std::string body : {"<html><body>502 Bad Gateway</body></html>", "\n<!DOCTYPE html>", "<?xml?>"}) {
    check(body, "the answer is a web page, not Twilio's: it may be a proxy's");
  }
}

TEST_CASE("none of the three forms, a page or nothing loses status, message or request id, whatever the status") {
  for (const int status : {300, 304, 400, 401, 404, 412, 429, 500, 502, 503, 504, 599}) {
    for (const std::string body : {R"({"code":7,"message":"m","status":1})", R"({"title":"m","type":"t","code":7})",
                                   R"({"code":7,"message":"m","httpStatusCode":1,"userError":true})", "<html>", ""}) {
      const Error e = error(body, status);
      CHECK(e.kind == Error::Kind::api);
      CHECK(e.status == status);
      CHECK(e.code == (body.starts_with('{') ? 7 : 0));
      CHECK_FALSE(e.message.empty());
      CHECK(e.request_id == "RQ1");
    }
  }
}

TEST_CASE("a huge body neither fails nor ends up in the message") {
  CHECK(error(std::string(1 << 22, '[')).message == unreadable);
  CHECK(error('"' + std::string(1 << 22, 'x') + '"').message == unreadable);
  CHECK(error(R"({"x":")" + std::string(1 << 22, 'x') + R"(","code":7,"message":"m"})").code == 7);
}

TEST_CASE("a code is read from a number or a string, and anything else is no code") {
  const auto with_code = [](const std::string& code) {
    return error("{\"code\":" + code + ",\"message\":\"m\"}", 404);
  };
  CHECK(with_code("2147483647").code == 2147483647);
  CHECK(with_code("\"20404\"").code == 20404);
  for (const std::string code :
       {"2147483648", "-1", "1.5", "9223372036854775808", "{}", "true", "null", "\"\"", "\"x\""}) {
    CAPTURE(code);
    CHECK(with_code(code).code == 0);
    CHECK(with_code(code).status == 404);
    CHECK(with_code(code).message == "m");
  }
}

TEST_CASE("no answer has an empty explanation") {
  for (const std::string body : {"{}", R"({"code":20404})", R"({"message":""})", R"({"message":null})"}) {
    CAPTURE(body);
    CHECK_FALSE(error(body, 404).message.empty());
  }
}
