#pragma once

#include <bit>
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

/// Which of an operation's parameters are required, a bit a field: what is neither optional nor a list.
/// Absent times are the exception: their type is the same, required or not, and no operation requires one.
consteval std::uint64_t required_fields(std::span<const detail::Field> fields) {
  using detail::FieldKind;
  std::uint64_t required = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldKind kind = fields[i].type->kind;
    const bool can_lack = kind == FieldKind::optional || kind == FieldKind::list || kind == FieldKind::timestamp;
    if (!can_lack && fields[i].place == detail::Place::pair) required |= std::uint64_t{1} << i;
  }
  return required;
}

/// What the requests of one operation look like.
struct RequestShape {
  const Route* route;
  Segments pattern;  ///< The route's path.
  std::span<const detail::Field> fields;
  std::uint64_t required;  ///< A bit a field.
};

/// Reads one request into one operation.
class Decoder {
 public:
  Decoder(const RequestShape& shape, void* operation) : shape_{shape}, fields_{shape.fields}, operation_{operation} {}

  /// Why the request is refused, or nothing.
  /// @pre fits(shape.pattern, path)
  std::optional<Error> read(const Incoming& incoming, const Segments& path) {
    if (!read_path(path)) return not_found(incoming.path);
    const Request& request = incoming.request;
    if (fields_.back().place == detail::Place::body) return read_body(request, fields_.back());
    const bool is_form = shape_.route->method == Method::post;
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
  /// The fields of the path stand in its order.
  bool read_path(const Segments& path) {
    auto field = fields_.begin();
    for (std::size_t i = 0; i < path.size; ++i) {
      if (!shape_.pattern.texts[i].starts_with('{')) continue;
      while (field->place != detail::Place::path) ++field;
      // What can't be the SID of anything is the SID of nothing: not found.
      const std::string_view segment = decode_segment(path.texts[i], scratch_);
      if (!detail::decode_field(*field++, segment, operation_, detail::Reading::strict).empty()) return false;
    }
    last_ = static_cast<std::size_t>(field - fields_.begin());
    return true;
  }

  std::optional<Error> read_parameters(std::string_view text) {
    std::optional<Error> refusal;
    const std::string problem = detail::for_each_pair(text, {}, [&](const detail::FormPair& pair) {
      refusal = read_parameter(pair);
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

  /// Where the field of a parameter stands, or how many there are. Who writes them in the fields' order, as the
  /// client does, has each found soon.
  std::size_t find(std::string_view name) {
    std::size_t i = last_ + detail::find_field(fields_.subspan(last_), name);
    if (i == fields_.size()) i = detail::find_field(fields_, name);
    if (i < fields_.size()) last_ = i;
    return i;
  }

  std::optional<Error> read_parameter(const detail::FormPair& pair) {
    std::string_view name = pair.name;
    std::size_t i = find(name);  // No field's name needs to be encoded, so that few are.
    if (i == fields_.size()) i = find(name = detail::form_decode(name, scratch_));
    if (i == fields_.size() || fields_[i].place != detail::Place::pair) {
      return invalid(name, "is not a parameter of " + std::string{shape_.route->name});
    }
    const detail::Field& field = fields_[i];
    const bool is_list = field.type->kind == detail::FieldKind::list;
    if (!is_list && read_ >> i & 1) return invalid(name, "stands there twice");
    read_ |= std::uint64_t{1} << i;
    const std::string_view text = detail::form_decode(pair.value, scratch_);
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

  std::optional<Error> find_missing() const {
    for (std::uint64_t left = shape_.required; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      const detail::Field& field = fields_[i];
      const bool is_text = field.type->kind == detail::FieldKind::text;
      if ((read_ >> i & 1) != 0 && !(is_text && static_cast<const std::string*>(field.in(operation_))->empty())) {
        continue;
      }
      return missing_parameter(field.wire_name(),
                               shape_.route->method == Method::post ? "in the post body" : "in the query");
    }
    return std::nullopt;
  }

  const RequestShape& shape_;
  std::span<const detail::Field> fields_;
  void* operation_;
  std::string scratch_{};  // Holds what had to be decoded.
  std::size_t last_{};     // Where the last parameter's field stands.
  std::uint64_t read_{};   // A bit a field.
};

}  // namespace taskrouter::emulator
