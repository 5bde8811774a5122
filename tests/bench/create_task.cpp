// Creating a task with attributes, beside its peers.

#include "exchange.hpp"
#include "hand_written.hpp"
#include "readers.hpp"

namespace {

using namespace taskrouter;

const std::string attributes = R"({"skill":"billing & tax"})";
const std::string body = text_of_file(BENCH_FOLDER "/task.json");

void create_taskrouter(benchmark::State& state) {
  NullTransport transport{201, body};
  Client client{endpoint, transport};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto task =
        client.send(tasks::Create{.workspace_sid = workspace, .priority = 5, .attributes = JsonText{attributes}});
    if (!task || task->workspace_sid != workspace) state.SkipWithError("not created");
  }
}

template <class Reader>
void create_by(benchmark::State& state) {
  exchange<records::Task, Reader>(state, {201, body}, [] {
    return hand_written::build_create(endpoint.base_url(), endpoint.headers(true), workspace.text(), 5, attributes);
  });
}

}  // namespace

BENCHMARK(create_taskrouter);
BENCHMARK(create_by<hand_written::Reader>)->Name("create_by_hand");
BENCHMARK(create_by<readers::Simdjson>)->Name("create_simdjson");
BENCHMARK(create_by<readers::NlohmannDom>)->Name("create_nlohmann");
BENCHMARK(create_by<readers::NlohmannSax>)->Name("create_nlohmann_sax");
