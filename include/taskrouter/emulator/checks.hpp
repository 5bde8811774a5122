#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "taskrouter/emulator/answer_headers.hpp"
#include "taskrouter/emulator/answers.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/incoming.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

// What handlers share. A handler checks all of a request before it changes anything, so that refused
// requests leave everything as it was.

namespace taskrouter::emulator {

/// What a handler works with.
struct Exchange {
  Engine& engine;
  const Incoming& incoming;
  AnswerHeaders& headers;

  Viewpoint view() const { return {incoming.json_base_url(), engine.store().account_sid, engine.now()}; }
  WorkspaceRecord* workspace(WorkspaceSid sid) const { return engine.visit(sid.text()); }
  Error not_found() const { return emulator::not_found(incoming.path); }
};

/// What a request is answered with.
struct Answer {
  std::string json{};                      ///< The resource or the page of them. Empty after a delete.
  std::optional<std::int64_t> revision{};  ///< Of resources that have an ETag.
};

/// The answer that shows a record. `parts` is what its write() takes before the viewpoint.
template <class Record, class... Parts>
Answer show(const Exchange& exchange, const Record& record, const Parts&... parts) {
  Answer answer;
  write(answer.json, record, parts..., exchange.view());
  constexpr bool has_etag = std::is_same_v<Record, TaskRecord> || std::is_same_v<Record, WorkerRecord> ||
                            std::is_same_v<Record, ReservationRecord>;
  if constexpr (has_etag) answer.revision = record.revision;
  return answer;
}

/// Whether a text has more characters than `most`.
inline bool is_longer(std::string_view text, std::size_t most) {
  if (text.size() <= most) return false;  // No character has less than a byte.
  const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte)) > most;
}

/// Why a text can't be a FriendlyName, or nothing.
inline std::optional<Error> check_friendly_name(std::string_view name) {
  if (name.empty()) return invalid("FriendlyName", "should not be empty");
  if (!is_longer(name, 64)) return std::nullopt;
  return invalid("FriendlyName", "should be at most 64 characters");
}

/// Why JSON text can't be a worker's or a task's attributes, or nothing.
inline std::optional<Error> check_attributes(const std::optional<JsonText>& attributes) {
  if (!attributes || !is_longer(attributes->text, 4096)) return std::nullopt;
  return invalid("Attributes", "should be at most 4096 characters");
}

/// Why an integer is refused, or nothing.
inline std::optional<Error> check_range(std::string_view parameter, const std::optional<std::int64_t>& value,
                                        std::int64_t least, std::int64_t most) {
  if (!value || (*value >= least && *value <= most)) return std::nullopt;
  return invalid(parameter, "should be " + std::to_string(least) + " to " + std::to_string(most));
}

/// Why an If-Match header does not hold, or nothing. Its quotes may be missing.
inline std::optional<Error> check_if_match(const std::optional<std::string>& if_match, const Record& record) {
  if (!if_match || *if_match == "*" || *if_match == etag(record.revision)) return std::nullopt;
  if (*if_match == std::to_string(record.revision)) return std::nullopt;
  return refusal(412, 20412, "Precondition Failed");
}

/// Whether a text says yes, in the words of those parameters that take any text.
inline bool says_yes(std::string_view text) { return text == "true" || text == "1" || text == "yes"; }

/// Reads a parameter that is an expression. The Error says at which character it goes wrong.
inline Result<Expression> read_expression(std::string_view parameter, std::string_view text) {
  auto expression = parse_expression(text);
  if (!expression) return invalid(parameter, "is no expression: " + expression.error().message);
  return expression;
}

/// Why a text can't be the URL of a callback, or nothing. An empty one switches callbacks off.
inline std::optional<Error> check_url(std::string_view parameter, const std::optional<std::string>& url) {
  if (!url || url->empty() || url->starts_with("https://") || url->starts_with("http://")) return std::nullopt;
  return invalid(parameter, "should be a URL that begins with https:// or http://");
}

/// Why an optional FriendlyName can't be one, or nothing.
inline std::optional<Error> check_friendly_name(const std::optional<std::string>& name) {
  return name ? check_friendly_name(std::string_view{*name}) : std::nullopt;
}

/// A SID in a parameter that names nothing in the workspace.
inline Error names_nothing(std::string_view parameter) { return invalid(parameter, "names nothing in this workspace"); }

}  // namespace taskrouter::emulator
