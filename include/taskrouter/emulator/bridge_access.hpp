#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/crypto.hpp"
#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/emulator/story.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/tokens/access_token.hpp"

// Who may use the event bridge: whoever holds an access token that was signed with the emulator's API
// key and is about one of its workers. A page of any origin may try; the token is what lets it in.

namespace taskrouter::emulator {

/// The key that access tokens for this emulator are signed with.
struct ApiKey {
  ApiKeySid sid{};
  std::string secret{};  ///< Never printed but by the program that starts the emulator.
};

/// An emulator's API key. It follows from the account's auth token, so that it needs no keeping. None
/// if the cryptographic library can't compute it.
template <Crypto C>
std::optional<ApiKey> api_key(const Story& story, const C& crypto) {
  const std::optional<Sha256Digest> digest = crypto.hmac_sha256(story.auth_token, "API key of the event bridge");
  if (!digest) return std::nullopt;
  const std::string hex = taskrouter::detail::to_hex(taskrouter::detail::bytes_of(*digest));
  return ApiKey{.sid = ApiKeySid{"SK" + hex.substr(0, 32)}, .secret = hex.substr(32)};
}

/// 9999-12-31T23:59:59Z: that a later one could be counted in milliseconds is not certain.
inline constexpr std::int64_t last_second = 253402300799;

/// What a token lets its holder do.
struct BridgeAccess {
  WorkspaceSid workspace_sid{};
  WorkerSid worker_sid{};  ///< Who the holder is. A supervisor need not be a worker.
  bool is_supervisor{};    ///< Whether the role is `supervisor` or `admin`.
  Timestamp ends{};
};

/// The refusal of a token. https://www.twilio.com/docs/api/errors/20101 and those that follow it.
inline Error token_refusal(const Error& why) {
  const std::string_view field = why.field;
  const int code = field == "exp"         ? 20104
                   : field == "nbf"       ? 20105
                   : field == "signature" ? 20107
                   : field == "iss"       ? 20103
                   : field == "grants"    ? 20106
                                          : 20101;
  return refusal(401, code, "Invalid access token: " + why.message);
}

/// What a token lets its holder do with what is in `store`, or the refusal to answer with.
template <Crypto C>
Result<BridgeAccess> read_access(std::string_view token, const ApiKey& key, const Store& store, Timestamp now,
                                 const C& crypto) {
  const auto claims = tokens::verify_access_token(token, key.secret, now, crypto);
  if (!claims) return token_refusal(claims.error());
  const auto refuse = [](std::string_view field, std::string_view message) {
    return token_refusal(taskrouter::detail::bad_token(field, message));
  };
  if (!(claims->iss == key.sid) || !(claims->sub == store.account_sid)) {
    return refuse("iss", "is of another account or API key");
  }
  const TaskRouterGrant& grant = claims->grants.task_router;
  const WorkspaceRecord* workspace = store.workspaces.find(grant.workspace_sid.text());
  if (workspace == nullptr) return refuse("grants", "grants a workspace that is not here");
  if (!grant.worker_sid.empty() && workspace->workers.find(grant.worker_sid.text()) == nullptr) {
    return refuse("grants", "grants a worker who is not in its workspace");
  }
  const bool is_supervisor = grant.role == WorkerRole::supervisor || grant.role == WorkerRole::admin;
  if (!is_supervisor && grant.worker_sid.empty()) return refuse("grants", "names no worker");
  return BridgeAccess{.workspace_sid = workspace->sid,
                      .worker_sid = grant.worker_sid,
                      .is_supervisor = is_supervisor,
                      .ends = Timestamp{std::chrono::seconds{std::min(*claims->exp, last_second)}}};
}

/// Somebody who asks to be connected.
struct BridgeVisitor {
  BridgeAccess access{};
  bool closes_others{};  ///< Whether the worker's other connections are to be closed.
};

/// Reads the query of a request to connect: `token=...&closeExistingSessions=false&clientVersion=2.1.1`.
/// The option setWorkerOfflineIfDisconnected is for Flex's workspaces: here nothing follows from it.
template <Crypto C>
Result<BridgeVisitor> read_visitor(std::string_view query, const ApiKey& key, const Store& store, Timestamp now,
                                   const C& crypto) {
  const auto form = read_form(query);
  if (!form) return refusal(400, 20001, form.error().message);
  std::string token;
  BridgeVisitor visitor;
  for (const FormField& field : *form) {
    if (field.name == "token") token = field.value;
    if (field.name == "closeExistingSessions") visitor.closes_others = field.value == "true";
  }
  auto access = read_access(token, key, store, now, crypto);
  if (!access) return access.error();
  if (access->worker_sid.empty())
    return refusal(403, 20003, "Only a worker can be connected, and the token names none");
  visitor.access = *access;
  return visitor;
}

}  // namespace taskrouter::emulator
