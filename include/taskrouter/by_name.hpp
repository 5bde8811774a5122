#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "taskrouter/encode.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"

namespace taskrouter {
namespace detail {

/// A struct without its type: its fields, and how large it is.
struct AnyStruct {
  std::span<const Field> fields{};
  std::size_t size{};
  bool has_etag{};  ///< Whether answers carry its version in a header.
};

template <class T>
inline constexpr bool has_etag = false;
template <class T>
requires requires(T object) { object.etag; }
inline constexpr bool has_etag<T> = true;

template <class T>
inline constexpr AnyStruct any_struct{.fields = fields_of<T>, .size = sizeof(T), .has_etag = has_etag<T>};
template <>
inline constexpr AnyStruct any_struct<Nothing>{};

/// The fields of a struct, empty, where they lie in it. Made by the table and not by the struct's own
/// constructor: that, with its destructor, once a struct, would be a quarter of the WebAssembly module.
class AnyObject {
 public:
  explicit AnyObject(const AnyStruct& type) : fields_{type.fields}, memory_(type.size / sizeof(std::max_align_t) + 1) {
    make(fields_, get());
  }
  AnyObject(const AnyObject&) = delete;
  AnyObject& operator=(const AnyObject&) = delete;
  ~AnyObject() { end(fields_, get()); }

  void* get() { return memory_.data(); }

 private:
  static void make(std::span<const Field> fields, void* object) {
    for (const Field& field : fields) make(*field.type, field.in(object));
  }
  static void make(const FieldType& type, void* place) {
    switch (type.kind) {
      case FieldKind::text: new (place) std::string{}; return;
      case FieldKind::json_text: new (place) JsonText{}; return;
      case FieldKind::json_value: new (place) JsonValue{}; return;
      case FieldKind::sid: new (place) SidText{}; return;
      case FieldKind::open_enum: new (place) EnumText{}; return;
      case FieldKind::boolean: new (place) bool{}; return;
      case FieldKind::integer: new (place) std::int64_t{}; return;
      case FieldKind::timestamp: new (place) std::optional<Timestamp>{}; return;
      case FieldKind::structure: return make(type.fields, place);
      case FieldKind::optional:
      case FieldKind::list: return type.make(place);
    }
  }

  template <class T>
  static void destroy(void* value) {
    static_cast<T*>(value)->~T();
  }
  static void end(std::span<const Field> fields, void* object) {
    for (const Field& field : fields) end(*field.type, field.in(object));
  }
  static void end(const FieldType& type, void* value) {
    switch (type.kind) {
      case FieldKind::text: return destroy<std::string>(value);
      case FieldKind::json_text: return destroy<JsonText>(value);
      case FieldKind::json_value: return destroy<JsonValue>(value);
      case FieldKind::open_enum: return destroy<EnumText>(value);
      case FieldKind::structure: return end(type.fields, value);
      case FieldKind::optional:
      case FieldKind::list: return type.end(value);
      default: return;  // Nothing to give back.
    }
  }

  std::span<const Field> fields_;
  std::vector<std::max_align_t> memory_;
};

struct NamedOperation {
  const Route* route;
  AnyStruct input;
  AnyStruct output;
};

/// A list of operations as a table, in the list's order.
template <class List>
inline constexpr auto named_operations = [] {
  std::array<NamedOperation, List::size> table{};
  std::size_t next = 0;
  List::for_each([&]<class Op>() { table[next++] = {&Op::route, any_struct<Op>, any_struct<typename Op::Output>}; });
  return table;
}();

template <class List>
const NamedOperation* find_operation(std::string_view name) {
  for (const NamedOperation& operation : named_operations<List>) {
    if (operation.route->name == name) return &operation;
  }
  return nullptr;
}

inline Error unknown_operation(std::string_view name) {
  return argument_error("operation", "there is no operation called '" + std::string{name} + '\'');
}

/// The untyped half of by_name::build().
inline Result<Request> build_named(const NamedOperation& operation, std::string_view fields_json,
                                   const Endpoint& endpoint) {
  AnyObject object{operation.input};
  JsonReader reader{fields_json, Reading::strict};
  if (!reader.read_document(operation.input.fields, object.get())) return reader.error(Error::Kind::argument);
  return detail::build(*operation.route, operation.input.fields, object.get(), endpoint);
}

/// The untyped half of by_name::parse().
inline Result<std::string> parse_named(const NamedOperation& operation, const Response& response) {
  if (response.status < 200 || response.status > 299) return api_error(response);
  if (operation.output.fields.empty()) return std::string{"null"};
  AnyObject object{operation.output};
  JsonReader reader{response.body, Reading::lenient};
  if (!reader.read_document(operation.output.fields, object.get())) {
    return body_error(reader.error(Error::Kind::body), response);
  }
  std::string json;
  JsonWriter{json, EmptyFields::as_null}.write_structure(operation.output.fields, object.get());
  if (operation.output.has_etag) {
    json.back() = ',';
    json.append("\"etag\":");
    const std::string* etag = response.headers.find("ETag");
    etag == nullptr ? void(json.append("null")) : write_json_string(json, *etag);
    json.push_back('}');
  }
  return json;
}

}  // namespace detail

/// Operations from text, for callers who are not C++: the same as build() and parse(), with the
/// operation's name and its fields as JSON. `List` is what can be called: a program that needs few
/// operations is smaller with an OperationList of those.
namespace by_name {

/// The request for the operation called `operation`, such as `UpdateTaskReservation`, with the fields
/// of a JSON object, such as `{"workspace_sid":"WS...","reservation_status":"accepted"}`.
/// JSON text such as `attributes` may stand in it as a string or as itself. A field that the
/// operation does not have is an Error, like any other mistake: of kind `argument`, naming the field.
template <class List = Operations>
Result<Request> build(std::string_view operation, std::string_view fields_json, const Endpoint& endpoint) {
  const detail::NamedOperation* named = detail::find_operation<List>(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  return detail::build_named(*named, fields_json, endpoint);
}

/// The output of the operation called `operation` as JSON, every field named, or the Error that the
/// response is. The version that a header brought is its `etag`. An operation without output answers
/// `null`.
template <class List = Operations>
Result<std::string> parse(std::string_view operation, const Response& response) {
  const detail::NamedOperation* named = detail::find_operation<List>(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  return detail::parse_named(*named, response);
}

}  // namespace by_name
}  // namespace taskrouter
