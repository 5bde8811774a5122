#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/crypto.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/open_enum.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"
#include "taskrouter/tokens/jwt.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter {

/// As whom the holder of a token acts.
TASKROUTER_ENUM(WorkerRole, worker, supervisor, admin)

/// What the holder of an access token may do in TaskRouter.
struct TaskRouterGrant {
  WorkspaceSid workspace_sid;   ///< Where.
  WorkerSid worker_sid{};       ///< Who the holder is. A supervisor need not be a worker.
  OpenEnum<WorkerRole> role{};  ///< `worker` where it is left out.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, role)
};

/// A token that lets a browser act as one worker, for the `twilio-taskrouter` package. Make it on a
/// server, after the worker has logged in; the API key's secret stays there.
/// https://www.twilio.com/docs/iam/access-tokens
struct AccessToken {
  AccountSid account_sid;                 ///< The account that the workspace belongs to.
  ApiKeySid api_key_sid;                  ///< The key whose secret signs it.
  std::string identity;                   ///< Your name for the holder: any text but an empty one.
  TaskRouterGrant task_router;            ///< What its holder may do.
  std::chrono::seconds lifetime{3600};    ///< 1 second to 24 hours. Default: an hour.
  std::optional<Timestamp> not_before{};  ///< Left out, the token is valid at once, whoever's clock is late.
  std::string region{};                   ///< Twilio's region, such as `ie1`. Empty means `us1`.
};

/// What an access token says.
struct AccessClaims {
  /// What it grants, and to whom.
  struct Grants {
    std::string identity{};         ///< The program's name for the holder.
    TaskRouterGrant task_router{};  ///< What the holder may do.

    TASKROUTER_FIELDS(identity, task_router)
  };

  std::string jti{};                  ///< The token's own name: the API key and the time of issue.
  Grants grants{};                    ///< What it grants.
  ApiKeySid iss{};                    ///< The API key whose secret signed it.
  AccountSid sub{};                   ///< The account.
  std::optional<std::int64_t> iat{};  ///< When it was issued, in seconds since 1970, like the next two.
  std::optional<std::int64_t> nbf{};  ///< From when on it is valid.
  std::optional<std::int64_t> exp{};  ///< When it ends.

  TASKROUTER_FIELDS(jti, grants, iss, sub, iat, nbf, exp)
};

namespace detail {

inline constexpr std::string_view access_token_type = "twilio-fpa;v=1";

inline std::optional<Error> problem(const AccessToken& token, Timestamp now) {
  const auto sid_error = [](std::string_view field, std::string_view letters) {
    return argument_error(field,
                          std::string{field} + " should be " + std::string{letters} + " and 32 hexadecimal digits");
  };
  const TaskRouterGrant& grant = token.task_router;
  if (!token.account_sid.well_formed()) return sid_error("account_sid", "AC");
  if (!token.api_key_sid.well_formed()) return sid_error("api_key_sid", "SK");
  if (token.identity.empty()) return argument_error("identity", "identity is empty: name the token's holder");
  if (!is_utf8(token.identity)) return argument_error("identity", "identity is not UTF-8");
  if (!grant.workspace_sid.well_formed()) return sid_error("workspace_sid", "WS");
  if (!grant.worker_sid.empty() && !grant.worker_sid.well_formed()) return sid_error("worker_sid", "WK");
  if (!grant.role.text().empty() && !grant.role.known()) {
    return argument_error("role", "role should be worker, supervisor or admin");
  }
  if (token.lifetime < std::chrono::seconds{1} || token.lifetime > std::chrono::hours{24}) {
    return argument_error("lifetime", "lifetime should be from 1 second to 24 hours, which is all that Twilio accepts");
  }
  if (token.not_before && *token.not_before >= now + token.lifetime) {
    return argument_error("not_before", "not_before is after the token's end, so it would never be valid");
  }
  if (token.region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    return argument_error("region", "region should be a name such as ie1");
  }
  return std::nullopt;
}

}  // namespace detail

namespace tokens {

/// The token as text, signed with the API key's secret. `now` is the time of issue. The error's kind
/// is `argument`.
template <Crypto C>
Result<std::string> sign(const AccessToken& token, std::string_view secret, Timestamp now, const C& crypto) {
  if (auto problem = detail::problem(token, now)) return *std::move(problem);
  if (secret.empty()) return argument_error("secret", "the API key's secret is missing");
  const std::int64_t seconds = now.time_since_epoch().count();
  detail::JwtHeader header{.cty = std::string{detail::access_token_type}, .typ = "JWT", .alg = "HS256"};
  if (!token.region.empty()) header.twr = token.region;
  AccessClaims claims{
      .jti = std::string{token.api_key_sid.text()} + '-' + std::to_string(seconds),
      .grants = {token.identity, token.task_router},
      .iss = token.api_key_sid,
      .sub = token.account_sid,
      .iat = seconds,
      .exp = seconds + token.lifetime.count(),
  };
  if (token.not_before) claims.nbf = token.not_before->time_since_epoch().count();
  return detail::encode_jwt(header, claims, secret, crypto);
}

/// What an access token says, if it was signed with the API key's secret and is valid at `now`. The
/// error's kind is `body`, and its field says what was wrong: `signature`, `exp`, `nbf`, `alg`, `cty`.
template <Crypto C>
Result<AccessClaims> verify_access_token(std::string_view token, std::string_view secret, Timestamp now,
                                         const C& crypto) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  if (parts->header.cty != detail::access_token_type) return detail::bad_token("cty", "is no access token of Twilio's");
  return detail::verify_jwt<AccessClaims>(*parts, secret, now, crypto);
}

/// What an access token says, whoever may have signed it: to show when it ends, never to decide.
inline Result<AccessClaims> read_unverified_access_token(std::string_view token) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  return detail::read_claims<AccessClaims>(*parts);
}

}  // namespace tokens
}  // namespace taskrouter
