#include "taskrouter/base64.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "hex.hpp"

using namespace taskrouter;

TEST_CASE("base64 is RFC 4648's") {
  CHECK(detail::base64("") == "");
  CHECK(detail::base64("f") == "Zg==");
  CHECK(detail::base64("fo") == "Zm8=");
  CHECK(detail::base64("foo") == "Zm9v");
  CHECK(detail::base64("foob") == "Zm9vYg==");
  CHECK(detail::base64("fooba") == "Zm9vYmE=");
  CHECK(detail::base64("foobar") == "Zm9vYmFy");
  CHECK(detail::base64(std::string{"\xFB\xFF\xFE\0\0", 5}) == "+//+AAA=");
  CHECK(detail::base64_url(std::string{"\xFB\xFF\xFE\0\0", 5}) == "-__-AAA");
}

TEST_CASE("every text of bytes is read back from either base64") {
  std::string bytes;
  for (int i = 0; i < 520; ++i) {
    CHECK(detail::read_base64(detail::base64(bytes)) == bytes);
    CHECK(detail::read_base64_url(detail::base64_url(bytes)) == bytes);
    bytes.push_back(static_cast<char>(i * 7 % 256));
  }
}

TEST_CASE("a text that is read is the one text that its bytes are written as") {
  const std::string letters = "AQgwBZz0/+-_=. ";
  int accepted = 0;
  for (const char a : letters) {
    for (const char b : letters) {
      for (const char c : letters) {
        for (const char d : letters) {
          const std::string text{a, b, c, d};
          const auto standard = detail::read_base64(text);
          const auto url_safe = detail::read_base64_url(text);
          if (standard) CHECK(detail::base64(*standard) == text);
          if (url_safe) CHECK(detail::base64_url(*url_safe) == text);
          accepted += standard.has_value() + url_safe.has_value();
        }
      }
    }
  }
  CHECK(accepted > 1000);
  for (const std::string text : {"A", "AAAAA", "AAAA=", "AA="}) {
    CHECK_FALSE(detail::read_base64(text));
    CHECK_FALSE(detail::read_base64_url(text));
  }
}

TEST_CASE("base64 agrees with a corpus") {
  const auto file = std::filesystem::path{TASKROUTER_SHARED_DIR} / "corpora/hmac/base64.json";
  if (!std::filesystem::exists(file)) {
    MESSAGE("skipped: the corpus is not here");
    return;
  }
  const auto corpus = nlohmann::json::parse(std::ifstream{file});
  for (const auto& vector : corpus["encode"]) {
    const std::string bytes = from_hex(vector["raw"].get<std::string>());
    CHECK(detail::base64(bytes) == vector["b64"].get<std::string>());
    CHECK(detail::read_base64(vector["b64"].get<std::string>()) == bytes);
  }
  for (const auto& text : corpus["strict_decode_must_reject"]) {
    CAPTURE(text.dump());
    CHECK_FALSE(detail::read_base64(text.get<std::string>()));
  }
}
