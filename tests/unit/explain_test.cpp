#include "taskrouter/workflow/explain.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "taskrouter/utf8.hpp"
#include "taskrouter/workflow/parse_expression.hpp"

using namespace taskrouter;
using nlohmann::json;

namespace {

const json attributes = json::parse(R"({"a": 1, "b": 2, "language": "en", "skills": ["x", "y"], "level": "5"})");

Explanation explained(std::string_view text) {
  return explain(parse_expression(text).value(), {.attributes = &attributes});
}

/// The comparisons that decided, as one text.
std::string deciding(std::string_view text) {
  std::string out;
  for (const ExplainedPart& part : explained(text).parts) {
    if (part.decided) out += (out.empty() ? "" : "; ") + part.text;
  }
  return out;
}

}  // namespace

TEST_CASE("a sentence says which comparison decided, and the values it saw") {
  CHECK(explained("a == 1").sentence == "It matches: a == 1 is true (a is 1).");
  CHECK(explained("a == 1 AND b > 5").sentence == "It does not match: b > 5 is false (b is 2).");
  CHECK(explained("a < b").sentence == "It matches: a < b is true (a is 1, b is 2).");
  CHECK(explained("1 == 1").sentence == "It matches: 1 == 1 is true.");
  CHECK(explained("c == 1 OR b == 3").sentence ==
        "It does not match: c == 1 is false (c is missing), and b == 3 is false (b is 2).");
  CHECK(explained("a==1 AND a==1 AND a==1 AND a==1 AND a==1").sentence.ends_with(", and 2 more like these."));
}

TEST_CASE("a sentence says when the types can never match") {
  CHECK(explained("level == 5").sentence ==
        "It does not match: level == 5 is false (level is \"5\", the types differ).");
  CHECK(explained("skills == 'x'").sentence.ends_with("(skills is [\"x\",\"y\"], of a list it is always false)."));
  CHECK(explained("language HAS 'en'").sentence.ends_with("(language is \"en\", HAS wants a list before it)."));
  CHECK(explained("a NOT IN language").sentence.ends_with("IN wants a list after it)."));
  CHECK(explained("skills IN skills").sentence.ends_with("a list is searched for one value)."));
  CHECK(explained("skills == null").sentence.ends_with("(skills is [\"x\",\"y\"])."));
}

TEST_CASE("of a false AND the first false part decides, of a true one all; of an OR the other way round") {
  CHECK(deciding("a==1 AND b==1 AND b==3") == "b == 1");
  CHECK(deciding("a==1 AND b==2") == "a == 1; b == 2");
  CHECK(deciding("a==2 OR b==2 OR a==1") == "b == 2");
  CHECK(deciding("a==2 OR b==1") == "a == 2; b == 1");
  CHECK(deciding("(a==2 OR b==2) AND (a==1 AND b==2)") == "b == 2; a == 1; b == 2");
  CHECK(deciding("(a==1 AND b==2) AND (a==2 OR b==1) AND 1==2") == "a == 2; b == 1");
}

TEST_CASE("an explanation agrees with the evaluation, and its parts with their places") {
  for (const std::string_view text : {"a == 1", "a==1 AND (b==1 OR language IN ['en'])", "NULL != c OR skills HAS 'z'",
                                      "(a==2 OR b==1) AND skills HAS 'x'"}) {
    CAPTURE(text);
    const Explanation explanation = explained(text);
    CHECK(explanation.matches == parse_expression(text)->matches({.attributes = &attributes}));
    for (const ExplainedPart& part : explanation.parts) {
      const auto piece = parse_expression(text.substr(part.span.begin, part.span.end - part.span.begin));
      REQUIRE(piece);
      CHECK(*piece == *parse_expression(part.text));
      CHECK(piece->matches({.attributes = &attributes}) == part.is_true);
    }
  }
}

TEST_CASE("a long value is cut at a character") {
  for (std::size_t letters = 50; letters < 70; ++letters) {
    const json task{{"name", std::string(letters, 'x') + "\u00EB\U0001F600\u00EB\U0001F600"}};
    const auto explanation = explain(*parse_expression("name == 1"), {.attributes = &task});
    CHECK(detail::is_utf8(explanation.sentence));
    CHECK(explanation.sentence.size() < 140);
  }
  const json broken{{"name", "\xff"}};
  CHECK(detail::is_utf8(explain(*parse_expression("name == 1"), {.attributes = &broken}).sentence));
}
