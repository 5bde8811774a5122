// Prints operations.json: every operation with its method, path, C++ type and fields, for the parts of the page that
// go by a list: the form of live mode, code in other languages, and the paths that the proxy lets through.
//   print_operations FILE

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/fields.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operations.hpp"

namespace {

using namespace taskrouter;
using detail::Field, detail::FieldKind, detail::FieldType;

struct FieldJson {
  std::string name{};
  std::string wire{};
  std::string place{};                  ///< `path`, `query`, `form`, `header` or `body`.
  std::string kind{};                   ///< `text`, `json`, `sid`, `enum`, `boolean`, `integer` or `time`.
  std::optional<std::string> prefix{};  ///< sid: its two letters.
  std::vector<std::string> names{};     ///< enum.
  std::optional<std::string> cpp{};     ///< enum: the type in C++.
  std::optional<std::int64_t> lowest{};
  std::optional<std::int64_t> highest{};
  std::optional<std::string> inside{};  ///< The member of the operation's struct that holds the field.
  std::optional<bool> required{};       ///< true or left out, as is the next one.
  std::optional<bool> list{};

  TASKROUTER_FIELDS(name, wire, place, kind, prefix, names, cpp, lowest, highest, inside, required, list)
};

struct OperationJson {
  std::string name{};
  std::string method{};
  std::string path{};
  std::string cpp{};
  std::vector<FieldJson> fields{};

  TASKROUTER_FIELDS(name, method, path, cpp, fields)
};

struct OperationsJson {
  std::vector<OperationJson> operations{};

  TASKROUTER_FIELDS(operations)
};

/// A type's name below `taskrouter`: `tasks::Create`.
template <class T>
std::string name_of_type() {
  constexpr std::string_view before = "T = taskrouter::";
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find(before) + before.size());
  return std::string{name.substr(0, name.find_first_of(";]"))};
}

/// The C++ names of the enums that requests carry, by their enumerators. Only a new enum is missing here.
std::string name_of_enum(std::span<const std::string_view> names) {
  std::string found;
  const auto look_at = [&]<class... Enums>() {
    ((detail::names_of<Enums>.data() == names.data() ? found = name_of_type<Enums>() : found), ...);
  };
  look_at.operator()<TaskStatus, QueueOrder, TaskOrder, ReservationStatus, CallStatus, ConferenceEvent, SupervisorMode,
                     CallbackMethod>();
  if (found.empty()) {
    std::cerr << "print_operations: the enum of " << names.front() << " is not in the list\n";
    std::exit(1);
  }
  return found;
}

std::string name_of_kind(FieldKind kind) {
  switch (kind) {
    case FieldKind::json_text: return "json";
    case FieldKind::sid: return "sid";
    case FieldKind::open_enum: return "enum";
    case FieldKind::boolean: return "boolean";
    case FieldKind::integer: return "integer";
    case FieldKind::timestamp: return "time";
    default: return "text";
  }
}

std::string place_of(const Route& route, const Field& field) {
  if (route.path.find('{' + field.wire_name() + '}') != std::string_view::npos) return "path";
  if (field.name == "if_match") return "header";
  if (field.name == "body") return "body";
  return route.method == Method::post ? "form" : "query";
}

std::optional<bool> if_true(bool value) { return value ? std::optional{true} : std::nullopt; }

FieldJson describe(const Route& route, const Field& field) {
  const bool holds = field.type->kind == FieldKind::optional || field.type->kind == FieldKind::list;
  const FieldType& type = holds ? *field.type->element : *field.type;
  FieldJson json{.name = std::string{field.name},
                 .wire = field.name == "if_match" ? "If-Match" : field.wire_name(),
                 .place = place_of(route, field),
                 .kind = name_of_kind(type.kind),
                 .required = if_true(!holds && type.kind != FieldKind::timestamp),
                 .list = if_true(field.type->kind == FieldKind::list)};
  if (type.kind == FieldKind::sid) json.prefix = type.prefix;
  if (type.kind == FieldKind::open_enum) {
    json.names.assign(type.names.begin(), type.names.end());
    json.cpp = name_of_enum(type.names);
  }
  if (type.kind == FieldKind::integer) {
    if (type.lowest != std::numeric_limits<std::int64_t>::min()) json.lowest = type.lowest;
    if (type.highest != std::numeric_limits<std::int64_t>::max()) json.highest = type.highest;
  }
  return json;
}

template <class Op>
OperationJson describe() {
  OperationJson json{.name = std::string{Op::route.name},
                     .method = std::string{text(Op::route.method)},
                     .path = std::string{Op::route.path},
                     .cpp = name_of_type<Op>()};
  for (const Field& field : Op::template described<Op>()) {
    if (!detail::splices<Op>(field)) {
      json.fields.push_back(describe(Op::route, field));
      continue;
    }
    for (const Field& inner : field.type->fields) {
      json.fields.push_back(describe(Op::route, inner));
      json.fields.back().inside = field.name;
    }
  }
  return json;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  OperationsJson all;
  for_each_operation([&]<class Op>() { all.operations.push_back(describe<Op>()); });
  std::string json;
  detail::JsonWriter{json, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<OperationsJson>, &all);
  std::ofstream file{argv[1]};
  file << json << '\n';
  return file ? 0 : 1;
}
