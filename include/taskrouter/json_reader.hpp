#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/fields.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {
namespace detail {

/// Reads JSON text straight into described structs. Absent and null fields are left as they were
/// made, empty; of a key that stands twice the last one counts.
class JsonReader {
 public:
  JsonReader(std::string_view text, Reading reading, int depth_limit = json_depth_limit)
      : in_{text, depth_limit}, reading_{reading} {}

  bool read_document(std::span<const Field> fields, void* object) {
    return read_structure(fields, object) && in_.at_end();
  }

  /// Why it failed, and at which field: `workers.date_created`.
  Error error(Error::Kind kind) const {
    const std::string where = field_.empty() ? "the JSON text" : field_;
    return {.kind = kind,
            .message = where + ' ' + in_.problem() + " (at byte " + std::to_string(in_.position()) + ')',
            .field = field_};
  }

 private:
  bool read_structure(std::span<const Field> fields, void* object) {
    if (!in_.enter('{')) return false;
    if (in_.take('}')) return in_.leave(), true;
    std::size_t expected = 0;  // Twilio keeps its fields in order, so the next one is the likely one.
    do {
      std::string_view key;
      if (!in_.read_key(key, scratch_)) return false;
      const Field* field = find(fields, key, expected);
      if (field == nullptr) {
        if (reading_ == Reading::strict) return at_field(key, in_.fail("is not a field of this operation"));
        if (!in_.skip_value()) return at_field(key, false);
      } else {
        if (field->type->kind == FieldKind::structure) make_empty(*field->type, field->in(object));
        if (!read(*field->type, field->in(object))) return at_field(field->name, false);
      }
    } while (in_.take(','));
    if (!in_.take('}')) return in_.fail("is not JSON: a comma or a closing bracket is missing");
    return in_.leave(), true;
  }

  bool read_list(const FieldType& type, void* list) {
    type.clear(list);
    if (!in_.enter('[')) return false;
    if (in_.take(']')) return in_.leave(), true;
    do {
      if (!read(*type.element, type.add(list))) return false;
    } while (in_.take(','));
    if (!in_.take(']')) return in_.fail("is not JSON: a comma or a closing bracket is missing");
    return in_.leave(), true;
  }

  bool read(const FieldType& type, void* value) {
    if (in_.peek() == 'n') return make_empty(type, value), in_.take_null();
    std::string_view text;
    switch (type.kind) {
      case FieldKind::optional: return read(*type.element, type.add(value));
      case FieldKind::list: return read_list(type, value);
      case FieldKind::structure: return read_structure(type.fields, value);
      case FieldKind::text: return in_.read_string(*static_cast<std::string*>(value));
      case FieldKind::json_text:
        if (in_.peek() == '"') return in_.read_string(static_cast<JsonText*>(value)->text);
        return read_raw(static_cast<JsonText*>(value)->text);
      case FieldKind::json_value: return read_raw(static_cast<JsonValue*>(value)->text);
      case FieldKind::boolean:
        if (const char c = in_.peek(); c != 't' && c != 'f') return in_.fail("should be true or false");
        return in_.read_boolean(*static_cast<bool*>(value));
      case FieldKind::integer: return read_integer(*static_cast<std::int64_t*>(value));
      case FieldKind::sid:
        if (!in_.read_string(text, scratch_)) return false;
        *static_cast<SidText*>(value) = SidText{text};
        return true;
      case FieldKind::open_enum:
        return in_.read_string(text, scratch_) && (set_text(*static_cast<EnumText*>(value), type.names, text), true);
      case FieldKind::timestamp: return read_time(*static_cast<std::optional<Timestamp>*>(value));
    }
    return false;
  }

  /// Takes back what an earlier field of the same key brought.
  static void make_empty(const FieldType& type, void* value) {
    switch (type.kind) {
      case FieldKind::optional:
      case FieldKind::list: return type.clear(value);
      case FieldKind::structure:
        for (const Field& field : type.fields) make_empty(*field.type, field.in(value));
        return;
      case FieldKind::text: return static_cast<std::string*>(value)->clear();
      case FieldKind::json_text: return static_cast<JsonText*>(value)->text.clear();
      case FieldKind::json_value: return static_cast<JsonValue*>(value)->text.clear();
      case FieldKind::sid: *static_cast<SidText*>(value) = {}; return;
      case FieldKind::open_enum: *static_cast<EnumText*>(value) = {}; return;
      case FieldKind::boolean: *static_cast<bool*>(value) = false; return;
      case FieldKind::integer: *static_cast<std::int64_t*>(value) = 0; return;
      case FieldKind::timestamp: return static_cast<std::optional<Timestamp>*>(value)->reset();
    }
  }

  bool read_raw(std::string& out) {
    const std::size_t start = in_.position();
    if (!in_.skip_value()) return false;
    out = in_.text(start, in_.position());
    return true;
  }

  bool read_integer(std::int64_t& out) {
    const char c = in_.peek();
    std::string_view digits;
    if (c != '-' && (c < '0' || c > '9')) return in_.fail("should be a whole number");
    if (!in_.read_number(digits)) return false;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error == std::errc{} && end == digits.data() + digits.size()) return true;
    return in_.fail(error == std::errc{} ? "should be a whole number" : "is beyond a 64-bit integer");
  }

  bool read_time(std::optional<Timestamp>& out) {
    std::string_view text;
    if (!in_.read_string(text, scratch_)) return false;
    out = read_timestamp(text);
    return out || reading_ == Reading::lenient || in_.fail("should be a time such as 2014-05-14T10:50:02Z");
  }

  static const Field* find(std::span<const Field> fields, std::string_view key, std::size_t& expected) {
    for (std::size_t tried = 0; tried < fields.size(); ++tried) {
      const std::size_t i = expected < fields.size() ? expected : 0;
      expected = i + 1;
      if (fields[i].name == key) return &fields[i];
    }
    return nullptr;
  }

  bool at_field(std::string_view name, bool result) {
    field_ = field_.empty() ? std::string{name} : std::string{name} + '.' + field_;
    return result;
  }

  JsonScanner in_;
  Reading reading_;
  std::string scratch_{};
  std::string field_{};
};

}  // namespace detail

/// Whether `text` is JSON: one value of any shape, UTF-8, at most 64 deep.
inline bool is_json(std::string_view text) {
  detail::JsonScanner in{text};
  return in.skip_value() && in.at_end();
}

/// Reads a JSON object into a described struct, as a response is read: keys that name no field are
/// skipped, absent and null ones leave the field empty, and so does a time in a form that is not ISO
/// 8601. The Error is of kind `body`: the text is not JSON, or nested deeper than `depth_limit`, 64 at most.
template <Described T>
Result<T> read_json(std::string_view text, int depth_limit = detail::json_depth_limit) {
  Result<T> result{std::in_place};
  detail::JsonReader reader{text, detail::Reading::lenient, depth_limit};
  if (!reader.read_document(detail::fields_of<T>, &*result)) result = reader.error(Error::Kind::body);
  return result;
}

}  // namespace taskrouter
