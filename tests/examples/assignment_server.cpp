// Answers TaskRouter's callbacks: prints each reservation's SID and accepts it, prints each event.
//
//   assignment_server [--port N] [--url URL]
//
// The workflow's assignment callback URL is URL/assignment, the workspace's event callback URL is
// URL/event. URL is how Twilio reaches this server, such as a tunnel's or a proxy's; what it signs is
// that. The auth token that signs is in TWILIO_AUTH_TOKEN. Port 0, the default, lets the system pick one.
//
// Exit status: 1 the port can't be had, 2 the arguments or the token are wrong.

#include <httplib.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/describe.hpp"
#include "taskrouter/webhooks.hpp"

namespace {

using namespace taskrouter;

const OpenSslCrypto crypto;

/// What the program does with callbacks, whatever brings them.
Response answer(const Request& request, const std::string& auth_token) {
  const auto verify = [&](const Request& received) { return webhooks::verify(received, {auth_token}, crypto); };
  const auto log = [](const Error& error) { std::cerr << "assignment_server: " << describe(error) << std::endl; };

  if (request.url.ends_with("/event")) {
    const auto on_event = [](const webhooks::EventCallback& event) {
      std::cout << event.event_type.text() << ' ' << event.resource_sid << std::endl;
    };
    return webhooks::handle_event(request, verify, on_event, log);
  }
  const auto on_assignment = [](const webhooks::AssignmentCallback& callback) {
    std::cout << callback.reservation_sid.text() << std::endl;
    return webhooks::Accept{};
  };
  return webhooks::handle_assignment(request, verify, on_assignment, log);
}

int fail(std::string_view problem, int status) {
  std::cerr << "assignment_server: " << problem << '\n';
  return status;
}

/// Brings cpp-httplib's requests to answer(), and its answers back. The body is read piece by piece, for
/// left to itself the library refuses forms above 8 KiB.
auto bridge(const std::string& url, const std::string& auth_token) {
  return [&](const httplib::Request& from, httplib::Response& to, const httplib::ContentReader& read) {
    Request request{.method = Method::post, .url = url + from.target, .headers = {}, .body = {}};
    for (const auto& [name, value] : from.headers) request.headers.add(name, value);
    read([&](const char* bytes, std::size_t size) {
      request.body.append(bytes, size);
      return request.body.size() <= FormLimits{}.bytes;
    });
    const Response response = answer(request, auth_token);
    to.status = response.status;
    to.set_content(response.body, "application/json");
  };
}

}  // namespace

int main(int argc, char** argv) {
  int port = 0;
  std::string url;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
    if (word == "--url" && !value.empty()) {
      url = value;
    } else if (word != "--port" ||
               std::from_chars(value.data(), value.data() + value.size(), port).ptr == value.data()) {
      return fail("usage: assignment_server [--port N] [--url URL]", 2);
    }
    ++i;
  }
  const char* auth_token = std::getenv("TWILIO_AUTH_TOKEN");
  if (auth_token == nullptr) return fail("TWILIO_AUTH_TOKEN is not set: no callback can be told from a forged one", 2);

  httplib::Server server;
  server.set_payload_max_length(FormLimits{}.bytes);
  if (port == 0) {
    port = server.bind_to_any_port("127.0.0.1");
  } else if (!server.bind_to_port("127.0.0.1", port)) {
    port = -1;
  }
  if (port < 0) return fail("can't listen on that port", 1);
  if (url.empty()) url = "http://127.0.0.1:" + std::to_string(port);
  const std::string token{auth_token};
  server.Post("/(assignment|event)", bridge(url, token));
  std::cout << "assignment_server answers " << url << "/assignment and /event" << std::endl;
  server.listen_after_bind();
}
