#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/emulator.hpp"
#include "taskrouter/emulator/scenario.hpp"

using namespace taskrouter;
using std::chrono::seconds, std::chrono::hours;

TEST_CASE("the first filter that matches takes the task, and the default filter what is left") {
  Scenario given;
  given.queue("Spanish").queue("English").queue("Rest");
  given.workflow(R"({"task_routing":{"filters":[
    {"expression":"language == 'es'","targets":[{"queue":"{Spanish}","priority":7}]},
    {"expression":"language IN ['es','en']","targets":[{"queue":"{English}","priority":"3"}]}],
    "default_filter":{"queue":"{Rest}"}}})");
  const TaskSid spanish = given.task(R"({"language":"es"})"), english = given.task(R"({"language":"en"})");
  CHECK(given.queue_of(spanish) == "Spanish");
  CHECK(given.queue_of(english) == "English");
  CHECK(given.queue_of(given.task()) == "Rest");
  CHECK(given.look(spanish)->priority == 7);
  CHECK(given.look(english)->priority == 3);
  CHECK(given.events_of(spanish) == "workflow.entered task-queue.entered task.created workflow.target-matched");
}

TEST_CASE("a task that no filter takes is canceled") {
  Scenario given;
  given.queue("Q").workflow(R"({"task_routing":{"filters":[{"expression":"a == 1","targets":[{"queue":"{Q}"}]}]}})");
  const TaskSid task = given.task();
  CHECK(given.status(task) == "canceled");
  CHECK(given.look(task)->reason == "Task canceled on Workflow timeout");
  CHECK(given.look(task)->task_queue_sid.empty());
}

TEST_CASE("a queue takes the workers that its expression is true of, as soon as it is") {
  Scenario given;
  given.queue("Spanish", "languages HAS 'es'").workflow("{Spanish}").worker("Alice").worker("Bob");
  const TaskSid task = given.task();
  CHECK(given.status(task) == "pending");
  given.client()
      .send(workers::Update{.workspace_sid = given.workspace(),
                            .sid = given.worker_sid("Bob"),
                            .attributes = JsonText{R"({"languages":["es"]})"}})
      .value();
  CHECK(given.workers_of(task) == "Bob");
  const TaskSid second = given.task();
  CHECK(given.status(second) == "pending");
  given.client()
      .send(task_queues::Update{
          .workspace_sid = given.workspace(), .sid = given.queue_sid("Spanish"), .target_workers = "1==1"})
      .value();
  CHECK(given.workers_of(second) == "Alice");
}

TEST_CASE("timeouts move a task from target to target, and out of its workflow") {
  Scenario given;
  given.queue("A", "level > 1").queue("B", "level > 0");
  given.workflow(R"({"task_routing":{"filters":[
    {"expression":"1==1","targets":[{"queue":"{A}","timeout":10},{"queue":"{B}","timeout":"20","priority":5}]}],
    "default_filter":{"queue":"{A}"}}})");
  const TaskSid task = given.task();
  given.wait(seconds{9});
  CHECK(given.queue_of(task) == "A");
  given.wait(seconds{1});
  CHECK(given.queue_of(task) == "B");
  CHECK(given.look(task)->priority == 5);
  given.wait(seconds{19});
  CHECK(given.status(task) == "pending");
  SUBCASE("and a worker may still come in time") {
    given.worker("Alice", R"({"level":1})");
    CHECK(given.workers_of(task) == "Alice");
    // An offer is not interrupted; the time is looked at when it has ended.
    given.wait(seconds{5});
    CHECK(given.status(task) == "reserved");
    given.reject("Alice", task, "Offline");
  }
  SUBCASE("or not") { given.wait(seconds{1}); }
  CHECK(given.status(task) == "canceled");
  CHECK(given.look(task)->reason == "Task canceled on Workflow timeout");
  CHECK(given.events_of(task).find("task-queue.timeout task-queue.moved task-queue.entered workflow.target-matched") !=
        std::string::npos);
  CHECK(given.events_of(task).ends_with("task-queue.timeout workflow.timeout task.canceled"));
}

