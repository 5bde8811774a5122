// Has an emulator call assignment_server over the network, with callbacks signed as Twilio signs them.
//
//   call_assignment_server            prints the auth token that the emulator signs with
//   call_assignment_server URL        prints the SID and the status of the reservation that came of a call
//   call_assignment_server URL SEED   the same by an emulator of that seed, which has another token

#include <iostream>
#include <string>
#include <string_view>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/transports/curl.hpp"

using namespace taskrouter;

namespace {

/// What the server behind the callback URL answers; a 502 if it can't be reached.
Response call(const Request& callback) {
  CurlTransport network;
  const auto response = network.send(callback);
  if (!response) std::cerr << describe(response.error()) << '\n';
  return response ? *response : Response{.status = 502, .headers = {}, .body = {}};
}

}  // namespace

int main(int argc, char** argv) {
  const OpenSslCrypto crypto;
  Emulator::Options options;
  options.hmac_sha1 = [&](std::string_view key, std::string_view text) { return crypto.hmac_sha1(key, text); };
  options.on_assignment = call;
  if (argc > 1) options.assignment_callback_url = std::string{argv[1]} + "/assignment";
  if (argc > 2) options.seed = std::stoull(argv[2]);
  Emulator transport{options};
  Client client{transport.credentials(), transport};
  const auto story = transport.story();
  if (argc == 1) return std::cout << story.auth_token << '\n', 0;

  const auto task = client.send(tasks::Create{
      .workspace_sid = story.workspace_sid,
      .attributes = JsonText{R"({"name":"Zoë & \"co\""})"},
  });
  const auto alice = client.send(workers::Update{
      .workspace_sid = story.workspace_sid,
      .sid = story.worker_sid,
      .activity_sid = story.activities.available,
  });
  if (!task || !alice) return 1;
  const auto list = client.send(reservations::List{.workspace_sid = story.workspace_sid, .task_sid = task->sid});
  if (!list || list->items.empty()) return 1;
  std::cout << list->items[0].sid.text() << ' ' << list->items[0].reservation_status.text() << '\n';
}
