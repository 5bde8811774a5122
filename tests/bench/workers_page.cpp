// Reading pages of workers, beside its peers.

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "exchange.hpp"
#include "hand_written.hpp"
#include "readers.hpp"

namespace {

using namespace taskrouter;

/// The answer of TaskRouter to a list of `count` workers.
std::string page(int count) {
  const std::string base = "https://taskrouter.twilio.com/v1/Workspaces/WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e";
  std::string out = R"({"meta":{"first_page_url":")" + base +
                    R"(/Workers?Page=0","key":"workers","next_page_url":null,)" + R"("page":0,"page_size":)" +
                    std::to_string(count) + R"(,"previous_page_url":null,"url":")" + base +
                    R"(/Workers?Page=0"},"workers":[)";
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(100'000 + i);
    const std::string sid = "WK5e4d3c2b1a09f8e7d6c5b4a392" + number;
    const std::string url = base + "/Workers/" + sid;
    out += i > 0 ? "," : "";
    out += R"({"account_sid":"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b","activity_name":"Available",)";
    out += R"("activity_sid":"WA0b1c2d3e4f5061728394a5b6c7d8e9f0",)";
    out += R"("attributes":"{\"languages\":[\"en\",\"es\"],\"skill\":)" + number + R"(,\"name\":\"Zo\u00eb\"}",)";
    out += R"("available":true,"date_created":"2026-03-02T09:15:04Z","date_status_changed":"2026-03-02T09:15:11Z",)";
    out +=
        R"("date_updated":"2026-03-02T09:15:11Z","friendly_name":"Worker )" + number + R"(","sid":")" + sid + R"(",)";
    out += R"("workspace_sid":"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e","url":")" + url + R"(",)";
    out += R"("links":{"channels":")" + url + R"(/Channels","reservations":")" + url + R"(/Reservations"}})";
  }
  return out + "]}";
}

void page_taskrouter(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range());
  const Response response{.status = 200, .headers = {}, .body = page(static_cast<int>(count))};
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto workers = parse<workers::List>(response);
    if (!workers || workers->items.size() != count) state.SkipWithError("not read");
  }
}

template <class Reader>
void page_by(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range());
  std::string text = page(static_cast<int>(count));
  text.reserve(text.size() + simdjson::SIMDJSON_PADDING);
  Reader reader;
  const CountedAllocations counted{state};
  for (auto _ : state) {
    std::vector<records::Worker> workers;
    if (!reader.read_list(text, "workers", workers) || workers.size() != count || workers.back().url.empty()) {
      state.SkipWithError("not read");
    }
  }
}

}  // namespace

BENCHMARK(page_taskrouter)->Arg(50)->Arg(1000);
BENCHMARK(page_by<hand_written::Reader>)->Name("page_by_hand")->Arg(50)->Arg(1000);
BENCHMARK(page_by<readers::Simdjson>)->Name("page_simdjson")->Arg(50)->Arg(1000);
BENCHMARK(page_by<readers::NlohmannDom>)->Name("page_nlohmann")->Arg(50)->Arg(1000);
BENCHMARK(page_by<readers::NlohmannSax>)->Name("page_nlohmann_sax")->Arg(50)->Arg(1000);

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view{argv[1]} == "--page") {  // The page of so many workers, for other languages.
    std::cout << page(std::atoi(argv[2]));
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
}
