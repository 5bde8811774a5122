#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/endpoint.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/percent.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/utf8.hpp"

// From an operation's fields to its request. Fields are checked first and measured second, so that URL
// and form are each allocated once, in full.

namespace taskrouter::detail {

/// How many fields an operation may have. UpdateTaskReservation, the largest, has 58.
inline constexpr std::size_t max_fields = 64;

template <class Sink>
void encode_value(Sink& sink, const FieldType& type, const void* value) {
  switch (type.kind) {
    case FieldKind::text: return sink.encoded(*static_cast<const std::string*>(value));
    case FieldKind::json_text: return sink.encoded(static_cast<const JsonText*>(value)->text);
    case FieldKind::sid: return sink.plain(static_cast<const SidText*>(value)->text());
    case FieldKind::boolean: return sink.plain(*static_cast<const bool*>(value) ? "true" : "false");
    case FieldKind::open_enum:
      return sink.plain(type.names[static_cast<std::size_t>(static_cast<const EnumText*>(value)->index)]);
    case FieldKind::integer: {
      char digits[20];
      const auto end = std::to_chars(digits, digits + sizeof digits, *static_cast<const std::int64_t*>(value)).ptr;
      return sink.plain({digits, static_cast<std::size_t>(end - digits)});
    }
    case FieldKind::timestamp: {
      const auto text = write_timestamp(**static_cast<const std::optional<Timestamp>*>(value));
      return sink.encoded({text.data(), text.size()});
    }
    default: return;  // Structures are spliced, and no operation sends a JsonValue.
  }
}

/// How many values a field holds: none, one, or a list's.
inline std::size_t count_values(const Field& field, const void* operation) {
  return field.type->count(field.in(operation));
}

/// Calls `each(value_type, value)` for every value a field holds.
template <class Each>
void for_each_value(const Field& field, const void* operation, Each each) {
  const void* value = field.in(operation);
  if (field.type->element == nullptr) return each(*field.type, value);
  for (std::size_t i = 0, count = field.type->count(value); i < count; ++i) {
    each(*field.type->element, field.type->at(value, i));
  }
}

/// The fields of an operation that have values, sorted by where they go.
class Parameters {
 public:
  Parameters(const Route& route, std::span<const Field> fields, const void* operation)
      : route_{route}, operation_{operation} {
    for (const Field& field : fields) {
      if (count_values(field, operation) == 0) continue;  // A field of the path always has one.
      (field.place == Place::pair       ? pairs_[in_pairs_++]
       : field.place == Place::path     ? path_[in_path_++]
       : field.place == Place::if_match ? if_match_
                                        : body_) = &field;
    }
  }

  /// The request, in an empty one.
  void write(const Endpoint& endpoint, Request& request) const {
    const bool is_form = route_.method == Method::post && body_ == nullptr;
    EncodedSize target{route_.path.size()}, pairs;
    for (const Field* field : path()) encode_value(target, *field->type, field->in(operation_));
    write_pairs(pairs);
    request.method = route_.method;
    request.headers = body_ == nullptr ? endpoint.headers(is_form) : endpoint.json_headers();
    const std::string& base_url = endpoint.base_url();
    request.url.reserve(base_url.size() + target.size + (is_form ? 0 : 1 + pairs.size));
    request.url = base_url;
    append_encoded(request.url, target.size, [&](EncodedText& out) { write_path(out); });
    if (!is_form && pairs.size > 0) request.url.push_back('?');
    append_encoded(is_form ? request.body : request.url, pairs.size, [&](EncodedText& out) { write_pairs(out); });
    if (body_ != nullptr) request.body = static_cast<const JsonText*>(body_->in(operation_))->text;
    if (if_match() != nullptr) request.headers.add("If-Match", *if_match());
  }

  std::span<const Field* const> path() const { return {path_, in_path_}; }
  std::span<const Field* const> pairs() const { return {pairs_, in_pairs_}; }

  /// The field that is the whole body, or null.
  const Field* body() const { return body_; }

  /// The value of the If-Match header, or null.
  const std::string* if_match() const {
    return if_match_ == nullptr ? nullptr
                                : static_cast<const std::string*>(if_match_->type->at(if_match_->in(operation_), 0));
  }

 private:
  void write_path(EncodedText& url) const {
    std::string_view rest = route_.path;
    for (const Field* field : path()) {
      url.plain(rest.substr(0, rest.find('{')));
      encode_value(url, *field->type, field->in(operation_));
      rest.remove_prefix(rest.find('}') + 1);
    }
    url.plain(rest);
  }

