#include "taskrouter/workflow/parse_expression.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

using namespace taskrouter;

namespace {

std::string message(std::string_view text) {
  const auto expression = parse_expression(text);
  if (expression) return "none";
  CHECK(expression.error().kind == Error::Kind::argument);
  CHECK(expression.error().field == "expression");
  CHECK(syntax_error(text));
  return expression.error().message;
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

std::size_t looks(std::string_view text) {
  detail::ExpressionParser parser{text};
  Expression expression;
  CHECK(parser.read(expression));
  return parser.lexer().looks();
}

}  // namespace

TEST_CASE("an expression becomes a tree that knows where its parts stand") {
  const Expression tree = parse_expression(" a == 1 AND (skills HAS 'x' or b.c[2] NOT IN [1, 'y'])").value();
  CHECK(tree.kind == Expression::Kind::all);
  REQUIRE(tree.parts.size() == 2);
  CHECK(tree.span.begin == 1);
  CHECK(tree.span.end == 54);
  const Expression& any = tree.parts[1];
  CHECK(any.kind == Expression::Kind::any);
  CHECK(any.span.begin == 12);
  REQUIRE(any.parts.size() == 2);
  const Expression& last = any.parts[1];
  CHECK(last.left.key == "b.c[2]");
  CHECK(last.comparator == Comparator::not_in);
  CHECK(last.right.constant == nlohmann::json{1, "y"});
  CHECK(last.right.span.begin == 45);
  CHECK(last.right.span.end == 53);
}

TEST_CASE("an error names the character and what was expected there") {
  CHECK(message("") == "character 1: the expression is empty");
  CHECK(message("  ") == "character 1: the expression is empty");
  CHECK(message("a") == "character 2: expected an operator such as == or IN, found the end");
  CHECK(message("a ==") == "character 5: expected a name, a text in quotes, a number or a list, found the end");
  CHECK(message("a == 1 b") == "character 8: expected AND, OR or the end, found 'b'");
  CHECK(message("(a == 1") == "character 8: expected AND, OR or a ), found the end");
  CHECK(message("a == 1)") == "character 7: expected AND, OR or the end, found ')'");
  CHECK(message("(a) == 1") == "character 3: expected an operator such as == or IN, found ')'");
  CHECK(message("a IN [1 2]") == "character 9: expected a comma or a ], found '2'");
  CHECK(message("a IN [1,]") == "character 9: expected a text in quotes or a number in the list, found ']'");
  CHECK(message("a IN [b]") == "character 7: expected a text in quotes or a number in the list, found 'b'");
  CHECK(message("a IN [[1]]") == "character 7: expected a text in quotes or a number in the list, found '['");
  CHECK(message("a == 1 AND AND") ==
        "character 12: expected a name, a text in quotes, a number or a list, found 'AND'");
  CHECK(message("a == \"x") == "character 6: the text that begins here has no \" at its end");
  CHECK(message("a == 'x\"") == "character 6: the text that begins here has no ' at its end");
}

TEST_CASE("an error counts characters where its place counts bytes") {
  CHECK(message("a == 'Zo\u00EB \U0001F600' b") == "character 14: expected AND, OR or the end, found 'b'");
  CHECK(syntax_error("a == 'Zo\u00EB \U0001F600' b")->at == 17);
  CHECK_FALSE(syntax_error("a == 'Zo\u00EB'"));
}

TEST_CASE("what people bring from other languages is refused with what to write instead") {
  CHECK(message("skill-level > 3") ==
        "character 6: names can't hold hyphens: TaskRouter does not support them in expressions");
  CHECK(message("worker.a.b-c == 1").starts_with("character 11: names can't hold hyphens"));
  CHECK(message("a <> 1") == "character 3: write != for 'not equal'");
  CHECK(message("a == 1 && b == 1") == "character 8: write AND for &&");
  CHECK(message("a == 1 || b == 1") == "character 8: write OR for ||");
  CHECK(message("!a") == "character 1: write != or NOT IN: ! alone means nothing here");
  CHECK(message("NOT a == 1") == "character 1: NOT can only stand before IN");
  CHECK(message("a NOT HAS 1") == "character 3: NOT can only stand before IN");
  CHECK(message("a == \u201Cx\u201D") == "character 6: write straight quotes, \" or ', not curly ones");
  CHECK(message("a === 1") == "character 5: expected a name, a text in quotes, a number or a list, found '='");
  CHECK(message("a + 1 == 2") == "character 3: '+' means nothing here");
  CHECK(message("a == 1-2") == "character 6: '1-2' is not a number");
  CHECK(message("a == -") == "character 6: '-' is not a number");
  CHECK(message("a == 1e999") == "character 6: '1e999' is not a number");
  CHECK(message("a. == 1") == "character 3: expected a name after the dot");
  CHECK(message("a.1 == 1") == "character 3: expected a name after the dot");
  CHECK(message("a[-1] == 1") == "character 2: expected a position such as [0]");
  CHECK(message("a[9999999999] == 1") == "character 2: expected a position such as [0]");
}

TEST_CASE("text holds what JSON's escapes say, and either quote inside the other") {
  const auto text = [](std::string_view literal) {
    return parse_expression("a == " + std::string{literal}).value().right.constant.get<std::string>();
  };
  CHECK(text(R"("it's")") == "it's");
  CHECK(text(R"('say "hi"')") == "say \"hi\"");
  CHECK(text(R"("\"\\\/\b\f\n\r\t\'")") == "\"\\/\b\f\n\r\t'");
  CHECK(text(R"("\u0041\u00e9\ud83d\uDE00\u0000")") == std::string{"A\u00E9\U0001F600\0", 8});
  CHECK(text("'line\nbreak'") == "line\nbreak");
  for (const char* bad : {R"("\q")", R"("\u12")", R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\u0041")"}) {
    CAPTURE(bad);
    CHECK(message("a == " + std::string{bad}).starts_with("character 7: a \\ in text begins one of"));
  }
  CHECK(message("a == '\xff'") == "character 7: this is not UTF-8");
  CHECK(message("a == '\xed\xa0\x80'") == "character 7: this is not UTF-8");
}

TEST_CASE("words are keywords only where a keyword can stand") {
  CHECK(parse_expression("worker.in == task.and")->left.key == "worker.in");
  CHECK(parse_expression("True == FALSE")->left.constant == true);
  CHECK(parse_expression("inn == android")->left.key == "inn");
  CHECK(parse_expression("$a_1 == _b")->left.key == "$a_1");
  CHECK_FALSE(parse_expression("in == 1"));
}

TEST_CASE("an error's message is one line of UTF-8 for each byte at each place") {
  const std::string_view whole = "a.b[1] == 'x' AND (c IN [1, \"y\"] OR d NOT IN e)";
  for (std::size_t at = 0; at <= whole.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text{whole};
      text.insert(at, 1, static_cast<char>(byte));
      const auto fault = syntax_error(text);
      if (!fault) continue;
      CHECK(fault->at <= text.size());
      CHECK(detail::is_utf8(fault->message));
      CHECK(fault->message.find('\n') == std::string::npos);
    }
  }
}

TEST_CASE("nesting is bounded, whoever writes it") {
  const auto nested = [](std::size_t depth) { return repeat("(", depth) + "1==1" + repeat(")", depth); };
  CHECK(parse_expression(nested(32)));
  CHECK(message(nested(33)) == "character 33: parentheses can be nested 32 deep, and these go deeper");
  CHECK(message(nested(100'000)).starts_with("character 33: "));
  CHECK(message(repeat("(", 100'000)).starts_with("character 33: "));
  CHECK(message(repeat("a==1 OR (b==1 AND (", 100'000)).starts_with("character "));
  CHECK(parse_expression(repeat("a==1 AND ", 100'000) + "a==1"));
  CHECK(message(repeat("a == 1 OR b == 1 AND (", 20) + "1==1" + repeat(")", 20)).starts_with("character 1: "));
  CHECK_FALSE(parse_expression(repeat("[", 100'000)));
}

TEST_CASE("the parser looks at each byte a bounded number of times") {
  for (const char* piece : {"a == 1 AND ", "a.b.c == 'xyz' OR ", "a NOT IN [1, 2, 'three'] AND ", "(a >= -1.5e3) OR ",
                            "'\\u0041\\ud83d\\ude00\\n' == a AND ", "     1==1 AND "}) {
    for (std::size_t times = 1; times <= 4096; times *= 2) {
      const std::string text = repeat(piece, times) + "1==1";
      CAPTURE(piece);
      CHECK(looks(text) <= 6 * text.size());
    }
  }
  for (std::size_t size = 1; size <= 65536; size *= 2) {
    for (const std::string& text :
         {std::string(size, 'a') + "==1", "a=='" + std::string(size, 'a') + "'", "a==" + std::string(size, ' ') + "1",
          "a==" + std::string(size, '1'), "a" + repeat(".b", size) + "==1", "a IN [" + repeat("1,", size) + "1]"}) {
      detail::ExpressionParser parser{text};
      Expression expression;
      static_cast<void>(parser.read(expression));
      CHECK(parser.lexer().looks() <= 6 * text.size());
    }
  }
}
