// Creating a task, and reading pages of workers, beside simdjson and nlohmann::json. A part of the
// program that accept_reservation.cpp starts.

#include "workers_page.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <new>

#include "allocations.hpp"
#include "taskrouter/taskrouter.hpp"

std::size_t allocated = 0;

// Not inlined: GCC would then warn that what new gave goes to free.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocated;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

namespace {

using namespace taskrouter;

const WorkspaceSid workspace{"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e"};
const Endpoint endpoint{Credentials{"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b", "token"}};

struct CreatedTransport {
  Response response{
      .status = 201,
      .headers = {},
      .body = R"({"sid":"WT0b1c2d3e4f5061728394a5b6c7d8e9f0","attributes":"{\"skill\":\"billing & tax\"}"})"};
  Result<Response> send(const Request& request) {
    benchmark::DoNotOptimize(request.body.data());
    return response;
  }
};

void create_taskrouter(benchmark::State& state) {
  CreatedTransport transport;
  Client client{endpoint, transport};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto task = client.send(tasks::Create{
        .workspace_sid = workspace, .priority = 5, .attributes = JsonText{R"({"skill":"billing & tax"})"}});
    if (!task) state.SkipWithError("not created");
  }
}

void page_taskrouter(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range());
  const Response response{.status = 200, .headers = {}, .body = workers_page::body(static_cast<int>(count))};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto page = parse<workers::List>(response);
    if (!page || page->items.size() != count) state.SkipWithError("not read");
  }
}

/// `read` is one of workers_page.hpp's, given the text and the list to fill.
template <class Text, class Read>
void read_page(benchmark::State& state, Read read) {
  const auto count = static_cast<std::size_t>(state.range());
  const Text text{workers_page::body(static_cast<int>(count))};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    std::vector<workers_page::Worker> out;
    if (!read(text, out) || out.size() != count || out.back().url.empty()) state.SkipWithError("not read");
  }
}

void page_simdjson(benchmark::State& state) {
  simdjson::ondemand::parser parser;
  read_page<simdjson::padded_string>(
      state, [&](const auto& text, auto& out) { return workers_page::read_with_simdjson(parser, text, out); });
}
void page_nlohmann(benchmark::State& state) { read_page<std::string>(state, workers_page::read_with_nlohmann_dom); }
void page_nlohmann_sax(benchmark::State& state) { read_page<std::string>(state, workers_page::read_with_nlohmann_sax); }

}  // namespace

BENCHMARK(create_taskrouter);
BENCHMARK(page_taskrouter)->Arg(50)->Arg(1000);
BENCHMARK(page_simdjson)->Arg(50)->Arg(1000);
BENCHMARK(page_nlohmann)->Arg(50)->Arg(1000);
BENCHMARK(page_nlohmann_sax)->Arg(50)->Arg(1000);
