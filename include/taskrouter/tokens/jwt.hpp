#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/base64.hpp"
#include "taskrouter/crypto.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/timestamp.hpp"

// JSON Web Tokens as Twilio uses them: signed by HMAC-SHA256, and by nothing else. What both kinds of
// token have in common. https://www.rfc-editor.org/rfc/rfc7519

namespace taskrouter::detail {

/// The first part of a token. The others are its claims and its signature.
struct JwtHeader {
  std::optional<std::string> cty{};
  std::optional<std::string> typ{};
  std::string alg{};
  std::optional<std::string> twr{};  ///< Twilio's region.
  JsonValue crit{};                  ///< What a reader must know to understand the token.

  TASKROUTER_FIELDS(cty, typ, alg, twr, crit)
};

/// A token taken apart, and nothing in it believed.
struct JwtParts {
  JwtHeader header{};
  std::string claims{};            ///< JSON text, or what pretends to be.
  std::string_view signed_text{};  ///< Points into the token.
  std::string signature{};
};

inline Error bad_token(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::body, .message = "the token " + std::string{message}, .field = std::string{field}};
}

template <Described T>
std::string jwt_part(const T& value) {
  std::string json;
  JsonWriter{json, EmptyFields::leave_out}.write_structure(fields_of<T>, &value);
  return base64_url(json);
}

template <Described Claims, Crypto C>
Result<std::string> encode_jwt(const JwtHeader& header, const Claims& claims, std::string_view secret,
                               const C& crypto) {
  std::string token = jwt_part(header) + '.' + jwt_part(claims);
  const std::optional<Sha256Digest> digest = crypto.hmac_sha256(secret, token);
  if (!digest) return argument_error("crypto", "the cryptographic library did not compute HMAC-SHA256");
  token += '.' + base64_url(bytes_of(*digest));
  return token;
}

inline Result<JwtParts> split_jwt(std::string_view token) {
  constexpr std::size_t longest = 65'536;
  if (token.size() > longest) return bad_token("", "is longer than 65536 bytes");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return bad_token("", "should be three parts with a dot between them");
  auto header = read_base64_url(token.substr(0, first));
  auto claims = read_base64_url(token.substr(first + 1, second - first - 1));
  auto signature = read_base64_url(token.substr(second + 1));
  if (!header) return bad_token("header", "has a header that is not base64url");
  if (!claims) return bad_token("claims", "has claims that are not base64url");
  if (!signature) return bad_token("signature", "has a signature that is not base64url");
  auto read = read_json<JwtHeader>(*header);
  if (!read) return bad_token("header", "has a header that is no JSON object with an alg");
  return JwtParts{*std::move(read), *std::move(claims), token.substr(0, second), *std::move(signature)};
}

/// The claims of a token whose signature may be anybody's.
template <Described Claims>
Result<Claims> read_claims(const JwtParts& parts) {
  auto claims = read_json<Claims>(parts.claims);
  if (!claims) return bad_token(claims.error().field, "has claims that can't be read: " + claims.error().message);
  return claims;
}

/// The claims of a token that was signed with `secret` and is valid at `now`. The signature comes
/// first: of what a stranger wrote, only the header is read before.
template <Described Claims, Crypto C>
Result<Claims> verify_jwt(const JwtParts& parts, std::string_view secret, Timestamp now, const C& crypto) {
  if (secret.empty()) return argument_error("secret", "the secret is missing: with none anybody could sign");
  if (parts.header.alg != "HS256") return bad_token("alg", "is not signed by HS256, the one algorithm that is taken");
  if (!parts.header.crit.text.empty()) return bad_token("crit", "demands an extension that is not known here");
  const std::optional<Sha256Digest> digest = crypto.hmac_sha256(secret, parts.signed_text);
  if (!digest) return argument_error("crypto", "the cryptographic library did not compute HMAC-SHA256");
  if (!constant_time_equal(bytes_of(*digest), parts.signature)) {
    return bad_token("signature", "was not signed with this secret, or was changed since");
  }
  auto claims = read_claims<Claims>(parts);
  if (!claims) return claims;
  const std::int64_t seconds = now.time_since_epoch().count();
  if (!claims->exp) return bad_token("exp", "never expires, which none may");
  if (seconds >= *claims->exp) return bad_token("exp", "has expired");
  if (claims->nbf && seconds < *claims->nbf) return bad_token("nbf", "is not valid yet");
  return claims;
}

}  // namespace taskrouter::detail
