#include "taskrouter/json.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace taskrouter;

TEST_CASE("free-form JSON becomes a value of nlohmann's, and goes back unchanged") {
  const JsonText attributes{R"({"languages":["es","en"],"level":5,"vip":true,"note":"\u00e9"})"};
  const auto value = to_nlohmann(attributes);
  REQUIRE(value);
  CHECK((*value)["languages"][1] == "en");
  CHECK((*value)["note"] == "\xC3\xA9");
  CHECK(*to_nlohmann(to_json_text(*value)) == *value);
  CHECK(*to_nlohmann(JsonValue{"[1]"}) == nlohmann::json{1});
}

TEST_CASE("text that is no JSON is an error and not an exception") {
  for (const std::string text : {"", "{", "{\"a\":1,}", "\"\xff\"", "1e400", "nul"}) {
    CAPTURE(text);
    const auto value = to_nlohmann(JsonText{text});
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == Error::Kind::body);
  }
}

TEST_CASE("a stranger's brackets are counted before nlohmann recurses into them") {
  CHECK(to_nlohmann(std::string(64, '[') + std::string(64, ']')));
  CHECK_FALSE(to_nlohmann(std::string(65, '[') + std::string(65, ']')));
  CHECK_FALSE(to_nlohmann(std::string(1'000'000, '[')));
}

TEST_CASE("a value that is not UTF-8 is written with what is broken replaced") {
  CHECK(to_json_text(nlohmann::json{{"a", "x\xff"}}).text == "{\"a\":\"x\xEF\xBF\xBD\"}");
}

TEST_CASE("a value is the one that nlohmann's own parser reads") {
  for (const std::string text : {R"({"a":1,"a":null})",
                                 R"({"a":{"b":1},"a":[2]})",
                                 R"([{},[],"",null,true,false])",
                                 " [ 1 , 2 ] ",
                                 "0",
                                 "-0",
                                 "-1",
                                 "18446744073709551615",
                                 "18446744073709551616",
                                 "-9223372036854775808",
                                 "-9223372036854775809",
                                 "1.0",
                                 "-0.5",
                                 "1e3",
                                 "1E-3",
                                 "0.1",
                                 "1.7976931348623157e308",
                                 "5e-324",
                                 "1e-400",
                                 R"("\u0000\ud83d\ude00\/\n")",
                                 "\xEF\xBB\xBF{}"}) {
    CAPTURE(text);
    const auto value = to_nlohmann(text);
    const auto expected = nlohmann::json::parse(text);
    REQUIRE(value);
    CHECK(*value == expected);
    CHECK(value->type() == expected.type());
  }
}
