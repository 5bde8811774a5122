#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "checksum.hpp"
#include "taskrouter/tokens.hpp"

// A stranger's token is read or refused; nobody's is believed without the secret; and whatever claims
// are signed with it, what is read of them can be written and read again.

using namespace taskrouter;

namespace {

constexpr Timestamp now{std::chrono::seconds{1700000000}};

template <class Claims>
void check_again(const Result<Claims>& claims) {
  if (!claims) return;
  std::string json;
  detail::JsonWriter{json, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<Claims>, &*claims);
  if (!read_json<Claims>(json)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Checksum crypto;
  check_again(tokens::read_unverified_access_token(text));
  check_again(tokens::read_unverified_capability_token(text));
  if (tokens::verify_access_token(text, "secret", now, crypto)) std::abort();
  if (tokens::verify_capability_token(text, "secret", now, crypto)) std::abort();

  // The text as the claims of a token that is signed.
  for (const std::string_view header : {R"({"cty":"twilio-fpa;v=1","alg":"HS256"})", R"({"alg":"HS256"})"}) {
    std::string token = detail::base64_url(header) + '.' + detail::base64_url(text);
    token += '.' + detail::base64_url(detail::bytes_of(crypto.hmac_sha256("secret", token)));
    const auto access = tokens::verify_access_token(token, "secret", now, crypto);
    const auto capability = tokens::verify_capability_token(token, "secret", now, crypto);
    if (access && (!access->exp || *access->exp <= now.time_since_epoch().count())) std::abort();
    if (capability && (!capability->exp || *capability->exp <= now.time_since_epoch().count())) std::abort();
    check_again(access);
    check_again(capability);
  }
  return 0;
}
