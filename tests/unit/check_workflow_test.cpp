#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/workflow/check.hpp"
#include "taskrouter/workflow/read_configuration.hpp"

using namespace taskrouter;

namespace {

const std::string queue = "WQ00000000000000000000000000000001";
const std::string other = "WQ00000000000000000000000000000002";

WorkflowFilter filter(std::string expression, std::vector<WorkflowTarget> targets) {
  return {.expression = std::move(expression), .targets = std::move(targets)};
}

/// A configuration with nothing to complain about but what the filters bring.
WorkflowConfiguration with(std::vector<WorkflowFilter> filters) {
  return {.filters = std::move(filters), .default_filter = WorkflowTarget{.queue = queue}};
}
WorkflowConfiguration with_target(WorkflowTarget target) {
  if (target.queue.empty()) target.queue = queue;
  return with({filter("a == 1", {std::move(target)})});
}

std::string problems(const WorkflowConfiguration& configuration, const std::vector<std::string>& queues = {}) {
  std::string out;
  for (const WorkflowProblem& problem : check(configuration, queues)) {
    out += (out.empty() ? "" : "\n") + describe(problem);
  }
  return out;
}

}  // namespace

TEST_CASE("a configuration that makes sense has no problems") {
  CHECK(problems({.default_filter = WorkflowTarget{.queue = queue}}) == "");
  CHECK(problems({.filters = {filter("1==1", {{.queue = queue}})}}) == "");
  CHECK(problems(with({filter("a == 1", {{.queue = queue,
                                          .expression = "task.a IN worker.as",
                                          .order_by = "worker.level DESC",
                                          .skip_if = "workers.available == 0",
                                          .priority = 5,
                                          .timeout = 30},
                                         {.timeout = 60, .known_worker_sid = "task.agent"},
                                         {.queue = other}}),
                       filter("b == 2", {{.queue = other}})}),
                 {queue, other}) == "");
}

TEST_CASE("an empty configuration and empty filters are errors") {
  CHECK(problems({}) ==
        "error in the configuration: there is neither a filter nor a default_filter, so no task is routed");
  CHECK(problems(with({filter("", {{.queue = queue}})})) ==
        "error in filter 1, expression: is empty: write 1==1 to match every task");
  CHECK(problems(with({filter("a == 1", {})})) ==
        "error in filter 1, targets: there are none, so a task that matches goes nowhere");
  CHECK(problems({.filters = {filter("a == 1", {{.queue = queue}})}}) ==
        "warning in the configuration, default_filter: there is none, so a task that no filter matches is canceled");
}

TEST_CASE("queues that are missing, malformed or unknown are errors") {
  CHECK(problems(with({filter("a == 1", {{}})})) ==
        "error in filter 1, target 1, queue: is missing: the first target of a filter must name one");
  CHECK(problems({.default_filter = WorkflowTarget{}}) ==
        "error in the default filter, queue: is missing: the default filter has no target before it");
  CHECK(problems(with_target({.queue = "WQ1"})) ==
        "error in filter 1, target 1, queue: 'WQ1' is not the SID of a queue: WQ and 32 hexadecimal digits");
  CHECK(problems(with_target({.queue = other}), {queue}) ==
        "error in filter 1, target 1, queue: '" + other + "' is none of the workspace's queues");
  CHECK(problems(with_target({.queue = "sales"}), {queue, "sales"}) == "");
}

TEST_CASE("problems in expressions come with filter, target, key and character") {
  WorkflowConfiguration configuration = with({filter("a == 1", {{.queue = queue}}), filter("\u00EB", {})});
  configuration.filters[0].targets[0].expression = "worker.x == 'Zo\u00EB' AND level > 3";
  configuration.filters[0].filter_friendly_name = "Spanish";
  const auto found = check(configuration);
  REQUIRE(found.size() == 3);
  CHECK(describe(found[0]) ==
        "error in filter 1 'Spanish', target 1, expression, character 23: 'level' must begin with task. or worker., or "
        "stand in quotes if it is text");
  CHECK(found[0].filter == 0);
  CHECK(found[0].target == 0);
  CHECK(found[0].key == "expression");
  CHECK(found[0].span->begin == 23);
  CHECK(found[0].span->end == 28);
  CHECK(describe(found[1]) == "error in filter 2, expression, character 1: '\u00EB' means nothing here");
  CHECK(problems(with_target({.skip_if = "workers.available = zero"}))
            .starts_with("error in filter 1, target 1, skip_if, character 21: 'zero' is no number of workers"));
  CHECK(problems(with_target({.order_by = "level DESC"})) ==
        "error in filter 1, target 1, order_by, character 1: expected a worker's attribute such as worker.level, found "
        "'level'");
  CHECK(problems(with_target({.order_by = "worker.a, worker.a DESC"})) ==
        "warning in filter 1, target 1, order_by, character 11: 'worker.a' stands here twice");
  CHECK(problems({.default_filter = WorkflowTarget{.queue = queue, .expression = "a"}}) ==
        "error in the default filter, expression, character 2: expected an operator such as == or IN, found the end");
}

