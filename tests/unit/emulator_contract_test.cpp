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

/// The SID in an answer that was just given.
template <class AnySid>
AnySid sid_in(const Response& answer) {
  return AnySid{json::parse(answer.body)["sid"].get<std::string>()};
}

/// What is created, looked at and deleted again: nothing refers to it.
void perform_on_new_things(Stage& stage, Answers& answers) {
  const WorkspaceSid workspace = stage.workspace;
  perform(stage, answers, activities::Create{.workspace_sid = workspace, .friendly_name = "Lunch"});
  const auto activity = sid_in<ActivitySid>(answers["CreateActivity"]);
  perform(stage, answers, activities::Fetch{.workspace_sid = workspace, .sid = activity});
  perform(stage, answers, activities::List{.workspace_sid = workspace});
  perform(stage, answers, activities::Update{.workspace_sid = workspace, .sid = activity, .friendly_name = "Break"});
  perform(stage, answers, activities::Remove{.workspace_sid = workspace, .sid = activity});
  perform(stage, answers,
          task_channels::Create{.workspace_sid = workspace, .friendly_name = "Fax", .unique_name = "fax"});
  perform(stage, answers, task_channels::Fetch{.workspace_sid = workspace, .sid = "fax"});
  perform(stage, answers, task_channels::List{.workspace_sid = workspace});
  perform(stage, answers, task_channels::Update{.workspace_sid = workspace, .sid = "fax", .friendly_name = "Telefax"});
  perform(stage, answers, task_channels::Remove{.workspace_sid = workspace, .sid = "fax"});
  perform(stage, answers, task_queues::Create{.workspace_sid = workspace, .friendly_name = "Spanish"});
  const auto queue = sid_in<TaskQueueSid>(answers["CreateTaskQueue"]);
  perform(stage, answers, task_queues::Fetch{.workspace_sid = workspace, .sid = queue});
  perform(stage, answers, task_queues::List{.workspace_sid = workspace});
  perform(stage, answers, task_queues::Update{.workspace_sid = workspace, .sid = queue, .target_workers = "a == 1"});
  perform(stage, answers, task_queues::Remove{.workspace_sid = workspace, .sid = queue});
  const std::string target = std::string{stage.story.task_queue_sid.text()};
  perform(stage, answers,
          workflows::Create{.workspace_sid = workspace,
                            .friendly_name = "Other",
                            .configuration = {R"({"task_routing":{"default_filter":{"queue":")" + target + R"("}}})"}});
  const auto workflow = sid_in<WorkflowSid>(answers["CreateWorkflow"]);
  perform(stage, answers, workflows::Fetch{.workspace_sid = workspace, .sid = workflow});
  perform(stage, answers, workflows::List{.workspace_sid = workspace});
  perform(stage, answers, workflows::Update{.workspace_sid = workspace, .sid = workflow, .friendly_name = "Another"});
  perform(stage, answers, workflows::Remove{.workspace_sid = workspace, .sid = workflow});
  perform(stage, answers, workers::Create{.workspace_sid = workspace, .friendly_name = "Bob"});
  perform(stage, answers,
          workers::Remove{.workspace_sid = workspace, .sid = sid_in<WorkerSid>(answers["CreateWorker"])});
  perform(stage, answers, workspaces::Create{.friendly_name = "Second", .template_ = "FIFO"});
  const auto second = sid_in<WorkspaceSid>(answers["CreateWorkspace"]);
  perform(stage, answers, workspaces::Update{.sid = second, .friendly_name = "Other"});
  perform(stage, answers, workspaces::List{});
  perform(stage, answers, workspaces::Remove{.sid = second});
}

void perform_on_statistics(Stage& stage, Answers& answers) {
  const WorkspaceSid workspace = stage.workspace;
  const TaskQueueSid queue = stage.story.task_queue_sid;
  const WorkflowSid workflow = stage.story.workflow_sid;
  perform(stage, answers, workspace_statistics::FetchCumulative{.workspace_sid = workspace});
  perform(stage, answers, workspace_statistics::FetchRealTime{.workspace_sid = workspace});
  perform(stage, answers, workspace_statistics::Fetch{.workspace_sid = workspace});
  perform(stage, answers, workflow_statistics::FetchCumulative{.workspace_sid = workspace, .workflow_sid = workflow});
  perform(stage, answers, workflow_statistics::FetchRealTime{.workspace_sid = workspace, .workflow_sid = workflow});
  perform(stage, answers, workflow_statistics::Fetch{.workspace_sid = workspace, .workflow_sid = workflow});
  perform(stage, answers, task_queue_statistics::FetchCumulative{.workspace_sid = workspace, .task_queue_sid = queue});
  perform(stage, answers, task_queue_statistics::FetchRealTime{.workspace_sid = workspace, .task_queue_sid = queue});
  perform(stage, answers, task_queue_statistics::Fetch{.workspace_sid = workspace, .task_queue_sid = queue});
  perform(stage, answers, task_queue_statistics::List{.workspace_sid = workspace});
  perform(stage, answers,
          task_queue_statistics::FetchBulkRealTime{.workspace_sid = workspace,
                                                   .body = {"[\"" + std::string{queue.text()} + "\"]"}});
  perform(stage, answers, workers_statistics::FetchCumulative{.workspace_sid = workspace});
  perform(stage, answers, workers_statistics::FetchRealTime{.workspace_sid = workspace});
  perform(stage, answers, workers_statistics::Fetch{.workspace_sid = workspace});
  perform(stage, answers, worker_statistics::Fetch{.workspace_sid = workspace, .worker_sid = stage.story.worker_sid});
}

/// Every operation, performed once.
Answers perform_all(Stage& stage) {
  Answers answers;
  const WorkspaceSid workspace = stage.workspace;
  const WorkerSid worker = stage.story.worker_sid;
  const Reservation reservation = stage.reserve();
  const TaskSid task = reservation.task_sid;
  perform_on_new_things(stage, answers);
  perform_on_statistics(stage, answers);
  perform(stage, answers, workspaces::Fetch{.sid = workspace});
  perform(stage, answers, events::List{.workspace_sid = workspace});
  perform(
      stage, answers,
      events::Fetch{.workspace_sid = workspace,
                    .sid = EventSid{json::parse(answers["ListEvent"].body)["events"][0]["sid"].get<std::string>()}});
  perform(stage, answers, worker_channels::List{.workspace_sid = workspace, .worker_sid = worker});
  perform(stage, answers, worker_channels::Fetch{.workspace_sid = workspace, .worker_sid = worker, .sid = "chat"});
  perform(stage, answers,
          worker_channels::Update{.workspace_sid = workspace, .worker_sid = worker, .sid = "chat", .capacity = 3});
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
    REQUIRE(answers.count(Op::route.name) == 1);
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
          std::is_same_v<Output, Task> || std::is_same_v<Output, Worker> || std::is_same_v<Output, Reservation>;
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
      {"CreateTaskChannel", {"workspace"}},
      {"FetchTaskQueue",
       {"workspace", "statistics", "real_time_statistics", "cumulative_statistics", "list_statistics",
        "bulk_real_time_statistics"}},
      {"CreateWorkflow", {"statistics", "real_time_statistics", "cumulative_statistics"}},
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
    for (const auto& [link, url] : resource["links"].items()) CHECK(get(url) == 200);
  }
}
