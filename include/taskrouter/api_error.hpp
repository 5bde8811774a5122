#pragma once

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter::detail {

/// The bodies in which Twilio reports an error, in one: its own two forms, RFC 9457's, and RFC 6749's of the server
/// that gives access tokens.
/// https://www.twilio.com/docs/usage/twilios-response#exceptions
struct ErrorBody {
  JsonValue code{};
  std::string message{};
  std::string more_info{};
  JsonValue details{};
  std::string title{};              // RFC 9457
  std::string detail{};             // RFC 9457
  std::string type{};               // RFC 9457
  JsonValue errors{};               // RFC 9457
  std::string error_description{};  // RFC 6749
  JsonValue params{};

  TASKROUTER_FIELDS(code, message, more_info, details, title, detail, type, errors, error_description, params)
};

/// The number above 0 that JSON holds, as it is or in a string; 0 for anything else.
inline int positive_number(std::string_view json) {
  if (json.size() > 1 && json.front() == '"') json = json.substr(1, json.size() - 2);
  int code = 0;
  const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), code);
  return error == std::errc{} && end == json.data() + json.size() && code > 0 ? code : 0;
}

inline std::string request_id(const Response& response) {
  const std::string* id = response.headers.find("Twilio-Request-Id");
  return id == nullptr ? std::string{} : *id;
}

/// What to say of a body that holds no explanation. A page of HTML comes from something between here and Twilio.
inline std::string_view unexplained(std::string_view body) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "the answer has no body";
  if (body[start] == '<') return "the answer is a web page, not Twilio's: it may be a proxy's";
  return "the answer explains nothing that can be read";
}

/// The Error in an answer whose status is not a success. The body may be anything.
inline Error api_error(const Response& response) {
  Error error{.kind = Error::Kind::api, .status = response.status, .request_id = request_id(response)};
  ErrorBody read, unread;
  const bool is_read = JsonReader{response.body, Reading::lenient}.read_document(fields_of<ErrorBody>, &read);
  ErrorBody& body = is_read ? read : unread;
  const auto first = [](auto&... texts) {
    std::string result;
    ((result.empty() ? void(result = std::move(texts)) : void()), ...);
    return result;
  };
  error.code = positive_number(body.code.text);
  error.message = first(body.message, body.detail, body.title, body.error_description);
  if (error.message.empty()) error.message = unexplained(response.body);
  error.more_info = first(body.more_info, body.type);
  error.details = first(body.details.text, body.errors.text, body.params.text);
  return error;
}

/// The Error in a success that can't be read.
inline Error body_error(Error error, const Response& response) {
  error.status = response.status;
  error.request_id = request_id(response);
  return error;
}

}  // namespace taskrouter::detail
