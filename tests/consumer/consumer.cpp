// What a user's first program does: it must build and run in every way the library can be had.
#include <iostream>
#include <taskrouter/taskrouter.hpp>

struct NoNetwork {
  taskrouter::Result<taskrouter::Response> send(const taskrouter::Request&) {
    return taskrouter::Response{.status = 200, .headers = {}, .body = R"({"worker_name":"Alice"})"};
  }
};

int main() {
  using namespace taskrouter;
  NoNetwork transport;
  Client client{Credentials{"AC00000000000000000000000000000001", "token"}, transport};
  const auto reservation = client.send(reservations::accept(WorkspaceSid{"WS00000000000000000000000000000001"},
                                                            TaskSid{"WT00000000000000000000000000000001"},
                                                            ReservationSid{"WR00000000000000000000000000000001"}));
  if (!reservation) {
    std::cerr << describe(reservation.error()) << '\n';
    return 1;
  }
  std::cout << reservation->worker_name << '\n';
}
