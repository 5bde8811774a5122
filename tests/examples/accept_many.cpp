// Accepts many reservations at once, over at most 64 connections, and tells of each what became of it.
//
//   accept_many [--base-url URL] < reservations.txt
//       reads lines `WORKSPACE TASK RESERVATION`; credentials are in TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN
//
// Exit status: 0 all were accepted, 1 some were not, 2 the arguments are wrong.

#include <iostream>
#include <string>
#include <string_view>

#include "taskrouter/async_client.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/transports/curl_multi.hpp"

using namespace taskrouter;

int main(int argc, char** argv) {
  Endpoint::Options options;
  if (argc == 3 && argv[1] == std::string_view{"--base-url"}) {
    options.base_url = argv[2];
  } else if (argc != 1) {
    std::cerr << "usage: accept_many [--base-url URL] < reservations.txt\n";
    return 2;
  }

  CurlMultiTransport transport{{.each = {}, .in_flight = 64}};
  AsyncClient client{Endpoint{Credentials::from_environment(), options}, transport};

  int accepted = 0;
  int refused = 0;
  std::string workspace, task, reservation;
  while (std::cin >> workspace >> task >> reservation) {
    client.send(reservations::accept(WorkspaceSid{workspace}, TaskSid{task}, ReservationSid{reservation}),
                [&, reservation](const Result<Reservation>& result) {
                  ++(result ? accepted : refused);
                  std::cout << reservation << ' ' << (result ? "accepted" : describe(result.error())) << '\n';
                });
  }
  transport.run();

  std::cout << accepted << " accepted, " << refused << " not\n";
  return refused == 0 ? 0 : 1;
}
