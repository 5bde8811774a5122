#pragma once

#include <string>
#include <string_view>

#include "taskrouter/chrono.hpp"
#include "taskrouter/headers.hpp"

namespace taskrouter {

/// An HTTP method that TaskRouter uses.
enum class Method : unsigned char { get, post, delete_ };

/// The method as it stands in a request line: `GET`, `POST`, `DELETE`.
constexpr std::string_view text(Method method) {
  return method == Method::get ? "GET" : method == Method::post ? "POST" : "DELETE";
}

/// A complete HTTP request: a transport sends it as it is.
struct Request {
  Method method{Method::get};           ///< What stands first in the request line.
  std::string url;                      ///< Absolute, already encoded.
  Headers headers;                      ///< Includes `Authorization`: never print it, use describe.hpp.
  std::string body;                     ///< Empty for GET and DELETE.
  std::chrono::milliseconds timeout{};  ///< How long the whole exchange may take. Zero leaves it to the transport.
  int attempt{1};                       ///< Counted by what sends it again (retry.hpp), for what logs it.
};

/// How long a transport that allows `own` (zero: any time) may take for `request`: the smaller of the two.
/// Zero is without end. A timeout below zero has already passed, and leaves one millisecond.
constexpr std::chrono::milliseconds time_allowed(const Request& request, std::chrono::milliseconds own) {
  using std::chrono::milliseconds;
  if (request.timeout == milliseconds{}) return own;
  const milliseconds asked = request.timeout > milliseconds{1} ? request.timeout : milliseconds{1};
  return own == milliseconds{} || asked < own ? asked : own;
}

/// An HTTP response as a transport received it.
struct Response {
  int status{};      ///< Such as 200.
  Headers headers;   ///< As they came.
  std::string body;  ///< As it came, unpacked.
};

/// Where an operation goes: `POST /v1/Workspaces/{WorkspaceSid}/Tasks`.
struct Route {
  std::string_view name;  ///< The operation's name in Twilio's OpenAPI description: `CreateTask`.
  Method method;          ///< What the operation is sent with.
  std::string_view path;  ///< A name in braces stands for the field of that name.
  int success{200};       ///< The status of success: 201 where something is created, 204 for a delete.
};

}  // namespace taskrouter
