#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "contract_table.hpp"
#include "taskrouter/taskrouter.hpp"

// Every struct against the contract's table, both ways.

using namespace taskrouter;
using detail::Field, detail::FieldKind, detail::FieldType;

namespace {

/// A field's type in the table's words.
std::string type_name(const FieldType& type) {
  switch (type.kind) {
    case FieldKind::text: return "text";
    case FieldKind::json_text: return "json";
    case FieldKind::json_value: return "any";
    case FieldKind::sid: return std::string{type.prefix};
    case FieldKind::boolean: return "boolean";
    case FieldKind::integer: return "integer";
    case FieldKind::timestamp: return "time";
    case FieldKind::optional:
    case FieldKind::list: return type_name(*type.element);
    case FieldKind::structure: return "structure";
    case FieldKind::open_enum: {
      std::string names;
      for (const std::string_view name : type.names) names.append(names.empty() ? "" : "|").append(name);
      return names;
    }
  }
  return "?";
}

contract::Parameter parameter(const Route& route, const Field& field) {
  const FieldKind kind = field.type->kind;
  const bool in_path = route.path.find('{' + field.wire_name() + '}') != std::string_view::npos;
  return {.place = in_path                       ? "path"
                   : field.name == "if_match"    ? "header"
                   : field.name == "body"        ? "body"
                   : route.method == Method::get ? "query"
                                                 : "form",
          .type = type_name(*field.type),
          .list = kind == FieldKind::list,
          .required = kind != FieldKind::list && kind != FieldKind::optional && kind != FieldKind::timestamp};
}

void check_same_keys(const auto& ours, const auto& theirs) {
  for (const auto& field : ours) CHECK_MESSAGE(theirs.contains(field.first), field.first << " is not in the contract");
  for (const auto& field : theirs) CHECK_MESSAGE(ours.contains(field.first), field.first << " is missing");
}

void check_resource(std::span<const Field> fields, const contract::Resource& theirs) {
  contract::Resource ours;
  for (const Field& field : fields) ours[std::string{field.name}] = type_name(*field.type);
  check_same_keys(ours, theirs);
  for (const auto& [key, type] : ours) {
    const std::string& name = key;
    CAPTURE(name);
    if (theirs.contains(name)) CHECK(type == theirs.at(name));
  }
}

template <class Output>
void check_output(const contract::Operation& operation) {
  if constexpr (std::is_same_v<Output, Nothing>) {
    CHECK(operation.output == "Nothing");
  } else {
    const auto resources = contract::resources();
    REQUIRE(resources.contains(operation.output));
    const auto fields = detail::fields_of<Output>;
    if (operation.page_key.empty()) return check_resource(fields, resources.at(operation.output));
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].name == "meta");
    CHECK(fields[1].name == operation.page_key);
    check_resource(fields[1].type->element->fields, resources.at(operation.output));
  }
}

}  // namespace

TEST_CASE("every operation is the contract's: route, status, parameters and answer") {
  const auto table = contract::operations();
  for_each_operation([&]<class Op>() {
    const std::string id{Op::route.name};
    CAPTURE(id);
    REQUIRE(table.contains(id));
    const contract::Operation& operation = table.at(id);
    CHECK(text(Op::route.method) == operation.method);
    CHECK(Op::route.path == operation.path);
    CHECK(Op::route.success == operation.success);
    check_output<typename Op::Output>(operation);

    std::map<std::string, contract::Parameter> ours;
    for (const Field& field : detail::fields_of<Op>) {
      const std::string wire_name{field.name == "if_match" ? "If-Match"
                                  : field.name == "body"   ? field.name
                                                           : field.wire_name()};
      CHECK_MESSAGE(ours.emplace(wire_name, parameter(Op::route, field)).second, "stands twice: " << wire_name);
    }
    check_same_keys(ours, operation.parameters);
    for (const auto& [key, mine] : ours) {
      const std::string& name = key;
      if (!operation.parameters.contains(name)) continue;
      const contract::Parameter& theirs = operation.parameters.at(name);
      CAPTURE(name);
      CHECK(mine.place == theirs.place);
      CHECK(mine.type == theirs.type);
      CHECK(mine.list == theirs.list);
      CHECK(mine.required == theirs.required);
    }
  });
}

TEST_CASE("every operation of the contract is in the list, and nothing else") {
  auto table = contract::operations();
  CHECK(table.size() == 61);
  for_each_operation([&]<class Op>() { CHECK_MESSAGE(table.erase(std::string{Op::route.name}) == 1, Op::route.name); });
  CHECK(table.empty());
  CHECK(Operations::size == 61);
}
