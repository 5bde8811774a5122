#include "taskrouter/json_reader.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "taskrouter/json_writer.hpp"
#include "taskrouter/resources/reservations.hpp"
#include "taskrouter/resources/workers.hpp"

using namespace taskrouter;

namespace {

struct Inner {
  std::string name{};
  std::int64_t count{};
  TASKROUTER_FIELDS(name, count)
};

struct Everything {
  std::string text{};
  JsonText json_text{};
  JsonValue json_value{};
  WorkerSid sid{};
  OpenEnum<ReservationStatus> status{};
  bool boolean{};
  std::int64_t integer{};
  std::optional<Timestamp> time{};
  Inner inner{};
  std::optional<std::string> maybe{};
  std::vector<std::string> texts{};
  std::vector<Inner> inners{};
  std::string template_{};
  TASKROUTER_FIELDS(text, json_text, json_value, sid, status, boolean, integer, time, inner, maybe, texts, inners,
                    template_)
};

Everything read(const std::string& json) { return read_json<Everything>(json).value(); }

Error problem(const std::string& json) {
  const auto result = read_json<Everything>(json);
  return result ? Error{.message = "no problem"} : result.error();
}

constexpr const char* full = R"({"text":"a\u00e9","json_text":"{\"k\":1}","json_value":{"k" : [1]},
  "sid":"WK00000000000000000000000000000001","status":"accepted","boolean":true,"integer":-5,
  "time":"2014-05-14T10:50:02Z","inner":{"name":"n","count":2},"maybe":"m","texts":["x","y"],
  "inners":[{"name":"p"},{"count":3}],"template":"t"})";

}  // namespace

TEST_CASE("every kind of field is read") {
  const Everything value = read(full);
  CHECK(value.text == "aé");
  CHECK(value.json_text.text == R"({"k":1})");
  CHECK(value.json_value.text == R"({"k" : [1]})");
  CHECK(value.sid.well_formed());
  CHECK(value.status == ReservationStatus::accepted);
  CHECK(value.boolean);
  CHECK(value.integer == -5);
  CHECK(to_text(value.time.value()) == "2014-05-14T10:50:02Z");
  CHECK(value.inner.name == "n");
  CHECK(value.inner.count == 2);
  CHECK(value.maybe == "m");
  CHECK(value.texts == std::vector<std::string>{"x", "y"});
  REQUIRE(value.inners.size() == 2);
  CHECK(value.inners[0].name == "p");
  CHECK(value.inners[1].count == 3);
  CHECK(value.template_ == "t");
}

TEST_CASE("absent and null fields are empty") {
  std::string nulls = "{";
  for (const auto& field : detail::fields_of<Everything>) {
    nulls += (nulls.size() > 1 ? ",\"" : "\"") + std::string{field.name} + "\":null";
  }
  const std::string empty = write_json(Everything{});
  CHECK(write_json(read("{}")) == empty);
  CHECK(write_json(read(nulls + '}')) == empty);
}

TEST_CASE("a null takes back what stood under the same key before, and so does a later value") {
  for (const auto& field : detail::fields_of<Everything>) {
    const std::string key = '"' + std::string{field.name} + "\":";
    const std::string twice = std::string{full}.substr(0, std::string{full}.size() - 1) + ',' + key;
    CAPTURE(key);
    std::string alone = full;
    alone.replace(alone.find(key) + 1, 1, "\\u0000");  // Names no field now.
    CHECK(write_json(read(twice + "null}")) == write_json(read(alone)));
  }
  CHECK(write_json(read(R"({"inner":{"name":"a"},"inner":{"count":1}})")) ==
        write_json(read(R"({"inner":{"count":1}})")));
  CHECK(read(R"({"texts":["a"],"texts":["b","c"]})").texts == std::vector<std::string>{"b", "c"});
}

