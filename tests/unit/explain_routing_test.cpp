#include "taskrouter/workflow/explain_routing.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace taskrouter;
using nlohmann::json;

namespace {

const std::vector<json> team{
    {{"friendly_name", "Alice"}, {"sid", "WK1"}, {"languages", {"en", "es"}}, {"level", 2}, {"activity_sid", "WA1"}},
    {{"friendly_name", "Bob"}, {"sid", "WK2"}, {"languages", {"en"}}, {"level", 7}, {"available", true}},
    {{"sid", "WK3"}, {"languages", {"es", "fr"}}, {"level", 5}, {"available", false}, {"activity_sid", "WA2"}}};

WorkflowConfiguration configuration() {
  return {.filters = {{.filter_friendly_name = "Languages",
                       .expression = "language != null",
                       .targets = {{.queue = "WQ1",
                                    .expression = "task.language IN worker.languages",
                                    .order_by = "worker.level DESC",
                                    .skip_if = "workers.available < 3"},
                                   {.expression = "worker.level > 1", .skip_if = "task.x == 1"}}},
                      {.expression = "vip == true", .targets = {{.queue = "WQ2", .skip_if = "1==1"}}}},
          .default_filter = WorkflowTarget{.queue = "WQ3", .known_worker_friendly_name = "task.agent"}};
}

}  // namespace

TEST_CASE("the first filter that matches takes the task, and order_by says who is asked first") {
  const auto routing = explain_routing(configuration(), {{"language", "en"}}, team);
  CHECK(routing.filter == 0);
  CHECK(routing.filters.size() == 1);
  REQUIRE(routing.targets.size() == 1);
  CHECK(routing.targets[0].queue == "WQ1");
  CHECK(routing.targets[0].eligible == std::vector<std::size_t>{1, 0});
  CHECK(routing.targets[0].reasons[2] == "It is not available.");
  CHECK(routing.sentence ==
        "Filter 1 'Languages' took the task, target 1 put it into 'WQ1', and 'Bob' is asked first, of 2 that can be "
        "asked.");
}

TEST_CASE("a target where nobody matches is skipped when skip_if is true, and the queue is inherited") {
  const auto routing = explain_routing(configuration(), {{"language", "fr"}}, team);
  REQUIRE(routing.targets.size() == 2);
  CHECK(routing.targets[0].skipped);
  CHECK(routing.targets[0].eligible.empty());
  CHECK(routing.targets[0].reasons[1].starts_with("It does not match: task.language IN worker.languages is false"));
  CHECK(routing.targets[1].queue == "WQ1");
  CHECK(routing.targets[1].target == 1);
  CHECK(routing.targets[1].eligible == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a task waits where nobody can be asked and nothing sends it on") {
  const std::vector<json> nobody;
  const auto routing = explain_routing(configuration(), {{"language", "en"}}, nobody);
  CHECK(routing.filter == 0);
  CHECK(routing.targets.size() == 2);
  CHECK_FALSE(routing.targets[1].skipped);
  CHECK(routing.sentence ==
        "Filter 1 'Languages' took the task, target 2 put it into 'WQ1', and it waits there: nobody can be asked.");
}

TEST_CASE("a filter whose last target is skipped counts as not matched, and the default filter follows") {
  const auto routing = explain_routing(configuration(), {{"vip", true}, {"agent", "Alice"}}, team, {{"WQ2", "1==2"}});
  CHECK_FALSE(routing.filter);
  REQUIRE(routing.filters.size() == 2);
  CHECK_FALSE(routing.filters[0].matches);
  CHECK(routing.filters[1].matches);
  REQUIRE(routing.targets.size() == 2);
  CHECK(routing.targets[0].skipped);
  CHECK(routing.targets[0].reasons[0] == "It does not belong to the queue.");
  CHECK(routing.targets[1].eligible == std::vector<std::size_t>{0});
  CHECK(routing.targets[1].reasons[1] == "It is not the known worker of the task.");
  CHECK(routing.sentence.starts_with("No filter took the task, so the default filter did, target 1 put it into 'WQ3'"));
}

TEST_CASE("skip_if counts the queue's workers by availability and activity") {
  const auto skipped = [](const char* skip_if) {
    const WorkflowConfiguration one{.default_filter =
                                        WorkflowTarget{.queue = "WQ1", .expression = "1==2", .skip_if = skip_if}};
    return explain_routing(one, json::object(), team, {{"WQ1", "level > 2"}}).targets.at(0).skipped;
  };
  CHECK(skipped("workers.available == 1 AND workers.unavailable == 1"));
  CHECK(skipped("workers.WA2 == 1 AND workers.WA1 == 0"));
  CHECK_FALSE(skipped("workers.available == 0"));
}

TEST_CASE("without a filter and a default filter the task is canceled, and what can't be read matches nothing") {
  const WorkflowConfiguration broken{.filters = {{.expression = "a-b == 1", .targets = {{.queue = "WQ1"}}}}};
  const auto routing = explain_routing(broken, {{"a", 1}}, team);
  CHECK(routing.sentence == "No filter took the task, and it is canceled.");
  CHECK(routing.targets.empty());
  CHECK(routing.filters[0].sentence.starts_with("It can't be read: character 2: names can't hold hyphens"));
}

TEST_CASE("a worker without a friendly name goes by its SID or its number") {
  const WorkflowConfiguration all{.default_filter = WorkflowTarget{.queue = "WQ1"}};
  CHECK(explain_routing(all, {}, {{{"sid", "WK9"}}}).sentence.find("'WK9' is asked first") != std::string::npos);
  CHECK(explain_routing(all, {}, {json::object()}).sentence.find("worker 1 is asked first") != std::string::npos);
  CHECK(explain_routing(all, {}, {json(5)}).sentence.find("worker 1 is asked first") != std::string::npos);
}
