#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/taskrouter.hpp"

// Values for tests that go over every operation and every resource.

namespace samples {

inline constexpr std::string_view token = "canary-7d1f3c9a";

inline taskrouter::Credentials credentials() { return {"AC00000000000000000000000000000001", std::string{token}}; }

inline const taskrouter::Endpoint& endpoint() {
  static const taskrouter::Endpoint endpoint{credentials()};
  return endpoint;
}

/// A SID with the two letters that `prefix` says.
inline std::string sid(std::string_view prefix, char last = '1') {
  return std::string{prefix} + std::string(31, '0') + last;
}

inline constexpr taskrouter::WorkspaceSid workspace{"WS00000000000000000000000000000001"};
inline constexpr taskrouter::TaskSid task{"WT00000000000000000000000000000001"};
inline constexpr taskrouter::WorkerSid worker{"WK00000000000000000000000000000001"};
inline constexpr taskrouter::ReservationSid reservation{"WR00000000000000000000000000000001"};
inline constexpr taskrouter::ActivitySid activity{"WA00000000000000000000000000000001"};

/// An operation whose path holds any text, as a channel's unique name is.
struct FetchByName {
  using Output = taskrouter::Nothing;
  static constexpr taskrouter::Route route{"FetchByName", taskrouter::Method::get,
                                           "/v1/Workspaces/{WorkspaceSid}/Channels/{Name}/End"};
  taskrouter::WorkspaceSid workspace_sid;
  std::string name;
  TASKROUTER_FIELDS(workspace_sid, name)
};

/// Text that other programs took for something else: UTF-8, all of it.
inline std::vector<std::string> hostile_texts() {
  using namespace std::string_literals;
  return {"..",
          ".",
          "...",
          "%2e%2e",
          "%2E.",
          "a/../b",
          "/",
          "//",
          "\\",
          "..\\",
          "#",
          "?",
          ";",
          "%2f",
          "%",
          "%00",
          "\0"s,
          "a\0b"s,
          "\r\n",
          "a\r\nX-Evil: 1",
          "\t",
          " ",
          "@",
          ":",
          "&",
          "=",
          "a&Sid=b",
          "+",
          "a+b c",
          "'",
          "\"",
          "\\\"",
          "`id`$(id)",
          "<script>alert(1)</script>",
          "{Sid}",
          "[]",
          "null",
          "\x7f",
          "\x1b[31m",
          "é",
          "e\xCC\x81",
          "😀",
          "\xEF\xBB\xBF",
          "\xEF\xBF\xBD",
          "\xE2\x80\xA8",
          "\xE2\x80\xAE",
          "\xED\x9F\xBF",
          "\xF4\x8F\xBF\xBF",
          std::string(10'000, 'x'),
          std::string(10'000, '/')};
}

namespace detail {

template <class TextOf>
void fill_value(const taskrouter::detail::FieldType& type, void* value, const std::string& text, TextOf text_of);

}  // namespace detail

/// Sets every field, those inside it too; `text_of(name)` is what the texts are set to.
template <class TextOf>
void fill(std::span<const taskrouter::detail::Field> fields, void* object, TextOf text_of) {
  for (const auto& field : fields) detail::fill_value(*field.type, field.in(object), text_of(field.name), text_of);
}

/// A described struct with every field set. Neither a header nor a path can hold any text: If-Match
/// is no sample's text, and a channel's name, which stands in a path, begins with a letter.
template <taskrouter::Described T>
T filled(const std::string& text = "text") {
  T value{};
  fill(taskrouter::detail::fields_of<T>, &value, [&](std::string_view name) {
    return name == "if_match" ? std::string{"\"1\""} : name == "sid" ? 'a' + text : text;
  });
  return value;
}

/// Only what the route's path needs: the least that can be asked.
template <class Op>
Op required_only() {
  std::string json = "{";
  for (const auto& field : taskrouter::detail::fields_of<Op>) {
    const auto kind = field.type->kind;
    using taskrouter::detail::FieldKind;
    if (kind != FieldKind::sid && kind != FieldKind::text && kind != FieldKind::json_text) continue;
    json += (json.size() > 1 ? ",\"" : "\"") + std::string{field.name} + "\":\"";
    json += kind == FieldKind::sid ? sid(field.type->prefix) : kind == FieldKind::text ? "text" : "[]";
    json += '"';
  }
  return taskrouter::read_json<Op>(json + '}').value();
}

namespace detail {

template <class TextOf>
void fill_value(const taskrouter::detail::FieldType& type, void* value, const std::string& text, TextOf text_of) {
  using taskrouter::detail::FieldKind;
  switch (type.kind) {
    case FieldKind::text: *static_cast<std::string*>(value) = text; return;
    case FieldKind::json_text:
      static_cast<taskrouter::JsonText*>(value)->text.clear();
      return taskrouter::detail::write_json_string(static_cast<taskrouter::JsonText*>(value)->text, text);
    case FieldKind::json_value:
      static_cast<taskrouter::JsonValue*>(value)->text = "[1, null, ";
      taskrouter::detail::write_json_string(static_cast<taskrouter::JsonValue*>(value)->text, text);
      static_cast<taskrouter::JsonValue*>(value)->text += "]";
      return;
    case FieldKind::sid: *static_cast<taskrouter::SidText*>(value) = taskrouter::SidText{sid(type.prefix, '7')}; return;
    case FieldKind::open_enum:
      static_cast<taskrouter::detail::EnumText*>(value)->index = static_cast<int>(type.names.size()) - 1;
      return;
    case FieldKind::boolean: *static_cast<bool*>(value) = true; return;
    case FieldKind::integer:
      *static_cast<std::int64_t*>(value) = std::max<std::int64_t>(type.lowest, -9'007'199'254'740'991);
      return;
    case FieldKind::timestamp:
      *static_cast<std::optional<taskrouter::Timestamp>*>(value) = taskrouter::read_timestamp("2014-05-14T10:50:02Z");
      return;
    case FieldKind::structure: return fill(type.fields, value, text_of);
    case FieldKind::optional: return fill_value(*type.element, type.add(value), text, text_of);
    case FieldKind::list:
      type.clear(value);
      for (int i = 0; i < 2; ++i) fill_value(*type.element, type.add(value), text, text_of);
      return;
  }
}

}  // namespace detail
}  // namespace samples
