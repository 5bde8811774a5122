// Accepting a reservation, beside its peers: the request, the answer, and both.

#include "exchange.hpp"
#include "hand_written.hpp"
#include "readers.hpp"

namespace {

using namespace taskrouter;

const TaskSid task{"WT0b1c2d3e4f5061728394a5b6c7d8e9f0"};
const ReservationSid reservation{"WR9f8e7d6c5b4a39281706f5e4d3c2b1a0"};
const std::string body = text_of_file(BENCH_FOLDER "/reservation.json");

Request request_by_hand() {
  return hand_written::build_accept(endpoint.base_url(), endpoint.headers(true), workspace.text(), task.text(),
                                    reservation.text());
}

void build_taskrouter(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(build(reservations::accept(workspace, task, reservation), endpoint));
}

void build_by_hand(benchmark::State& state) {
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(request_by_hand());
}

void parse_taskrouter(benchmark::State& state) {
  const Response response{.status = 200, .headers = {}, .body = body};
  const CountedAllocations counted{state};
  for (auto _ : state) benchmark::DoNotOptimize(parse<reservations::Update>(response));
}

template <class Reader>
void parse_by(benchmark::State& state) {
  Reader reader;
  std::string text = body;
  text.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  const CountedAllocations counted{state};
  for (auto _ : state) {
    records::Reservation record;
    if (!reader.read(text, record)) state.SkipWithError("not read");
    benchmark::DoNotOptimize(record);
  }
}

void accept_taskrouter(benchmark::State& state) {
  NullTransport transport{200, body};
  Client client{endpoint, transport};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto result = client.send(reservations::accept(workspace, task, reservation));
    if (!result || result->workspace_sid != workspace) state.SkipWithError("not accepted");
  }
}

template <class Reader>
void accept_by(benchmark::State& state) {
  exchange<records::Reservation, Reader>(state, {200, body}, request_by_hand);
}

}  // namespace

BENCHMARK(build_taskrouter);
BENCHMARK(build_by_hand);
BENCHMARK(parse_taskrouter);
BENCHMARK(parse_by<hand_written::Reader>)->Name("parse_by_hand");
BENCHMARK(parse_by<readers::Simdjson>)->Name("parse_simdjson");
BENCHMARK(parse_by<readers::NlohmannDom>)->Name("parse_nlohmann");
BENCHMARK(parse_by<readers::NlohmannSax>)->Name("parse_nlohmann_sax");
BENCHMARK(accept_taskrouter);
BENCHMARK(accept_by<hand_written::Reader>)->Name("accept_by_hand");
BENCHMARK(accept_by<readers::Simdjson>)->Name("accept_simdjson");
BENCHMARK(accept_by<readers::NlohmannDom>)->Name("accept_nlohmann");
BENCHMARK(accept_by<readers::NlohmannSax>)->Name("accept_nlohmann_sax");
