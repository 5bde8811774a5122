#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

/// A task of which another program takes note between our reading and our writing, `rivals` times.
struct SharedTask {
  int rivals{};
  int version{};
  std::vector<std::string> guards{};  ///< The If-Match of every write.

  Result<Response> send(const Request& request) {
    if (request.method == Method::post) {
      const std::string* guard = request.headers.find("If-Match");
      guards.push_back(guard == nullptr ? "" : *guard);
      if (rivals > 0) --rivals, ++version;
      if (guards.back() != tag()) return Response{.status = 412, .headers = {}, .body = R"({"code":20412})"};
      ++version;
    }
    return Response{.status = 200, .headers = {{"ETag", tag()}}, .body = R"({"age":)" + std::to_string(version) + '}'};
  }
  std::string tag() const { return '"' + std::to_string(version) + '"'; }
};

const tasks::Fetch fetch{.workspace_sid = samples::workspace, .sid = samples::task};

tasks::Update raise_priority(const Task& task) {
  return {.workspace_sid = samples::workspace, .sid = samples::task, .priority = task.age + 1};
}

}  // namespace

TEST_CASE("modify() writes what was made from the resource, guarded by its ETag") {
  SharedTask task;
  Client client{samples::credentials(), task};
  const auto written = client.modify(fetch, raise_priority);
  REQUIRE(written);
  CHECK(written->age == 1);
  CHECK(written->etag == "\"1\"");
  CHECK(task.guards == std::vector<std::string>{"\"0\""});
}

TEST_CASE("modify() reads and changes anew when somebody else wrote in between") {
  SharedTask task{.rivals = 2};
  Client client{samples::credentials(), task};
  std::vector<std::int64_t> seen;
  const auto written = client.modify(fetch, [&](const Task& read) {
    seen.push_back(read.age);
    return raise_priority(read);
  });
  CHECK(written.value().age == 3);
  CHECK(seen == std::vector<std::int64_t>{0, 1, 2});
}

TEST_CASE("modify() gives up after its attempts, with the 412 as the Error") {
  SharedTask task{.rivals = 99};
  Client client{samples::credentials(), task};
  const auto written = client.modify(fetch, raise_priority, 3);
  REQUIRE_FALSE(written);
  CHECK(written.error().status == 412);
  CHECK(task.guards.size() == 3);
}

TEST_CASE("modify() writes nothing when there is nothing to change") {
  SharedTask task;
  Client client{samples::credentials(), task};
  const auto read = client.modify(fetch, [](const Task&) { return std::optional<tasks::Update>{}; });
  CHECK(read.value().age == 0);
  CHECK(task.guards.empty());
}

TEST_CASE("modify() does not write unguarded: without an ETag it is an Error") {
  struct Untagged {
    int posts{};
    Result<Response> send(const Request& request) {
      if (request.method == Method::post) ++posts;
      return Response{.status = 200, .headers = {}, .body = "{}"};
    }
  } transport;
  Client client{samples::credentials(), transport};
  const auto written = client.modify(fetch, raise_priority);
  REQUIRE_FALSE(written);
  CHECK(written.error().field == "etag");
  CHECK(transport.posts == 0);
}

TEST_CASE("modify() hands on what goes wrong with reading or writing") {
  struct Failing {
    Method fails;
    Result<Response> send(const Request& request) {
      if (request.method == fails) return Response{.status = 500, .headers = {}, .body = ""};
      return Response{.status = 200, .headers = {{"ETag", "\"7\""}}, .body = "{}"};
    }
  };
  for (const Method method : {Method::get, Method::post}) {
    Failing transport{method};
    Client client{samples::credentials(), transport};
    CHECK(client.modify(fetch, raise_priority).error().status == 500);
  }
}
