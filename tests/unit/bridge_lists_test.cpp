#include "taskrouter/emulator/bridge_lists.hpp"

#include <doctest/doctest.h>

#include "bridge_fixture.hpp"

using namespace taskrouter;
using nlohmann::json;
using namespace nlohmann::literals;

namespace {

/// The SIDs on all pages of a list, and how many pages there were.
std::pair<std::vector<std::string>, int> walk(BridgeStage& stage, std::string_view path, json params) {
  std::vector<std::string> sids;
  int pages = 0;
  for (std::string next; pages == 0 || !next.empty(); ++pages) {
    if (!next.empty()) params[params.contains("Ordering") ? "NextToken" : "AfterSid"] = next;
    const json page = stage.ask("GET", path, params);
    REQUIRE(page.contains("contents"));
    CHECK(page["meta"]["list_key"] == "contents");
    CHECK(page["total"] == page["contents"].size());
    for (const json& item : page["contents"]) sids.push_back(item["sid"]);
    const json& token =
        params.contains("Ordering") ? page["meta"].value("/next_token"_json_pointer, json{}) : page["after_sid"];
    next = token.is_null() ? "" : std::string{token};
    CHECK((next.empty() || page["contents"].size() == params["PageSize"]));
  }
  return {sids, pages};
}

}  // namespace

TEST_CASE("what a page needs to start is listed") {
  BridgeStage stage;
  const json activities = stage.ask("GET", "/Activities", {{"PageSize", 1000}});
  CHECK(activities["contents"].size() == 4);
  CHECK(activities["contents"][1]["friendly_name"] == "Available");
  CHECK(activities["contents"][1]["available"] == true);
  CHECK(activities["after_sid"].is_null());
  const json channels = stage.ask("GET", stage.own("/WorkerChannels"), {{"PageSize", 1000}});
  CHECK(channels["contents"][0]["task_channel_unique_name"] == "default");
  CHECK(channels["contents"][0]["available"] == 1);
  CHECK(channels["contents"][0]["configured_capacity"] == 1);
  CHECK(channels["contents"][0]["last_reserved_time"] == 0);
  CHECK(channels["contents"][0]["worker_sid"] == stage.story.worker_sid.text());
  const json queues = stage.ask("GET", "/TaskQueues", {{"PageSize", 1000}});
  CHECK(queues["contents"][0]["lifo_queue"] == false);
  CHECK(queues["contents"][0]["assignment_activity_name"] == "Busy");
  CHECK(queues["contents"][0]["target_workers"] == "1==1");
}

TEST_CASE("lists go on after the last SID, or with an Ordering at a token") {
  BridgeStage stage;
  std::vector<std::string> workers{std::string{stage.story.worker_sid.text()}};
  for (const char* name : {"Bob", "Carol", "Dave", "Eve"}) {
    stage.emulator.advance(std::chrono::seconds{1});
    workers.emplace_back(stage.create_worker(name).sid.text());
  }
  CHECK(walk(stage, "/Workers", {{"PageSize", 2}}) == std::pair{workers, 3});
  CHECK(walk(stage, "/Workers", {{"PageSize", 5}}) == std::pair{workers, 1});
  const std::vector<std::string> newest{workers.rbegin(), workers.rend()};
  CHECK(walk(stage, "/Workers", {{"PageSize", 2}, {"Ordering", "DateStatusChanged:desc"}}) == std::pair{newest, 3});
  CHECK(walk(stage, "/Activities", {{"PageSize", 3}}).first.size() == 4);
  CHECK(walk(stage, stage.own("/WorkerChannels"), {{"PageSize", 1}}).second > 1);
  CHECK(stage.ask("GET", "/Workers", {{"AfterSid", "WK0"}})["status"] == 400);
  CHECK(stage.ask("GET", "/Workers", {{"PageSize", 1001}})["status"] == 400);
}

TEST_CASE("workers and queues are filtered as in the API") {
  BridgeStage stage;
  const Worker bob = stage.create_worker("Bob", stage.story.activities.available);
  const auto names = [&](const json& params) {
    std::string text;
    const json page = stage.ask("GET", "/Workers", params);
    for (const json& worker : page["contents"]) text += std::string{worker["friendly_name"]} + ' ';
    return text;
  };
  CHECK(names({{"FriendlyName", "Bob"}}) == "Bob ");
  CHECK(names({{"ActivityName", "Offline"}}) == "Alice ");
  CHECK(names({{"ActivitySid", stage.story.activities.available.text()}}) == "Bob ");
  CHECK(names({{"TargetWorkersExpression", "selected_language == 'es'"}}) == "Alice ");
  CHECK(stage.ask("GET", "/TaskQueues", {{"WorkerSid", bob.sid.text()}})["contents"].size() == 1);
  CHECK(stage.ask("GET", "/TaskQueues", {{"FriendlyName", "Nobody"}})["contents"].empty());
}

TEST_CASE("a worker's active reservations are those that are pending, accepted or wrapping") {
  BridgeStage stage;
  const auto listed = [&](const json& params) { return stage.ask("GET", stage.own("/Reservations"), params); };
  const Reservation rejected = stage.reserve();
  CHECK(stage.reject(rejected, stage.story.activities.offline));
  stage.set_activity(stage.story.activities.available);
  const json active = listed({{"Active", "true"}, {"PageSize", 1000}});
  REQUIRE(active["contents"].size() == 1);
  CHECK(active["contents"][0]["reservation_status"] == "pending");
  CHECK(active["contents"][0]["task"]["sid"] == rejected.task_sid.text());
  CHECK(listed({{"PageSize", 1000}})["contents"].size() == 2);
  CHECK(walk(stage, stage.own("/Reservations"), {{"PageSize", 1}}).second == 2);
  CHECK(listed({{"PageSize", 0}})["status"] == 400);
  CHECK(listed({{"AfterSid", "WR0"}})["status"] == 400);
  CHECK(stage.ask("GET", stage.own("/WorkerChannels"))["contents"][0]["last_reserved_time"] > 0);
}
