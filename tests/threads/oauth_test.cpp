#include "taskrouter/oauth.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <string>
#include <thread>

#include "together.hpp"

using namespace taskrouter;

namespace {

constexpr int thread_count = 8;
const Request get{.method = Method::get, .url = "https://host/v1/x", .headers = {}, .body = {}};

/// A token server and TaskRouter in one. The server gives tokens by number, or refuses; TaskRouter takes the tokens
/// from `oldest` on. A fetch ends only when all threads want a token, which they show by asking for the time.
struct Server {
  int status{200};
  std::atomic<int> fetches{0};
  std::atomic<int> oldest{1};
  std::atomic<int> waiting{0};

  Result<Response> send(const Request& request) {
    const std::string* authorization = request.headers.find("Authorization");
    if (authorization != nullptr) {
      const int number = std::stoi(authorization->substr(7));
      return Response{.status = number >= oldest ? 200 : 401, .headers = {}, .body = {}};
    }
    while (waiting < thread_count) std::this_thread::yield();
    const int number = ++fetches;
    return Response{.status = status,
                    .headers = {},
                    .body = R"({"expires_in":3600,"access_token":")" + std::to_string(number) + "\"}"};
  }

  Clock clock() {
    return [this] {
      thread_local bool counted = false;
      if (!counted) ++waiting;
      counted = true;
      return std::chrono::steady_clock::time_point{};
    };
  }
};

/// What each of the threads gets: a status, or that of the error.
std::array<int, thread_count> send_together(OAuth<Server>& oauth) {
  std::array<int, thread_count> statuses{};
  together(thread_count, [&](int thread) {
    const auto outcome = oauth.send(get);
    statuses[static_cast<std::size_t>(thread)] = outcome ? outcome->status : outcome.error().status;
  });
  return statuses;
}

std::array<int, thread_count> all(int status) {
  std::array<int, thread_count> statuses{};
  statuses.fill(status);
  return statuses;
}

}  // namespace

TEST_CASE("however many threads wait for an access token, one fetches it") {
  Server server;
  OAuth oauth{server, {.client_id = "OQ1", .client_secret = "s", .clock = server.clock()}};
  CHECK(send_together(oauth) == all(200));
  CHECK(server.fetches == 1);
}

TEST_CASE("however many threads wait for an access token, one is refused and all hear of it") {
  Server server{.status = 503};
  OAuth oauth{server, {.client_id = "OQ1", .client_secret = "s", .clock = server.clock()}};
  CHECK(send_together(oauth) == all(503));
  CHECK(server.fetches == 1);
}

TEST_CASE("however many threads are answered 401, one renews the token and all send again") {
  Server server;
  OAuth oauth{server, {.client_id = "OQ1", .client_secret = "s", .clock = server.clock()}};
  server.waiting = thread_count;
  CHECK(oauth.send(get).value().status == 200);
  server.oldest = 2;
  CHECK(send_together(oauth) == all(200));
  CHECK(server.fetches == 2);
}
