#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "samples.hpp"

// Mistakes that other TaskRouter clients were seen to make, where no other test shows that this one does not.

using namespace taskrouter;

TEST_CASE("a fraction in an expression reaches TaskRouter with its digits") {
  const auto request = build(workers::List{.workspace_sid = samples::workspace,
                                           .target_workers_expression = "skill > 1.5 AND host == '10.0.0.1'"},
                             samples::endpoint());
  CHECK(request.value().url.ends_with(
      "?TargetWorkersExpression=skill%20%3E%201.5%20AND%20host%20%3D%3D%20%2710.0.0.1%27"));
}

TEST_CASE("zero, false and the empty text are values, and are sent") {
  const auto channel = build(worker_channels::Update{.workspace_sid = samples::workspace,
                                                     .worker_sid = samples::worker,
                                                     .sid = "voice",
                                                     .capacity = 0,
                                                     .available = false},
                             samples::endpoint());
  CHECK(channel.value().body == "Capacity=0&Available=false");
  const auto queue = build(
      task_queues::Update{
          .workspace_sid = samples::workspace, .sid = TaskQueueSid{samples::sid("WQ")}, .target_workers = ""},
      samples::endpoint());
  CHECK(queue.value().body == "TargetWorkers=");
}

TEST_CASE("a date that is missing or in an unknown form is empty, and the rest of the answer is there") {
  for (const std::string date :
       {R"("age":7)", R"("age":7,"date_created":null)", R"("age":7,"date_created":"yesterday")"}) {
    const auto task = parse<tasks::Fetch>({.status = 200, .headers = {}, .body = '{' + date + '}'}).value();
    CHECK_FALSE(task.date_created);
    CHECK(task.age == 7);
  }
}

TEST_CASE("a time is written in UTC, wherever the program runs") {
  const char* before = std::getenv("TZ");
  const std::string zone = before == nullptr ? "" : before;
  setenv("TZ", "Asia/Kolkata", 1);
  tzset();
  const auto request =
      build(events::List{.workspace_sid = samples::workspace, .end_date = read_timestamp("2024-02-29T23:59:59Z")},
            samples::endpoint());
  before == nullptr ? unsetenv("TZ") : setenv("TZ", zone.c_str(), 1);
  tzset();
  CHECK(request.value().url.ends_with("?EndDate=2024-02-29T23%3A59%3A59Z"));
}

TEST_CASE("an update that is guarded, and a removal, carry If-Match") {
  int guarded = 0;
  for_each_operation([&]<class Op>() {
    if constexpr (requires(Op operation) { operation.if_match; }) {
      ++guarded;
      const auto request = build(samples::filled<Op>(), samples::endpoint()).value();
      REQUIRE(request.headers.find("If-Match") != nullptr);
      CHECK(*request.headers.find("If-Match") == "\"1\"");
    }
  });
  CHECK(guarded == 6);
}

TEST_CASE("headers that come twice are both kept, and the first one counts") {
  const Headers headers{{"Warning", "one"}, {"Warning", "two"}};
  CHECK(headers.size() == 2);
  CHECK(*headers.find("warning") == "one");
}
