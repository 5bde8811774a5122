#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/result.hpp"

// How the emulator refuses: with the statuses, codes and bodies of Twilio's own refusals. Messages
// name parameters and never repeat their values, for a value may be a secret.

namespace taskrouter::emulator {

/// A refusal with Twilio's error code. https://www.twilio.com/docs/api/errors
inline Error refusal(int status, int code, std::string message) {
  return {.kind = Error::Kind::api,
          .message = std::move(message),
          .status = status,
          .code = code,
          .more_info = "https://www.twilio.com/docs/errors/" + std::to_string(code)};
}

/// The request can't be granted as it stands.
inline Error invalid(std::string_view message) { return refusal(400, 20001, std::string{message}); }

/// The request has a parameter that is wrong: `Priority should be a whole number`.
inline Error invalid(std::string_view parameter, std::string_view problem) {
  return invalid(std::string{parameter}.append(" ").append(problem));
}

/// The request lacks a parameter that it needs.
inline Error missing_parameter(std::string_view parameter, std::string_view where = "in the post body") {
  return invalid("Missing required parameter " + std::string{parameter}.append(" ").append(where));
}

/// Nothing stands at `path`, which begins with the API's version. Twilio's message leaves that out.
inline Error not_found(std::string_view path) {
  const std::string_view resource = path.starts_with("/v1/") ? path.substr(3) : path;
  return refusal(404, 20404, "The requested resource " + std::string{resource} + " was not found");
}

/// The body of a refusal.
struct ErrorAnswer {
  std::int64_t code{};
  std::string message{};
  std::string more_info{};
  std::int64_t status{};

  TASKROUTER_FIELDS(code, message, more_info, status)
};

/// The response that says `error`.
inline Response error_response(const Error& error) {
  return {.status = error.status,
          .headers = {{"Content-Type", "application/json"}},
          .body = write_json(ErrorAnswer{
              .code = error.code, .message = error.message, .more_info = error.more_info, .status = error.status})};
}

}  // namespace taskrouter::emulator