  template <class Sink>
  void write_pairs(Sink& sink) const {
    bool first = true;
    for (const Field* field : pairs()) {
      for_each_value(*field, operation_, [&](const FieldType& type, const void* value) {
        if (!first) sink.plain("&");
        first = false;
        sink.wire_name(field->name);
        sink.plain("=");
        encode_value(sink, type, value);
      });
    }
  }

  const Route& route_;
  const void* operation_;
  const Field* if_match_ = nullptr;
  const Field* body_ = nullptr;
  const Field* path_[max_fields];
  const Field* pairs_[max_fields];
  std::size_t in_path_ = 0;
  std::size_t in_pairs_ = 0;
};

/// Why a value can't be sent, or nothing.
inline std::string why_not(const FieldType& type, const void* value, bool in_path) {
  switch (type.kind) {
    case FieldKind::text: {
      const std::string& text = *static_cast<const std::string*>(value);
      if (in_path && (text == "." || text == "..")) return "can't be '.' or '..'";
      return is_utf8(text) ? std::string{} : "is not UTF-8";
    }
    case FieldKind::json_text: {
      JsonScanner in{static_cast<const JsonText*>(value)->text};
      return in.skip_value() && in.at_end() ? std::string{} : in.problem();
    }
    case FieldKind::sid: {
      const std::string_view text = static_cast<const SidText*>(value)->text();
      if (text.empty()) return "is missing";
      if (is_sid(text, type.prefix)) return {};
      return "should be " + std::string{type.prefix} + " and 32 hexadecimal digits";
    }
    case FieldKind::integer: {
      const std::int64_t number = *static_cast<const std::int64_t*>(value);
      if (number >= type.lowest && number <= type.highest) return {};
      const std::string lowest = std::to_string(type.lowest);
      return type.highest == std::numeric_limits<std::int64_t>::max()
                 ? "should be at least " + lowest
                 : "should lie between " + lowest + " and " + std::to_string(type.highest);
    }
    case FieldKind::open_enum:
      return static_cast<const EnumText*>(value)->index >= 0 ? std::string{} : should_be_one_of(type.names);
    case FieldKind::timestamp:
      return is_writable(**static_cast<const std::optional<Timestamp>*>(value))
                 ? std::string{}
                 : "should lie in the years 1900 to 9999";
    default: return {};
  }
}

/// What is wrong with a field's values, or nothing.
inline std::string problem_of(const Field& field, const void* operation, bool in_path) {
  const FieldType& type = *field.type;
  const void* value = field.in(operation);
  if ((type.kind == FieldKind::text && static_cast<const std::string*>(value)->empty()) ||
      (type.kind == FieldKind::json_text && static_cast<const JsonText*>(value)->text.empty())) {
    return "is missing";
  }
  if (type.element == nullptr) return why_not(type, value, in_path);
  for (std::size_t i = 0, count = type.count(value); i < count; ++i) {
    std::string problem = why_not(*type.element, type.at(value, i), in_path);
    if (!problem.empty()) return problem;
  }
  return {};
}

/// Says what is wrong with a field of what has that name: `UpdateTask: sid is missing`.
inline Error field_error(std::string_view name, std::string_view field, std::string_view problem) {
  return argument_error(field, std::string{name}.append(": ").append(field).append(" ").append(problem));
}

/// What is wrong with the operation, if anything is.
inline std::optional<Error> check(const Route& route, const Parameters& parameters, const void* operation) {
  std::optional<Error> error;
  const auto is_right = [&](const Field* field, bool in_path) {
    const std::string problem = problem_of(*field, operation, in_path);
    if (problem.empty()) return true;
    error = field_error(route.name, field->name, problem);
    return false;
  };
  for (const Field* field : parameters.path()) {
    if (!is_right(field, true)) return error;
  }
  for (const Field* field : parameters.pairs()) {
    if (!is_right(field, false)) return error;
  }
  if (parameters.body() != nullptr && !is_right(parameters.body(), false)) return error;
  const std::string* if_match = parameters.if_match();
  if (if_match != nullptr && !is_header_value(*if_match)) {
    error = field_error(route.name, "if_match", "should be visible ASCII");
  }
  return error;
}

inline Result<Request> build(const Route& route, std::span<const Field> fields, const void* operation,
                             const Endpoint& endpoint) {
  Result<Request> result{std::in_place};
  const Parameters parameters{route, fields, operation};
  if (endpoint.problem()) {
    result = *endpoint.problem();
  } else if (auto error = check(route, parameters, operation)) {
    result = *std::move(error);
  } else {
    parameters.write(endpoint, *result);
  }
  return result;
}

}  // namespace taskrouter::detail
