// Prints operations.d.ts, the types of every operation's fields and output, and callbacks.d.ts, those
// of callbacks and instructions, from their tables, with what the headers say of them.
//   print_types HEADERS OPERATIONS CALLBACKS

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "comments.hpp"
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

std::string type_name(const FieldType& type, Way way) {
  switch (type.kind) {
    case FieldKind::text:
    case FieldKind::sid: return "string";
    case FieldKind::json_text: return way == Way::sent ? "JsonText" : "string";
    case FieldKind::json_value: return "JsonValue";
    case FieldKind::boolean: return "boolean";
    case FieldKind::integer: return "number";
    case FieldKind::timestamp: return way == Way::sent ? "string | Date | null" : "string | null";
    case FieldKind::optional: return type_name(*type.element, way) + " | null";
    case FieldKind::list: return "Array<" + type_name(*type.element, way) + '>';
    case FieldKind::structure: return "object";  // There is none: those inside an operation are its own fields.
    case FieldKind::open_enum: break;
  }
  std::string names;
  for (const std::string_view name : type.names) names.append(names.empty() ? "'" : " | '").append(name) += '\'';
  return way == Way::sent ? names : "Open<" + names + '>';
}

bool may_be_absent(const FieldType& type) {
  return type.kind == FieldKind::optional || type.kind == FieldKind::list || type.kind == FieldKind::timestamp;
}

/// A comment without the sentence that begins with "See": that one is about C++.
std::string told(std::string_view comment) { return std::string{comment.substr(0, comment.find(" See "))}; }

/// A comment as TypeScript has it; none for no text.
std::string doc(std::string_view comment, const std::string& indent) {
  const std::string text = told(comment);
  if (text.empty()) return text;
  if (text.find('\n') == text.npos) return indent + "/** " + text + " */\n";
  std::string out = indent + "/**\n" + indent + " * ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n') out += indent + (i + 1 < text.size() && text[i + 1] == '\n' ? " *" : " * ");
  }
  return out + '\n' + indent + " */\n";
}

/// A type's name from within `taskrouter`: `tasks::Create`.
template <class T>
std::string name_of() {
  std::string_view name = __PRETTY_FUNCTION__;
  name.remove_prefix(name.find("taskrouter::") + 12);
  return std::string{name.substr(0, name.find_first_of(";]"))};
}

/// The last part of it: `Create`.
template <class T>
std::string own_name() {
  const std::string name = name_of<T>();
  return name.substr(name.rfind(':') + 1);
}

/// Prints structs, and before them what the headers say of them.
class Printer {
 public:
  explicit Printer(const Comments& comments) : comments_{&comments} {}

  template <class T>
  std::string comment(const std::string& indent) const {
    return doc(comments_->of(name_of<T>()), indent);
  }

  template <class T>
  std::string comment(std::string_view field, const std::string& indent) const {
    return doc(comments_->of(name_of<T>(), field), indent);
  }

  /// The fields one by one. `type` says what a field's type is, after its name.
  template <class T, class Type>
  std::string fields(const std::string& indent, Type type) const {
    std::string out;
    for (const Field& field : detail::fields_of<T>) {
      out += comment<T>(field.name, indent) + indent + std::string{field.name} + type(field) + ";\n";
    }
    return out;
  }

  template <class T>
  std::string sent(const std::string& indent) const {
    return fields<T>(indent, [](const Field& field) {
      return (may_be_absent(*field.type) ? "?: " : ": ") + type_name(*field.type, Way::sent);
    });
  }

  template <class T>
  std::string received(const std::string& indent) const {
    return fields<T>(indent, [](const Field& field) { return ": " + type_name(*field.type, Way::received); });
  }

