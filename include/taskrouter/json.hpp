#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "taskrouter/fields.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"

// The bridge to nlohmann::json, for the JSON whose shape Twilio leaves open.

namespace taskrouter {

/// The value that JSON text says. Checks it first (UTF-8, at most 64 deep), so that it neither throws
/// nor recurses far. The Error is of kind `body`.
inline Result<nlohmann::json> to_nlohmann(std::string_view text) {
  if (!is_json(text)) {
    return Error{.kind = Error::Kind::body, .message = "the text is not JSON, or nested more than 64 deep"};
  }
  return nlohmann::json::parse(text, nullptr, false);
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
