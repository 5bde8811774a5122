#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <system_error>

#include "taskrouter/decimal.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/result.hpp"

// The bridge to nlohmann::json, for the JSON whose shape Twilio leaves open.

namespace taskrouter {

namespace detail {

/// The number that a JSON number says: an integer where it is written as one and fits 64 bits.
/// @pre it fits a double
inline nlohmann::json to_number(std::string_view text) {
  const char *first = text.data(), *last = first + text.size();
  std::int64_t integer = 0;
  std::uint64_t natural = 0;
  if (text.find_first_of(".eE") == std::string_view::npos) {
    if (text.front() == '-' && std::from_chars(first, last, integer).ec == std::errc{}) return integer;
    if (text.front() != '-' && std::from_chars(first, last, natural).ec == std::errc{}) return natural;
  }
#if defined(__cpp_lib_to_chars)
  double real = 0;
  const std::from_chars_result read = std::from_chars(first, last, real);
  return read.ec == std::errc{} ? real : 0.0;  // Too small to tell from zero.
#else
  return read_decimal(text);
#endif
}

/// Reads a value of any shape. False, and the scanner says why, if the text is no JSON.
inline bool read_nlohmann(JsonScanner& in, nlohmann::json& value) {
  std::string scratch;
  std::string_view text;
  const char c = in.peek();
  value = nullptr;  // A name that stands there twice has the later value.
  if (c == '{' || c == '[') {
    const char end = c == '{' ? '}' : ']';
    value = c == '{' ? nlohmann::json::object() : nlohmann::json::array();
    if (!in.enter(c)) return false;
    if (!in.take(end)) {
      do {
        if (c == '{' && !in.read_key(text, scratch)) return false;
        nlohmann::json& item = c == '{' ? value[std::string{text}] : value.emplace_back();
        if (!read_nlohmann(in, item)) return false;
      } while (in.take(','));
      if (!in.take(end)) return in.fail("is not JSON: a comma or a closing bracket is missing");
    }
    in.leave();
    return true;
  }
  if (c == 'n') return in.take_null() || in.fail("is not JSON: a value is missing or misspelled");
  if (c == 't' || c == 'f') {
    bool yes = false;
    if (!in.read_boolean(yes)) return false;
    value = yes;
  } else if (c == '"') {
    if (!in.read_string(text, scratch)) return false;
    value = std::string{text};
  } else {
    if (!in.read_number(text)) return false;
    value = to_number(text);
  }
  return true;
}

}  // namespace detail

/// The value that JSON text says. It reads by the library's own scanner (UTF-8, at most 64 deep): nlohmann's
/// parser would be a tenth of the emulator in WebAssembly. The Error is of kind `body`.
inline Result<nlohmann::json> to_nlohmann(std::string_view text) {
  detail::JsonScanner in{text};
  nlohmann::json value;
  if (detail::read_nlohmann(in, value) && in.at_end()) return value;
  return Error{.kind = Error::Kind::body, .message = "the text is not JSON, or nested more than 64 deep"};
}
/// The same.
inline Result<nlohmann::json> to_nlohmann(const JsonText& json) { return to_nlohmann(json.text); }
/// The same.
inline Result<nlohmann::json> to_nlohmann(const JsonValue& json) { return to_nlohmann(json.text); }

/// The text of a value, for a field such as `attributes`. What is not UTF-8 in it is replaced.
inline JsonText to_json_text(const nlohmann::json& value) {
  return {value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

}  // namespace taskrouter
