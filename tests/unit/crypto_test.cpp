#include "taskrouter/crypto.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hex.hpp"
#include "taskrouter/crypto/openssl.hpp"

using namespace taskrouter;

namespace {

const std::filesystem::path corpus = std::filesystem::path{TASKROUTER_SHARED_DIR} / "corpora/hmac";

bool missing() {
  if (std::filesystem::exists(corpus)) return false;
  MESSAGE("skipped: the HMAC corpus is not here");
  return true;
}

template <class Digest>
std::string hex(const std::optional<Digest>& digest) {
  return digest ? detail::to_hex(detail::bytes_of(*digest)) : "refused";
}

/// A library whose functions can't fail and need no object.
struct Fixed {
  static Sha1Digest hmac_sha1(std::string_view, std::string_view) { return {}; }
  static Sha256Digest hmac_sha256(std::string_view, std::string_view) { return {}; }
  static Sha256Digest sha256(std::string_view) { return {}; }
};

struct Short : Fixed {
  static std::array<unsigned char, 4> hmac_sha1(std::string_view, std::string_view) { return {}; }
};

static_assert(Crypto<OpenSslCrypto> && Crypto<Fixed> && !Crypto<Short>);

}  // namespace

TEST_CASE("bytes are written as lower-case hexadecimal digits") {
  CHECK(detail::to_hex("") == "");
  CHECK(detail::to_hex(std::string{"\x00\x0F\xA5\xFF", 4}) == "000fa5ff");
}

TEST_CASE("two texts are the same when they have the same length and every byte in common") {
  const std::string text = "k2VmCf0C";
  CHECK(detail::constant_time_equal("", ""));
  CHECK(detail::constant_time_equal(text, std::string{text}));
  CHECK_FALSE(detail::constant_time_equal(text, ""));
  CHECK_FALSE(detail::constant_time_equal(text, text.substr(1)));
  CHECK_FALSE(detail::constant_time_equal(text, text + '\0'));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int bit = 1; bit < 256; bit *= 2) {
      std::string other = text;
      other[at] = static_cast<char>(other[at] ^ bit);
      CHECK_FALSE(detail::constant_time_equal(text, other));
    }
  }
}

TEST_CASE("OpenSSL's digests are those that the standards print") {
  const OpenSslCrypto crypto;
  CHECK(hex(crypto.sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(crypto.sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(crypto.hmac_sha1({}, {})) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
  CHECK(hex(crypto.hmac_sha256({}, {})) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST_CASE("OpenSSL's digests agree with the vectors of the RFCs") {
  if (missing()) return;
  const OpenSslCrypto crypto;
  int tried = 0;
  for (const auto& vector : nlohmann::json::parse(std::ifstream{corpus / "rfc_vectors.json"})) {
    const bool repeated = vector["msg"].is_null();  // A million times the letter a.
    const std::string message = repeated ? std::string(1'000'000, 'a') : from_hex(vector["msg"].get<std::string>());
    const std::string key = vector.contains("key") ? from_hex(vector["key"].get<std::string>()) : "";
    const std::string algorithm = vector["alg"];
    const std::string tag = vector["tag"];
    CAPTURE(vector.dump());
    if (algorithm == "hmac-sha1") CHECK(hex(crypto.hmac_sha1(key, message)).starts_with(tag));
    if (algorithm == "hmac-sha256") CHECK(hex(crypto.hmac_sha256(key, message)).starts_with(tag));
    if (algorithm == "sha256") CHECK(hex(crypto.sha256(message)) == tag);
    ++tried;
  }
  CHECK(tried > 10);
}

TEST_CASE("a tag that someone changed is not the tag") {
  if (missing()) return;
  const OpenSslCrypto crypto;
  int refused = 0;
  for (const std::string algorithm : {"sha1", "sha256"}) {
    const auto suite = nlohmann::json::parse(std::ifstream{corpus / ("hmac_" + algorithm + "_test.json")});
    for (const auto& group : suite["testGroups"]) {
      for (const auto& test : group["tests"]) {
        const std::string key = from_hex(test["key"].get<std::string>());
        const std::string message = from_hex(test["msg"].get<std::string>());
        const std::string tag = from_hex(test["tag"].get<std::string>());
        const std::string own =
            from_hex(algorithm == "sha1" ? hex(crypto.hmac_sha1(key, message)) : hex(crypto.hmac_sha256(key, message)));
        CHECK(detail::constant_time_equal(own.substr(0, tag.size()), tag) == (test["result"] == "valid"));
        refused += test["result"] != "valid";
      }
    }
  }
  CHECK(refused > 50);
}

TEST_CASE("several threads share one OpenSSL") {
  const OpenSslCrypto crypto;
  std::vector<int> wrong(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    threads.emplace_back([&crypto, &count = wrong[i], key = std::string(i + 1, 'k')] {
      const auto expected = crypto.hmac_sha1(key, "text");
      for (int round = 0; round < 500; ++round) count += crypto.hmac_sha1(key, "text") != expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : wrong) CHECK(count == 0);
}
