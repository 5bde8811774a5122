#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/crypto.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/sid.hpp"
#include "taskrouter/timestamp.hpp"
#include "taskrouter/tokens/jwt.hpp"
#include "taskrouter/utf8.hpp"

namespace taskrouter {

/// One thing that the holder of a capability token may or may not do.
struct Policy {
  std::string url{};             ///< `**` at its end stands for everything below.
  std::string method{};          ///< GET, POST or DELETE.
  JsonValue query_filter{"{}"};  ///< What the query must hold: `{"Name":{"required":true}}`.
  JsonValue post_filter{"{}"};   ///< What the form must hold.
  bool allow{true};              ///< False forbids it.

  TASKROUTER_FIELDS(url, method, query_filter, post_filter, allow)
};

/// What a capability token says.
struct CapabilityClaims {
  AccountSid iss{};                            ///< The account that signed it.
  std::optional<std::int64_t> iat{};           ///< In seconds since 1970, like the next two.
  std::optional<std::int64_t> nbf{};           ///< From when on it is valid.
  std::optional<std::int64_t> exp{};           ///< When it ends.
  std::string version{};                       ///< Of the format: `v1`.
  std::optional<std::string> friendly_name{};  ///< The same as `channel`, unless it was given.
  AccountSid account_sid{};
  std::string channel{};  ///< The SID of the worker, task queue or workspace.
  WorkspaceSid workspace_sid{};
  WorkerSid worker_sid{};
  TaskQueueSid taskqueue_sid{};
  std::vector<Policy> policies{};  ///< What its holder may do.

  TASKROUTER_FIELDS(iss, iat, nbf, exp, version, friendly_name, account_sid, channel, workspace_sid, worker_sid,
                    taskqueue_sid, policies)
};

/// The older kind of token, for TaskRouter.js v1: a list of URLs that its holder may use. For new
/// pages make an AccessToken. Begin with WorkerCapability, TaskQueueCapability or WorkspaceCapability:
/// each may fetch itself and listen to its events, and more when told so.
class CapabilityToken {
 public:
  std::optional<std::string> friendly_name{};  ///< Left out, it is the same as channel().
  std::chrono::seconds lifetime{3600};         ///< At least 1 second. Default: an hour.
  std::vector<Policy> policies{};              ///< Those it began with, then those that were added.

  /// Lets the holder do something.
  void allow(Method method, std::string url, JsonValue post_filter = {"{}"}) {
    policies.push_back(
        {.url = std::move(url), .method = std::string{text(method)}, .post_filter = std::move(post_filter)});
  }
  /// Forbids the holder something.
  void deny(Method method, std::string url) {
    policies.push_back({.url = std::move(url), .method = std::string{text(method)}, .allow = false});
  }
  /// Lets the holder change the worker, the task queue or the workspace.
  void allow_updates() { allow(Method::post, resource_url_); }
  /// Lets the holder delete it.
  void allow_delete() { allow(Method::delete_, resource_url_); }
  /// Lets the holder read everything in it.
  void allow_fetch_subresources() { allow(Method::get, resource_url_ + "/**"); }
  /// Lets the holder change everything in it.
  void allow_updates_subresources() { allow(Method::post, resource_url_ + "/**"); }
  /// Lets the holder delete everything in it.
  void allow_delete_subresources() { allow(Method::delete_, resource_url_ + "/**"); }

  /// The account.
  const AccountSid& account_sid() const { return account_sid_; }
  /// The workspace.
  const WorkspaceSid& workspace_sid() const { return workspace_sid_; }
  /// The SID of the worker, the task queue or the workspace.
  std::string_view channel() const { return channel_.text(); }
  /// Where the worker, the task queue or the workspace is.
  const std::string& resource_url() const { return resource_url_; }
  /// Where the workspace is.
  std::string workspace_url() const { return url_of(workspace_sid_); }

 protected:
  /// A token that allows nothing yet.
  CapabilityToken(const AccountSid& account, const WorkspaceSid& workspace, const SidText& channel,
                  std::string resource_url)
      : account_sid_{account}, workspace_sid_{workspace}, channel_{channel}, resource_url_{std::move(resource_url)} {}

  /// What every kind begins with.
  void allow_fetch_and_events() {
    allow(Method::get, resource_url_);
    const std::string events = "https://event-bridge.twilio.com/v1/wschannels/" + std::string{account_sid_.text()} +
                               '/' + std::string{channel_.text()};
    allow(Method::get, events);
    allow(Method::post, events);
  }

  /// Where a workspace is.
  static std::string url_of(const WorkspaceSid& workspace) {
    return "https://taskrouter.twilio.com/v1/Workspaces/" + std::string{workspace.text()};
  }
  /// Where something in it is.
  template <SidKind kind>
  static std::string url_of(const WorkspaceSid& workspace, std::string_view collection, const Sid<kind>& sid) {
    return url_of(workspace) + std::string{collection} + std::string{sid.text()};
  }

 private:
  AccountSid account_sid_;
  WorkspaceSid workspace_sid_;
  SidText channel_;
  std::string resource_url_;
};

/// Lets a browser act as a worker. It sees its activities, tasks and reservations at first.
class WorkerCapability : public CapabilityToken {
 public:
  /// For one worker.
  WorkerCapability(const AccountSid& account, const WorkspaceSid& workspace, const WorkerSid& worker)
      : CapabilityToken{account, workspace, worker, url_of(workspace, "/Workers/", worker)} {
    allow(Method::get, workspace_url() + "/Activities");
    allow(Method::get, workspace_url() + "/Tasks/**");
    allow(Method::get, resource_url() + "/Reservations/**");
    allow_fetch_and_events();
  }

