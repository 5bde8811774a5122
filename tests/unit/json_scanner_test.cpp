#include "taskrouter/json_scanner.hpp"

#include <doctest/doctest.h>
#include <pthread.h>

#include <cctype>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "taskrouter/json_reader.hpp"
#include "taskrouter/resources/tasks.hpp"

using taskrouter::is_json;
using taskrouter::detail::JsonScanner;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

/// The text of a JSON string, or what was wrong with it.
std::string read(std::string_view json) {
  JsonScanner in{json};
  std::string out;
  return in.read_string(out) && in.at_end() ? out : std::string{"problem: "} + in.problem();
}

std::string problem(std::string_view json) {
  JsonScanner in{json};
  return in.skip_value() && in.at_end() ? "" : in.problem();
}

/// Runs `run` in a thread whose stack has 64 KiB.
template <class Run>
void with_small_stack(Run run) {
  pthread_attr_t attributes;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstacksize(&attributes, 64 << 10) == 0);
  pthread_t thread;
  const auto start = [](void* it) -> void* { return (*static_cast<Run*>(it))(), nullptr; };
  REQUIRE(pthread_create(&thread, &attributes, start, &run) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

std::string unicode_escape(std::uint32_t unit, bool upper) {
  const std::string_view hex = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  return {'\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
}

}  // namespace

TEST_CASE("every code point is read alike as UTF-8 and as an escape") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    const std::string escaped = code < 0x10000 ? unicode_escape(code, code % 2 == 0)
                                               : unicode_escape(0xD800 + ((code - 0x10000) >> 10), true) +
                                                     unicode_escape(0xDC00 + (code & 0x3FF), false);
    std::string plain;
    if (!surrogate) taskrouter::detail::append_utf8(plain, code);
    if (is_json('"' + escaped + '"') == surrogate) FAIL(code);
    if (surrogate) continue;
    if (read('"' + escaped + '"') != plain) FAIL(code);
    const bool must_be_escaped = code < 0x20 || code == '"' || code == '\\';
    if (is_json('"' + plain + '"') == must_be_escaped) FAIL(code);
    if (!must_be_escaped && read("\"1234567" + plain + '"') != "1234567" + plain) FAIL(code);
  }
}

TEST_CASE("a byte that can't stand in text is found at every place of it") {
  for (std::size_t before = 0; before < 20; ++before) {
    for (int byte = 0; byte < 256; ++byte) {
      const std::string text = std::string(before, 'a') + static_cast<char>(byte);
      const bool good = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
      const std::string json = '"' + text + std::string(20 - before, 'x') + '"';
      if (is_json(json) != good) FAIL(before << ' ' << byte);
      if (good && read(json) != text + std::string(20 - before, 'x')) FAIL(before << ' ' << byte);
    }
  }
}

TEST_CASE("the escapes are those of RFC 8259 and no others") {
  CHECK(read(R"("\"\\\/\b\f\n\r\t\u0041")") == "\"\\/\b\f\n\r\tA");
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool known = c != '\0' && std::string_view{"\"\\/bfnrt"}.find(c) != std::string_view::npos;
    CHECK(is_json(std::string{'"', '\\', c, '"'}) == known);
  }
  for (const char* half : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800\ud800")", R"("\ud800x")",
                           R"("\udbff\ue000")", R"("\u12")", R"("\u12G4")", R"("\u")", R"("\)", R"("\u123)"}) {
    CAPTURE(std::string{half});
    CHECK_FALSE(is_json(half));
  }
}

TEST_CASE("64 levels are read and 65 are refused, whatever they are made of") {
  for (const std::string_view open : {"[", "{\"a\":"}) {
    const std::string_view close = open == "[" ? "]" : "}";
    CHECK(is_json(repeat(open, 64) + "1" + repeat(close, 64)));
    CHECK_FALSE(is_json(repeat(open, 65) + "1" + repeat(close, 65)));
    CHECK(problem(repeat(open, 65) + "1" + repeat(close, 65)) == "is nested too deep");
  }
  CHECK(is_json(repeat("[{\"a\":", 32) + "1" + repeat("}]", 32)));
  CHECK_FALSE(is_json(repeat("[{\"a\":", 32) + "[]" + repeat("}]", 32)));
  CHECK(is_json('[' + repeat("[[]],", 1000) + "[]]"));
}

