// Has an emulator call assignment_server over the network, with callbacks signed as Twilio signs them.
//
//   call_assignment_server URL    prints the SID and the status of the reservation that came of it
//
// The auth token to sign with is in TWILIO_AUTH_TOKEN.

#include <cstdlib>
#include <iostream>
#include <string>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator.hpp"
#include "taskrouter/taskrouter.hpp"
#include "taskrouter/transports/curl.hpp"
#include "taskrouter/webhooks.hpp"

using namespace taskrouter;

namespace {

/// What the server behind the callback URL answers; a 502 if it can't be reached.
Response call(const Request& callback, const std::string& auth_token) {
  const OpenSslCrypto crypto;
  const auto signature = webhooks::sign(callback.url, read_form(callback.body).value(), auth_token, crypto);
  Request request = callback;
  request.headers.add("X-Twilio-Signature", signature.value());
  CurlTransport network;
  const auto response = network.send(request);
  if (!response) std::cerr << describe(response.error()) << '\n';
  return response ? *response : Response{.status = 502, .headers = {}, .body = {}};
}

}  // namespace

int main(int argc, char** argv) {
  const char* auth_token = std::getenv("TWILIO_AUTH_TOKEN");
  if (argc != 2 || auth_token == nullptr) return 2;
  const std::string token{auth_token};

  Emulator::Options options;
  options.assignment_callback_url = std::string{argv[1]} + "/assignment";
  options.on_assignment = [&](const Request& callback) { return call(callback, token); };
  Emulator transport{options};
  Client client{transport.credentials(), transport};
  const auto story = transport.story();

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