  /// Lets it change its activity, and of itself nothing else.
  void allow_activity_updates() { allow(Method::post, resource_url(), {R"({"ActivitySid":{"required":true}})"}); }
  /// Lets it answer its reservations.
  void allow_reservation_updates() {
    allow(Method::post, workspace_url() + "/Tasks/**");
    allow(Method::post, resource_url() + "/Reservations/**");
  }
};

/// Lets a browser watch a task queue.
class TaskQueueCapability : public CapabilityToken {
 public:
  /// For one task queue.
  TaskQueueCapability(const AccountSid& account, const WorkspaceSid& workspace, const TaskQueueSid& task_queue)
      : CapabilityToken{account, workspace, task_queue, url_of(workspace, "/TaskQueues/", task_queue)} {
    allow_fetch_and_events();
  }
};

/// Lets a browser watch a workspace.
class WorkspaceCapability : public CapabilityToken {
 public:
  /// For a whole workspace.
  WorkspaceCapability(const AccountSid& account, const WorkspaceSid& workspace)
      : CapabilityToken{account, workspace, workspace, url_of(workspace)} {
    allow_fetch_and_events();
  }
};

namespace detail {

inline std::optional<Error> problem(const Policy& policy, const std::string& field) {
  const auto is_object = [](const JsonValue& filter) { return filter.text.starts_with('{') && is_json(filter.text); };
  if (policy.url.empty() || !is_utf8(policy.url)) return argument_error(field + ".url", field + ".url should be a URL");
  if (policy.method != "GET" && policy.method != "POST" && policy.method != "DELETE") {
    return argument_error(field + ".method", field + ".method should be GET, POST or DELETE");
  }
  if (!is_object(policy.query_filter)) {
    return argument_error(field + ".query_filter", field + ".query_filter should be a JSON object");
  }
  if (!is_object(policy.post_filter)) {
    return argument_error(field + ".post_filter", field + ".post_filter should be a JSON object");
  }
  return std::nullopt;
}

inline std::optional<Error> problem(const CapabilityToken& token, Timestamp now) {
  const std::string_view channel = token.channel();
  if (!token.account_sid().well_formed()) {
    return argument_error("account_sid", "account_sid should be AC and 32 hexadecimal digits");
  }
  if (!token.workspace_sid().well_formed()) {
    return argument_error("workspace_sid", "workspace_sid should be WS and 32 hexadecimal digits");
  }
  if (!is_sid(channel, "WK") && !is_sid(channel, "WQ") && !is_sid(channel, "WS")) {
    return argument_error("channel", "the worker's or task queue's SID should be WK or WQ and 32 hexadecimal digits");
  }
  if (token.friendly_name && !is_utf8(*token.friendly_name)) {
    return argument_error("friendly_name", "friendly_name is not UTF-8");
  }
  if (token.lifetime < std::chrono::seconds{1} || token.lifetime > std::chrono::years{100} ||
      !is_writable(now + token.lifetime)) {
    return argument_error("lifetime", "lifetime should be at least 1 second, and end in this age");
  }
  for (std::size_t i = 0; i < token.policies.size(); ++i) {
    if (auto error = problem(token.policies[i], "policies." + std::to_string(i))) return error;
  }
  return std::nullopt;
}

}  // namespace detail

namespace tokens {

/// The token as text, signed with the account's auth token. `now` is the time of issue. The error's
/// kind is `argument`.
template <Crypto C>
Result<std::string> sign(const CapabilityToken& token, std::string_view auth_token, Timestamp now, const C& crypto) {
  if (auto problem = detail::problem(token, now)) return *std::move(problem);
  if (auth_token.empty()) return argument_error("auth_token", "the auth token is missing");
  const std::int64_t seconds = now.time_since_epoch().count();
  CapabilityClaims claims{
      .iss = token.account_sid(),
      .iat = seconds,
      .exp = seconds + token.lifetime.count(),
      .version = "v1",
      .friendly_name = token.friendly_name,
      .account_sid = token.account_sid(),
      .channel = std::string{token.channel()},
      .workspace_sid = token.workspace_sid(),
      .policies = token.policies,
  };
  if (token.channel().starts_with("WK")) claims.worker_sid = WorkerSid{token.channel()};
  if (token.channel().starts_with("WQ")) claims.taskqueue_sid = TaskQueueSid{token.channel()};
  return detail::encode_jwt(detail::JwtHeader{.typ = "JWT", .alg = "HS256"}, claims, auth_token, crypto);
}

/// What a capability token says, if it was signed with the auth token and is valid at `now`. The
/// error's kind is `body`, and its field says what was wrong: `signature`, `exp`, `nbf`, `alg`, `version`.
template <Crypto C>
Result<CapabilityClaims> verify_capability_token(std::string_view token, std::string_view auth_token, Timestamp now,
                                                 const C& crypto) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  auto claims = detail::verify_jwt<CapabilityClaims>(*parts, auth_token, now, crypto);
  if (claims && claims->version != "v1") return detail::bad_token("version", "is no capability token of version v1");
  return claims;
}

/// What a capability token says, whoever may have signed it: to show when it ends, never to decide.
inline Result<CapabilityClaims> read_unverified_capability_token(std::string_view token) {
  const auto parts = detail::split_jwt(token);
  if (!parts) return parts.error();
  return detail::read_claims<CapabilityClaims>(*parts);
}

}  // namespace tokens
}  // namespace taskrouter
