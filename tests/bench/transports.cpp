// Requests a second through our transports over libcurl, beside libcurl used by hand with the same options: the
// acceptance of a reservation, over connections that stay open, one at a time and 64 in flight.
//
//   bench_transports [SECONDS_A_ROUND]
//
// Prints rows of the README's table.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "answerer.hpp"
#include "bare_curl.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/transports/curl.hpp"
#include "taskrouter/transports/curl_multi.hpp"

namespace {

using namespace taskrouter;
using Clock = std::chrono::steady_clock;

constexpr int in_flight = 64;
constexpr int rounds = 9;

std::string reservation() {
  std::ifstream file{RESERVATION_JSON};
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

Request request_to(const Answerer& server) {
  Endpoint::Options options;
  options.base_url = server.url();
  const Endpoint endpoint{Credentials{"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b", "token"}, options};
  return *build(reservations::accept(WorkspaceSid{"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e"},
                                     TaskSid{"WT0b1c2d3e4f5061728394a5b6c7d8e9f0"},
                                     ReservationSid{"WR9f8e7d6c5b4a39281706f5e4d3c2b1a0"}),
                endpoint);
}

/// Sends one after the other until `end`, and counts.
int send_in_turn(CurlTransport& transport, const Request& request, Clock::time_point end) {
  int count = 0;
  while (Clock::now() < end) {
    if (!transport.send(request)) std::abort();
    ++count;
  }
  return count;
}

/// Keeps 64 in flight until `end`, and counts.
class SendTogether {
 public:
  SendTogether(CurlMultiTransport& transport, const Request& request, Clock::time_point end)
      : transport_{transport}, request_{request}, end_{end} {}

  int run() {
    for (int i = 0; i < in_flight; ++i) start();
    transport_.run();
    return count_;
  }

 private:
  void start() {
    transport_.start(request_, [this](const Result<Response>& response) {
      if (!response) std::abort();
      ++count_;
      if (Clock::now() < end_) start();
    });
  }

  CurlMultiTransport& transport_;
  const Request& request_;
  Clock::time_point end_;
  int count_{};
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Measures both in turn, so that what else the machine does meets both. The first round warms up.
void compare(const char* name, double seconds, const std::function<int(Clock::time_point)>& ours,
             const std::function<int(Clock::time_point)>& bare) {
  std::vector<double> our_rates, bare_rates, ratios;
  const auto rate = [&](const std::function<int(Clock::time_point)>& send) {
    const auto start = Clock::now();
    const int count = send(start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{seconds}));
    return count / std::chrono::duration<double>(Clock::now() - start).count();
  };
  for (int round = 0; round <= rounds; ++round) {
    const double our_rate = rate(ours);
    const double bare_rate = rate(bare);
    if (round == 0) continue;
    our_rates.push_back(our_rate);
    bare_rates.push_back(bare_rate);
    ratios.push_back(our_rate / bare_rate);
  }
  std::printf("| %s | %.0f | %.0f | %.1f %% |\n", name, median(our_rates), median(bare_rates), 100 * median(ratios));
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 0.5;
  Answerer server{reservation(), "ReservationStatus=accepted"};
  const Request request = request_to(server);

  std::printf("| requests a second, keep-alive, loopback | taskrouter | bare libcurl | of it |\n|---|---|---|---|\n");
  CurlTransport transport;
  BareCurl bare{request};
  compare(
      "1 connection", seconds, [&](auto end) { return send_in_turn(transport, request, end); },
      [&](auto end) { return bare.send_in_turn(end); });
  CurlMultiTransport multi{{.each = {}, .in_flight = in_flight}};
  BareMulti bare_multi{request, in_flight};
  compare(
      "64 in flight", seconds,
      [&](auto end) {
        return SendTogether{multi, request, end}.run();
      },
      [&](auto end) { return bare_multi.send_together(end); });
}