TEST_CASE("priorities, timeouts and known workers that can't be are errors") {
  CHECK(problems(with_target({.priority = -1})) ==
        "error in filter 1, target 1, priority: must be from 0 to 2147483647");
  CHECK(problems(with_target({.priority = 2147483648})).ends_with("must be from 0 to 2147483647"));
  CHECK(problems(with_target({.timeout = 0})) == "error in filter 1, target 1, timeout: must be at least 1 second");
  CHECK(
      problems(with_target({.known_worker_sid = "WK1"})) ==
      "error in filter 1, target 1, known_worker_sid: 'WK1' is not an attribute of the task: write task. and its name");
  CHECK(problems(with_target({.known_worker_friendly_name = "task.a-b"}))
            .starts_with("error in filter 1, target 1, known_worker_friendly_name: 'task.a-b' is not"));
  CHECK(problems(with_target({.known_worker_sid = "task.a", .known_worker_friendly_name = "task.b"})) ==
        "error in filter 1, target 1, known_worker_friendly_name: can't stand beside known_worker_sid: keep one");
}

TEST_CASE("timeouts that can't elapse are found, also in sum") {
  CHECK(problems(with_target({.timeout = 86399})) == "");
  CHECK(problems(with_target({.timeout = 86400})).starts_with("warning in filter 1, target 1, timeout: never elapses"));
  CHECK(problems(with({filter("a == 1", {{.queue = queue, .timeout = 86000}, {.queue = other, .timeout = 400}})}))
            .starts_with("warning in filter 1, target 2, timeout: never elapses"));
  CHECK(problems(with_target({.timeout = INT64_MAX})).find("never elapses") != std::string::npos);
  CHECK(problems(with_target({.skip_if = "1==1", .timeout = 5}))
            .starts_with("warning in filter 1, target 1, timeout: has no effect: the skip_if is always true"));
  CHECK(problems({.default_filter = WorkflowTarget{.queue = queue, .timeout = 5}}) ==
        "warning in the default filter, timeout: a default filter has none, so it has no effect");
}

TEST_CASE("targets and filters that no task reaches are found") {
  CHECK(problems(with({filter("a == 1", {{.queue = queue}, {.queue = other}})}))
            .starts_with(
                "warning in filter 1, target 2: is never reached: target 1 has neither a timeout nor a skip_if"));
  CHECK(problems(with({filter("a == 1", {{.queue = queue, .skip_if = "1==2"}, {.queue = other}})}))
            .find("warning in filter 1, target 2: is never reached") != std::string::npos);
  CHECK(problems({.filters = {filter("1==1", {{.queue = queue}}), filter("a == 1", {{.queue = queue}})}}) ==
        "warning in filter 2: is never reached: filter 1 matches every task and keeps it");
  CHECK(problems({.filters = {filter("1==1", {{.queue = queue, .timeout = 5}}),
                              filter("a == 1", {{.queue = queue}})}}) == "");
  CHECK(problems(with({filter("a == 1 OR 2 > 1", {{.queue = queue, .timeout = 5}})})) ==
        "warning in the default filter: filter 1 matches every task, so this is never used");
  CHECK(problems(with({filter("1==1", {{.queue = queue, .skip_if = "workers.available == 0"}})})) == "");
}

TEST_CASE("what stands there twice is found") {
  const std::vector<WorkflowTarget> falls{{.queue = queue, .timeout = 5}}, stays{{.queue = queue}};
  CHECK(problems(with({filter("a == 'x'", falls), filter("(a = \"x\")", stays)})) ==
        "warning in filter 2, expression: is that of filter 1, so only what falls out of its last target comes here");
  CHECK(problems(with({filter("a == 1", stays), filter("a == 1", stays)})) ==
        "warning in filter 2, expression: is that of filter 1, which keeps its tasks, so this filter is never reached");
  WorkflowConfiguration named = with({filter("a == 1", stays), filter("a == 2", stays)});
  named.filters[0].filter_friendly_name = named.filters[1].filter_friendly_name = "x";
  CHECK(problems(named) == "warning in filter 2 'x', filter_friendly_name: is also that of filter 1");
  CHECK(problems(with({filter("a == 1", {falls[0], falls[0]})})) ==
        "warning in filter 1, target 2: is the same as the target before it");
}

TEST_CASE("keys that nobody knows are pointed out, wherever they stand") {
  const auto configuration = parse_workflow_configuration(
      R"({"task_routing":{"filters":[{"name":"x","expression":"1==1","targets":[{"queue":")" + queue +
      R"(","orderby":"y"}]}],"a\nb":1},"version":2})");
  CHECK(problems(configuration.value()) ==
        "warning in the configuration, 'a\xEF\xBF\xBD"
        "b': 'a\xEF\xBF\xBD"
        "b' is no key that is known here\n"
        "warning in the configuration, version: 'version' is no key that is known here\n"
        "warning in filter 1, name: 'name' is no key that is known here\n"
        "warning in filter 1, target 1, orderby: 'orderby' is no key that is known here");
}
