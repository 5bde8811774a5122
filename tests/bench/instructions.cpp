// Accepts a reservation over and over, with a stub for a transport: for a profiler that counts what
// accept_reservation() takes.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "taskrouter/taskrouter.hpp"

using namespace taskrouter;

namespace {

std::string text_of_file(const char* name) {
  std::ifstream file{name};
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

struct NullTransport {
  Response response;
  Result<Response> send(const Request&) { return response; }
};

const WorkspaceSid workspace{"WS7a9d5e1c3b8f40628d4e6f0a1b2c3d4e"};
const TaskSid task{"WT0b1c2d3e4f5061728394a5b6c7d8e9f0"};
const ReservationSid reservation{"WR9f8e7d6c5b4a39281706f5e4d3c2b1a0"};

}  // namespace

extern "C" [[gnu::noinline]] bool accept_reservation(Client<NullTransport>& client) {
  const auto accepted = client.send(reservations::accept(workspace, task, reservation));
  return accepted && accepted->worker_name == "Alice";
}

int main(int argc, char** argv) {
  NullTransport transport{{.status = 200, .headers = {}, .body = text_of_file(BENCH_FOLDER "/reservation.json")}};
  Client client{Credentials{"AC3f1c9f0e5b7d4a2c8e6b1d0f9a7c5e3b", "token"}, transport};
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 1000;
  int accepted = 0;
  for (int i = 0; i < rounds; ++i) accepted += accept_reservation(client);
  std::printf("%d accepted\n", accepted);
  return accepted == rounds ? 0 : 1;
}
