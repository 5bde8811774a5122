// Prints operations.d.ts, the types of every operation's fields and output, and callbacks.d.ts, those
// of callbacks and instructions, from their tables.
//   print_types OPERATIONS CALLBACKS

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "taskrouter/fields.hpp"
#include "taskrouter/operations.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/webhooks/assignment.hpp"
#include "taskrouter/webhooks/event.hpp"
#include "taskrouter/webhooks/instruction.hpp"

namespace {

using namespace taskrouter;
using detail::Field, detail::FieldKind, detail::FieldType;

/// Where a type is used: an operation's fields are sent, its output is received.
enum class Way { sent, received };

std::string structure(std::span<const Field> fields, Way way, const std::string& indent);

std::string type_name(const FieldType& type, Way way, const std::string& indent) {
  switch (type.kind) {
    case FieldKind::text:
    case FieldKind::sid: return "string";
    case FieldKind::json_text: return way == Way::sent ? "JsonText" : "string";
    case FieldKind::json_value: return "JsonValue";
    case FieldKind::boolean: return "boolean";
    case FieldKind::integer: return "number";
    case FieldKind::timestamp: return way == Way::sent ? "string | Date | null" : "string | null";
    case FieldKind::structure: return structure(type.fields, way, indent);
    case FieldKind::optional: return type_name(*type.element, way, indent) + " | null";
    case FieldKind::list: return "Array<" + type_name(*type.element, way, indent) + '>';
    case FieldKind::open_enum: break;
  }
  std::string names;
  for (const std::string_view name : type.names) names.append(names.empty() ? "'" : " | '").append(name) += '\'';
  return way == Way::sent ? names : "Open<" + names + '>';
}

bool may_be_absent(const FieldType& type) {
  return type.kind == FieldKind::optional || type.kind == FieldKind::list || type.kind == FieldKind::timestamp;
}

std::string structure(std::span<const Field> fields, Way way, const std::string& indent) {
  std::string out = "{\n";
  for (const Field& field : fields) {
    const bool absent = way == Way::sent && may_be_absent(*field.type);
    out += indent + "  " + std::string{field.name} + (absent ? "?: " : ": ") +
           type_name(*field.type, way, indent + "  ") + ";\n";
  }
  return out + indent + '}';
}

/// A type's own name: `Task`.
template <class T>
std::string own_name() {
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  return std::string{name.substr(name.rfind(':') + 1)};
}

/// The interfaces and aliases of outputs, each printed at its first use.
struct Outputs {
  std::string text{};
  std::set<std::string> printed{};

  template <class T>
  std::string print(const T*) {
    const std::string name = own_name<T>();
    if (printed.insert(name).second) {
      std::string fields = structure(detail::fields_of<T>, Way::received, "");
      if constexpr (requires(T object) { object.etag; }) fields.insert(fields.size() - 1, "  etag: string | null;\n");
      text += "export interface " + name + ' ' + fields + "\n\n";
    }
    return name;
  }

  template <class T>
  std::string print(const Page<T>*) {
    print(static_cast<const PageMeta*>(nullptr));
    const std::string item = print(static_cast<const T*>(nullptr)), name = item + "Page";
    if (printed.insert(name).second) {
      text += "export interface " + name + " {\n  meta: PageMeta;\n  " + std::string{T::plural} + ": Array<" + item +
              ">;\n}\n\n";
    }
    return name;
  }

  std::string print(const Nothing*) { return "null"; }
};

constexpr std::string_view written_by = "// Written by print_types.cpp from the library's own tables.\n\n";

bool write_operations(const char* path) {
  Outputs outputs;
  std::string operations;
  for_each_operation([&]<class Op>() {
    const Route& route = Op::route;
    operations += "  /** `" + std::string{text(route.method)} + ' ' + std::string{route.path} + "` */\n  " +
                  std::string{route.name} + ": {\n    fields: " + structure(detail::fields_of<Op>, Way::sent, "    ") +
                  ";\n    output: " + outputs.print(static_cast<const typename Op::Output*>(nullptr)) + ";\n  };\n";
  });
  std::ofstream file{path};
  file << written_by
       << "/** Any JSON value. */\n"
          "export type JsonValue =\n"
          "  string | number | boolean | null | Array<JsonValue> | { [name: string]: JsonValue };\n\n"
          "/** JSON that travels inside a string, such as `attributes`: its text, or the object itself. */\n"
          "export type JsonText = string | { [name: string]: unknown };\n\n"
          "/** One of the names, or one that TaskRouter adds later. */\n"
          "export type Open<Names extends string> = Names | (string & {});\n\n"
       << outputs.text << "/** Every operation by its name: the fields that it takes and the output that it gives. */\n"
       << "export interface Operations {\n"
       << operations << "}\n";
  return bool{file};
}

/// The interface of a callback, in which all but the fields `always` there may be null.
template <class Callback>
std::string callback_interface(std::initializer_list<std::string_view> always) {
  std::string out = "export interface " + own_name<Callback>() + " {\n";
  for (const Field& field : detail::fields_of<Callback>) {
    const FieldKind kind = field.type->kind;
    const bool may_be_empty = kind == FieldKind::sid || kind == FieldKind::json_text || kind == FieldKind::open_enum;
    const bool is_there = std::find(always.begin(), always.end(), field.name) != always.end();
    out += "  " + std::string{field.name} + ": " + type_name(*field.type, Way::received, "  ") +
           (may_be_empty && !is_there ? " | null;\n" : ";\n");
  }
  return out +
         "  /** What Twilio added since, and values that can't be read as their type. */\n"
         "  others: Array<{ name: string; value: string }>;\n}\n\n";
}

template <class Kind>
std::string instruction_interface() {
  std::string fields = "{\n}";
  if constexpr (Described<Kind>) fields = structure(detail::fields_of<Kind>, Way::sent, "");
  fields.insert(2, "  instruction: '" + std::string{Kind::instruction} + "';\n");
  return "export interface " + own_name<Kind>() + "Instruction " + fields + "\n\n";
}

template <class... Kinds>
std::string instruction_interfaces(const std::variant<Kinds...>*) {
  std::string all = (instruction_interface<Kinds>() + ...);
  all += "/** What TaskRouter is told to do with a reservation. */\nexport type Instruction =";
  ((all += "\n  | " + own_name<Kinds>() + "Instruction"), ...);
  return all + ";\n";
}

bool write_callbacks(const char* path) {
  std::ofstream file{path};
  file << written_by << "import type { Open } from './operations.js';\n\n"
       << "/** What TaskRouter posts to a workflow's assignment callback URL when it has reserved a worker. */\n"
       << callback_interface<webhooks::AssignmentCallback>({"workspace_sid", "task_sid", "reservation_sid"})
       << "/** What TaskRouter posts to a workspace's event callback URL. What an event is not about is null. */\n"
       << callback_interface<webhooks::EventCallback>({"event_type"})
       << instruction_interfaces(static_cast<const webhooks::Instruction*>(nullptr));
  return bool{file};
}

}  // namespace

int main(int argc, char** argv) { return argc == 3 && write_operations(argv[1]) && write_callbacks(argv[2]) ? 0 : 1; }
