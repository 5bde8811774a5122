#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/base64.hpp"
#include "taskrouter/crypto.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/webhooks/signed_text.hpp"

// Whether Twilio sent a request: X-Twilio-Signature. What is signed, and where this library departs
// from Twilio's own, stands in signed_text.hpp.
// https://www.twilio.com/docs/usage/webhooks/webhooks-security

namespace taskrouter {
namespace webhooks {

/// The header that brings the signature.
inline constexpr std::string_view signature_header = "X-Twilio-Signature";

/// The auth tokens that may have signed a request: the account's, or two of them while it is changed.
/// A subaccount's requests are signed with the subaccount's token.
class AuthTokens {
 public:
  /// These.
  AuthTokens(std::initializer_list<std::string> tokens) : tokens_{tokens} {}
  /// These.
  explicit AuthTokens(std::vector<std::string> tokens) : tokens_{std::move(tokens)} {}

  const std::string* begin() const { return tokens_.data(); }
  const std::string* end() const { return tokens_.data() + tokens_.size(); }

 private:
  std::vector<std::string> tokens_;
};

}  // namespace webhooks

namespace detail {

inline Error not_genuine(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::body, .message = std::string{message}, .field = std::string{field}};
}

inline Error crypto_failed(std::string_view algorithm) {
  return argument_error("crypto", "the cryptographic library did not compute " + std::string{algorithm});
}

/// What is wrong with the tokens: with an empty one anybody could sign.
inline std::optional<Error> token_problem(const webhooks::AuthTokens& tokens) {
  bool usable = tokens.begin() != tokens.end();
  for (const std::string& token : tokens) usable = usable && !token.empty();
  if (usable) return std::nullopt;
  return argument_error("auth_token", "an auth token is missing: no request can be told from a forged one");
}

/// The bytes of a signature, or nothing if the text can't be one.
inline std::optional<std::string> read_signature(std::string_view text) {
  return text.size() == 28 ? read_base64(text) : std::nullopt;
}

}  // namespace detail

namespace webhooks {

/// Checks that Twilio sent a form to `url`, for callers whose web framework has read the form already.
/// The URL is as in verify(request), which alone knows what to do with a body that is no form.
template <Crypto C>
Result<Nothing> verify(std::string_view url, const std::vector<FormField>& form, std::string_view signature,
                       const AuthTokens& tokens, const C& crypto) {
  if (auto problem = detail::token_problem(tokens)) return *std::move(problem);
  if (signature.empty()) return detail::not_genuine(signature_header, "the request has no X-Twilio-Signature");
  const auto given = detail::read_signature(signature);
  if (!given) return detail::not_genuine(signature_header, "X-Twilio-Signature is not 20 bytes in base64");

  const std::string fields = signed_fields(form);
  std::string text;
  bool computed = true;
  const bool genuine = detail::any_spelling(url, [&](std::string_view begin, std::string_view rest) {
    text.clear();
    text.reserve(begin.size() + rest.size() + fields.size());
    text.append(begin).append(rest).append(fields);
    for (const std::string& token : tokens) {
      const std::optional<Sha1Digest> expected = crypto.hmac_sha1(token, text);
      computed = computed && expected;
      if (expected && detail::constant_time_equal(detail::bytes_of(*expected), *given)) return true;
    }
    return false;
  });
  if (genuine) return Nothing{};
  if (!computed) return detail::crypto_failed("HMAC-SHA1");
  return detail::not_genuine(signature_header,
                             "X-Twilio-Signature is not of this URL and body: the auth token may be another account's, "
                             "the URL not the one that Twilio was given, or the request not from Twilio");
}

/// Checks that Twilio sent a request: its URL, and its body, be it a form or of another type.
/// `request.url` is the URL that Twilio was given, with scheme, host and query; behind a proxy it is not
/// what the server sees. The error's kind is `argument` where a token is missing, and `body` where the
/// request is not known to be Twilio's: answer that one with 403. Neither holds anything secret.
template <Crypto C>
Result<Nothing> verify(const Request& request, const AuthTokens& tokens, const C& crypto) {
  std::string_view signature;
  std::size_t signatures = 0;
  for (const Header& header : request.headers) {
    if (!same_header_name(header.name, signature_header)) continue;
    signature = header.value;
    ++signatures;
  }
  if (signatures > 1) return detail::not_genuine(signature_header, "the request has more than one X-Twilio-Signature");

  const auto hash = body_hash(request.url);
  if (!hash) {
    const auto form = read_form(request.body);
    if (!form) return form.error();
    return verify(request.url, *form, signature, tokens, crypto);
  }
  if (auto signed_url = verify(request.url, std::vector<FormField>{}, signature, tokens, crypto); !signed_url) {
    return signed_url;
  }
  const std::optional<Sha256Digest> digest = crypto.sha256(request.body);
  if (!digest) return detail::crypto_failed("SHA-256");
  if (!detail::constant_time_equal(detail::to_hex(detail::bytes_of(*digest)), *hash)) {
    return detail::not_genuine("bodySHA256", "the body is not the one that bodySHA256 in the URL is of");
  }
  return Nothing{};
}

/// The signature that Twilio would send with a form, for tests and emulators.
template <Crypto C>
Result<std::string> sign(std::string_view url, const std::vector<FormField>& form, std::string_view token,
                         const C& crypto) {
  if (token.empty()) return argument_error("auth_token", "the auth token is missing");
  const std::optional<Sha1Digest> digest =
      crypto.hmac_sha1(token, std::string{url.substr(0, url.find('#'))} + signed_fields(form));
  if (!digest) return detail::crypto_failed("HMAC-SHA1");
  return detail::base64(detail::bytes_of(*digest));
}

/// The URL that Twilio would call with a body that is no form: with `bodySHA256`. Its signature is
/// that of the URL and an empty form.
template <Crypto C>
Result<std::string> with_body_hash(std::string_view url, std::string_view body, const C& crypto) {
  const std::optional<Sha256Digest> digest = crypto.sha256(body);
  if (!digest) return detail::crypto_failed("SHA-256");
  const std::size_t end = std::min(url.find('#'), url.size());
  const std::string_view before = url.substr(0, end);
  return std::string{before} + (before.find('?') == std::string_view::npos ? "?" : "&") +
         "bodySHA256=" + detail::to_hex(detail::bytes_of(*digest)) + std::string{url.substr(end)};
}

}  // namespace webhooks
}  // namespace taskrouter
