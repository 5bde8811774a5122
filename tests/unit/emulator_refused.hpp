#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>

#include "emulator_fixture.hpp"

/// What a refusal says, after checking that it is whole and that nothing has changed.
inline taskrouter::Error refused(Stage& stage, taskrouter::Method method, std::string_view path,
                                 std::string_view form = "", taskrouter::Headers headers = {}) {
  const std::string before = stage.emulator.dump();
  const taskrouter::Response response = stage.raw(method, path, form, std::move(headers));
  CHECK(stage.emulator.dump() == before);
  CHECK(*response.headers.find("Content-Type") == "application/json");
  const taskrouter::Error error = taskrouter::detail::api_error(response);
  CHECK(error.more_info == "https://www.twilio.com/docs/errors/" + std::to_string(error.code));
  CHECK(response.body == R"({"code":)" + std::to_string(error.code) + R"(,"message":)" +
                             [&] {
                               std::string text;
                               taskrouter::detail::write_json_string(text, error.message);
                               return text;
                             }() +
                             R"(,"more_info":")" + error.more_info + R"(","status":)" +
                             std::to_string(response.status) + '}');
  return error;
}

inline std::string long_text(std::size_t size) { return std::string(size, 'x'); }