TEST_CASE("a target whose skip_if is true is left if nobody could be reserved at once") {
  Scenario given;
  given.queue("A", "team == 'a'").queue("B", "team == 'b'");
  given.workflow(R"({"task_routing":{"filters":[{"expression":"1==1","targets":[
    {"queue":"{A}","skip_if":"workers.available == 0"},{"queue":"{B}"}]}]}})");
  given.worker("Bob", R"({"team":"b"})");
  CHECK(given.workers_of(given.task()) == "Bob");
  given.worker("Alice", R"({"team":"a"})");
  CHECK(given.workers_of(given.task()) == "Alice");
  CHECK(given.queue_of(given.task()) == "A");  // Alice is busy, but she is there.
  given.move("Alice", "Unavailable");
  CHECK(given.queue_of(given.task()) == "B");
}

TEST_CASE("a task that skips its last target goes to the default filter, or is canceled") {
  Scenario given;
  given.queue("A").queue("B");
  const std::string filters = R"("filters":[{"expression":"1==1","targets":[{"queue":"{A}","skip_if":"1==1"}]}])";
  given.workflow(R"({"task_routing":{)" + filters + R"(,"default_filter":{"queue":"{B}"}}})");
  CHECK(given.queue_of(given.task()) == "B");
  workflows::Update update{.workspace_sid = given.workspace(), .sid = given.workflow_sid()};
  update.configuration = JsonText{given.with_sids(R"({"task_routing":{)" + filters + "}}")};
  given.client().send(update).value();
  const TaskSid task = given.task();
  CHECK(given.status(task) == "canceled");
  CHECK(given.events_of(task).ends_with("workflow.skipped task.canceled"));
}

TEST_CASE("a target's expression compares the task with the worker, and order_by ranks the workers") {
  Scenario given;
  given.queue("Q");
  given.workflow(R"({"task_routing":{"filters":[{"expression":"1==1","targets":[{"queue":"{Q}",
    "expression":"task.language IN worker.languages","order_by":"worker.level DESC, worker.cost ASC"}]}]}})");
  given.worker("None", R"({"languages":["fr"],"level":9})").worker("Missing", R"({"languages":["es"]})");
  given.worker("Low", R"({"languages":["es"],"level":1,"cost":1})");
  given.worker("High", R"({"languages":["es","en"],"level":5,"cost":3})");
  given.worker("Cheap", R"({"languages":["es"],"level":5,"cost":2})");
  std::string order;
  for (int i = 0; i < 5; ++i) order += given.workers_of(given.task(R"({"language":"es"})")) + ' ';
  CHECK(order == "Cheap High Low Missing  ");
  CHECK(given.workers_of(given.task(R"({"language":"fr"})")) == "None");
}

TEST_CASE("a known worker is the only one who is asked, for as long as the target lasts") {
  Scenario given;
  given.queue("Q");
  given.workflow(R"({"task_routing":{"filters":[{"expression":"1==1","targets":[
    {"queue":"{Q}","known_worker_friendly_name":"task.agent","timeout":30},{"queue":"{Q}"}]}]}})");
  given.worker("Alice").worker("Bob");
  CHECK(given.workers_of(given.task(R"({"agent":"Bob"})")) == "Bob");
  const TaskSid second = given.task(R"({"agent":"Bob"})"), unknown = given.task();
  CHECK(given.status(second) == "pending");
  CHECK(given.status(unknown) == "pending");
  given.wait(seconds{30});
  CHECK(given.workers_of(second) == "Alice");
}

