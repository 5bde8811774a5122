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

  template <class Use>
  void with(Use use) const {
    lend([](void* object, void* context) { (*static_cast<Use*>(context))(object); }, &use);
  }
};

template <class T>
inline constexpr AnyStruct any_struct{.fields = fields_of<T>, .lend = [](void (*use)(void*, void*), void* context) {
                                        T object{};
                                        use(&object, context);
                                      }};
template <>
inline constexpr AnyStruct any_struct<Nothing>{};

struct NamedOperation {
  const Route* route;
  AnyStruct input;
  AnyStruct output;
};

/// The operations as a table, in their list's order.
inline constexpr auto named_operations = [] {
  std::array<NamedOperation, Operations::size> table{};
  std::size_t next = 0;
  for_each_operation([&]<class Op>() {
    table[next++] = {&Op::route, any_struct<Op>, any_struct<typename Op::Output>};
  });
  return table;
}();

inline const NamedOperation* find_operation(std::string_view name) {
  for (const NamedOperation& operation : named_operations) {
    if (operation.route->name == name) return &operation;
  }
  return nullptr;
}

inline Error unknown_operation(std::string_view name) {
  return argument_error("operation", "there is no operation called '" + std::string{name} + '\'');
}

}  // namespace detail

/// Operations from text, for callers who are not C++: the same as build() and parse(), with the
/// operation's name and its fields as JSON.
namespace by_name {

/// The request for the operation called `operation`, such as `UpdateTaskReservation`, with the fields
/// of a JSON object, such as `{"workspace_sid":"WS...","reservation_status":"accepted"}`.
/// JSON text such as `attributes` may stand in it as a string or as itself. A field that the
/// operation does not have is an Error, like any other mistake: of kind `argument`, naming the field.
inline Result<Request> build(std::string_view operation, std::string_view fields_json, const Endpoint& endpoint) {
  const detail::NamedOperation* named = detail::find_operation(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  Result<Request> result{Request{}};
  named->input.with([&](void* object) {
    detail::JsonReader reader{fields_json, detail::Reading::strict};
    if (reader.read_document(named->input.fields, object)) {
      result = detail::build(*named->route, named->input.fields, object, endpoint);
    } else {
      result = reader.error(Error::Kind::argument);
    }
  });
  return result;
}

/// The output of the operation called `operation` as JSON, every field named, or the Error that the
/// response is. An operation without output answers `null`.
inline Result<std::string> parse(std::string_view operation, const Response& response) {
  const detail::NamedOperation* named = detail::find_operation(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  if (response.status < 200 || response.status > 299) return detail::api_error(response);
  if (named->output.lend == nullptr) return std::string{"null"};
  Result<std::string> result{std::string{}};
  named->output.with([&](void* object) {
    detail::JsonReader reader{response.body, detail::Reading::lenient};
    if (!reader.read_document(named->output.fields, object)) {
      result = detail::body_error(reader.error(Error::Kind::body), response);
      return;
    }
    std::string json;
    detail::JsonWriter{json, detail::EmptyFields::as_null}.write_structure(named->output.fields, object);
    result = std::move(json);
  });
  return result;
}

}  // namespace by_name
}  // namespace taskrouter
