#include <doctest/doctest.h>

#include "emulator_fixture.hpp"

using namespace taskrouter;
using std::chrono::seconds;

namespace {

std::string names(const std::vector<Worker>& workers) {
  std::string text;
  for (const Worker& worker : workers) text.append(text.empty() ? "" : " ").append(worker.friendly_name);
  return text;
}

/// The names in the answer to a query of the workers, or the refusal's code and message.
std::string workers_in(Stage& stage, std::string_view query) {
  const Response response = stage.raw(Method::get, "/Workers?" + std::string{query});
  const auto page = parse<workers::List>(response);
  return page ? names(page->items) : std::to_string(page.error().code) + ' ' + page.error().message;
}

/// The priorities in the answer to a query of the tasks, or the refusal's code and message.
std::string tasks_in(Stage& stage, std::string_view query) {
  const auto page = parse<tasks::List>(stage.raw(Method::get, "/Tasks?" + std::string{query}));
  if (!page) return std::to_string(page.error().code) + ' ' + page.error().message;
  std::string text;
  for (const Task& task : page->items) text.append(text.empty() ? "" : " ").append(std::to_string(task.priority));
  return text;
}

}  // namespace

TEST_CASE("a list is read page by page, forward and back, without loss or repetition") {
  Stage stage;
  for (const char* name : {"Bob", "Carol", "Dave", "Erin", "Frank"}) stage.create_worker(name);
  const workers::List list{.workspace_sid = stage.workspace, .available = "false", .page_size = 2};
  auto page = stage.client.send(list).value();
  CHECK(names(page.items) == "Alice Bob");
  CHECK(page.meta.key == "workers");
  CHECK(page.meta.page == 0);
  CHECK(page.meta.page_size == 2);
  const std::string root =
      "https://taskrouter.twilio.com/v1/Workspaces/" + std::string{stage.workspace.text()} + "/Workers?";
  CHECK(page.meta.first_page_url == root + "Available=false&PageSize=2&Page=0");
  CHECK(page.meta.url == page.meta.first_page_url);
  CHECK_FALSE(page.meta.previous_page_url);
  REQUIRE(page.meta.next_page_url);
  CHECK(page.meta.next_page_url->starts_with(root + "Available=false&PageSize=2&Page=1&PageToken=PA"));

  page = stage.client.next_page(page).value();
  CHECK(names(page.items) == "Carol Dave");
  CHECK(page.meta.page == 1);
  stage.create_worker("Grace");  // The list grows while it is read.
  const auto last = stage.client.next_page(page).value();
  CHECK(names(last.items) == "Erin Frank");
  const auto rest = stage.client.next_page(last).value();
  CHECK(names(rest.items) == "Grace");
  CHECK_FALSE(rest.meta.next_page_url);

  const auto back = [&](const std::string& url) {
    return parse<workers::List>(stage.raw(Method::get, url.substr(url.find("/Workers")))).value();
  };
  const auto second = back(*last.meta.previous_page_url);
  CHECK(names(second.items) == "Carol Dave");
  CHECK(second.meta.page == 1);
  const auto first = back(*second.meta.previous_page_url);
  CHECK(names(first.items) == "Alice Bob");
  CHECK_FALSE(first.meta.previous_page_url);
}

TEST_CASE("the URLs of an answer name the host that was asked") {
  Stage stage;
  const Endpoint endpoint{stage.emulator.credentials(), {.base_url = "http://127.0.0.1:8080"}};
  stage.create_worker("Bob");
  Client client{endpoint, stage.emulator};
  const auto page = client.send(workers::List{.workspace_sid = stage.workspace, .page_size = 1}).value();
  CHECK(page.meta.url.starts_with("http://127.0.0.1:8080/v1/"));
  CHECK(page.items.at(0).url.starts_with("http://127.0.0.1:8080/v1/"));
  CHECK(page.items.at(0).links.text.find("twilio.com") == std::string::npos);
  CHECK(names(client.next_page(page).value().items) == "Bob");
}

