#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "taskrouter/fields.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"

// From the pairs of a form back to a struct's fields: encode.hpp, read backwards. TaskRouter's callbacks
// are read leniently, as its responses are; the emulator reads requests strictly.

namespace taskrouter::detail {

/// Which of a field's two names counts.
enum class Spelling : unsigned char { on_the_wire, in_json };

/// Where in `fields` the one of that name stands, or `fields.size()`.
inline std::size_t find_field(std::span<const Field> fields, std::string_view name,
                              Spelling spelling = Spelling::on_the_wire) {
  const auto is_called = [&](const Field& field) {
    return spelling == Spelling::in_json ? field.name == name : is_wire_name(name, field.name);
  };
  std::size_t i = 0;
  while (i < fields.size() && !is_called(fields[i])) ++i;
  return i;
}

inline std::string decode_integer(std::string_view text, std::int64_t& value) {
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (error == std::errc{} && end == last) return {};
  return error == std::errc::result_out_of_range ? "is beyond a 64-bit integer" : "should be a whole number";
}

/// Twilio's library for Python, its version 7 at least, writes `True` and `False`.
inline std::string decode_boolean(std::string_view text, bool& value) {
  value = text == "true" || text == "True" || text == "1" || text == "yes";
  const bool is_no = text == "false" || text == "False" || text == "0" || text == "no";
  return value || is_no ? "" : "should be true or false";
}

/// A callback's times are seconds since 1970, a request's are ISO 8601.
inline std::string decode_time(std::string_view text, std::optional<Timestamp>& value, Reading reading) {
  std::int64_t seconds = 0;
  value = read_timestamp(text);
  if (!value && reading == Reading::lenient && decode_integer(text, seconds).empty()) {
    constexpr std::int64_t year_10000 = 253'402'300'800;
    if (seconds >= 0 && seconds < year_10000) value = Timestamp{std::chrono::seconds{seconds}};
  }
  if (value && (reading == Reading::lenient || is_writable(*value))) return {};
  return "should be a time such as 2014-05-14T10:50:02Z, not before 1900";
}

/// Puts the value that `text` says into `value`, which is no list and not optional. Answers what is
/// wrong with it, or an empty text.
inline std::string decode_value(const FieldType& type, std::string_view text, void* value, Reading reading) {
  const bool is_strict = reading == Reading::strict;
  switch (type.kind) {
    case FieldKind::text: *static_cast<std::string*>(value) = text; return {};
    case FieldKind::json_text: {
      JsonScanner in{text};
      if (is_strict && !(in.skip_value() && in.at_end())) return in.problem();
      static_cast<JsonText*>(value)->text = text;
      return {};
    }
    case FieldKind::sid:
      if (is_strict ? !is_sid(text, type.prefix) : SidText{text}.text() != text) {
        return "should be " + std::string{type.prefix} + " and 32 hexadecimal digits";
      }
      *static_cast<SidText*>(value) = SidText{text};
      return {};
    case FieldKind::open_enum: {
      auto& choice = *static_cast<EnumText*>(value);
      set_text(choice, type.names, text);
      return is_strict && choice.index < 0 ? should_be_one_of(type.names) : "";
    }
    case FieldKind::boolean: return decode_boolean(text, *static_cast<bool*>(value));
    case FieldKind::integer: return decode_integer(text, *static_cast<std::int64_t*>(value));
    case FieldKind::timestamp: return decode_time(text, *static_cast<std::optional<Timestamp>*>(value), reading);
    default: return "can't be sent";
  }
}

/// The same for a field of any kind: a list gets one value more.
inline std::string decode_field(const Field& field, std::string_view text, void* object, Reading reading) {
  const FieldType& type = *field.type;
  const bool holds = type.element != nullptr;
  void* value = field.in(object);
  std::string problem = decode_value(holds ? *type.element : type, text, holds ? type.add(value) : value, reading);
  if (!problem.empty() && type.kind == FieldKind::optional) type.clear(value);
  return problem;
}

/// Reads pairs into the fields of their names, leniently, and answers those that found no place, in
/// their order: names of no field, a second value where there is room for one, values that the field
/// can't hold. An empty value says nothing, except in a text.
inline std::vector<FormField> decode_form(std::span<const Field> fields, void* object, std::vector<FormField> form,
                                          Spelling spelling = Spelling::on_the_wire) {
  std::vector<FormField> others;
  std::vector<bool> is_read(fields.size());
  for (FormField& pair : form) {
    const std::size_t i = find_field(fields, pair.name, spelling);
    bool has_place = i < fields.size() && (!is_read[i] || fields[i].type->kind == FieldKind::list);
    if (has_place) {
      const FieldType& type = *fields[i].type;
      const bool is_text = (type.element != nullptr ? type.element : &type)->kind == FieldKind::text;
      is_read[i] = true;
      has_place =
          (pair.value.empty() && !is_text) || decode_field(fields[i], pair.value, object, Reading::lenient).empty();
    }
    if (!has_place) others.push_back(std::move(pair));
  }
  return others;
}

}  // namespace taskrouter::detail
