#include "taskrouter/workflow/expression.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "taskrouter/workflow/parse_expression.hpp"

using namespace taskrouter;
using nlohmann::json;

namespace {

const json agent = json::parse(R"({
  "language": "en", "level": 3, "score": 3.0, "half": 0.5, "vip": true, "none": null,
  "skills": ["sales", "support", 7], "empty": [], "nested": {"region": {"code": "eu"}, "list": [{"id": 5}]},
  "big": 18446744073709551615, "bigger_half": 9223372036854775807, "low": -1})");

bool matches(std::string_view text) { return parse_expression(text).value().matches({.attributes = &agent}); }

}  // namespace

TEST_CASE("scalar operators compare values of one type") {
  for (const char* text : {"language == 'en'",
                           "language = \"en\"",
                           "level == 3",
                           "level == 3.0",
                           "score == 3",
                           "level != 4",
                           "level < 4",
                           "level <= 3",
                           "level > 2",
                           "level >= 3",
                           "vip == true",
                           "vip != false",
                           "half < 1",
                           "language < 'fr'",
                           "language >= 'en'",
                           "1 == 1",
                           "1==1",
                           "'apple' != \"orange\"",
                           "3 == level",
                           "-1 < 0",
                           "low == -1",
                           "1e2 == 100",
                           "language CONTAINS 'n'",
                           "'english' CONTAINS language",
                           "language contains ''"}) {
    CAPTURE(text);
    CHECK(matches(text));
  }
  for (const char* text : {"language == 'EN'", "level == 4", "level != 3", "level < 3", "level > 3", "vip == false",
                           "language CONTAINS 'N'", "language > 'fr'", "1 == 2", "level <= 2", "level >= 4"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text));
  }
}

TEST_CASE("values of different types are not equal and have no order") {
  for (const char* text : {"level != '3'", "vip != 'true'", "vip != 1", "language != 0"}) CHECK(matches(text));
  for (const char* text : {"level == '3'", "level < '4'", "level >= '3'", "vip == 1", "vip > 0", "vip <= true",
                           "level CONTAINS 3", "'3' CONTAINS 3", "null <= null"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text));
  }
}

TEST_CASE("integers keep their value at both ends of 64 bits") {
  CHECK(matches("big > 9223372036854775807"));
  CHECK(matches("big > low"));
  CHECK(matches("low < big"));
  CHECK_FALSE(matches("9223372036854775808 < low"));
  CHECK(matches("bigger_half == 9223372036854775807"));
  CHECK_FALSE(matches("big == -1"));
  CHECK_FALSE(matches("bigger_half == 9223372036854775806"));
}

TEST_CASE("lists are searched by HAS, IN and NOT IN, and by nothing else") {
  for (const char* text :
       {"skills HAS 'sales'", "skills has 7", "skills HAS 7.0", "'support' IN skills", "language IN ['de', \"en\"]",
        "level in [1,2,3]", "language NOT IN ['de']", "language not  in []", "'x' NOT IN empty", "[1, 2] HAS 2"}) {
    CAPTURE(text);
    CHECK(matches(text));
  }
  for (const char* text :
       {"skills HAS 'sale'", "skills HAS '7'", "'x' IN empty", "language HAS 'en'", "level HAS 3", "'en' IN language",
        "'en' NOT IN language", "skills HAS skills", "skills IN skills", "skills == skills", "skills != 'sales'",
        "skills CONTAINS 'sales'", "skills < 1", "missing IN ['a']", "missing NOT IN ['a']", "none NOT IN ['a']",
        "nested == nested", "nested != 1", "nested HAS 'region'"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text));
  }
}

TEST_CASE("a missing attribute is null, and null asks whether a value is there") {
  for (const char* text :
       {"missing == null", "none == null", "language != null", "skills != null", "nested != null", "missing != 'x'",
        "nested.missing == null", "language.x == null", "skills[3] == null", "missing == none", "NULL == missing"}) {
    CAPTURE(text);
    CHECK(matches(text));
  }
  for (const char* text : {"missing != null", "language == null", "skills == null", "missing == 'x'", "missing < 1",
                           "missing > 1", "missing <= null", "missing HAS 1", "missing CONTAINS ''"}) {
    CAPTURE(text);
    CHECK_FALSE(matches(text));
  }
}

TEST_CASE("names reach into objects by dots and into lists by positions") {
  CHECK(matches("nested.region.code == 'eu'"));
  CHECK(matches("nested.list[0].id == 5"));
  CHECK(matches("skills[1] == 'support'"));
  CHECK_FALSE(matches("nested.list[1].id == 5"));
  CHECK_FALSE(matches("nested[0] == 5"));
}

TEST_CASE("AND binds tighter than OR, and parentheses bind tighter than both") {
  CHECK(matches("1==1 OR 1==1 AND 1==2"));
  CHECK_FALSE(matches("(1==1 OR 1==1) AND 1==2"));
  CHECK(matches("1==2 and 1==2 or 1==1"));
  CHECK_FALSE(matches("1==2 AND (1==2 OR 1==1)"));
  CHECK(matches("((level == 3)) AND (vip == true AND (language == 'en'))"));
}

TEST_CASE("task, worker and workers stand for what they are given") {
  const json task{{"language", "es"}, {"task", "own"}}, worker{{"languages", {"es", "en"}}, {"sid", "WK1"}};
  const json workers{{"available", 0}, {"WA1", 2}};
  const auto is_true = [&](std::string_view text) {
    return parse_expression(text)->matches({.task = &task, .worker = &worker, .workers = &workers});
  };
  CHECK(is_true("task.language IN worker.languages AND worker.sid == 'WK1'"));
  CHECK(is_true("workers.available == 0 AND workers.WA1 < 3"));
  CHECK(is_true("language == null"));
  CHECK(is_true("worker == null"));
  CHECK(parse_expression("task.task == null AND task == 'own'")->matches({.attributes = &task}));
}

TEST_CASE("a value is found, or not, by whatever name") {
  const json list = json::array({1, json::array({2})});
  const json object{{"", 1}, {"a", list}};
  const Variables variables{.attributes = &object, .task = &object};
  CHECK(*variables.find("a[1][0]") == 2);
  CHECK(*variables.find("task.a[0]") == 1);
  for (const char* name : {"", ".", "[", "a[", "a[]", "a[x]", "a.", "task", "task[0]", "a[99999999999999999999999]"}) {
    CAPTURE(name);
    const json* found = variables.find(name);
    if (found != nullptr) CHECK_FALSE(found->dump().empty());
  }
  CHECK(Variables{}.find("a") == nullptr);
}