TEST_CASE("fields are found in any order, and keys that name none are skipped") {
  const Everything value = read(
      R"({"zzz":{"text":[{"a":"}"}]},"integer":7,"text":"t","te":1,"textt":2,"":3,"template_":"no","boolean":true})");
  CHECK(value.integer == 7);
  CHECK(value.text == "t");
  CHECK(value.boolean);
  CHECK(value.template_.empty());
}

TEST_CASE("JSON text may arrive as a string or as itself") {
  CHECK(read(R"({"json_text":"[1]"})").json_text.text == "[1]");
  CHECK(read(R"({"json_text": {"a":[1, 2]} })").json_text.text == R"({"a":[1, 2]})");
  CHECK(read(R"({"json_text":5})").json_text.text == "5");
}

TEST_CASE("text that a response should not have had is kept where the type can keep it") {
  CHECK(read(R"({"sid":"old-style"})").sid.text() == "old-style");
  CHECK(read(R"({"status":"reassigned"})").status.text() == "reassigned");
  CHECK_FALSE(read(R"({"time":"Wed, 14 May 2014 10:50:02 +0000"})").time);
}

TEST_CASE("integers are read to the edge of 64 bits and nothing is rounded or wrapped") {
  const auto integer = [](const std::string& digits) { return read("{\"integer\":" + digits + '}').integer; };
  CHECK(integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  CHECK(integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(integer("-0") == 0);
  for (const char* beyond : {"9223372036854775808", "-9223372036854775809", "99999999999999999999999"}) {
    CHECK(problem("{\"integer\":" + std::string{beyond} + '}').message.find("is beyond a 64-bit integer") !=
          std::string::npos);
  }
  for (const char* real : {"1.0", "1e2", "1E0", "0.5", "-1.5"}) {
    CHECK(problem("{\"integer\":" + std::string{real} + '}').message.find("should be a whole number") !=
          std::string::npos);
  }
  for (const char* other : {"\"60\"", "true", "[]", "{}", "1e400", "--1", "+1"}) {
    CAPTURE(std::string{other});
    CHECK(problem("{\"integer\":" + std::string{other} + '}').field == "integer");
  }
}

TEST_CASE("a value of the wrong type is an error that names the field") {
  for (const auto& field : detail::fields_of<Everything>) {
    for (const char* value : {"1", "\"x\"", "true", "[[]]", "{\"a\":1}"}) {
      const std::string json = "{\"" + std::string{field.name} + "\":" + value + '}';
      const auto result = read_json<Everything>(json);
      CAPTURE(json);
      if (result) continue;
      CHECK(result.error().kind == Error::Kind::body);
      CHECK(result.error().field == field.name);
      CHECK(result.error().message.starts_with(std::string{field.name} + " should be"));
    }
  }
  CHECK(problem(R"({"inners":[{"count":1},{"count":"2"}]})").field == "inners.count");
  CHECK(problem(R"({"boolean":"true"})").message == "boolean should be true or false (at byte 11)");
}

TEST_CASE("a document that is no object is an error") {
  for (const char* json : {"", " ", "null", "[]", "1", "\"{}\"", "<html>", "{} {}", "{", "{]"}) {
    CAPTURE(std::string{json});
    CHECK(problem(json).kind == Error::Kind::body);
    CHECK_FALSE(problem(json).message.empty());
  }
}

TEST_CASE("no start of a response is a response") {
  const std::string json = full;
  for (std::size_t size = 0; size < json.size(); ++size) REQUIRE_FALSE(read_json<Everything>(json.substr(0, size)));
}

TEST_CASE("depth counts from the outside of the document, through fields and past them") {
  const auto nested = [](const char* key, std::size_t depth) {
    return std::string{"{\""} + key + "\":" + std::string(depth, '[') + std::string(depth, ']') + '}';
  };
  for (const char* key : {"json_value", "json_text", "unknown"}) {
    CHECK(read_json<Everything>(nested(key, 63)));
    CHECK_FALSE(read_json<Everything>(nested(key, 64)));
    CHECK_FALSE(read_json<Everything>(nested(key, 64), 1000));  // 64 is the most, whoever asks.
  }
}
