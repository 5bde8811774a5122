#include "taskrouter/json_writer.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "samples.hpp"

using namespace taskrouter;

namespace {

std::string written(std::string_view text) {
  std::string out;
  detail::write_json_string(out, text);
  return out;
}

}  // namespace

TEST_CASE("every code point is written so that another reader reads it back") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text = "<";
    detail::append_utf8(text, code);
    const std::string json = written(text + '>');
    if (!is_json(json)) FAIL(code);
    if ((code < 0x3000 || code % 97 == 0) && nlohmann::json::parse(json) != text + '>') FAIL(code);
  }
}

TEST_CASE("what has to be escaped is, and nothing else") {
  CHECK(written("") == "\"\"");
  CHECK(written("a\"b\\c/d") == R"("a\"b\\c/d")");
  CHECK(written(std::string_view{"\0\x1f\n\x7f", 4}) == "\"\\u0000\\u001f\\u000a\x7f\"");
  CHECK(written("é😀") == "\"é😀\"");
}

TEST_CASE("bytes that are not UTF-8 are replaced as elsewhere, so that the output is JSON") {
  for (const std::string bad : {"\x80", "a\xFFz", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xED\xA0\x80", "\xC0\xAF"}) {
    CHECK(written(bad) == '"' + detail::replace_invalid_utf8(bad) + '"');
    CHECK(is_json(written(bad)));
  }
}

TEST_CASE("integers are written in full") {
  for (const auto value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                           std::int64_t{60}, std::numeric_limits<std::int64_t>::max()}) {
    std::string out;
    detail::write_integer(out, value);
    CHECK(out == std::to_string(value));
  }
}

TEST_CASE("a resource names all its fields, with null where one is empty") {
  const auto json = nlohmann::json::parse(write_json(Worker{}));
  CHECK(json.size() == detail::fields_of<Worker>.size());
  CHECK(json["sid"] == nullptr);
  CHECK(json["links"] == nullptr);
  CHECK(json["date_created"] == nullptr);
  CHECK(json["friendly_name"] == "");
  CHECK(json["available"] == false);
}

TEST_CASE("a page without items has an empty list, not null") {
  CHECK(write_json(Page<Worker>{}).ends_with(R"("workers":[]})"));
}

TEST_CASE("an operation is written with the fields that are set and no others") {
  std::string out;
  const tasks::Update update{.workspace_sid = samples::workspace, .sid = samples::task, .priority = 0};
  detail::JsonWriter{out, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<tasks::Update>, &update);
  CHECK(out == R"({"workspace_sid":"WS00000000000000000000000000000001","sid":"WT00000000000000000000000000000001",)"
               R"("priority":0})");
}

TEST_CASE("every output, filled with any text, survives writing and reading") {
  for_each_operation([]<class Op>() {
    using Output = typename Op::Output;
    if constexpr (Described<Output>) {
      for (const std::string& text : samples::hostile_texts()) {
        CAPTURE(Op::route.name);
        CAPTURE(text.substr(0, 40));
        const std::string once = write_json(samples::filled<Output>(text));
        const auto read = read_json<Output>(once);
        REQUIRE(read);
        CHECK(write_json(*read) == once);
        CHECK(nlohmann::json::accept(once));
      }
      const std::string empty = write_json(Output{});
      CHECK(write_json(read_json<Output>(empty).value()) == empty);
    }
  });
}

TEST_CASE("a SID that was cut in the middle of a character is written the same once it was read") {
  for (std::size_t before = 0; before < 45; ++before) {
    for (const std::string tail : {"é", "€€", "😀😀", "\xEF\xBF\xBD"}) {
      const auto worker = read_json<Worker>("{\"sid\":\"" + std::string(before, 'x') + tail + "\"}");
      const std::string once = write_json(worker.value());
      CHECK(write_json(read_json<Worker>(once).value()) == once);
    }
  }
}