TEST_CASE("a page that can't be had is refused") {
  Stage stage;
  CHECK(workers_in(stage, "Page=1") == "40153 Absolute paging is not supported: use PageToken");
  CHECK(workers_in(stage, "Page=0") == "Alice");
  CHECK(workers_in(stage, "Page=-1").starts_with("20001 Page "));
  for (const char* size : {"0", "1001", "-1", "x", ""}) {
    CHECK(workers_in(stage, std::string{"PageSize="} + size).starts_with("20001 PageSize "));
  }
  CHECK(workers_in(stage, "PageSize=1000") == "Alice");
  for (const char* token :
       {"", "PA", "1", "PA1", "PA1_2", "PA1_2_3_4", "PA1_2_3x", "PX1_2_3", "PA1_2_99999999999999999999"}) {
    CAPTURE(token);
    CHECK(workers_in(stage, std::string{"PageToken="} + token).starts_with("20001 PageToken "));
  }
  CHECK(workers_in(stage, "PageToken=PA0_0_0") == "Alice");
  CHECK(workers_in(stage, "PageToken=PA0_0_9") == "");
}

TEST_CASE("workers are filtered and ordered") {
  Stage stage;
  const ActivitySid available = stage.story.activities.available;
  stage.emulator.advance(seconds{1});
  stage.create_worker("Bob", available);
  stage.emulator.advance(seconds{1});
  stage.create_worker("Carol", available);
  stage.emulator.advance(seconds{1});
  stage.set_activity(stage.story.activities.busy);
  CHECK(workers_in(stage, "") == "Alice Bob Carol");
  CHECK(workers_in(stage, "Available=true") == "Bob Carol");
  CHECK(workers_in(stage, "Available=1") == "Bob Carol");
  CHECK(workers_in(stage, "Available=no") == "Alice");
  CHECK(workers_in(stage, "ActivityName=Available") == "Bob Carol");
  CHECK(workers_in(stage, "ActivityName=available") == "");
  CHECK(workers_in(stage, "ActivitySid=" + std::string{stage.story.activities.busy.text()}) == "Alice");
  CHECK(workers_in(stage, "FriendlyName=Bob") == "Bob");
  CHECK(workers_in(stage, "TaskQueueName=Everyone") == "Alice Bob Carol");
  CHECK(workers_in(stage, "TaskQueueName=Nobody") == "");
  CHECK(workers_in(stage, "TaskQueueSid=" + std::string{stage.story.task_queue_sid.text()}) == "Alice Bob Carol");
  CHECK(workers_in(stage, "TaskQueueSid=WQ00000000000000000000000000000000") == "");
  CHECK(workers_in(stage, "Ordering=DateStatusChanged:desc") == "Alice Carol Bob");
  CHECK(workers_in(stage, "Ordering=DateStatusChanged:desc&PageSize=2") == "Alice Carol");
  CHECK(workers_in(stage, "Ordering=DateCreated:asc") == "Alice Bob Carol");
  CHECK(workers_in(stage, "Ordering=DateUpdated:desc,DateCreated:asc") == "Alice Carol Bob");
  for (const char* ordering : {"DateStatusChanged", "DateStatusChanged:up", "Name:asc",
                               "DateCreated:asc,DateUpdated:asc,DateStatusChanged:asc"}) {
    CHECK(workers_in(stage, std::string{"Ordering="} + ordering).starts_with("20001 Ordering "));
  }
  CHECK(workers_in(stage, "TargetWorkersExpression=1%3D%3D1") == "Alice Bob Carol");
  CHECK(workers_in(stage, "TargetWorkersExpression=selected_language%3D%3D%22es%22") == "Alice");
  CHECK(workers_in(stage, "TargetWorkersExpression=friendly_name+IN+%5B'Bob'%5D") == "Bob");
  CHECK(workers_in(stage, "TargetWorkersExpression=a-b+%3E+3").starts_with("20001 TargetWorkersExpression "));
}

