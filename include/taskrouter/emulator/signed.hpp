#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/base64.hpp"
#include "taskrouter/crypto.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/webhooks/signature.hpp"

namespace taskrouter::emulator {

/// The HMAC-SHA1 of a text under a key, by whichever library a program has: `crypto/openssl.hpp`, for one.
using HmacSha1 = std::function<std::optional<Sha1Digest>(std::string_view key, std::string_view text)>;

/// Signs a callback as Twilio does, if there is something to sign with.
inline void sign(Request& callback, std::string_view auth_token, const HmacSha1& hmac_sha1) {
  if (!hmac_sha1) return;
  const auto form = read_form(callback.body);
  if (!form) return;
  const auto digest = hmac_sha1(auth_token, callback.url + webhooks::signed_fields(*form));
  if (!digest) return;
  callback.headers.add(std::string{webhooks::signature_header}, detail::base64(detail::bytes_of(*digest)));
}

}  // namespace taskrouter::emulator
