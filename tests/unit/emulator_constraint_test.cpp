#include <doctest/doctest.h>

#include "emulator_refused.hpp"

using namespace taskrouter;

TEST_CASE("what others refer to can't be deleted, and what is wrong about them is refused") {
  Stage stage;
  const Reservation reservation = stage.reserve();
  const auto path = [](const char* folder, const auto& sid) { return folder + std::string{sid.text()}; };
  const std::string queue = path("/TaskQueues/", stage.story.task_queue_sid);
  const std::string workflow = path("/Workflows/", stage.story.workflow_sid);
  const std::string alice = path("/Workers/", stage.story.worker_sid);
  for (const std::string& one :
       {queue, workflow, path("/Activities/", stage.story.activities.offline),
        path("/Activities/", stage.story.activities.reserved), path("/Activities/", stage.story.activities.busy),
        std::string{"/TaskChannels/default"}}) {
    CAPTURE(one);
    const Error error = refused(stage, Method::delete_, one);
    CHECK(error.code == 20001);
    CHECK(error.message.starts_with("Cannot delete "));
  }
  stage.accept(reservation).value();
  CHECK(refused(stage, Method::delete_, alice).message.starts_with("Cannot delete worker "));

  const std::string other(32, '0');
  struct Wrong {
    std::string path, form, parameter;
  };
  const std::vector<Wrong> wrong{
      {"", "MultiTaskEnabled=maybe", "MultiTaskEnabled"},
      {"", "EventCallbackUrl=ftp://x", "EventCallbackUrl"},
      {"", "EventsFilter=task.created,task.lost", "EventsFilter"},
      {"", "DefaultActivitySid=WA" + other, "DefaultActivitySid"},
      {"", "FriendlyName=" + long_text(65), "FriendlyName"},
      {"/TaskChannels", "FriendlyName=Fax&UniqueName=1fax", "UniqueName"},
      {"/TaskChannels", "FriendlyName=Voice&UniqueName=voice", "already exists"},
      {"/TaskQueues", "FriendlyName=Q&TargetWorkers=skill-level+%3E+3", "TargetWorkers"},
      {"/TaskQueues", "FriendlyName=Q&MaxReservedWorkers=51", "MaxReservedWorkers"},
      {"/TaskQueues", "FriendlyName=Q&ReservationActivitySid=WA" + other, "ReservationActivitySid"},
      {queue, "TaskOrder=FILO", "TaskOrder"},
      {"/Workflows", "FriendlyName=W&Configuration={", "Configuration"},
      {"/Workflows", "FriendlyName=W&Configuration={}", "Configuration is wrong: task_routing is missing"},
      {"/Workflows", R"(FriendlyName=W&Configuration={"task_routing":{"default_filter":{"queue":"WQ1"}}})",
       "default_filter: it names a queue that is not there"},
      {"/Workflows",
       R"(FriendlyName=W&Configuration={"task_routing":{"filters":[{"expression":"a ==","targets":[]}]}})",
       "filter 1: it has a wrong expression, at character 5"},
      {workflow, "TaskReservationTimeout=86401", "TaskReservationTimeout"},
      {workflow, "AssignmentCallbackUrl=example.com", "AssignmentCallbackUrl"},
      {alice + "/Channels/voice", "Capacity=-1", "Capacity"},
  };
  for (const Wrong& one : wrong) {
    CAPTURE(one.form);
    const Error error = refused(stage, Method::post, one.path, one.form);
    CHECK(error.status == 400);
    CHECK_MESSAGE(error.message.find(one.parameter) != std::string::npos, error.message);
  }
  CHECK(refused(stage, Method::get, "/Events?Minutes=0").status == 400);
  CHECK(refused(stage, Method::get, "/Workers/Statistics?TaskChannel=fax").status == 400);
  CHECK(refused(stage, Method::post, alice + "/Channels/fax", "Capacity=1").status == 404);
}
