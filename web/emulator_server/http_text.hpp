#pragma once

#include <string>
#include <string_view>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/http.hpp"

// Answers as the text that is sent.

namespace taskrouter::server {

/// Whether an answer of that status has a body at all.
constexpr bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

constexpr std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Payload Too Large";
    case 415: return "Unsupported Media Type";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return status < 300 ? "OK" : status < 500 ? "Refused" : "Failed";
  }
}

/// Appends the status line and the headers of a response.
inline void write_head(std::string& out, const Response& response, bool keep_alive, bool is_old) {
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  out.append(reason_of(response.status)).append("\r\n");
  for (const Header& header : response.headers) {
    out.append(header.name).append(": ").append(header.value).append("\r\n");
  }
  if (has_body(response.status))
    out.append("Content-Length: ").append(std::to_string(response.body.size())).append("\r\n");
  if (!keep_alive) out.append("Connection: close\r\n");
  if (keep_alive && is_old) out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

/// Lets pages of other origins read a response, as Twilio's gateway does.
inline void allow_other_origins(Response& response) {
  response.headers.add("Access-Control-Allow-Origin", "*");
  response.headers.add("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
  response.headers.add("Access-Control-Allow-Headers",
                       "Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, "
                       "If-Unmodified-Since, Idempotency-Key, clientVersion, apiVersion");
  response.headers.add("Access-Control-Allow-Credentials", "true");
  response.headers.add("Access-Control-Expose-Headers", "ETag");
}

/// The answer to a request that did not get as far as the emulator. It looks like one of the emulator's.
inline Response error_answer(int status, std::string_view message) {
  return emulator::error_response(emulator::refusal(status, status == 405 ? 20004 : 20001, std::string{message}));
}

}  // namespace taskrouter::server
