#include <doctest/doctest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "taskrouter/workflow/configuration.hpp"
#include "taskrouter/workflow/read_configuration.hpp"
#include "taskrouter/workflow/write_configuration.hpp"

using namespace taskrouter;
using nlohmann::json;

namespace {

constexpr std::string_view full = R"({"task_routing": {
  "filters": [
    {"filter_friendly_name": "Spanish", "expression": "language == 'es'", "new_in_filter": [1],
     "targets": [
       {"queue": "WQ00000000000000000000000000000001", "expression": "task.language IN worker.languages",
        "order_by": "worker.level DESC", "skip_if": "workers.available == 0", "priority": 10, "timeout": 30,
        "known_worker_sid": "task.agent_sid", "new_in_target": {"a": 1}},
       {"known_worker_friendly_name": "task.agent", "priority": -1}]},
    {"expression": "1==1", "targets": []}],
  "default_filter": {"queue": "WQ00000000000000000000000000000002"},
  "new_in_routing": true}, "new_outside": null})";

std::string problem(std::string_view text) {
  const auto configuration = parse_workflow_configuration(text);
  if (configuration) return "none";
  CHECK(configuration.error().kind == Error::Kind::argument);
  CHECK(configuration.error().message.starts_with(configuration.error().field.empty() ||
                                                          configuration.error().field == "configuration"
                                                      ? "the "
                                                      : configuration.error().field + " "));
  return configuration.error().message;
}

}  // namespace

TEST_CASE("a configuration is read key by key") {
  const WorkflowConfiguration configuration = parse_workflow_configuration(full).value();
  REQUIRE(configuration.filters.size() == 2);
  const WorkflowFilter& filter = configuration.filters[0];
  CHECK(filter.filter_friendly_name == "Spanish");
  CHECK(filter.expression == "language == 'es'");
  REQUIRE(filter.targets.size() == 2);
  CHECK(filter.targets[0].queue == "WQ00000000000000000000000000000001");
  CHECK(filter.targets[0].expression == "task.language IN worker.languages");
  CHECK(filter.targets[0].order_by == "worker.level DESC");
  CHECK(filter.targets[0].skip_if == "workers.available == 0");
  CHECK(filter.targets[0].priority == 10);
  CHECK(filter.targets[0].timeout == 30);
  CHECK(filter.targets[0].known_worker_sid == "task.agent_sid");
  CHECK(filter.targets[1].queue.empty());
  CHECK(filter.targets[1].known_worker_friendly_name == "task.agent");
  REQUIRE(configuration.default_filter);
  CHECK(configuration.default_filter->queue == "WQ00000000000000000000000000000002");
}

TEST_CASE("what was read is written again, with the keys nobody here knows") {
  const WorkflowConfiguration configuration = parse_workflow_configuration(full).value();
  CHECK(to_nlohmann(configuration) == json::parse(full));
  CHECK(parse_workflow_configuration(to_json_text(configuration)).value() == configuration);
  CHECK(to_nlohmann(WorkflowConfiguration{}) == json{{"task_routing", {{"filters", json::array()}}}});
}

TEST_CASE("each key survives the way through JSON") {
  const json whole = json::parse(full);
  for (const auto& [key, value] : whole["task_routing"]["filters"][0]["targets"][0].items()) {
    const json document{{"task_routing", {{"filters", json::array()}, {"default_filter", {{key, value}}}}}};
    CHECK(to_nlohmann(parse_workflow_configuration(document.dump()).value()) == document);
  }
}

TEST_CASE("numbers may stand in quotes, null is no key, and filters may have their older name") {
  const WorkflowConfiguration configuration =
      parse_workflow_configuration(
          R"({"task_routing":{"filters":[{"friendly_name":"x","expression":"1==1",
              "targets":[{"queue":null,"priority":"10","timeout":"-5","skip_if":null}]}],"default_filter":null}})")
          .value();
  CHECK(configuration.filters[0].filter_friendly_name == "x");
  const WorkflowTarget& target = configuration.filters[0].targets[0];
  CHECK(target.priority == 10);
  CHECK(target.timeout == -5);
  CHECK_FALSE(target.skip_if);
  CHECK(target.unknown.empty());
  CHECK_FALSE(configuration.default_filter);
}

TEST_CASE("a value of the wrong type is an error that names its key") {
  const auto with_target = [](const std::string& target) {
    return problem(R"({"task_routing":{"filters":[{},{"targets":[)" + target + "]}]}}");
  };
  const std::string place = "task_routing.filters[1].targets[0]";
  CHECK(with_target("5") == place + " must be an object");
  CHECK(with_target(R"({"queue":5})") == place + ".queue must be a text");
  for (const char* number :
       {"1.5", "\"\"", "\"-\"", "\"1x\"", "\"1234567890123456789\"", "true", "[]", "9223372036854775808", "\" 5\""}) {
    CAPTURE(number);
    CHECK(with_target("{\"timeout\":" + std::string{number} + "}") == place + ".timeout must be a whole number");
  }
  CHECK(problem(R"({"task_routing":{"filters":{}}})") == "task_routing.filters must be a list");
  CHECK(problem(R"({"task_routing":{"filters":[1]}})") == "task_routing.filters[0] must be an object");
  CHECK(problem(R"({"task_routing":{"default_filter":[]}})") == "task_routing.default_filter must be an object");
  CHECK(problem(R"({"task_routing":[]})") == "task_routing must be an object");
  CHECK(problem(R"({"filters":[]})") == "task_routing is missing: filters and default_filter stand inside it");
  CHECK(problem("[]") == "the configuration must be an object");
  CHECK(problem("{") == "the text is not JSON, or nested more than 64 deep");
  CHECK(problem(std::string(100'000, '[')) == "the text is not JSON, or nested more than 64 deep");
}
