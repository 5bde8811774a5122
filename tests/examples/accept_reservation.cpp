// Accepts a TaskRouter reservation.
//
//   accept_reservation WORKSPACE TASK RESERVATION [--base-url URL]
//       accepts it, with the credentials in TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or in TWILIO_API_KEY and
//       TWILIO_API_SECRET, at the TWILIO_EDGE and in the TWILIO_REGION that are set
//   accept_reservation
//       tells how a reservation comes and goes, on an emulator inside the program
//
// Exit status: 0 accepted, 1 TaskRouter or the network said no, 2 the arguments are wrong.

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "story.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/transports/curl.hpp"

namespace {

using namespace taskrouter;

int fail(const Error& error) {
  std::cerr << "accept_reservation: " << describe(error) << '\n';
  return error.kind == Error::Kind::argument ? 2 : 1;
}

int accept_one(const std::vector<std::string_view>& sids, std::string_view base_url) {
  auto options = Endpoint::Options::from_environment();
  if (!base_url.empty()) options.base_url = base_url;
  CurlTransport transport;
  Client client{Endpoint{Credentials::from_environment(), options}, transport};

  const auto reservation =
      client.send(reservations::accept(WorkspaceSid{sids[0]}, TaskSid{sids[1]}, ReservationSid{sids[2]}));
  if (!reservation) return fail(reservation.error());
  std::cout << reservation->worker_name << ' ' << reservation->reservation_status.text() << '\n';
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string_view> sids;
  std::string_view base_url;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word != "--base-url") {
      sids.push_back(word);
    } else if (i + 1 < argc) {
      base_url = argv[++i];
    } else {
      return fail(argument_error("base_url", "--base-url needs a URL after it"));
    }
  }
  if (argc == 1) return tell_story(std::cout) ? 0 : 1;
  if (sids.size() != 3) {
    return fail(
        argument_error("", "give three SIDs: a workspace's (WS...), a task's (WT...) and a reservation's (WR...)"));
  }
  return accept_one(sids, base_url);
}