TEST_CASE("objects and arrays close in the order they were opened") {
  for (const char* bad : {"[}",         "{]",     "[{]}",  "{\"a\":[}]", "[[}]",  "]",        "}",   "[1,]",
                          "{\"a\":1,}", "[,1]",   "[1 2]", "{\"a\" 1}",  "{1:2}", "{\"a\":}", "{,}", "[1",
                          "{\"a\":1",   "{\"a\"", "{",     "[",          "[[1]",  ""}) {
    CAPTURE(std::string{bad});
    CHECK_FALSE(is_json(bad));
  }
}

TEST_CASE("white space is blank, tab, line feed and carriage return, wherever a token may stand") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string c(1, static_cast<char>(byte));
    const bool blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
    for (const auto& json : {c + "[]", "[" + c + "]", "{" + c + "}", "[]" + c, "{\"\"" + c + ":0}",
                             "{\"\":" + c + "[]}", "[true" + c + ",[]]", "[0," + c + "[]]", "{\"\":\"\"" + c + "}"}) {
      CAPTURE(json);
      if (byte != '[' && byte != ']' && !std::isdigit(byte)) CHECK(is_json(json) == blank);
    }
  }
}

TEST_CASE("no start of a JSON text is JSON, and nothing may follow its end") {
  const std::string json = R"( {"a" : [1.5e-3, true, false, null, "\u00e9\"é😀", {}, []], "b": {"c": -0}} )";
  REQUIRE(is_json(json));
  for (std::size_t size = 0; size + 1 < json.size(); ++size) CHECK_FALSE(is_json(json.substr(0, size)));
  for (const char* more : {"x", ",", "]", "}", "1", "null", "\xEF\xBB\xBF"}) CHECK_FALSE(is_json(json + more));
  CHECK_FALSE(is_json(json + '\0'));
}

TEST_CASE("a million brackets are refused at once") {
  for (const std::string_view open : {"[", "{\"a\":", "[{\"\":"}) {
    const std::string json = repeat(open, 1'000'000);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) REQUIRE_FALSE(is_json(json));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{1});
  }
}

TEST_CASE("nesting costs no stack, whether it is read, kept or passed over") {
  int refused = 0;
  with_small_stack([&] {
    for (const std::string_view open : {"[", "{\"a\":"}) {
      const std::string json = repeat(open, 1'000'000);
      refused += !is_json(json);
      for (const std::string_view key : {"links", "attributes", "unknown", "sid"}) {
        refused += !taskrouter::read_json<taskrouter::Task>("{\"" + std::string{key} + "\":" + json);
      }
    }
  });
  CHECK(refused == 10);
}

TEST_CASE("time grows with the length of the text and not with its square") {
  for (const std::string_view part : {"\"x\",", "\"\\u00e9\",", "{\"k\":1},", "12345.678e9,", "\"a\\nb\\nc\","}) {
    const std::string json = '[' + repeat(part, 2'000'000 / part.size()) + "0]";
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(is_json(json));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{5});
  }
}

TEST_CASE("a problem says what it is and where it was met") {
  JsonScanner in{"[1, oops]"};
  CHECK_FALSE(in.skip_value());
  CHECK(in.position() == 4);
  CHECK(std::string{in.problem()} == "is not JSON: a value is missing or misspelled");
  CHECK(problem("\"\xFF\"") == "is not UTF-8");
  CHECK(problem("\"a\nb\"") == "is not JSON: a control character stands in text");
  CHECK(problem("{} {}") == "is not JSON: something follows its end");
}
