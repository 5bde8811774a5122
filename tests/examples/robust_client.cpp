// Sends again what can be sent again, tells what passes and fetches access tokens, on a network with bad luck.

#include <chrono>
#include <iostream>
#include <string>
#include <utility>

#include "taskrouter/emulator.hpp"
#include "taskrouter/logging.hpp"
#include "taskrouter/oauth.hpp"
#include "taskrouter/retry.hpp"
#include "taskrouter/taskrouter.hpp"

using namespace taskrouter;

namespace {

/// A server for access tokens and a TaskRouter in memory, on a network that fails now and then.
class UnluckyNetwork {
 public:
  const Emulator::Story& story() const { return emulator_.story(); }

  Result<Response> send(const Request& request) {
    switch (++sent_) {
      case 1: return transport_error(Error::Cause::connect, "connection refused");
      case 3: return Response{.status = 429, .headers = {{"Retry-After", "1"}}, .body = R"({"message":"slow down"})"};
      case 5:
      case 7: return Response{.status = 503, .headers = {}, .body = "<html>"};
      default: return answer(request);
    }
  }

 private:
  Result<Response> answer(const Request& request) {
    if (request.url == "https://oauth.twilio.com/v2/token") {
      return Response{.status = 200, .headers = {}, .body = R"({"access_token":"t0k3n","expires_in":3600})"};
    }
    const std::string* authorization = request.headers.find("Authorization");
    if (authorization == nullptr || *authorization != "Bearer t0k3n") {
      return Response{.status = 401, .headers = {}, .body = {}};
    }
    Request known = request;  // The emulator knows its account's auth token only.
    known.headers = Endpoint{emulator_.credentials()}.headers(request.method == Method::post);
    return emulator_.send(known);
  }

  Emulator emulator_{};
  int sent_ = 0;
};

}  // namespace

int main() {
  UnluckyNetwork network;  // For Twilio's own: CurlTransport network;

  Logging logging{network, [](const LogEntry& entry) { std::cout << describe(entry) << '\n'; }};
  OAuth oauth{logging, {.client_id = "OQ00000000000000000000000000000001", .client_secret = "s3cr3t"}};
  const auto sleep = [](std::chrono::milliseconds wait) { std::cout << "  wait " << wait.count() << " ms\n"; };
  Retrying retrying{oauth, {.policy = {.max_attempts = 5}, .random = [] { return 0.5; }}, sleep};
  Client client{Credentials::none(), retrying};  // To wait for real, leave out `random` and `sleep`.

  const auto& story = network.story();
  const auto task = client.send(tasks::Create{.workspace_sid = story.workspace_sid});
  if (!task) return std::cerr << describe(task.error()) << '\n', 1;

  const auto again = client.send(tasks::Fetch{.workspace_sid = story.workspace_sid, .sid = task->sid});
  if (!again) return std::cerr << describe(again.error()) << '\n', 1;

  const auto second = client.send(tasks::Create{.workspace_sid = story.workspace_sid});
  std::cout << (second ? "created" : describe(second.error())) << '\n';
  return second ? 1 : 0;
}
