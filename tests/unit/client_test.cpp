#include "taskrouter/client.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "samples.hpp"

using namespace taskrouter;

namespace {

/// A transport that keeps what it was given and answers what it was told to.
struct Recorder {
  std::vector<Result<Response>> answers;
  std::vector<Request> requests{};

  Result<Response> send(const Request& request) {
    requests.push_back(request);
    return answers[requests.size() - 1];
  }
};

Response json(int status, std::string body) { return {.status = status, .headers = {}, .body = std::move(body)}; }

}  // namespace

TEST_CASE("a client sends what build() makes and answers with what parse() reads") {
  Recorder transport{{json(200, R"({"sid":"WR1","reservation_status":"accepted"})")}};
  Client client{samples::credentials(), transport};
  const auto accept = reservations::accept(samples::workspace, samples::task, samples::reservation);
  const auto reservation = client.send(accept);
  REQUIRE(reservation);
  CHECK(reservation->reservation_status == ReservationStatus::accepted);
  REQUIRE(transport.requests.size() == 1);
  const Request expected = build(accept, samples::endpoint()).value();
  CHECK(transport.requests[0].url == expected.url);
  CHECK(transport.requests[0].body == expected.body);
  CHECK(*transport.requests[0].headers.find("authorization") == *expected.headers.find("Authorization"));
  CHECK(client.endpoint().base_url() == "https://taskrouter.twilio.com");
}

TEST_CASE("nothing is sent when the caller's arguments are wrong") {
  Recorder transport{{}};
  Client client{samples::credentials(), transport};
  CHECK(client.send(tasks::Fetch{.workspace_sid = samples::workspace, .sid = {}}).error().field == "sid");
  Client nobody{Credentials{"", ""}, transport};
  CHECK(nobody.send(tasks::Fetch{.workspace_sid = samples::workspace, .sid = samples::task}).error().field ==
        "account_sid");
  CHECK(transport.requests.empty());
}

TEST_CASE("errors of transport, API and body come through as what they are") {
  Recorder transport{{transport_error(Error::Cause::dns, "no such host"),
                      json(404, R"({"code":20404,"message":"not found"})"), json(200, "<html>"), json(302, "")}};
  Client client{samples::credentials(), transport};
  const tasks::Fetch fetch{.workspace_sid = samples::workspace, .sid = samples::task};
  const Error lost = client.send(fetch).error();
  CHECK(lost.kind == Error::Kind::transport);
  CHECK(lost.cause == Error::Cause::dns);
  CHECK(client.send(fetch).error().code == 20404);
  CHECK(client.send(fetch).error().kind == Error::Kind::body);
  CHECK(client.send(fetch).error().status == 302);
  CHECK(transport.requests.size() == 4);
}

TEST_CASE("an answer is read as deep as the endpoint allows") {
  const auto read_at = [](int json_depth) {
    Recorder transport{{json(200, R"({"sid":"WR1","links":{"task":[]}})")}};
    Client client{Endpoint{samples::credentials(), {.json_depth = json_depth}}, transport};
    return client.send(reservations::accept(samples::workspace, samples::task, samples::reservation));
  };
  for (const int enough : {3, 64}) CHECK(read_at(enough).value().links.text == R"({"task":[]})");
  const Error error = read_at(2).error();
  CHECK(error.kind == Error::Kind::body);
  CHECK(error.message.starts_with("links is nested too deep"));
  for (const int beyond : {0, 65, -1}) CHECK(read_at(beyond).error().field == "json_depth");
}

TEST_CASE("the next page is asked for with the same credentials, and the last page has none") {
  Recorder transport{
      {json(200, R"({"workers":[{"sid":"WK1"}],"meta":{"next_page_url":"https://taskrouter.twilio.com/v1/W?Page=1"}})"),
       json(200, R"({"workers":[{"sid":"WK2"}],"meta":{"next_page_url":null}})")}};
  Client client{samples::credentials(), transport};
  const auto first = client.send(workers::List{.workspace_sid = samples::workspace});
  REQUIRE(first);
  const auto second = client.next_page(*first);
  REQUIRE(second);
  CHECK(second->items.at(0).sid.text() == "WK2");
  CHECK(transport.requests[1].url == "https://taskrouter.twilio.com/v1/W?Page=1");
  CHECK(transport.requests[1].headers.find("Authorization") != nullptr);
  CHECK(client.next_page(*second).error().kind == Error::Kind::argument);
  CHECK(transport.requests.size() == 2);
}

TEST_CASE("a next page that leads elsewhere is never asked for") {
  Recorder transport{
      {json(200, R"({"workers":[],"meta":{"next_page_url":"https://taskrouter.twilio.com.evil.example/v1/W"}})")}};
  Client client{samples::credentials(), transport};
  const auto first = client.send(workers::List{.workspace_sid = samples::workspace});
  CHECK(client.next_page(*first).error().field == "page_url");
  CHECK(transport.requests.size() == 1);
}

TEST_CASE("a transport is anything with the right send, and only that") {
  struct NoSend {};
  struct WrongAnswer {
    Response send(const Request&);
  };
  static_assert(Transport<Recorder> && !Transport<NoSend> && !Transport<WrongAnswer>);
}
