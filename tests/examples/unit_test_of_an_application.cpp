// How an application's own tests read on the emulator: no account, no network, and time that passes
// when it is told to.

#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "taskrouter/emulator/scenario.hpp"
#include "taskrouter/json.hpp"
#include "taskrouter/taskrouter.hpp"

using namespace taskrouter;
using std::chrono::seconds;

namespace {

/// What is tested: a help desk that puts its customers' calls before TaskRouter. It works with any
/// transport, with CurlTransport as well as with the emulator.
template <Transport T>
class HelpDesk {
 public:
  HelpDesk(Client<T>& client, WorkspaceSid workspace) : client_{client}, workspace_{workspace} {}

  /// Asks for someone who speaks the language. Important customers come first.
  Result<Task> call(std::string_view language, bool is_important) {
    return client_.send(tasks::Create{.workspace_sid = workspace_,
                                      .priority = is_important ? 10 : 0,
                                      .attributes = to_json_text(nlohmann::json{{"language", language}})});
  }

 private:
  Client<T>& client_;
  WorkspaceSid workspace_;
};

/// Two queues. Who asks for Spanish waits 30 seconds for someone who speaks it.
struct Desk : Scenario {
  Desk() {
    queue("Spanish", "languages HAS 'es'").queue("Everyone");
    workflow(R"({"task_routing": {
      "filters": [{"expression": "language == 'es'",
                   "targets": [{"queue": "{Spanish}", "timeout": 30}, {"queue": "{Everyone}"}]}],
      "default_filter": {"queue": "{Everyone}"}}})");
  }
  HelpDesk<Emulator> help_desk{client(), workspace()};
};

}  // namespace

TEST_CASE("a Spanish call reaches a worker who speaks Spanish") {
  Desk desk;
  desk.worker("Alice", R"({"languages": ["es", "en"]})").worker("Bob");

  const TaskSid call = desk.help_desk.call("es", false).value().sid;

  CHECK(desk.workers_of(call) == "Alice");
  desk.accept("Alice", call);
  CHECK(desk.status(call) == "assigned");
}

TEST_CASE("after half a minute anybody may take a Spanish call") {
  Desk desk;
  desk.worker("Bob");

  const TaskSid call = desk.help_desk.call("es", false).value().sid;

  CHECK(desk.status(call) == "pending");
  desk.wait(seconds{30});
  CHECK(desk.workers_of(call) == "Bob");
}

TEST_CASE("important customers come first") {
  Desk desk;
  const TaskSid first = desk.help_desk.call("en", false).value().sid;
  const TaskSid important = desk.help_desk.call("en", true).value().sid;

  desk.worker("Bob");

  CHECK(desk.workers_of(important) == "Bob");
  CHECK(desk.status(first) == "pending");
}

TEST_CASE("a worker who does not answer gets no more calls until they are back") {
  Desk desk;
  desk.worker("Bob");
  const TaskSid call = desk.help_desk.call("en", false).value().sid;

  desk.wait(seconds{120});
  CHECK(desk.activity_of("Bob") == "Offline");
  CHECK(desk.status(call) == "pending");

  desk.move("Bob", "Available").accept("Bob", call).complete(call);
  CHECK(desk.status(call) == "completed");
}