TEST_CASE("tasks are filtered and ordered") {
  Stage stage;
  const auto create = [&](std::int64_t priority) {
    stage.emulator.advance(seconds{1});
    return stage.client.send(tasks::Create{.workspace_sid = stage.workspace, .priority = priority}).value().sid;
  };
  create(1), create(3);
  const TaskSid last = create(2);
  stage.set_task_status(last, TaskStatus::canceled).value();
  CHECK(tasks_in(stage, "") == "1 3 2");
  CHECK(tasks_in(stage, "Priority=3") == "3");
  CHECK(tasks_in(stage, "AssignmentStatus=pending") == "1 3");
  CHECK(tasks_in(stage, "AssignmentStatus=pending&AssignmentStatus=canceled") == "1 3 2");
  CHECK(tasks_in(stage, "AssignmentStatus=canceled%2Creserved") == "2");
  CHECK(tasks_in(stage, "AssignmentStatus=lost").starts_with("20001 AssignmentStatus "));
  CHECK(tasks_in(stage, "WorkflowSid=" + std::string{stage.story.workflow_sid.text()}) == "1 3 2");
  CHECK(tasks_in(stage, "WorkflowName=Other") == "");
  CHECK(tasks_in(stage, "TaskQueueSid=" + std::string{stage.story.task_queue_sid.text()}) == "1 3 2");
  CHECK(tasks_in(stage, "TaskQueueName=Other") == "");
  CHECK(tasks_in(stage, "RoutingTarget=WW00000000000000000000000000000000") == "");
  CHECK(tasks_in(stage, "HasAddons=true") == "");
  CHECK(tasks_in(stage, "HasAddons=false") == "1 3 2");
  CHECK(tasks_in(stage, "Ordering=Priority:desc,DateCreated:asc") == "3 2 1");
  CHECK(tasks_in(stage, "Ordering=VirtualStartTime:desc") == "2 3 1");
  CHECK(tasks_in(stage, "Ordering=DateCreated:asc,VirtualStartTime:asc").starts_with("20001 Ordering "));
  CHECK(tasks_in(stage, "EvaluateTaskAttributes=a%3D%3D1") == "");
  CHECK(tasks_in(stage, "EvaluateTaskAttributes=a%3D%3Dnull") == "1 3 2");
  CHECK(tasks_in(stage, "EvaluateTaskAttributes=a%3D").starts_with("20001 EvaluateTaskAttributes "));

  const tasks::List list{.workspace_sid = stage.workspace, .ordering = "Priority:desc", .page_size = 1};
  auto page = stage.client.send(list).value();
  CHECK(page.items.at(0).priority == 3);
  page = stage.client.next_page(page).value();
  CHECK(page.items.at(0).priority == 2);
  page = stage.client.next_page(page).value();
  CHECK(page.items.at(0).priority == 1);
  CHECK_FALSE(page.meta.next_page_url);
}

TEST_CASE("activities and reservations are filtered") {
  Stage stage;
  const auto activities_in = [&](std::string_view query) {
    std::string text;
    for (const Activity& activity :
         parse<activities::List>(stage.raw(Method::get, "/Activities?" + std::string{query})).value().items) {
      text.append(text.empty() ? "" : " ").append(activity.friendly_name);
    }
    return text;
  };
  CHECK(stage.raw(Method::post, "/Activities", "FriendlyName=Lunch").status == 201);
  CHECK(stage.raw(Method::post, "/Activities", "FriendlyName=Chat&Available=yes").status == 201);
  CHECK(activities_in("") == "Offline Available Reserved Busy Lunch Chat");
  CHECK(activities_in("Available=true") == "Available Chat");
  CHECK(activities_in("Available=false") == "Offline Reserved Busy Lunch");
  CHECK(activities_in("FriendlyName=Busy") == "Busy");

  const Reservation first = stage.reserve();
  stage.reject(first).value();
  const auto count = [&](const std::string& path) {
    return parse<reservations::List>(stage.raw(Method::get, path)).value().items.size();
  };
  const std::string of_task = "/Tasks/" + std::string{first.task_sid.text()} + "/Reservations?";
  const std::string of_worker = "/Workers/" + std::string{first.worker_sid.text()} + "/Reservations?";
  CHECK(count(of_task) == 2);
  CHECK(count(of_worker) == 2);
  CHECK(count(of_task + "ReservationStatus=rejected") == 1);
  CHECK(count(of_worker + "ReservationStatus=pending") == 1);
  CHECK(count(of_worker + "ReservationStatus=accepted") == 0);
  CHECK(count(of_task + "WorkerSid=" + std::string{first.worker_sid.text()}) == 2);
  CHECK(count(of_task + "WorkerSid=WK00000000000000000000000000000000") == 0);
}
