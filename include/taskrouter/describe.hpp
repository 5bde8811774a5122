#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/advice.hpp"
#include "taskrouter/base64.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

// Requests, responses and errors as text for people. Secrets never appear in it: not the
// Authorization header, not a SIP password in a form.

namespace taskrouter {
namespace detail {

inline bool is_secret_field(std::string_view name) {
  return name == "SipAuthPassword" || name == "client_secret" || name == "refresh_token" || name == "access_token";
}

/// What stands in a curl command for an Authorization header: environment variables.
inline std::string_view shell_credentials(std::string_view authorization) {
  if (authorization.starts_with("Bearer ")) return "-H \"Authorization: Bearer $TWILIO_TOKEN\"";
  const bool is_api_key = authorization.starts_with("Basic " + base64("SK").substr(0, 2));
  return is_api_key ? "-u \"$TWILIO_API_KEY:$TWILIO_API_SECRET\"" : "-u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\"";
}

/// A word for a POSIX shell, in single quotes.
inline std::string shell_quoted(std::string_view text) {
  std::string out{'\''};
  for (const char c : text) {
    if (c == '\'') out.append("'\\'");
    out.push_back(c);
  }
  return out + '\'';
}

/// The text with control characters spelled out (`\x0a`), so that what a stranger wrote can neither
/// start a line nor steer a terminal.
inline std::string one_line(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    if (const auto byte = static_cast<unsigned char>(c); byte < 0x20 || byte == 0x7F) {
      out.append({'\\', 'x', hex[byte >> 4], hex[byte & 15]});
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace detail

/// The form of a request with its values readable and its secrets replaced by `[hidden]`.
inline std::vector<FormField> visible_form(const Request& request) {
  auto form = read_form(request.body);
  if (!form) return {};
  for (FormField& field : *form) {
    if (detail::is_secret_field(field.name)) field.value = "[hidden]";
  }
  return *std::move(form);
}

/// The curl command that sends the same request. Credentials stand in it as environment variables, such as
/// TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; a hidden form field has to be filled in.
inline std::string curl_command(const Request& request) {
  std::string out = "curl -X " + std::string{text(request.method)} + ' ' + detail::shell_quoted(request.url);
  for (const Header& header : request.headers) {
    if (same_header_name(header.name, "Authorization")) {
      out.append(" \\\n  ").append(detail::shell_credentials(header.value));
    } else if (same_header_name(header.name, "If-Match")) {
      out += " \\\n  -H " + detail::shell_quoted(header.name + ": " + header.value);
    }
  }
  for (const FormField& field : visible_form(request)) {
    out += " \\\n  --data-urlencode " + detail::shell_quoted(field.name + '=' + field.value);
  }
  return out;
}

/// A request in one line: method, URL and form, without headers.
inline std::string log_line(const Request& request) {
  std::string out = std::string{text(request.method)} + ' ' + request.url;
  for (const FormField& field : visible_form(request)) {
    out += ' ' + field.name + '=' + detail::shell_quoted(field.value);
  }
  return detail::one_line(out);
}

/// An error in one line that a person can act on: status, code and message, what to do about it, and
/// where to read on or what to tell Twilio's support:
/// "404 20404: The requested resource ... was not found. Check the SIDs ... (..., request RQ...)".
inline std::string describe(const Error& error) {
  std::string out;
  if (error.status != 0) out = std::to_string(error.status);
  if (error.code != 0) out += (out.empty() ? "" : " ") + std::to_string(error.code);
  if (!out.empty()) out += ": ";
  out += error.message;
  if (const std::string_view next = advice(error); !next.empty()) {
    out.append(out.ends_with('.') ? " " : ". ").append(next);
  }
  std::string references = error.more_info;
  if (!error.request_id.empty()) references += (references.empty() ? "request " : ", request ") + error.request_id;
  if (!references.empty()) out += " (" + references + ')';
  return detail::one_line(out);
}

}  // namespace taskrouter
