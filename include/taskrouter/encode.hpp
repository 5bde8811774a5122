#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/endpoint.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/utf8.hpp"

// From an operation's fields to its request. A field goes into the path if the route names it, into
// a header if it is `if_match`, and else into the form of a POST or the query of a GET. Fields are
// checked first and measured second, so that URL and form are each allocated once, in full.

namespace taskrouter::detail {

/// RFC 3986's unreserved characters: the ones that stand for themselves.
inline constexpr auto unreserved = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

/// Counts what an EncodedText would write.
struct EncodedSize {
  std::size_t size = 0;
  void plain(std::string_view text) { size += text.size(); }
  void encoded(std::string_view text) {
    for (const char c : text) size += unreserved[static_cast<unsigned char>(c)] ? 1U : 3U;
  }
};

/// Writes text as it is, or percent-encoded: a space is `%20`, which every server reads alike.
struct EncodedText {
  std::string& out;
  void plain(std::string_view text) { out.append(text); }
  void encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (unreserved[byte]) {
        out.push_back(c);
      } else {
        const char escape[]{'%', hex[byte >> 4], hex[byte & 15]};
        out.append(escape, sizeof escape);
      }
    }
  }
};

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

/// Calls `each(value_type, value)` for every value a field holds: none, one, or a list's.
template <class Each>
void for_each_value(const Field& field, const void* operation, Each each) {
  const void* value = field.in(operation);
  if (field.type->kind == FieldKind::optional || field.type->kind == FieldKind::list) {
    for (std::size_t i = 0, count = field.type->count(value); i < count; ++i) {
      each(*field.type->element, field.type->at(value, i));
    }
  } else if (field.type->kind != FieldKind::timestamp ||
             static_cast<const std::optional<Timestamp>*>(value)->has_value()) {
    each(*field.type, value);
  }
}

/// An operation about to become a request: its fields and where each of them goes.
struct Encoding {
  const Route& route;
  std::span<const Field> fields;
  const void* operation;
  std::uint64_t in_path = 0;  ///< A bit a field.
  const std::string* if_match = nullptr;

  bool is_in_path(std::size_t i) const { return in_path >> i & 1; }

  /// Calls `literal(text)` and `parameter(field)` for the parts of the route's path in turn.
  template <class Literal, class Parameter>
  void for_each_path_part(Literal literal, Parameter parameter) const {
    std::string_view rest = route.path;
    std::size_t next = 0;
    for (std::size_t open; (open = rest.find('{')) != std::string_view::npos;) {
      const std::size_t close = rest.find('}', open);
      const std::string_view name = rest.substr(open + 1, close - open - 1);
      literal(rest.substr(0, open));
      while (fields[next % fields.size()].wire_name != name) ++next;
      parameter(next % fields.size());
      rest.remove_prefix(close + 1);
    }
    literal(rest);
  }

  template <class Sink>
  void write_path(Sink& sink) const {
    for_each_path_part([&](std::string_view text) { sink.plain(text); },
                       [&](std::size_t i) { encode_value(sink, *fields[i].type, fields[i].in(operation)); });
  }

  template <class Sink>
  void write_pairs(Sink& sink) const {
    bool first = true;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (is_in_path(i) || fields[i].name == "if_match") continue;
      for_each_value(fields[i], operation, [&](const FieldType& type, const void* value) {
        if (!first) sink.plain("&");
        first = false;
        sink.plain(fields[i].wire_name);
        sink.plain("=");
        encode_value(sink, type, value);
      });
    }
  }
};

/// Why a value can't be sent, or nothing.
inline std::string why_not(const FieldType& type, const void* value, bool in_path) {
  switch (type.kind) {
    case FieldKind::text: {
      const std::string& text = *static_cast<const std::string*>(value);
      if (in_path && (text.empty() || text == "." || text == "..")) return "can't be empty, '.' or '..'";
      return is_utf8(text) ? "" : "is not UTF-8";
    }
    case FieldKind::json_text: {
      JsonScanner in{static_cast<const JsonText*>(value)->text};
      return in.skip_value() && in.at_end() ? "" : in.problem();
    }
    case FieldKind::sid: {
      const std::string_view text = static_cast<const SidText*>(value)->text();
      if (text.empty()) return "is missing";
      return is_sid(text, type.prefix) ? "" : "should be " + std::string{type.prefix} + " and 32 hexadecimal digits";
    }
    case FieldKind::open_enum: {
      if (static_cast<const EnumText*>(value)->index >= 0) return "";
      std::string names;
      for (const std::string_view name : type.names) names.append(names.empty() ? "" : ", ").append(name);
      return "should be one of " + names;
    }
    case FieldKind::timestamp:
      return is_writable(**static_cast<const std::optional<Timestamp>*>(value))
                 ? ""
                 : "should lie in the years 1900 to 9999";
    default: return "";
  }
}

/// What is wrong with the operation's fields, if anything is.
inline std::optional<Error> check(const Encoding& encoding) {
  for (std::size_t i = 0; i < encoding.fields.size(); ++i) {
    const Field& field = encoding.fields[i];
    std::string problem;
    for_each_value(field, encoding.operation, [&](const FieldType& type, const void* value) {
      if (!problem.empty()) return;
      problem = why_not(type, value, encoding.is_in_path(i));
    });
    if (problem.empty() && field.type->kind == FieldKind::text &&
        static_cast<const std::string*>(field.in(encoding.operation))->empty()) {
      problem = "is missing";
    }
    if (!problem.empty()) {
      return argument_error(field.name,
                            std::string{encoding.route.name} + ": " + std::string{field.name} + ' ' + problem);
    }
  }
  if (encoding.if_match != nullptr && !is_header_value(*encoding.if_match)) {
    return argument_error("if_match", std::string{encoding.route.name} + ": if_match should be visible ASCII");
  }
  return std::nullopt;
}

inline Result<Request> build(const Route& route, std::span<const Field> fields, const void* operation,
                             const Endpoint& endpoint) {
  if (endpoint.problem()) return *endpoint.problem();
  Encoding encoding{.route = route, .fields = fields, .operation = operation};
  encoding.for_each_path_part([](std::string_view) {},
                              [&](std::size_t i) { encoding.in_path |= std::uint64_t{1} << i; });
  for (const Field& field : fields) {
    if (field.name != "if_match") continue;
    const auto& value = *static_cast<const std::optional<std::string>*>(field.in(operation));
    if (value) encoding.if_match = &*value;
  }
  if (auto error = check(encoding)) return *std::move(error);

  const bool is_form = route.method == Method::post;
  EncodedSize path, pairs;
  encoding.write_path(path);
  encoding.write_pairs(pairs);

  Request request{.method = route.method, .url = {}, .headers = endpoint.headers(is_form), .body = {}};
  request.url.reserve(endpoint.base_url().size() + path.size + (is_form ? 0 : 1 + pairs.size));
  EncodedText url{request.url}, body{request.body};
  url.plain(endpoint.base_url());
  encoding.write_path(url);
  if (is_form) {
    request.body.reserve(pairs.size);
    encoding.write_pairs(body);
  } else if (pairs.size > 0) {
    url.plain("?");
    encoding.write_pairs(url);
  }
  if (encoding.if_match != nullptr) request.headers.add("If-Match", *encoding.if_match);
  return request;
}

}  // namespace taskrouter::detail
