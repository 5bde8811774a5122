#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter::detail {

/// The bodies in which Twilio reports an error, in one: its own form, and RFC 9457's.
/// https://www.twilio.com/docs/usage/twilios-response#exceptions
struct ErrorBody {
  std::int64_t code{};
  std::string message{};
  std::string more_info{};
  JsonValue details{};
  std::string title{};   // RFC 9457
  std::string detail{};  // RFC 9457
  std::string type{};    // RFC 9457
  JsonValue errors{};    // RFC 9457
  JsonValue params{};

  TASKROUTER_FIELDS(code, message, more_info, details, title, detail, type, errors, params)
};

inline std::string request_id(const Response& response) {
  const std::string* id = response.headers.find("Twilio-Request-Id");
  return id == nullptr ? std::string{} : *id;
}

/// The Error in an answer whose status is not a success. The body may be anything.
inline Error api_error(const Response& response) {
  Error error{.kind = Error::Kind::api, .status = response.status, .request_id = request_id(response)};
  auto body = read_json<ErrorBody>(response.body);
  if (!body) {
    error.message = "the answer explains nothing that can be read";
    return error;
  }
  const auto first = [](auto&... texts) {
    std::string result;
    ((result.empty() ? void(result = std::move(texts)) : void()), ...);
    return result;
  };
  const bool fits = body->code >= 0 && body->code <= std::numeric_limits<int>::max();
  error.code = fits ? static_cast<int>(body->code) : 0;
  error.message = first(body->message, body->detail, body->title);
  error.more_info = first(body->more_info, body->type);
  error.details = first(body->details.text, body->errors.text, body->params.text);
  return error;
}

/// The Error in a success that can't be read.
inline Error body_error(Error error, const Response& response) {
  error.status = response.status;
  error.request_id = request_id(response);
  return error;
}

}  // namespace taskrouter::detail
