#include "taskrouter/transports/curl_multi.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "loopback.hpp"

using namespace taskrouter;
using namespace std::chrono_literals;

namespace {

Request get(const std::string& url, std::chrono::milliseconds timeout = {}) {
  return {.method = Method::get, .url = url, .headers = {}, .body = {}, .timeout = timeout};
}

/// What handlers were given, in the order of their calls: a body, or the cause of an error.
struct Log {
  std::vector<std::string> lines{};

  ResponseHandler handler(std::string name) {
    return [this, name = std::move(name)](Result<Response> result) {
      lines.push_back(name + ' ' + (result ? result->body : std::to_string(static_cast<int>(result.error().cause))));
    };
  }
};

const std::string canceled = std::to_string(static_cast<int>(Error::Cause::canceled));
const std::string timed_out = std::to_string(static_cast<int>(Error::Cause::timeout));

}  // namespace

TEST_CASE("a handler is called by run, never by start") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  transport.start(get(server.url("a")), log.handler("1"));
  CHECK(log.lines.empty());
  CHECK(transport.unfinished() == 1);
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"1 a"});
  CHECK(transport.unfinished() == 0);
}

TEST_CASE("64 requests are on the network at once, and those after them wait for their turn") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  for (int i = 0; i < 80; ++i) transport.start(get(server.url("held/")), log.handler("1"));
  std::jthread loop{[&](const std::stop_token& stop) { transport.run(stop); }};
  server.wait_for_held(64);
  CHECK(server.most_held() == 64);
  server.release();
  while (transport.unfinished() > 0) std::this_thread::sleep_for(1ms);
  loop.request_stop();
  loop.join();
  CHECK(log.lines.size() == 80);
  CHECK(server.arrived() == 80);
}

TEST_CASE("connections are bounded, and kept for the next request") {
  Loopback server;
  Log log;
  CurlMultiTransport transport{{.each = {}, .in_flight = 32, .connections = 3}};
  for (int i = 0; i < 32; ++i) transport.start(get(server.url("held/")), log.handler("1"));
  while (server.arrived() < 3) transport.run_once(1ms);
  for (int i = 0; i < 20; ++i) transport.run_once(1ms);
  CHECK(server.most_held() == 3);
  server.release();
  transport.run();
  CHECK(log.lines.size() == 32);
}

TEST_CASE("one request is canceled and the others go on") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  const auto first = transport.start(get(server.url("held/")), log.handler("1"));
  transport.start(get(server.url("b")), log.handler("2"));
  while (log.lines.empty() || server.arrived() < 2) transport.run_once(1ms);
  transport.cancel(first);
  transport.cancel(first);
  transport.cancel(first + 100);
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"2 b", "1 " + canceled});
}

TEST_CASE("what waits for its turn is canceled without being sent") {
  Loopback server;
  Log log;
  CurlMultiTransport transport{{.each = {}, .in_flight = 1}};
  transport.start(get(server.url("a")), log.handler("1"));
  transport.cancel(transport.start(get(server.url("b")), log.handler("2")));
  transport.start(get(server.url("c")), log.handler("3"));
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"2 " + canceled, "1 a", "3 c"});
  CHECK(server.arrived() == 2);
}

TEST_CASE("cancel_all gives up what was started before it, and nothing after") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  transport.start(get(server.url("held/")), log.handler("1"));
  while (server.arrived() < 1) transport.run_once(1ms);
  transport.start(get(server.url("b")), log.handler("2"));
  transport.cancel_all();
  transport.start(get(server.url("c")), log.handler("3"));
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"1 " + canceled, "2 " + canceled, "3 c"});
}

TEST_CASE("the destructor cancels what is left, and what handlers start meanwhile") {
  Loopback server;
  Log log;
  {
    CurlMultiTransport transport{{.each = {}, .in_flight = 1}};
    transport.start(get(server.url("held/")), [&](Result<Response> result) {
      log.handler("1")(std::move(result));
      transport.start(get(server.url("late")), log.handler("3"));
    });
    while (server.arrived() < 1) transport.run_once(1ms);
    transport.start(get(server.url("b")), log.handler("2"));
  }
  CHECK(log.lines == std::vector<std::string>{"1 " + canceled, "2 " + canceled, "3 " + canceled});
}

TEST_CASE("a request ends at its own deadline, also when it waits for its turn or for a connection") {
  Loopback server;
  for (const auto& options : {CurlMultiTransport::Options{}, CurlMultiTransport::Options{.each = {}, .in_flight = 1},
                              CurlMultiTransport::Options{.each = {}, .connections = 1}}) {
    Log log;
    CurlMultiTransport transport{options};
    transport.start(get(server.url("held/")), log.handler("1"));
    for (int seen = server.arrived(); server.arrived() == seen;) transport.run_once(1ms);
    transport.start(get(server.url("held/"), 50ms), log.handler("2"));
    while (log.lines.empty()) transport.run_once(10s);
    CHECK(log.lines == std::vector<std::string>{"2 " + timed_out});
  }
}

TEST_CASE("the transport's timeout holds where a request has none") {
  Loopback server;
  Log log;
  CurlMultiTransport transport{{.each = {.timeout = 50ms}}};
  transport.start(get(server.url("held/")), log.handler("1"));
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"1 " + timed_out});
}

TEST_CASE("a handler may start the next request and cancel another") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  const auto held = transport.start(get(server.url("held/")), log.handler("1"));
  transport.start(get(server.url("b")), [&](Result<Response> result) {
    log.handler("2")(std::move(result));
    transport.cancel(held);
    transport.start(get(server.url("c")), log.handler("3"));
  });
  transport.run();
  CHECK(std::set(log.lines.begin(), log.lines.end()) == std::set<std::string>{"1 " + canceled, "2 b", "3 c"});
}

TEST_CASE("start and cancel wake a loop that waits on another thread, and stop ends it") {
  Loopback server;
  CurlMultiTransport transport;
  std::jthread loop{[&](const std::stop_token& stop) { transport.run(stop); }};
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::thread::id> threads;
  const auto note = [&](const Result<Response>&) {
    const std::lock_guard lock{mutex};
    threads.push_back(std::this_thread::get_id());
    changed.notify_all();
  };
  const auto wait_for = [&](std::size_t count) {
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return threads.size() == count; });
  };
  const std::thread::id loop_id = loop.get_id();
  for (std::size_t i = 1; i <= 20; ++i) {
    transport.start(get(server.url("a")), note);
    wait_for(i);
  }
  const auto held = transport.start(get(server.url("held/")), note);
  server.wait_for_held(1);
  transport.cancel(held);
  wait_for(21);
  CHECK(std::set(threads.begin(), threads.end()) == std::set{loop_id});
}

TEST_CASE("a handler that throws takes nothing from the others") {
  Loopback server;
  Log log;
  CurlMultiTransport transport;
  transport.start(get(server.url("a")), [](const Result<Response>&) { throw 1; });
  transport.start(get(server.url("b")), log.handler("2"));
  transport.cancel_all();
  CHECK_THROWS_AS(transport.run(), int);
  transport.run();
  CHECK(log.lines == std::vector<std::string>{"2 " + canceled});
}
