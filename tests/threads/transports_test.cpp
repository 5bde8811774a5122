#include <doctest/doctest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>

#include "loopback.hpp"
#include "taskrouter/async_client.hpp"
#include "taskrouter/client.hpp"
#include "taskrouter/resources/tasks.hpp"
#include "taskrouter/transports/curl.hpp"
#include "taskrouter/transports/curl_multi.hpp"
#include "taskrouter/transports/httplib.hpp"
#include "together.hpp"

using namespace taskrouter;

/// The library was not built for ThreadSanitizer, which can't see how it guards its own statics.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "called_from_lib:libcpp-httplib\n"; }

namespace {

constexpr int threads = 8;
constexpr int requests = 25;

Request post(const Loopback& server, const std::string& body) {
  return {.method = Method::post, .url = server.url("x"), .headers = {{"X-Thread", body}}, .body = body};
}

/// Eight threads send through one client, and read back what each of them sent.
template <class SomeTransport>
int sent_by_eight_threads() {
  Loopback server;
  SomeTransport transport;
  std::atomic<int> right{};
  together(threads, [&](int thread) {
    for (int i = 0; i < requests; ++i) {
      const std::string body = std::to_string(thread) + ':' + std::to_string(i);
      const auto response = transport.send(post(server, body));
      if (response && response->body == body) ++right;
    }
  });
  return right;
}

}  // namespace

TEST_CASE("eight threads share one CurlTransport") {
  CHECK(sent_by_eight_threads<CurlTransport>() == threads * requests);
}

TEST_CASE("eight threads share one HttplibTransport") {
  CHECK(sent_by_eight_threads<HttplibTransport>() == threads * requests);
}

TEST_CASE("eight threads share one client") {
  Loopback server;
  Endpoint::Options options;
  options.base_url = server.url("");
  options.base_url.pop_back();
  CurlTransport transport;
  const Credentials credentials{"AC" + std::string(32, '1'), "token"};
  Client client{Endpoint{credentials, options}, transport};
  together(threads, [&](int) {
    const auto task = client.send(tasks::Fetch{.workspace_sid = WorkspaceSid{"WS" + std::string(32, '2')},
                                               .sid = TaskSid{"WT" + std::string(32, '3')}});
    CHECK_FALSE(task);  // The server answers with text.
  });
  CHECK(server.arrived() == threads);
}

TEST_CASE("eight threads start and cancel on one CurlMultiTransport, which a ninth runs") {
  Loopback server;
  std::atomic<int> right{};
  std::atomic<int> finished{};
  {
    CurlMultiTransport transport;
    std::jthread loop{[&](const std::stop_token& stop) { transport.run(stop); }};
    together(threads, [&](int thread) {
      for (int i = 0; i < requests; ++i) {
        const std::string body = std::to_string(thread) + ':' + std::to_string(i);
        const auto id =
            transport.start(post(server, body), [&right, &finished, body](const Result<Response>& response) {
              ++finished;
              if (response && response->body == body) ++right;
            });
        if (i % 5 == 0) transport.cancel(id);
      }
    });
    while (transport.unfinished() > 0) std::this_thread::yield();
  }
  CHECK(finished == threads * requests);
  CHECK(right >= threads * requests * 4 / 5);
}
