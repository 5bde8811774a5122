#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"

// The files of JSONTestSuite, and nlohmann::json as the judge where RFC 8259 leaves the choice.

namespace {

const std::filesystem::path suite = std::filesystem::path{TASKROUTER_SHARED_DIR} / "corpora/JSONTestSuite";

bool missing() {
  if (std::filesystem::exists(suite)) return false;
  MESSAGE("skipped: JSONTestSuite is not here");
  return true;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// How deep the brackets of a JSON text go, those in its strings aside.
int depth(const std::string& json) {
  int now = 0, most = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (in_text && json[i] == '\\') {
      ++i;
    } else if (json[i] == '"') {
      in_text = !in_text;
    } else if (!in_text) {
      now += json[i] == '[' || json[i] == '{' ? 1 : json[i] == ']' || json[i] == '}' ? -1 : 0;
      most = std::max(most, now);
    }
  }
  return most;
}

struct Holder {
  taskrouter::JsonValue value{};
  TASKROUTER_FIELDS(value)
};

struct Same {
  std::string a{};
  TASKROUTER_FIELDS(a)
};

}  // namespace

TEST_CASE("JSONTestSuite is accepted and refused as its names demand, and as nlohmann does") {
  if (missing()) return;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{suite / "test_parsing"}) {
    const std::string name = entry.path().filename().string(), json = contents(entry.path());
    CAPTURE(name);
    ++files;
    const bool accepted = taskrouter::is_json(json);
    if (name[0] == 'y') CHECK(accepted);
    if (name[0] == 'n') CHECK_FALSE(accepted);
    // Where we differ on purpose: deep nesting, and a NUL, which nlohmann takes for the end of the text.
    if (depth(json) > 64 || json.find('\0') != std::string::npos) {
      CHECK_FALSE(accepted);
    } else {
      CHECK(accepted == nlohmann::json::accept(json));
    }
  }
  CHECK(files >= 318);
}

TEST_CASE("a value of JSONTestSuite inside a response is skipped, kept and written back unchanged") {
  if (missing()) return;
  for (const auto& entry : std::filesystem::directory_iterator{suite / "test_parsing"}) {
    const std::string json = contents(entry.path());
    if (!taskrouter::is_json(json) || depth(json) > 63 || json.starts_with("\xEF\xBB\xBF")) continue;
    CAPTURE(entry.path().filename().string());
    const auto holder = taskrouter::read_json<Holder>(R"({"unknown":)" + json + R"(,"value":)" + json + '}');
    REQUIRE(holder);
    CHECK(nlohmann::json::parse(taskrouter::write_json(*holder))["value"] == nlohmann::json::parse(json));
  }
}

TEST_CASE("of a key that stands twice the last one counts, also in JSONTestSuite") {
  const auto a = [](const std::string& json) { return taskrouter::read_json<Same>(json).value().a; };
  CHECK(a(R"({"a":"1","a":"2"})") == "2");
  CHECK(a(R"({"a":"1","b":"x","a":""})").empty());
  CHECK(a(R"({"a":"1","a":null})").empty());
  CHECK(a(R"({"a":"1","\u0061":"2"})") == "2");
  if (missing()) return;
  for (const auto& entry : std::filesystem::directory_iterator{suite / "test_transform"}) {
    const std::string name = entry.path().filename().string(), json = contents(entry.path());
    CAPTURE(name);
    CHECK(taskrouter::is_json(json) == nlohmann::json::accept(json));
    const bool half_surrogate = name.starts_with("string_") && name.find("NULL") == std::string::npos;
    CHECK(taskrouter::is_json(json) == !half_surrogate);
  }
}
