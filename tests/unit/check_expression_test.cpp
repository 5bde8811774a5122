#include "taskrouter/workflow/check_expression.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace taskrouter;

namespace {

/// Every problem as `error 5-9: message`.
std::string problems(std::string_view text, ExpressionPlace place) {
  std::string out;
  for (const ExpressionProblem& problem : check_expression(text, place)) {
    CHECK(problem.span.begin <= problem.span.end);
    CHECK(problem.span.end <= text.size());
    out += (out.empty() ? "" : "\n") + std::string{problem.severity == Severity::error ? "error " : "warning "} +
           std::to_string(problem.span.begin) + "-" + std::to_string(problem.span.end) + ": " + problem.message;
  }
  return out;
}

std::string in_filter(std::string_view text) { return problems(text, ExpressionPlace::filter); }
std::string in_target(std::string_view text) { return problems(text, ExpressionPlace::target); }
std::string in_skip_if(std::string_view text) { return problems(text, ExpressionPlace::skip_if); }

}  // namespace

TEST_CASE("what Twilio's own pages write is not complained about") {
  for (const char* text : {"1==1", "language == \"en\"", "a == 1 AND (b HAS 'x' OR c.d[0] != null)", "a IN ['x', 1]",
                           "customer_tier CONTAINS 'gold'", "level >= 3.5", "3 < level", "zip == '12345'",
                           "agent IN preferred", "type == 'it\"s'"}) {
    CHECK(in_filter(text) == "");
    CHECK(problems(text, ExpressionPlace::task_queue) == "");
  }
  for (const char* text :
       {"task.required_language IN worker.spoken_languages", "worker.id IN task.preferred_agents", "1==1",
        "task.subSection = worker.specializedSubField", "worker.activity_name in ['Generally Available']",
        "worker.channel.voice.available_capacity_percentage == 100"}) {
    CHECK(in_target(text) == "");
  }
  for (const char* text :
       {"1==1", "workers.available == 0", "workers.WA1 < 2 OR workers.WA2 < 2", "0 < workers.unavailable"}) {
    CHECK(in_skip_if(text) == "");
  }
}

TEST_CASE("a name with the prefix of another place is found") {
  CHECK(in_filter("task.language == 'en'") ==
        "warning 0-13: a filter reads attributes without a prefix: write 'language'");
  CHECK(in_filter("a == 1 AND worker.level > 3") ==
        "warning 11-23: a filter does not see workers: write 'worker.level' in a target");
  CHECK(problems("worker.level > 3", ExpressionPlace::task_queue) ==
        "warning 0-12: a queue reads attributes without a prefix: write 'level'");
  CHECK(problems("task.level > 3", ExpressionPlace::task_queue) ==
        "warning 0-10: a queue does not see tasks: write 'task.level' in a target");
  CHECK(in_target("level > 3") ==
        "error 0-5: 'level' must begin with task. or worker., or stand in quotes if it is text");
  CHECK(in_target("worker.language == en").starts_with("error 19-21: 'en' must begin with task. or worker."));
  CHECK(in_target("workers.available == 0") ==
        "error 0-17: 'workers.available' can only stand in a skip_if: here it is worker. or task.");
}

TEST_CASE("a skip_if counts workers and nothing else") {
  CHECK(in_skip_if("worker.available == 0").starts_with("error 0-16: 'worker.available' is no number of workers"));
  CHECK(in_skip_if("workers.busy == 0").starts_with("error 0-12: 'workers.busy' is no number of workers"));
  CHECK(in_skip_if("workers.WA1.x == 0").starts_with("error 0-13"));
  CHECK(in_skip_if("workers.available == '0'") == "error 21-24: a skip_if compares numbers, and this is none");
  CHECK(in_skip_if("workers.available IN [0, 1]")
            .starts_with("error 0-27: a skip_if compares numbers: write ==, !=, <, <=, > or >="));
}

TEST_CASE("quotes that are too many, too few or of two kinds are found") {
  CHECK(in_filter("\"language\" == \"en\"") == "warning 0-18: this compares two constants: names stand without quotes");
  CHECK(in_filter("language == en") ==
        "warning 12-14: 'en' is read as the name of an attribute: put it in quotes if it is text");
  CHECK(in_filter("language == \"'en'\"") == "warning 12-18: the inner quotes belong to the text: write one kind only");
  CHECK(in_filter("a IN ['\"x\"']") == "warning 5-12: the inner quotes belong to the text: write one kind only");
  CHECK(in_filter("vip == 'true'") ==
        "warning 7-13: in quotes this is text, and never equal to the same without quotes");
  CHECK(in_filter("level > '3'").starts_with("warning 8-11: in quotes this is text"));
  CHECK(in_filter("a == 'x '") == "warning 5-9: the text begins or ends with a space");
  CHECK(in_filter("a == 'x\\\\y'").starts_with("warning 5-11: Twilio documents no \\"));
  CHECK(in_filter("a == 'it's'") ==
        "error 9-9: expected AND, OR or the end, found 's': a text ends at its own quote, so write the other kind "
        "around it");
}

TEST_CASE("operators that can't be true of what they stand beside are found") {
  CHECK(in_filter("language IN 'en'") == "error 12-16: write a list: ['en']");
  CHECK(in_filter("['a'] IN b") == "error 0-5: a list is never in a list");
  CHECK(in_filter("'a' HAS b") == "error 0-3: HAS wants a list before it, so this is never true");
  CHECK(in_filter("a HAS ['x', 'y']") == "error 6-16: HAS looks for one value: write a HAS for each, joined by OR");
  CHECK(in_filter("a == ['x']") == "error 0-10: with a list == is never true: write IN or HAS");
  CHECK(in_filter("['x'] != a") == "error 0-10: with a list != is never true: write IN or HAS");
  CHECK(in_filter("a > null") == "error 0-8: > has no meaning for null, so this is never true");
  CHECK(in_filter("a <= true") == "error 0-9: <= has no meaning for true, so this is never true");
  CHECK(in_filter("a CONTAINS 3") == "warning 11-12: CONTAINS looks for text in text: put this in quotes");
  CHECK(in_filter("1 == 2") == "warning 0-6: this is never true");
  CHECK(in_filter("a == 1 AND (1 == 2 OR 1 > 3)") == "warning 0-28: this is never true");
  CHECK(in_filter("a == 1 OR 1 == 2") == "");
}

TEST_CASE("a mistake in the language is the only problem, at its byte") {
  CHECK(in_filter("a == 'Zo\u00EB' && b == 1") == "error 12-12: write AND for &&");
  CHECK(in_filter("skill-level > 3").starts_with("error 5-5: names can't hold hyphens"));
  CHECK(in_filter("") == "error 0-0: the expression is empty");
}
