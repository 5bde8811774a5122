#pragma once

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include "allocations.hpp"
#include "taskrouter/taskrouter.hpp"

// What the jobs of the benchmark share: whom they talk to, and how the library's peers do them.

inline const taskrouter::WorkspaceSid workspace{"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e"};
inline const taskrouter::Endpoint endpoint{taskrouter::Credentials{"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b", "token"}};

inline std::string text_of_file(const char* name) {
  std::ifstream file{name};
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

/// Answers at once, so that only the work on either side of the network is measured. The body of each answer is
/// a text of its own, as a real transport's is: that is one allocation. It has the room that simdjson wants.
class NullTransport {
 public:
  NullTransport(int status, std::string body) : status_{status}, body_{std::move(body)} {}

  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request& request) {
    benchmark::DoNotOptimize(request.url.data());
    benchmark::DoNotOptimize(request.body.data());
    taskrouter::Response response{.status = status_, .headers = {}, .body = {}};
    response.body.reserve(body_.size() + simdjson::SIMDJSON_PADDING);
    response.body = body_;
    return response;
  }

 private:
  int status_;
  std::string body_;
};

/// One of the library's peers builds a request, sends it, and reads the answer into a record.
template <class Record, class Reader, class Build>
void exchange(benchmark::State& state, NullTransport transport, Build build) {
  Reader reader;
  const CountedAllocations counted{state};
  for (auto _ : state) {
    const auto response = transport.send(build());
    Record record;
    if (!reader.read(response->body, record) || record.workspace_sid != workspace.text()) {
      state.SkipWithError("not read");
    }
  }
}
