#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "taskrouter/encode.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"

namespace taskrouter {
namespace detail {

/// A struct without its type: its fields, and a way to have one.
struct AnyStruct {
  std::span<const Field> fields{};
  /// Makes an empty one and lends it to `use`, with `context`.
  void (*lend)(void (*use)(void* object, void* context), void* context){};
  bool has_etag{};  ///< Whether answers carry its version in a header.

  template <class Use>
  void with(Use use) const {
    lend([](void* object, void* context) { (*static_cast<Use*>(context))(object); }, &use);
  }
};

template <class T>
inline constexpr AnyStruct any_struct{.fields = fields_of<T>,
                                      .lend =
                                          [](void (*use)(void*, void*), void* context) {
                                            T object{};
                                            use(&object, context);
                                          },
                                      .has_etag = requires(T object){object.etag;
}  // namespace detail
};  // namespace taskrouter
template <>
inline constexpr AnyStruct any_struct<Nothing>{};

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
  Result<Request> result{Request{}};
  operation.input.with([&](void* object) {
    JsonReader reader{fields_json, Reading::strict};
    if (reader.read_document(operation.input.fields, object)) {
      result = detail::build(*operation.route, operation.input.fields, object, endpoint);
    } else {
      result = reader.error(Error::Kind::argument);
    }
  });
  return result;
}

/// The untyped half of by_name::parse().
inline Result<std::string> parse_named(const NamedOperation& operation, const Response& response) {
  if (response.status < 200 || response.status > 299) return api_error(response);
  if (operation.output.lend == nullptr) return std::string{"null"};
  Result<std::string> result{std::string{}};
  operation.output.with([&](void* object) {
    JsonReader reader{response.body, Reading::lenient};
    if (!reader.read_document(operation.output.fields, object)) {
      result = body_error(reader.error(Error::Kind::body), response);
      return;
    }
    std::string json;
    JsonWriter{json, EmptyFields::as_null}.write_structure(operation.output.fields, object);
    if (operation.output.has_etag) {
      json.back() = ',';
      json.append("\"etag\":");
      const std::string* etag = response.headers.find("ETag");
      etag == nullptr ? void(json.append("null")) : write_json_string(json, *etag);
      json.push_back('}');
    }
    result = std::move(json);
  });
  return result;
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
