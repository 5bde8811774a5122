#pragma once

#include <string>
#include <string_view>

#include "taskrouter/base64.hpp"
#include "taskrouter/crypto/openssl.hpp"

/// Any header and claims with a signature that is good.
inline std::string jwt(std::string_view header, std::string_view claims, std::string_view secret) {
  using namespace taskrouter;
  const std::string text = detail::base64_url(header) + '.' + detail::base64_url(claims);
  return text + '.' + detail::base64_url(detail::bytes_of(OpenSslCrypto{}.hmac_sha256(secret, text).value()));
}

struct JwtText {
  std::string header, claims, signature;
};

/// A token's three parts, decoded.
inline JwtText jwt_parts(const std::string& token) {
  using taskrouter::detail::read_base64_url;
  const std::size_t first = token.find('.'), second = token.rfind('.');
  return {read_base64_url(token.substr(0, first)).value(),
          read_base64_url(token.substr(first + 1, second - first - 1)).value(),
          read_base64_url(token.substr(second + 1)).value()};
}
