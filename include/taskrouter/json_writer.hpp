#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/fields.hpp"
#include "taskrouter/plain_text.hpp"
#include "taskrouter/put.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter {
namespace detail {

/// The most bytes that a text takes as a JSON string: a control character is `\u001f`.
constexpr std::size_t json_string_room(std::string_view text) { return 6 * text.size() + 2; }

/// Writes a JSON string where there is json_string_room() for it. Answers where it ends. What is not UTF-8 is
/// replaced, so that the result is always JSON.
inline char* write_json_string(char* to, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  *to++ = '"';
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = 1;
    if (is_plain(c)) {
      *to++ = c;
    } else if (c == '"' || c == '\\') {
      *to++ = '\\';
      *to++ = c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      to = put(to, "\\u00");
      *to++ = hex[static_cast<unsigned char>(c) >> 4];
      *to++ = hex[c & 15];
    } else if (length = utf8_length(text, 0); length > 0) {
      to = put(to, text.substr(0, length));
    } else {
      to = put(to, "\xEF\xBF\xBD");
      length = utf8_broken_length(text, 0);
    }
    text.remove_prefix(length);
  }
  *to++ = '"';
  return to;
}

/// Appends a JSON string.
inline void write_json_string(std::string& out, std::string_view text) {
  append_in_place(out, json_string_room(text), [&](char* to) { return write_json_string(to, text); });
}

inline void write_integer(std::string& out, std::int64_t value) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// How a field without a value is written: a resource names all its fields, an operation only those
/// that are set.
enum class EmptyFields { as_null, leave_out };

/// Writes described structs as JSON text.
class JsonWriter {
 public:
  JsonWriter(std::string& out, EmptyFields empty_fields) : out_{out}, empty_fields_{empty_fields} {}

  void write_structure(std::span<const Field> fields, const void* object) {
    out_.push_back('{');
    bool first = true;
    for (const Field& field : fields) {
      const void* value = field.in(object);
      if (empty_fields_ == EmptyFields::leave_out && is_empty(*field.type, value)) continue;
      if (!first) out_.push_back(',');
      first = false;
      out_.push_back('"');
      out_.append(field.name).append("\":");
      write(*field.type, value);
    }
    out_.push_back('}');
  }

 private:
  static bool is_empty(const FieldType& type, const void* value) {
    switch (type.kind) {
      case FieldKind::optional:
      case FieldKind::list: return type.count(value) == 0;
      case FieldKind::timestamp: return !static_cast<const std::optional<Timestamp>*>(value)->has_value();
      case FieldKind::sid: return static_cast<const SidText*>(value)->empty();
      case FieldKind::json_text: return static_cast<const JsonText*>(value)->text.empty();
      case FieldKind::json_value: return static_cast<const JsonValue*>(value)->text.empty();
      case FieldKind::open_enum: {
        const auto& text = *static_cast<const EnumText*>(value);
        return text.index < 0 && text.unknown.empty();
      }
      default: return false;
    }
  }

  void write(const FieldType& type, const void* value) {
    if (type.kind != FieldKind::list && is_empty(type, value)) {
      out_.append("null");
      return;
    }
    switch (type.kind) {
      case FieldKind::optional: return write(*type.element, type.at(value, 0));
      case FieldKind::list: return write_list(type, value);
      case FieldKind::structure: return write_structure(type.fields, value);
      case FieldKind::text: return write_json_string(out_, *static_cast<const std::string*>(value));
      case FieldKind::json_text: return write_json_string(out_, static_cast<const JsonText*>(value)->text);
      case FieldKind::json_value: out_.append(static_cast<const JsonValue*>(value)->text); return;
      case FieldKind::sid: return write_json_string(out_, static_cast<const SidText*>(value)->text());
      case FieldKind::boolean: out_.append(*static_cast<const bool*>(value) ? "true" : "false"); return;
      case FieldKind::integer: return write_integer(out_, *static_cast<const std::int64_t*>(value));
      case FieldKind::open_enum: {
        const auto& text = *static_cast<const EnumText*>(value);
        return write_json_string(
            out_, text.index < 0 ? std::string_view{text.unknown} : type.names[static_cast<std::size_t>(text.index)]);
      }
      case FieldKind::timestamp: {
        const auto text = write_timestamp(**static_cast<const std::optional<Timestamp>*>(value));
        return write_json_string(out_, {text.data(), text.size()});
      }
    }
  }

  void write_list(const FieldType& type, const void* list) {
    out_.push_back('[');
    for (std::size_t i = 0, count = type.count(list); i < count; ++i) {
      if (i > 0) out_.push_back(',');
      write(*type.element, type.at(list, i));
    }
    out_.push_back(']');
  }

  std::string& out_;
  EmptyFields empty_fields_;
};

}  // namespace detail

/// A described struct as JSON text, as TaskRouter answers it: every field, null where it is empty.
template <Described T>
std::string write_json(const T& value) {
  std::string out;
  detail::JsonWriter{out, detail::EmptyFields::as_null}.write_structure(detail::fields_of<T>, &value);
  return out;
}

}  // namespace taskrouter
