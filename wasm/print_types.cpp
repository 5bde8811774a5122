// Prints operations.d.ts: the types of every operation's fields and output, from their tables.
//   print_types FILE

#include <fstream>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "taskrouter/fields.hpp"
#include "taskrouter/operations.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

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

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Outputs outputs;
  std::string operations;
  for_each_operation([&]<class Op>() {
    const Route& route = Op::route;
    operations += "  /** `" + std::string{text(route.method)} + ' ' + std::string{route.path} + "` */\n  " +
                  std::string{route.name} + ": {\n    fields: " + structure(detail::fields_of<Op>, Way::sent, "    ") +
                  ";\n    output: " + outputs.print(static_cast<const typename Op::Output*>(nullptr)) + ";\n  };\n";
  });
  std::ofstream file{argv[1]};
  file << "// Written by print_types.cpp from the library's own tables.\n\n"
          "/** Any JSON value. */\n"
          "export type JsonValue =\n"
          "  string | number | boolean | null | Array<JsonValue> | { [name: string]: JsonValue };\n\n"
          "/** JSON that travels inside a string, such as `attributes`: its text, or the object itself. */\n"
          "export type JsonText = string | { [name: string]: unknown };\n\n"
          "/** One of the names, or one that TaskRouter adds later. */\n"
          "export type Open<Names extends string> = Names | (string & {});\n\n"
       << outputs.text << "/** Every operation by its name: the fields that it takes and the output that it gives. */\n"
       << "export interface Operations {\n"
       << operations << "}\n";
  return file ? 0 : 1;
}
