#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/decode.hpp"
#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/incoming.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/form.hpp"

// From a request's text back to its operation, by the same tables that the client encodes it with,
// read backwards. TaskRouter ignores some mistakes; here every one is refused, so that it is found.

namespace taskrouter::emulator {

/// Whether a Content-Type is of a media type, whatever parameters it has.
inline bool is_media_type(std::string_view content_type, std::string_view wanted) {
  const std::string_view type = content_type.substr(0, wanted.size()), rest = content_type.substr(type.size());
  return same_header_name(type, wanted) && (rest.empty() || rest.front() == ';' || rest.front() == ' ');
}

/// Reads one request into one operation.
class Decoder {
 public:
  Decoder(const Route& route, std::span<const detail::Field> fields, void* operation)
      : route_{route}, fields_{fields}, operation_{operation} {}

  /// Why the request is refused, or nothing.
  std::optional<Error> read(const Incoming& incoming, const PathValues& path_values) {
    if (!read_path(path_values)) return not_found(incoming.path);
    const Request& request = incoming.request;
    if (fields_.back().name == "body") return read_body(request, fields_.back());
    const bool is_form = route_.method == Method::post;
    if (is_form && !incoming.query.empty()) return invalid("a POST takes its parameters in the body, not in the URL");
    if (!is_form && !request.body.empty()) return invalid("parameters belong in the URL: this method takes no body");
    const std::string* type = request.headers.find("Content-Type");
    if (is_form && type != nullptr && !request.body.empty() &&
        !is_media_type(*type, "application/x-www-form-urlencoded")) {
      return invalid("Content-Type should be application/x-www-form-urlencoded");
    }
    if (auto refusal = read_parameters(is_form ? std::string_view{request.body} : incoming.query)) return refusal;
    read_if_match(request.headers);
    return find_missing();
  }

 private:
  bool read_path(const PathValues& values) {
    for (std::size_t next = 0; next < values.size; ++next) {
      const std::size_t i = detail::find_field(fields_, values.names[next]);
      // What can't be the SID of anything is the SID of nothing: not found.
      const std::string_view segment = decode_segment(values.texts[next], scratch_);
      if (!detail::decode_field(fields_[i], segment, operation_, detail::Reading::strict).empty()) return false;
      in_path_ |= std::uint64_t{1} << i;
    }
    return true;
  }

  std::optional<Error> read_parameters(std::string_view text) {
    std::optional<Error> refusal;
    const std::string problem = detail::for_each_pair(text, {}, [&](const detail::FormPair& pair) {
      refusal = read_parameter(detail::form_decode(pair.name, scratch_), pair.value);
      return !refusal;
    });
    if (!problem.empty()) return invalid(problem);
    return refusal;
  }

  /// Reads a body that is JSON as a whole, for the one operation that has one.
  std::optional<Error> read_body(const Request& request, const detail::Field& field) {
    const std::string problem = detail::decode_field(field, request.body, operation_, detail::Reading::strict);
    if (problem.empty()) return std::nullopt;
    return invalid("The body", problem);
  }

  /// @param value still encoded
  std::optional<Error> read_parameter(std::string_view name, std::string_view value) {
    const std::size_t i = detail::find_field(fields_, name);
    if (i == fields_.size() || in_path_ >> i & 1 || fields_[i].name == "if_match") {
      return invalid(name, "is not a parameter of " + std::string{route_.name});
    }
    const detail::Field& field = fields_[i];
    const bool is_list = field.type->kind == detail::FieldKind::list;
    if (!is_list && read_ >> i & 1) return invalid(name, "stands there twice");
    read_ |= std::uint64_t{1} << i;
    const std::string_view text = detail::form_decode(value, scratch_);
    const std::string problem = detail::decode_field(field, text, operation_, detail::Reading::strict);
    if (!problem.empty()) return invalid(field.wire_name(), problem);
    return std::nullopt;
  }

  void read_if_match(const Headers& headers) {
    const std::string* value = headers.find("If-Match");
    if (value == nullptr) return;
    const std::size_t i = detail::find_field(fields_, "IfMatch");
    if (i < fields_.size()) *static_cast<std::optional<std::string>*>(fields_[i].in(operation_)) = *value;
  }

  /// What is neither optional nor a list is required. Absent times are the exception: their type is
  /// the same, required or not, and no operation requires one.
  std::optional<Error> find_missing() const {
    using detail::FieldKind;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const detail::Field& field = fields_[i];
      const FieldKind kind = field.type->kind;
      if (kind == FieldKind::optional || kind == FieldKind::list || kind == FieldKind::timestamp) continue;
      const bool is_empty = kind == FieldKind::text && static_cast<const std::string*>(field.in(operation_))->empty();
      if (((in_path_ | read_) >> i & 1) == 0 || is_empty) {
        return missing_parameter(field.wire_name(),
                                 route_.method == Method::post ? "in the post body" : "in the query");
      }
    }
    return std::nullopt;
  }

  const Route& route_;
  std::span<const detail::Field> fields_;
  void* operation_;
  std::string scratch_{};    // Holds what had to be decoded.
  std::uint64_t in_path_{};  // A bit a field.
  std::uint64_t read_{};     // A bit a field.
};

}  // namespace taskrouter::emulator