  /// A callback, in which all but the fields `always` there may be null.
  template <class T>
  std::string called(std::initializer_list<std::string_view> always) const {
    const auto type = [&](const Field& field) {
      const FieldKind kind = field.type->kind;
      const bool may_be_empty = kind == FieldKind::sid || kind == FieldKind::json_text || kind == FieldKind::open_enum;
      const bool is_there = std::find(always.begin(), always.end(), field.name) != always.end();
      return ": " + type_name(*field.type, Way::received) + (may_be_empty && !is_there ? " | null" : "");
    };
    return comment<T>("") + "export interface " + own_name<T>() + " {\n" + fields<T>("  ", type) +
           comment<T>("others", "  ") + "  others: Array<{ name: string; value: string }>;\n}\n\n";
  }

 private:
  const Comments* comments_;
};

/// The interfaces of outputs, each printed at its first use.
struct Outputs {
  Printer printer;
  std::string text{};
  std::set<std::string> printed{};

  template <class T>
  std::string print(const T*) {
    const std::string name = own_name<T>();
    if (!printed.insert(name).second) return name;
    text += printer.comment<T>("") + "export interface " + name + " {\n" + printer.received<T>("  ");
    if constexpr (requires(T object) { object.etag; }) {
      text += printer.comment<T>("etag", "  ") + "  etag: string | null;\n";
    }
    text += "}\n\n";
    return name;
  }

  template <class T>
  std::string print(const Page<T>*) {
    print(static_cast<const PageMeta*>(nullptr));
    const std::string item = print(static_cast<const T*>(nullptr)), name = item + "Page";
    if (printed.insert(name).second) {
      text += "/** A part of a list, as one answer brings it. */\nexport interface " + name +
              " {\n  /** Where it stands. */\n  meta: PageMeta;\n  /** What it holds. */\n  " + std::string{T::plural} +
              ": Array<" + item + ">;\n}\n\n";
    }
    return name;
  }

  std::string print(const Nothing*) { return "null"; }
};

constexpr std::string_view written_by = "// Written by print_types.cpp from the library's own tables.\n\n";

bool write_operations(const char* path, const Comments& comments) {
  Outputs outputs{Printer{comments}};
  std::string operations;
  for_each_operation([&]<class Op>() {
    const Route& route = Op::route;
    operations += doc(told(comments.of(name_of<Op>())) + "\n\n`" + std::string{text(route.method)} + ' ' +
                          std::string{route.path} + '`',
                      "  ") +
                  "  " + std::string{route.name} + ": {\n    fields: {\n" + outputs.printer.sent<Op>("      ") +
                  "    };\n    output: " + outputs.print(static_cast<const typename Op::Output*>(nullptr)) +
                  ";\n  };\n";
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

template <class Kind>
std::string instruction_interface(const Printer& printer) {
  std::string fields;
  if constexpr (Described<Kind>) fields = printer.sent<Kind>("  ");
  return printer.comment<Kind>("") + "export interface " + own_name<Kind>() + "Instruction {\n" +
         printer.comment<Kind>("instruction", "  ") + "  instruction: '" + std::string{Kind::instruction} + "';\n" +
         fields + "}\n\n";
}

template <class... Kinds>
std::string instruction_interfaces(const Printer& printer, const std::variant<Kinds...>*) {
  std::string all = (instruction_interface<Kinds>(printer) + ...);
  all += "/** What TaskRouter is told to do with a reservation. */\nexport type Instruction =";
  ((all += "\n  | " + own_name<Kinds>() + "Instruction"), ...);
  return all + ";\n";
}

bool write_callbacks(const char* path, const Comments& comments) {
  const Printer printer{comments};
  std::ofstream file{path};
  file << written_by << "import type { Open } from './operations.js';\n\n"
       << printer.called<webhooks::AssignmentCallback>({"workspace_sid", "task_sid", "reservation_sid"})
       << printer.called<webhooks::EventCallback>({"event_type"})
       << instruction_interfaces(printer, static_cast<const webhooks::Instruction*>(nullptr));
  return bool{file};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  std::ifstream headers{argv[1]};
  const Comments comments{headers};
  return headers.eof() && write_operations(argv[2], comments) && write_callbacks(argv[3], comments) ? 0 : 1;
}
