#include "taskrouter/workflow/order_by.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace taskrouter;
using nlohmann::json;

namespace {

/// The names of workers in an order.
std::string ordered(std::string_view order_by) {
  std::vector<json> workers{{{"name", "a"}, {"level", 5}, {"cost", 1}},
                            {{"name", "b"}, {"level", 7}, {"cost", 2}},
                            {{"name", "c"}, {"cost", 2}},
                            {{"name", "d"}, {"level", 5}, {"cost", -3}},
                            {{"name", "e"}, {"level", "high"}, {"cost", nullptr}},
                            {{"name", "f"}, {"level", 7.5}, {"deep", {{"x", 1}}}}};
  const OrderBy order = parse_order_by(order_by).value();
  std::stable_sort(workers.begin(), workers.end(), [&](const json& a, const json& b) { return order.before(a, b); });
  std::string names;
  for (const json& worker : workers) names += worker["name"].get<std::string>();
  return names;
}

std::string refusal(std::string_view text) {
  const auto order = parse_order_by(text);
  if (order) return "none";
  CHECK(order.error().field == "order_by");
  return order.error().message;
}

}  // namespace

TEST_CASE("workers are ordered by the first attribute that tells them apart, and keep their order otherwise") {
  CHECK(ordered("worker.level DESC, worker.cost ASC") == "bdacef");
  CHECK(ordered("worker.level, worker.cost desc") == "adbcef");
  CHECK(ordered("worker.level") == "adbcef");
  CHECK(ordered("worker.missing DESC") == "abcdef");
  CHECK(ordered("worker.deep.x") == "fabcde");
}

TEST_CASE("a worker without the attribute, or with one that is no integer, comes last in both directions") {
  CHECK(ordered("worker.cost ASC") == "dabcef");
  CHECK(ordered("worker.cost DESC") == "bcadef");
}

TEST_CASE("a comparison by order_by is a strict weak ordering") {
  const std::vector<json> workers{
      json::object(), json{{"x", 1}},           json{{"x", 2}},  json{{"x", "1"}},
      json{{"y", 1}}, json{{"x", 1}, {"y", 1}}, json{{"x", -1}}, json{{"x", 18446744073709551615U}},
      json{}};
  for (const char* text : {"worker.x", "worker.x DESC", "worker.y, worker.x", "worker.x DESC, worker.y ASC"}) {
    const OrderBy order = parse_order_by(text).value();
    for (const json& a : workers) {
      CHECK_FALSE(order.before(a, a));
      for (const json& b : workers) {
        CHECK_FALSE((order.before(a, b) && order.before(b, a)));
        for (const json& c : workers) {
          if (order.before(a, b)) CHECK((order.before(a, c) || order.before(c, b)));
        }
      }
    }
  }
}

TEST_CASE("an error of an order_by names the character and what was expected there") {
  CHECK(refusal("") == "character 1: expected a worker's attribute such as worker.level, found the end");
  CHECK(refusal("level DESC") == "character 1: expected a worker's attribute such as worker.level, found 'level'");
  CHECK(refusal("task.level") == "character 1: expected a worker's attribute such as worker.level, found 'task.level'");
  CHECK(refusal("worker") == "character 1: expected a worker's attribute such as worker.level, found 'worker'");
  CHECK(refusal("worker.level DOWN") == "character 14: expected ASC or DESC, found 'DOWN'");
  CHECK(refusal("worker.level DESC,") ==
        "character 19: expected a worker's attribute such as worker.level, found the end");
  CHECK(refusal("worker.level > 3") == "character 14: expected ASC, DESC, a comma or the end, found '>'");
  CHECK(refusal("worker.level ASC DESC") == "character 18: expected ASC, DESC, a comma or the end, found 'DESC'");
  CHECK(refusal("worker.skill-level").starts_with("character 13: names can't hold hyphens"));
}

TEST_CASE("an order_by keeps where its keys stand") {
  const OrderBy order = parse_order_by(" worker.a, worker.b[0].c DESC").value();
  REQUIRE(order.terms.size() == 2);
  CHECK(order.terms[1].key == "worker.b[0].c");
  CHECK(order.terms[1].span.begin == 11);
  CHECK(order.terms[1].span.end == 24);
  CHECK(order.terms[1].descending);
}
