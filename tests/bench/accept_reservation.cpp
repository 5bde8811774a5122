// What the main job costs besides the network: the request that accepts a reservation, and its
// answer, beside the same by hand and by nlohmann::json.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "allocations.hpp"
#include "hand_written.hpp"
#include "taskrouter/taskrouter.hpp"
#include "workers_page.hpp"

namespace {

using namespace taskrouter;

const WorkspaceSid workspace{"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e"};
const TaskSid task{"WT0b1c2d3e4f5061728394a5b6c7d8e9f0"};
const ReservationSid reservation{"WR9f8e7d6c5b4a39281706f5e4d3c2b1a0"};
const Endpoint endpoint{Credentials{"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b", "token"}};

const std::string& body() {
  static const std::string text = [] {
    std::ifstream file{RESERVATION_JSON};
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
  }();
  return text;
}

/// Answers at once, so that only the work on either side of the network is measured.
struct NullTransport {
  Response response{.status = 200, .headers = {}, .body = body()};
  Result<Response> send(const Request& request) {
    benchmark::DoNotOptimize(request.url.data());
    return response;
  }
};

hand_written::Reservation parse_with_nlohmann(const std::string& text) {
  const auto json = nlohmann::json::parse(text);
  const auto string = [&](const char* key) { return json.value(key, std::string{}); };
  return {string("account_sid"),   string("date_created"), string("date_updated"), string("reservation_status"),
          string("sid"),           string("task_sid"),     string("worker_name"),  string("worker_sid"),
          string("workspace_sid"), string("url"),          json.at("links").dump()};
}

void build_taskrouter(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(build(reservations::accept(workspace, task, reservation), endpoint));
}

void build_by_hand(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) {
    benchmark::DoNotOptimize(hand_written::build(endpoint.base_url(), endpoint.headers(true), workspace.text(),
                                                 task.text(), reservation.text(), "accepted"));
  }
}

void parse_taskrouter(benchmark::State& state) {
  const Response response{.status = 200, .headers = {}, .body = body()};
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(parse<reservations::Update>(response));
}

void parse_by_hand(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) {
    hand_written::Reservation out;
    if (!hand_written::Parser{body()}.read(out)) state.SkipWithError("not read");
    benchmark::DoNotOptimize(out);
  }
}

void parse_nlohmann(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(parse_with_nlohmann(body()));
}

void accept_taskrouter(benchmark::State& state) {
  NullTransport transport;
  Client client{endpoint, transport};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    auto result = client.send(reservations::accept(workspace, task, reservation));
    if (!result || result->worker_name != "Alice") state.SkipWithError("not accepted");
  }
}

void accept_by_hand(benchmark::State& state) {
  NullTransport transport;
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto response = transport.send(hand_written::build(
        endpoint.base_url(), endpoint.headers(true), workspace.text(), task.text(), reservation.text(), "accepted"));
    hand_written::Reservation out;
    if (!hand_written::Parser{response->body}.read(out) || out.worker_name != "Alice")
      state.SkipWithError("not accepted");
  }
}

void accept_nlohmann(benchmark::State& state) {
  NullTransport transport;
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto response = transport.send(hand_written::build(
        endpoint.base_url(), endpoint.headers(true), workspace.text(), task.text(), reservation.text(), "accepted"));
    if (parse_with_nlohmann(response->body).worker_name != "Alice") state.SkipWithError("not accepted");
  }
}

}  // namespace

BENCHMARK(build_taskrouter);
BENCHMARK(build_by_hand);
BENCHMARK(parse_taskrouter);
BENCHMARK(parse_by_hand);
BENCHMARK(parse_nlohmann);
BENCHMARK(accept_taskrouter);
BENCHMARK(accept_by_hand);
BENCHMARK(accept_nlohmann);

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view{argv[1]} == "--page") {  // The page of so many workers, for other languages.
    std::cout << workers_page::body(std::atoi(argv[2]));
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
