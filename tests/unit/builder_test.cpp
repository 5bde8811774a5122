#include "taskrouter/workflow/builder.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/workflow/parse_expression.hpp"
#include "taskrouter/workflow/print_expression.hpp"

using namespace taskrouter;
using namespace taskrouter::expressions;

TEST_CASE("each comparison that is built prints as it would be written") {
  const auto check = [](const Expression& built, std::string_view text) {
    CHECK(to_text(built).value() == text);
    CHECK(parse_expression(text).value() == built);
  };
  check(attribute("a").equals("x"), "a == \"x\"");
  check(attribute("a").differs_from(nullptr), "a != null");
  check(attribute("a").less_than(1), "a < 1");
  check(attribute("a").at_most(1.5), "a <= 1.5");
  check(attribute("a").more_than(-1), "a > -1");
  check(attribute("a").at_least(attribute("b")), "a >= b");
  check(attribute("a").contains(std::string{"x"}), "a CONTAINS \"x\"");
  check(worker("skills").has(task("skill")), "worker.skills HAS task.skill");
  check(task("language").in(worker("languages")), "task.language IN worker.languages");
  check(attribute("a").in({"x", 1}), "a IN [\"x\", 1]");
  check(attribute("a").in({"x", "y"}), "a IN [\"x\", \"y\"]");
  check(attribute("a").not_in(std::vector<std::string>{"x", "y"}), "a NOT IN [\"x\", \"y\"]");
  check(attribute("a").not_in({true}), "a NOT IN [true]");
}

TEST_CASE("parts are joined by AND and by OR, and one part stays itself") {
  const Expression a = attribute("a").equals(1), b = attribute("b").equals(2), c = attribute("c").equals(3);
  CHECK(to_text(all({a, any({b, c})})).value() == "a == 1 AND (b == 2 OR c == 3)");
  CHECK(to_text(any({all({a, b}), c})).value() == "(a == 1 AND b == 2) OR c == 3");
  CHECK(all({a}) == a);
  CHECK(any({b}) == b);
}

TEST_CASE("all of no parts is always true, and any of no parts never") {
  CHECK(all({}).matches({}));
  CHECK_FALSE(any({}).matches({}));
  CHECK(to_text(all({})).value() == "1 == 1");
  CHECK(to_text(any({})).value() == "1 == 2");
}
