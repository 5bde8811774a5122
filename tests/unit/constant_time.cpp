#include <valgrind/memcheck.h>

// That a comparison came out equal may be known; where it did not may not.
#define TASKROUTER_DECLASSIFY(outcome) VALGRIND_MAKE_MEM_DEFINED(&(outcome), sizeof(outcome))

#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/webhooks/signature.hpp"

// Run under memcheck: every digest made with a secret is marked undefined, so that a jump or an
// address that depends on one of its bytes is reported. With the argument `naive` it compares as
// nobody should, to show that memcheck would see it.

using namespace taskrouter;

namespace {

template <class Digest>
std::optional<Digest> secret(std::optional<Digest> digest) {
  if (digest) VALGRIND_MAKE_MEM_UNDEFINED(digest->data(), digest->size());
  return digest;
}

struct SecretCrypto {
  OpenSslCrypto open{};
  auto hmac_sha1(std::string_view key, std::string_view text) const { return secret(open.hmac_sha1(key, text)); }
  auto hmac_sha256(std::string_view key, std::string_view text) const { return secret(open.hmac_sha256(key, text)); }
  auto sha256(std::string_view text) const { return open.sha256(text); }
};

bool naively_equal(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const SecretCrypto crypto;
  const std::string url = "https://example.com/assignment?a=It's";
  const std::vector<FormField> form{{"TaskSid", "WT1"}, {"WorkerSid", "WK1"}};
  const std::string good = webhooks::sign(url, form, "token", crypto.open).value();

  if (argc > 1 && std::string_view{argv[1]} == "naive") {
    const auto expected = crypto.hmac_sha1("token", url);
    return naively_equal(detail::bytes_of(*expected), detail::read_base64(good).value()) ? 1 : 0;
  }

  int wrong = 0;
  const auto expect = [&](bool genuine, const std::string& signature, const std::string& token) {
    wrong += webhooks::verify(url, form, signature, {"old", token}, crypto).has_value() != genuine;
  };
  expect(true, good, "token");
  expect(false, good, "another");
  for (std::size_t at = 0; at < 27; at += 13) {
    std::string other = good;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    expect(false, other, "token");
  }
  std::cout << (wrong == 0 ? "verified\n" : "a verdict is wrong\n");
  return wrong;
}
