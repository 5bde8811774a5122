#include "taskrouter/emulator/bridge_params.hpp"

#include <doctest/doctest.h>

using namespace taskrouter::emulator;

TEST_CASE("a command's parameters become the fields of a form") {
  const auto form = [](std::string_view text) { return BridgeParams::read(text).value().encoded(); };
  CHECK(form("{}").empty());
  CHECK(form("").empty());
  CHECK(form(R"({"ReservationStatus":"accepted","Reason":"a & b=ü"})") ==
        "ReservationStatus=accepted&Reason=a%20%26%20b%3D%C3%BC");
  CHECK(form(R"({"A":true,"B":12,"C":null})") == "A=true&B=12");
  CHECK(form(R"({"Attributes":{"x":[1, 2]},"Attributes2":""})") ==
        "Attributes=%7B%22x%22%3A%5B1%2C%202%5D%7D&Attributes2=");
  CHECK(form(R"({"Attributes":[1]})") == "Attributes=%5B1%5D");
  CHECK(form(R"({"Event":["ringing","answered"],"None":[]})") == "Event=ringing&Event=answered");
  CHECK(form(R"({"a&b=":"\u0000"})") == "a%26b%3D=%00");
}

TEST_CASE("parameters have the names that the API has for them") {
  const auto form = [](std::string_view text) { return BridgeParams::read(text).value().encoded(); };
  CHECK(form(R"({"TaskChannelUniqueName":"voice"})") == "TaskChannel=voice");
  CHECK(form(R"({"TaskChannelSid":"TC1"})") == "TaskChannel=TC1");
  CHECK(form(R"({"DequeueStatusCallbackEvents":"ringing"})") == "DequeueStatusCallbackEvent=ringing");
}

TEST_CASE("what is no JSON object is refused") {
  for (const std::string_view text : {"[]", "1", "\"\"", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":[1,]}",
                                      "{\"a\":1}x", "{\"a\":\"\xff\"}", "{\"a\":[[1]}"}) {
    CAPTURE(text);
    CHECK_FALSE(BridgeParams::read(text));
  }
  std::string deep{"{\"a\":"};
  for (int i = 0; i < 70; ++i) deep.push_back('[');
  CHECK_FALSE(BridgeParams::read(deep));
}

TEST_CASE("a parameter can be taken out") {
  auto params = BridgeParams::read(R"({"AfterSid":"WK1","PageSize":5})").value();
  CHECK(params.take("AfterSid") == "WK1");
  CHECK(params.take("AfterSid").empty());
  CHECK(params.encoded() == "PageSize=5");
}
