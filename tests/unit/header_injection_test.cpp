#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "samples.hpp"

// Nothing that stands in a header can end it: an error, never silent stripping.

using namespace taskrouter;

namespace {

bool is_clean(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

/// A transport that fails the test when it meets what could end a header or a request line.
struct Strict {
  int sent = 0;
  Result<Response> send(const Request& request) {
    ++sent;
    CHECK(is_clean(request.url));
    for (const Header& header : request.headers) {
      CHECK(is_clean(header.name));
      CHECK(is_clean(header.value));
    }
    return Response{.status = 200, .headers = {}, .body = "{}"};
  }
};

std::string text_with(int byte) { return "a" + std::string(1, static_cast<char>(byte)) + "b"; }

bool is_visible(int byte) { return byte >= ' ' && byte <= '~'; }

}  // namespace

TEST_CASE("any byte in If-Match is sent as it is or refused, for every operation that has one") {
  int operations = 0;
  for_each_operation([&]<class Op>() {
    for (const auto& field : detail::fields_of<Op>) {
      if (field.name != "if_match") continue;
      ++operations;
      for (int byte = 0; byte < 256; ++byte) {
        Op operation = samples::required_only<Op>();
        static_cast<std::optional<std::string>*>(field.in(static_cast<void*>(&operation)))->emplace(text_with(byte));
        const auto request = build(operation, samples::endpoint());
        REQUIRE(request.has_value() == is_visible(byte));
        if (request) CHECK(*request->headers.find("If-Match") == text_with(byte));
        if (!request) CHECK(request.error().field == "if_match");
      }
    }
  });
  CHECK(operations >= 5);
}

TEST_CASE("any byte in the user agent is sent as it is or refused") {
  for (int byte = 0; byte < 256; ++byte) {
    const Endpoint endpoint{samples::credentials(), {.user_agent = text_with(byte)}};
    REQUIRE(endpoint.problem().has_value() != is_visible(byte));
    if (endpoint.problem()) CHECK(endpoint.problem()->field == "user_agent");
    if (!endpoint.problem()) CHECK(*endpoint.headers(false).find("User-Agent") == text_with(byte));
  }
}

TEST_CASE("no byte in account SID, token or base URL reaches a transport as a line's end") {
  const std::string account = samples::sid("AC");
  for (int byte = 0; byte < 256; ++byte) {
    Strict transport;
    const auto send = [&](const Endpoint& endpoint) {
      Client client{endpoint, transport};
      return client.send(tasks::Fetch{.workspace_sid = samples::workspace, .sid = samples::task}).has_value();
    };
    const std::string c(1, static_cast<char>(byte));
    CHECK_FALSE(send(Endpoint{{account + c, "token"}}));
    CHECK_FALSE(send(Endpoint{{account.substr(0, 33) + c + "0", "token"}}));
    CHECK(send(Endpoint{{account, text_with(byte)}}));
    const bool in_host = send(Endpoint{samples::credentials(), {.base_url = "https://host" + c + "x"}});
    CHECK(in_host == (byte > ' ' && byte <= '~' && std::string{"@?#:\\"}.find(c) == std::string::npos));
    CHECK(transport.sent == 1 + in_host);
  }
}