TEST_CASE("capacity alone limits how many tasks a worker has of a channel") {
  Scenario given;
  given.queue("Q").workflow("{Q}").worker("Alice").capacity("Alice", 2);
  const TaskSid first = given.task(), second = given.task(), third = given.task();
  CHECK(given.workers_of(second) == "Alice");
  CHECK(given.status(third) == "pending");
  tasks::Create chat{};
  chat.task_channel = "chat";
  CHECK(given.workers_of(given.task("{}", chat)) == "Alice");
  given.accept("Alice", first);
  CHECK(given.activity_of("Alice") == "Available");
  const worker_channels::Fetch fetch{
      .workspace_sid = given.workspace(), .worker_sid = given.worker_sid("Alice"), .sid = "default"};
  const WorkerChannel channel = given.client().send(fetch).value();
  CHECK(channel.assigned_tasks == 1);
  CHECK(channel.available_capacity_percentage == 0);
  CHECK(given.status(third) == "pending");
  given.complete(first);
  CHECK(given.workers_of(third) == "Alice");
}

TEST_CASE("a worker who comes is given a task of each channel, the most urgent first") {
  Scenario given;
  given.queue("Q").workflow("{Q}").worker("Alice", "{}", "Offline");
  const auto task_of = [&](std::string_view channel, std::int64_t priority) {
    tasks::Create with{};
    with.task_channel = std::string{channel};
    with.priority = priority;
    return given.task("{}", with);
  };
  const TaskSid first = task_of("default", 9), last = task_of("voice", 1), second = task_of("chat", 5);
  given.move("Alice", "Available");
  std::vector<TaskSid> offered;
  for (const auto& reservation :
       given.client()
           .send(worker_reservations::List{.workspace_sid = given.workspace(), .worker_sid = given.worker_sid("Alice")})
           .value()
           .items) {
    offered.push_back(reservation.task_sid);
  }
  CHECK(offered == std::vector{first, second, last});
}

TEST_CASE("a LIFO queue gives its newest task first, whatever its priority, and FIFO queues come before it") {
  Scenario given;
  task_queues::Create lifo{};
  lifo.task_order = TaskOrder::LIFO;
  given.queue("Old").queue("New", "1==1", lifo);
  given.workflow(R"({"task_routing":{"filters":[{"expression":"fresh == true","targets":[{"queue":"{New}"}]}],
    "default_filter":{"queue":"{Old}"}}})");
  tasks::Create urgent{};
  urgent.priority = 9;
  const TaskSid first = given.task(R"({"fresh":true})", urgent);
  given.wait(seconds{1});
  const TaskSid last = given.task(R"({"fresh":true})"), old = given.task();
  given.worker("Alice");
  CHECK(given.workers_of(old) == "Alice");
  given.worker("Bob");
  CHECK(given.workers_of(last) == "Bob");
  CHECK(given.status(first) == "pending");
}

TEST_CASE("a changed workflow counts for new tasks, and for waiting ones if it is told to") {
  Scenario given;
  given.queue("A").queue("B").workflow("{A}");
  const TaskSid task = given.task();
  workflows::Update update{.workspace_sid = given.workspace(), .sid = given.workflow_sid()};
  update.configuration = JsonText{given.with_sids("{B}")};
  given.client().send(update).value();
  CHECK(given.queue_of(task) == "A");
  CHECK(given.queue_of(given.task()) == "B");
  update = {.workspace_sid = given.workspace(), .sid = given.workflow_sid(), .re_evaluate_tasks = "true"};
  given.client().send(update).value();
  CHECK(given.queue_of(task) == "B");
}

TEST_CASE("a task can be sent straight to a worker, who gets it whatever they do, or to a queue") {
  Scenario given;
  given.queue("Q").worker("Alice", "{}", "Offline").worker("Bob");
  tasks::Create to{};
  to.routing_target = std::string{given.worker_sid("Alice").text()};
  const TaskSid task = given.task("{}", to);
  CHECK(given.workers_of(task) == "Alice");
  CHECK(given.look(task)->ignore_capacity);
  CHECK(given.look(task)->workflow_sid.empty());
  given.accept("Alice", task).complete(task);
  to.ignore_capacity = "false";
  CHECK(given.status(given.task("{}", to)) == "pending");
  to = {};
  to.routing_target = std::string{given.queue_sid("Q").text()};
  CHECK(given.workers_of(given.task("{}", to)) == "Bob");
}
