#include <doctest/doctest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "emulator_fixture.hpp"

using namespace taskrouter;
using nlohmann::json;

namespace {

/// An answer, by the name of the operation that it belongs to.
using Answers = std::map<std::string_view, Response>;

template <Operation Op>
void perform(Stage& stage, Answers& answers, const Op& operation) {
  const Endpoint endpoint{stage.emulator.credentials()};
  answers[Op::route.name] = stage.emulator.send(build(operation, endpoint).value()).value();
}

/// Every operation, performed once.
Answers perform_all(Stage& stage) {
  Answers answers;
  const WorkspaceSid workspace = stage.workspace;
  const WorkerSid worker = stage.story.worker_sid;
  const Reservation reservation = stage.reserve();
  const TaskSid task = reservation.task_sid;
  perform(stage, answers, workspaces::Fetch{.sid = workspace});
  perform(stage, answers, activities::Create{.workspace_sid = workspace, .friendly_name = "Lunch"});
  perform(stage, answers, activities::List{.workspace_sid = workspace});
  perform(stage, answers, workers::Create{.workspace_sid = workspace, .friendly_name = "Bob"});
  perform(stage, answers, workers::Fetch{.workspace_sid = workspace, .sid = worker});
  perform(stage, answers, workers::List{.workspace_sid = workspace});
  perform(stage, answers, workers::Update{.workspace_sid = workspace, .sid = worker, .attributes = JsonText{"{}"}});
  perform(stage, answers, tasks::Create{.workspace_sid = workspace});
  perform(stage, answers, tasks::Fetch{.workspace_sid = workspace, .sid = task});
  perform(stage, answers, tasks::List{.workspace_sid = workspace});
  perform(stage, answers, tasks::Update{.workspace_sid = workspace, .sid = task, .priority = 1});
  perform(stage, answers, reservations::accept(workspace, task, reservation.sid));
  perform(stage, answers, reservations::Fetch{.workspace_sid = workspace, .task_sid = task, .sid = reservation.sid});
  perform(stage, answers, reservations::List{.workspace_sid = workspace, .task_sid = task});
  perform(stage, answers,
          worker_reservations::Fetch{.workspace_sid = workspace, .worker_sid = worker, .sid = reservation.sid});
  perform(stage, answers, worker_reservations::List{.workspace_sid = workspace, .worker_sid = worker});
  perform(stage, answers,
          worker_reservations::Update{.workspace_sid = workspace,
                                      .worker_sid = worker,
                                      .sid = reservation.sid,
                                      .change = {.reservation_status = ReservationStatus::completed}});
  perform(stage, answers, tasks::Remove{.workspace_sid = workspace, .sid = task});
  return answers;
}

template <class Described>
void check_keys(const json& object) {
  std::set<std::string> expected, found;
  for (const detail::Field& field : detail::fields_of<Described>) expected.emplace(field.name);
  for (const auto& [key, value] : object.items()) found.insert(key);
  CHECK(found == expected);
}

template <class T>
struct Item {
  using Type = T;
  static constexpr bool is_page = false;
};
template <class T>
struct Item<Page<T>> {
  using Type = T;
  static constexpr bool is_page = true;
};

}  // namespace

TEST_CASE("every operation is answered with its status and with all the fields of its resource") {
  Stage stage;
  const Answers answers = perform_all(stage);
  for_each_operation([&]<class Op>() {
    CAPTURE(Op::route.name);
    using Output = typename Op::Output;
    if (answers.count(Op::route.name) == 0) return;  // Not emulated yet.
    const Response& answer = answers.at(Op::route.name);
    CHECK(answer.status == Op::route.success);
    if constexpr (std::is_same_v<Output, Nothing>) {
      CHECK(answer.body.empty());
    } else {
      const json body = json::parse(answer.body);
      check_keys<Output>(body);
      using Resource = typename Item<Output>::Type;
      if constexpr (Item<Output>::is_page) {
        check_keys<PageMeta>(body["meta"]);
        CHECK(body["meta"]["key"] == Resource::plural);
        REQUIRE_FALSE(body[std::string{Resource::plural}].empty());
        for (const json& item : body[std::string{Resource::plural}]) check_keys<Resource>(item);
      }
      const auto parsed = parse<Op>(answer);
      REQUIRE(parsed.has_value());
      CHECK(write_json(*parsed) == answer.body);
      const bool has_etag =
          !Item<Output>::is_page && !std::is_same_v<Resource, Workspace> && !std::is_same_v<Resource, Activity>;
      CHECK((answer.headers.find("ETag") != nullptr) == has_etag);
    }
  });
}

TEST_CASE("a resource's links are those of the contract, and its own URL leads to it") {
  Stage stage;
  const Answers answers = perform_all(stage);
  const std::map<std::string_view, std::set<std::string>> links{
      {"FetchWorkspace",
       {"activities", "statistics", "real_time_statistics", "cumulative_statistics", "task_queues", "tasks", "workers",
        "workflows", "task_channels", "events"}},
      {"CreateActivity", {"workspace"}},
      {"FetchWorker",
       {"channels", "activity", "workspace", "statistics", "real_time_statistics", "cumulative_statistics",
        "worker_statistics", "worker_channels", "reservations"}},
      {"CreateTask", {"task_queue", "workflow", "workspace", "reservations"}},
      {"FetchTaskReservation", {"task", "worker", "workspace"}},
      {"FetchWorkerReservation", {"task", "worker", "workspace"}},
  };
  const std::string root = "https://taskrouter.twilio.com/v1/Workspaces/" + std::string{stage.workspace.text()};
  const auto get = [&](const std::string& url) {
    return url.starts_with(root) ? stage.raw(Method::get, url.substr(root.size())).status : 0;
  };
  for (const auto& [link, expected] : links) {
    const std::string_view name = link;  // Clang 14 captures no structured binding.
    CAPTURE(name);
    const json resource = json::parse(answers.at(name).body);
    std::set<std::string> found;
    for (const auto& [key, url] : resource["links"].items()) {
      found.insert(key);
      CHECK(url.get<std::string>().starts_with(root));
    }
    CHECK(found == expected);
  }
  for (const char* name : {"FetchWorkspace", "FetchWorker", "CreateTask"}) {
    const json resource = json::parse(answers.at(name).body);
    CHECK(get(resource["url"]) == 200);
    for (const char* link : {"workspace", "reservations", "tasks", "workers", "activities"}) {
      if (resource["links"].contains(link)) CHECK(get(resource["links"][link]) == 200);
    }
  }
}
