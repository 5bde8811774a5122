#include "taskrouter/utf8.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

using namespace taskrouter::detail;

namespace {

const std::string replacement = "\xEF\xBF\xBD";

/// RFC 3629's table of well-formed sequences, row by row.
bool is_one_character(const std::string& s) {
  const auto in = [&](std::size_t i, int low, int high) {
    const int byte = static_cast<unsigned char>(s[i]);
    return byte >= low && byte <= high;
  };
  const auto tail = [&](std::size_t i) { return in(i, 0x80, 0xBF); };
  switch (s.size()) {
    case 1: return in(0, 0x00, 0x7F);
    case 2: return in(0, 0xC2, 0xDF) && tail(1);
    case 3:
      return ((in(0, 0xE0, 0xE0) && in(1, 0xA0, 0xBF)) || (in(0, 0xE1, 0xEC) && tail(1)) ||
              (in(0, 0xED, 0xED) && in(1, 0x80, 0x9F)) || (in(0, 0xEE, 0xEF) && tail(1))) &&
             tail(2);
    default:
      return ((in(0, 0xF0, 0xF0) && in(1, 0x90, 0xBF)) || (in(0, 0xF1, 0xF3) && tail(1)) ||
              (in(0, 0xF4, 0xF4) && in(1, 0x80, 0x8F))) &&
             tail(2) && tail(3);
  }
}

}  // namespace

TEST_CASE("every code point that is no surrogate is written as one well-formed character") {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, code);
    if (!is_one_character(text) || utf8_length(text, 0) != text.size() || !is_utf8(text)) FAIL(code);
  }
}

TEST_CASE("two, three and four bytes are a character exactly where RFC 3629 says so") {
  const std::string edges = std::string{"\x00\x41\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xFF", 11};
  for (int first = 0x80; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string two{static_cast<char>(first), static_cast<char>(second)};
      if (utf8_length(two, 0) != (is_one_character(two) ? 2U : 0U)) FAIL(two);
      for (const char third : edges) {
        const std::string three = two + third;
        if (utf8_length(three, 0) == 3U ? !is_one_character(three) : is_one_character(three)) FAIL(three);
        for (const char fourth : edges) {
          const std::string four = three + fourth;
          if (utf8_length(four, 0) == 4U ? !is_one_character(four) : is_one_character(four)) FAIL(four);
        }
      }
    }
  }
}

TEST_CASE("a character that is cut off is none, wherever it is cut") {
  for (const std::string character : {"é", "€", "한", "😀", "\xF4\x8F\xBF\xBF"}) {
    for (std::size_t size = 1; size < character.size(); ++size) {
      CHECK(utf8_length(character.substr(0, size), 0) == 0);
      CHECK_FALSE(is_utf8("ok" + character.substr(0, size)));
      CHECK_FALSE(is_utf8(character.substr(0, size) + "ok"));
      CHECK(replace_invalid_utf8(character.substr(0, size) + "ok") == replacement + "ok");
    }
  }
}

TEST_CASE("what is not UTF-8 is replaced by one U+FFFD for each longest start of a character") {
  const auto times = [](int n) {
    std::string all;
    while (n-- > 0) all += replacement;
    return all;
  };
  CHECK(replace_invalid_utf8("plain é 😀") == "plain é 😀");
  CHECK(replace_invalid_utf8("\x80\xBF") == times(2));
  CHECK(replace_invalid_utf8("\xC0\xAF") == times(2));          // overlong
  CHECK(replace_invalid_utf8("\xE0\x80\xAF") == times(3));      // overlong
  CHECK(replace_invalid_utf8("\xED\xA0\x80") == times(3));      // surrogate
  CHECK(replace_invalid_utf8("\xF0\x80\x80\xAF") == times(4));  // overlong
  CHECK(replace_invalid_utf8("\xF4\x90\x80\x80") == times(4));  // beyond U+10FFFF
  CHECK(replace_invalid_utf8("\xF0\x9F\x98") == times(1));
  CHECK(replace_invalid_utf8("\xF0\x9F\x41") == times(1) + "A");
  CHECK(replace_invalid_utf8("\xE2\x82\xE2\x82\xAC") == times(1) + "€");
  CHECK(replace_invalid_utf8("\xFE\xFF") == times(2));
}
