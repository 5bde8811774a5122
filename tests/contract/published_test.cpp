#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "contract_table.hpp"
#include "taskrouter/taskrouter.hpp"

// Our table and our structs against the published description and its examples.

using nlohmann::json;
using namespace taskrouter;

namespace {

const std::filesystem::path folder = std::filesystem::path{TASKROUTER_SHARED_DIR} / "contract";

bool missing() {
  if (std::filesystem::exists(folder)) return false;
  MESSAGE("skipped: the published contract is not here");
  return true;
}

json published() { return json::parse(std::ifstream{folder / "taskrouter_v1.json"}); }

bool holds_json(std::string name) {
  name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
  return name == "attributes" || name == "configuration" || name == "addons";
}

/// A published type in our table's words.
std::string type_name(const json& field) {
  const std::string type = field["type"];
  if (type == "date-time") return "time";
  if (type == "uri-map" || type == "json") return "any";
  if (type == "array") {
    const std::string items = type_name({{"type", field["items"]["type"]},
                                         {"name", field["name"]},
                                         {"enum", field["items"].value("enum", json::array())}});
    return items;
  }
  if (type == "sid") {
    const std::string prefix = field["prefix"];
    return prefix.starts_with('[') ? "text" : prefix;
  }
  if (type == "enum") {
    std::string names;
    for (const std::string name : field["enum"]) names += (names.empty() ? "" : "|") + name;
    return names;
  }
  if (type == "string" || type == "uri") return holds_json(field["name"]) ? "json" : "text";
  return type;
}

/// `taskrouter.v1.workspace.task_queue` is TaskQueue.
std::string resource_name(const std::string& dotted) {
  std::string name;
  bool upper = true;
  for (const char c : dotted.substr(dotted.rfind('.') + 1)) {
    if (c != '_') name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = c == '_';
  }
  return name;
}

/// A value without what is the same as absent: nulls and SIDs that are empty text.
json without_empty(const json& value) {
  json result = value;
  if (value.is_object()) {
    result = json::object();
    for (const auto& [key, inner] : value.items()) {
      const bool empty_sid = inner == "" && (key == "sid" || key.ends_with("_sid"));
      if (!inner.is_null() && !empty_sid) result[key] = without_empty(inner);
    }
  } else if (value.is_array()) {
    for (json& inner : result) inner = without_empty(inner);
  }
  return result;
}

}  // namespace

TEST_CASE("our table of operations says what the published description says") {
  if (missing()) return;
  const auto table = contract::operations();
  const json description = published();
  CHECK(description["operations"].size() == table.size());
  for (const json& operation : description["operations"]) {
    const std::string id = operation["id"];
    CAPTURE(id);
    REQUIRE(table.contains(id));
    const contract::Operation& ours = table.at(id);
    CHECK(ours.method == operation["method"].get<std::string>());
    CHECK(ours.path == operation["path"].get<std::string>());
    CHECK(ours.success == operation["success"].get<int>());
    CHECK(ours.page_key == operation.value("page_key", ""));
    const std::string output = operation.value("response", operation.value("page_of", ""));
    CHECK(ours.output == (output.empty() ? "Nothing" : resource_name(output)));
    std::map<std::string, contract::Parameter> theirs;
    for (const std::string place : {"path", "query", "header", "form"}) {
      for (const json& parameter : operation.value(place == "path" ? "path_params" : place, json::array())) {
        theirs[parameter["name"]] = {.place = place,
                                     .type = type_name(parameter),
                                     .list = parameter["type"] == "array",
                                     .required = place == "path" || parameter.value("required", false)};
      }
    }
    if (operation.value("json_body", false)) theirs["body"] = {.place = "body", .type = "json", .required = true};
    CHECK(ours.parameters == theirs);
  }
}

TEST_CASE("our table of resources says what the published description says") {
  if (missing()) return;
  const auto table = contract::resources();
  const json description = published();
  CHECK(description["resources"].size() == table.size());
  for (const auto& [key, fields] : description["resources"].items()) {
    const std::string& name = key;  // Clang 14 captures no structured binding.
    CAPTURE(name);
    REQUIRE(table.contains(resource_name(name)));
    contract::Resource theirs;
    for (const json& field : fields) theirs[field["name"]] = type_name(field);
    CHECK(table.at(resource_name(name)) == theirs);
  }
}

TEST_CASE("every published example is read, and written back with nothing lost") {
  if (missing()) return;
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder / "examples"}) {
    const std::string name = entry.path().filename().string();
    std::ifstream file{entry.path()};
    const json example = json::parse(file);
    for_each_operation([&]<class Op>() {
      if (name.substr(0, name.find('.')) != Op::route.name) return;
      CAPTURE(name);
      ++examples;
      const std::string status = name.substr(name.find('.') + 1, 3);
      CHECK(status == std::to_string(Op::route.success));
      const Response response{.status = std::stoi(status), .headers = {}, .body = example.dump()};
      const auto output = parse<Op>(response);
      REQUIRE(output);
      if constexpr (Described<typename Op::Output>) {
        CHECK(without_empty(json::parse(write_json(*output))) == without_empty(example));
      }
    });
  }
  CHECK(examples == 70);
}
