#include "taskrouter/emulator/bridge_access.hpp"

#include <doctest/doctest.h>

#include "bridge_fixture.hpp"
#include "jwt.hpp"

using namespace taskrouter;
using std::chrono::seconds;

namespace {

/// The code that a token is refused with, or 0. Whether it is shown with a command or to connect.
int code_of(BridgeStage& stage, const std::string& token) {
  const auto visitor = stage.bridge.admit("clientVersion=2.1.1&token=" + token, stage.now);
  const Response response = stage.command(token, "GET", stage.own());
  const int code = response.status == 200 ? 0 : int{nlohmann::json::parse(response.body)["code"]};
  CHECK((visitor ? 0 : visitor.error().code) == code);
  CHECK((visitor ? 200 : visitor.error().status) == response.status);
  CHECK(response.body.find(stage.bridge.api_key()->secret) == std::string::npos);
  return code;
}

}  // namespace

TEST_CASE("a worker's own token lets them in, until it ends") {
  BridgeStage stage;
  const std::string token = stage.token();
  CHECK(code_of(stage, token) == 0);
  stage.now += seconds{3599};
  CHECK(code_of(stage, token) == 0);
  stage.now += seconds{1};
  CHECK(code_of(stage, token) == 20104);
  AccessToken later = stage.access(stage.story.worker_sid);
  later.not_before = stage.now + seconds{60};
  CHECK(code_of(stage, stage.sign(later)) == 20105);
}

TEST_CASE("a token that somebody else signed, or changed, is refused") {
  BridgeStage stage;
  const AccessToken own = stage.access(stage.story.worker_sid);
  CHECK(code_of(stage, tokens::sign(own, "a secret of mine", stage.now, stage.crypto).value()) == 20107);
  CHECK(code_of(stage, stage.token() + "A") == 20107);
  CHECK(code_of(stage, "") == 20101);
  CHECK(code_of(stage, "a.b.c") == 20101);
  const JwtText parts = jwt_parts(stage.token());
  const std::string none =
      detail::base64_url(R"({"alg":"none","cty":"twilio-fpa;v=1"})") + '.' + detail::base64_url(parts.claims) + '.';
  CHECK(code_of(stage, none) == 20101);
}

TEST_CASE("a token of another account, API key, workspace or worker is refused") {
  BridgeStage stage;
  AccessToken token = stage.access(stage.story.worker_sid);
  token.account_sid = AccountSid{"AC0123456789abcdef0123456789abcdef"};
  CHECK(code_of(stage, stage.sign(token)) == 20103);
  token = stage.access(stage.story.worker_sid);
  token.api_key_sid = ApiKeySid{"SK0123456789abcdef0123456789abcdef"};
  CHECK(code_of(stage, stage.sign(token)) == 20103);
  token = stage.access(stage.story.worker_sid);
  token.task_router.workspace_sid = WorkspaceSid{"WS0123456789abcdef0123456789abcdef"};
  CHECK(code_of(stage, stage.sign(token)) == 20106);
  CHECK(code_of(stage, stage.token(WorkerSid{"WK0123456789abcdef0123456789abcdef"})) == 20106);
  CHECK(code_of(stage, stage.token(WorkerSid{})) == 20106);
}

TEST_CASE("a supervisor who is no worker may send commands, but has nothing to connect for") {
  BridgeStage stage;
  const std::string token = stage.sign(stage.access(WorkerSid{}, WorkerRole::supervisor));
  CHECK(stage.command(token, "GET", "/Workers").status == 200);
  CHECK(stage.bridge.admit("token=" + token, stage.now).error().status == 403);
}

TEST_CASE("the API key is the same for the same account, and no other's") {
  BridgeStage one, same, another{{.seed = 2}};
  CHECK(one.bridge.api_key()->sid.well_formed());
  CHECK(one.bridge.api_key()->secret.size() == 32);
  CHECK(one.bridge.api_key()->secret == same.bridge.api_key()->secret);
  CHECK(one.bridge.api_key()->secret != another.bridge.api_key()->secret);
  CHECK(one.bridge.api_key()->secret != one.story.auth_token);
}

TEST_CASE("without a way to compute digests nobody is let in") {
  struct Broken {
    std::optional<Sha1Digest> hmac_sha1(std::string_view, std::string_view) const { return std::nullopt; }
    std::optional<Sha256Digest> hmac_sha256(std::string_view, std::string_view) const { return std::nullopt; }
    std::optional<Sha256Digest> sha256(std::string_view) const { return std::nullopt; }
  } const broken;
  BridgeStage stage;
  EventBridge<Broken> bridge{stage.emulator, broken};
  CHECK(bridge.admit("token=" + stage.token(), stage.now).error().status == 500);
  CHECK(bridge.command({.method = Method::post, .url = {}, .headers = {}, .body = "{}"}, stage.now).status == 500);
}
