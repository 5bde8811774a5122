#include "taskrouter/workflow/print_expression.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/workflow/builder.hpp"

using namespace taskrouter;
using nlohmann::json;

namespace {

/// Texts that try to get out of their quotes.
const std::vector<std::string> hostile{"",
                                       "'",
                                       "\"",
                                       "\\",
                                       "\\\"",
                                       "\\'",
                                       "'\"",
                                       "\\\\'\"\\",
                                       "x' OR 1==1 OR 'x' == '",
                                       "x\" OR 1==1 OR \"x\" == \"",
                                       "x'\" OR 1==1 OR '\" == '",
                                       "]",
                                       "\n\r\t",
                                       std::string(1, '\0'),
                                       "\\u0022",
                                       "Zo\u00EB \U0001F600 \u2028\u202E"};

/// A tree of any shape that the parser may read, from a sequence of choices.
class AnyExpression {
 public:
  explicit AnyExpression(unsigned seed) : random_{seed} {}

  Expression expression(std::size_t depth) {
    if (depth == 0 || pick(3) == 0) return comparison();
    Expression tree{.kind = pick(2) == 0 ? Expression::Kind::all : Expression::Kind::any};
    for (std::size_t parts = 2 + pick(3); parts > 0; --parts) tree.parts.push_back(expression(depth - 1));
    return tree;
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }

  Expression comparison() { return {.left = operand(), .comparator = Comparator(pick(10)), .right = operand()}; }
  Operand operand() {
    const std::vector<std::string> keys{"a", "worker.skills[2].x", "$_1", "task.in", "not_in"};
    return pick(2) == 0 ? Operand{.key = keys[pick(keys.size())]} : Operand{.constant = constant(true)};
  }
  json constant(bool may_be_list) {
    switch (pick(may_be_list ? 8 : 6)) {
      case 0: return nullptr;
      case 1: return pick(2) == 0;
      case 2: return -static_cast<std::int64_t>(random_());
      case 3: return std::numeric_limits<std::uint64_t>::max() - pick(2);
      case 4: return std::ldexp(static_cast<double>(random_()), static_cast<int>(pick(600)) - 300);
      case 5: return hostile[pick(hostile.size())];
      default: {
        json list = json::array();
        for (std::size_t size = pick(4); size > 0; --size) list.push_back(constant(false));
        return list;
      }
    }
  }

  std::mt19937 random_;
};

std::string text_of(const Expression& expression) { return to_text(expression).value(); }

/// The text without what stands in quotes, for a reader that knows escapes or one that does not.
std::string outside_quotes(std::string_view text, bool knows_escapes) {
  std::string out;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote != 0 && knows_escapes && text[i] == '\\') {
      ++i;
    } else if (quote != 0) {
      if (text[i] == quote) quote = 0;
    } else {
      out += text[i];
      if (text[i] == '"' || text[i] == '\'') quote = text[i];
    }
  }
  return out;
}

}  // namespace

TEST_CASE("an expression is printed so that anybody reads it alike") {
  const auto printed = [](std::string_view text) { return text_of(parse_expression(text).value()); };
  CHECK(printed("a=1 and(b!='x')or c in[1,'y']") == "(a == 1 AND b != \"x\") OR c IN [1, \"y\"]");
  CHECK(printed("((a == 1))") == "a == 1");
  CHECK(printed("a not in [] AND (x has null OR y contains 'a\"b')") ==
        "a NOT IN [] AND (x HAS null OR y CONTAINS 'a\"b')");
  CHECK(printed("a < 1 AND a <= 1 AND a > -1.5 AND a >= True") == "a < 1 AND a <= 1 AND a > -1.5 AND a >= true");
  CHECK(printed(R"(a == "it's \"so\"\n\\")") == R"(a == "it's \u0022so\u0022\u000a\\")");
}

TEST_CASE("a printed expression is read as the same expression, whatever its values") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    const Expression expression = AnyExpression{seed}.expression(4);
    const std::string text = text_of(expression);
    CAPTURE(text);
    const auto again = parse_expression(text);
    REQUIRE(again);
    CHECK(*again == expression);
    CHECK(text_of(*again) == text);
  }
}

TEST_CASE("no value gets out of its quotes, whether a reader knows escapes or not") {
  for (const std::string& value : hostile) {
    CAPTURE(value);
    const std::string text = text_of(expressions::attribute("name").equals(value));
    CHECK(parse_expression(text)->right.constant == value);
    for (const bool knows_escapes : {true, false}) {
      const std::string outside = outside_quotes(text, knows_escapes);
      CHECK((outside == "name == \"" || outside == "name == '"));
    }
  }
  for (int first = 0; first < 128; ++first) {
    for (int second = 0; second < 128; ++second) {
      const std::string value{static_cast<char>(first), static_cast<char>(second)};
      const std::string text = text_of(expressions::attribute("a").equals(value));
      if (parse_expression(text)->right.constant != value) FAIL_CHECK("changed: ", text);
      if (outside_quotes(text, true) != outside_quotes(text, false)) FAIL_CHECK("two readings: ", text);
    }
  }
}

TEST_CASE("what can't be written is refused") {
  using expressions::attribute;
  const auto message = [](const Expression& expression) {
    const auto text = to_text(expression);
    return text ? *text : text.error().message;
  };
  CHECK(message(attribute("a == 1 OR b").equals(1)) == "'a == 1 OR b' is not the name of an attribute");
  for (const char* name : {" a", "a ", "a-b", "a.", "null", "'a'", "1", "a\n", "in"}) {
    CAPTURE(name);
    CHECK_FALSE(to_text(attribute(name).equals(1)));
  }
  CHECK(message(attribute("a").equals("\xff")) == "a text in it is not UTF-8");
  CHECK(message(attribute("a").equals(std::nan(""))) == "a number in it is not finite");
  CHECK(message(attribute("a").equals(json{{"b", 1}})).starts_with("a value in it is no text"));
  CHECK(message(attribute("a").in(json::array({json::array()}))) == "a list in it holds a list");
  CHECK(message({.kind = Expression::Kind::any}) == "AND and OR join at least two parts");
  Expression deep = attribute("a").equals(1);
  const auto deeper = [&] { deep = expressions::all({attribute("b").equals(2), std::move(deep)}); };
  for (int i = 0; i < 32; ++i) deeper();
  CHECK(parse_expression(text_of(deep)).value() == deep);
  deeper();
  CHECK(message(deep) == "AND and OR can be nested 32 deep, and these go deeper");
}
