#include "taskrouter/decode.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace taskrouter;
using detail::Reading;

namespace {

TASKROUTER_ENUM(Colour, red, green)

struct Parcel {
  std::string label{};
  TaskSid task_sid{};
  OpenEnum<Colour> colour{};
  JsonText attributes{};
  std::int64_t weight{};
  bool fragile{};
  std::optional<Timestamp> sent{};
  std::optional<std::int64_t> floor{};
  std::optional<WorkerSid> worker_sid{};
  std::vector<std::string> note{};

  TASKROUTER_FIELDS(label, task_sid, colour, attributes, weight, fragile, sent, floor, worker_sid, note)
};

const auto& fields = detail::fields_of<Parcel>;

/// What is wrong with a text as the value of a field.
std::string problem(std::string_view name, std::string_view text, Reading reading) {
  Parcel parcel;
  return detail::decode_field(fields[detail::find_field(fields, name)], text, &parcel, reading);
}

struct Case {
  std::string name{};
  std::string text{};
  std::string says{};
};

struct Lenient {
  Parcel parcel{};
  std::vector<FormField> others{};
};

Lenient read(std::string_view form, detail::Spelling spelling = detail::Spelling::on_the_wire) {
  Lenient result;
  result.others = detail::decode_form(fields, &result.parcel, read_form(form).value(), spelling);
  return result;
}

}  // namespace

TEST_CASE("a field is found by its name on the wire or in JSON") {
  CHECK(detail::find_field(fields, "TaskSid") == 1);
  CHECK(detail::find_field(fields, "task_sid") == fields.size());
  CHECK(detail::find_field(fields, "task_sid", detail::Spelling::in_json) == 1);
  CHECK(detail::find_field(fields, "", detail::Spelling::in_json) == fields.size());
  CHECK(detail::find_field({}, "TaskSid") == 0);
}

TEST_CASE("a form fills every kind of field") {
  const auto [parcel, others] = read(
      "Label=a%20b&TaskSid=WT00000000000000000000000000000001&Colour=green&Attributes=%7B%7D&Weight=-5&Fragile=true"
      "&Sent=2014-05-14T10:50:02Z&Floor=3&WorkerSid=WK1&Note=x&Note=y&Note=");
  CHECK(others.empty());
  CHECK(parcel.label == "a b");
  CHECK(parcel.task_sid.text() == "WT00000000000000000000000000000001");
  CHECK(parcel.colour == Colour::green);
  CHECK(parcel.attributes.text == "{}");
  CHECK(parcel.weight == -5);
  CHECK(parcel.fragile);
  CHECK(parcel.sent == read_timestamp("2014-05-14T10:50:02Z"));
  CHECK(parcel.floor == 3);
  CHECK(parcel.worker_sid->text() == "WK1");
  CHECK(parcel.note == std::vector<std::string>{"x", "y", ""});
}

TEST_CASE("JSON's names count where they are asked for") {
  const auto [parcel, others] = read("task_sid=WT1&TaskSid=WT2", detail::Spelling::in_json);
  CHECK(parcel.task_sid.text() == "WT1");
  REQUIRE(others.size() == 1);
  CHECK(others[0].name == "TaskSid");
}

TEST_CASE("read leniently, what has no place is handed back in its order and spoils nothing") {
  const auto [parcel, others] =
      read("New=1&Label=first&Label=second&Weight=1.5&Floor=x&New=2&Fragile=maybe&Sent=yesterday&WorkerSid=" +
           std::string(40, 'W') + "&label=x");
  CHECK(parcel.label == "first");
  CHECK_FALSE(parcel.floor);
  CHECK_FALSE(parcel.worker_sid);
  CHECK_FALSE(parcel.sent);
  std::string names;
  for (const FormField& other : others) names += other.name + '=' + other.value.substr(0, 9) + ' ';
  CHECK(names ==
        "New=1 Label=second Weight=1.5 Floor=x New=2 Fragile=maybe Sent=yesterday WorkerSid=WWWWWWWWW label=x ");
}

TEST_CASE("read leniently, values of a later day are kept") {
  const auto [parcel, others] = read("TaskSid=XX1&Colour=blue&Attributes={");
  CHECK(others.empty());
  CHECK(parcel.task_sid.text() == "XX1");
  CHECK(parcel.colour.text() == "blue");
  CHECK_FALSE(parcel.colour.known());
  CHECK(parcel.attributes.text == "{");
}

TEST_CASE("read leniently, an empty value leaves its field empty") {
  const auto [parcel, others] = read("Label=&TaskSid=&Colour=&Attributes=&Weight=&Fragile&Sent=&Floor=&WorkerSid=");
  CHECK(others.empty());
  CHECK(parcel.task_sid.empty());
  CHECK(parcel.colour.text().empty());
  CHECK(parcel.weight == 0);
  CHECK_FALSE(parcel.sent);
  CHECK_FALSE(parcel.floor);
  CHECK_FALSE(parcel.worker_sid);
}

TEST_CASE("read leniently, a time may be seconds since 1970") {
  const auto seconds = [](std::string_view text) { return read("Sent=" + std::string{text}).parcel.sent; };
  CHECK(seconds("1400064602") == read_timestamp("2014-05-14T10:50:02Z"));
  CHECK(seconds("0") == Timestamp{});
  CHECK(seconds("253402300799") == read_timestamp("9999-12-31T23:59:59Z"));
  for (const char* text : {"253402300800", "-1", "9223372036854775807", "9223372036854775808", "1e3", " 1"}) {
    CHECK_FALSE(seconds(text));
  }
}

TEST_CASE("read strictly, every mistake is named") {
  for (const Case& one : std::vector<Case>{
           {"TaskSid", "XX00000000000000000000000000000001", "should be WT and 32 hexadecimal digits"},
           {"TaskSid", "", "should be WT and 32 hexadecimal digits"},
           {"WorkerSid", "WT00000000000000000000000000000001", "should be WK and 32 hexadecimal digits"},
           {"Colour", "blue", "should be one of red, green"},
           {"Colour", "", "should be one of red, green"},
           {"Attributes", "{", "is not JSON: a key is missing"},
           {"Attributes", "{}}", "is not JSON: something follows its end"},
           {"Weight", "", "should be a whole number"},
           {"Weight", "+1", "should be a whole number"},
           {"Weight", "1 ", "should be a whole number"},
           {"Floor", "9223372036854775808", "is beyond a 64-bit integer"},
           {"Fragile", "TRUE", "should be true or false"},
           {"Sent", "1400064602", "should be a time such as 2014-05-14T10:50:02Z, not before 1900"},
           {"Sent", "1899-12-31T23:59:59Z", "should be a time such as 2014-05-14T10:50:02Z, not before 1900"},
       }) {
    CAPTURE(one.name);
    CAPTURE(one.text);
    CHECK(problem(one.name, one.text, Reading::strict) == one.says);
  }
}

TEST_CASE("read strictly, the edges of what is allowed are allowed") {
  for (const Case& one : std::vector<Case>{
           {"Weight", "-9223372036854775808"},
           {"Weight", "9223372036854775807"},
           {"Fragile", "1"},
           {"Fragile", "no"},
           {"Fragile", "True"},  // Twilio's library for Python 7.
           {"Fragile", "False"},
           {"Label", ""},
           {"Sent", "1900-01-01T00:00:00Z"},
           {"TaskSid", "WTabcdefABCDEF00000000000000000001"},
           {"Attributes", "null"},
       }) {
    CAPTURE(one.name);
    CAPTURE(one.text);
    CHECK(problem(one.name, one.text, Reading::strict).empty());
  }
}
