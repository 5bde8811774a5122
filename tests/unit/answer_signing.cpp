#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/tokens.hpp"
#include "taskrouter/webhooks/signature.hpp"

// Reads a question a line, as JSON, and answers each with a line: signatures and tokens for a judge
// that is not of this library.

using namespace taskrouter;
using nlohmann::json;

namespace {

const OpenSslCrypto crypto;

std::string text(const json& question, const char* key) { return question.value(key, ""); }

std::vector<FormField> form(const json& question) {
  std::vector<FormField> fields;
  for (const auto& pair : question["form"]) fields.push_back({pair[0], pair[1]});
  return fields;
}

Timestamp now(const json& question) { return Timestamp{std::chrono::seconds{question["now"].get<std::int64_t>()}}; }

json answer(const Result<std::string>& made) { return made ? json(*made) : json{{"error", made.error().message}}; }

template <class Claims>
json answer(const Result<Claims>& claims) {
  std::string out;
  if (!claims) return {{"error", claims.error().field}};
  detail::JsonWriter{out, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<Claims>, &*claims);
  return json::parse(out);
}

json access_token(const json& question) {
  AccessToken token{
      .account_sid = AccountSid{text(question, "account_sid")},
      .api_key_sid = ApiKeySid{text(question, "api_key_sid")},
      .identity = text(question, "identity"),
      .task_router = {.workspace_sid = WorkspaceSid{text(question, "workspace_sid")},
                      .worker_sid = WorkerSid{text(question, "worker_sid")},
                      .role = OpenEnum<WorkerRole>::from_text(text(question, "role"))},
      .lifetime = std::chrono::seconds{question["lifetime"].get<std::int64_t>()},
      .region = text(question, "region"),
  };
  if (question.contains("nbf")) token.not_before = Timestamp{std::chrono::seconds{question["nbf"].get<std::int64_t>()}};
  return answer(tokens::sign(token, text(question, "secret"), now(question), crypto));
}

json capability_token(const json& question) {
  const AccountSid account{text(question, "account_sid")};
  const WorkspaceSid workspace{text(question, "workspace_sid")};
  const std::string channel = text(question, "channel");
  const auto signed_token = [&](CapabilityToken token) {
    if (question.contains("friendly_name")) token.friendly_name = text(question, "friendly_name");
    token.lifetime = std::chrono::seconds{question["lifetime"].get<std::int64_t>()};
    return answer(tokens::sign(token, text(question, "secret"), now(question), crypto));
  };
  if (channel.starts_with("WK")) return signed_token(WorkerCapability{account, workspace, WorkerSid{channel}});
  if (channel.starts_with("WQ")) return signed_token(TaskQueueCapability{account, workspace, TaskQueueSid{channel}});
  return signed_token(WorkspaceCapability{account, workspace});
}

json answer(const json& question) {
  const std::string what = text(question, "ask"), secret = text(question, "secret"), url = text(question, "url");
  if (what == "sign") return answer(webhooks::sign(url, form(question), secret, crypto));
  if (what == "verify") {
    return webhooks::verify(url, form(question), text(question, "signature"), {secret}, crypto).has_value();
  }
  if (what == "verify body") {
    const Request request{
        .url = url, .headers = {{"X-Twilio-Signature", text(question, "signature")}}, .body = text(question, "body")};
    return webhooks::verify(request, {secret}, crypto).has_value();
  }
  if (what == "access token") return access_token(question);
  if (what == "capability token") return capability_token(question);
  const std::string token = text(question, "token");
  if (what == "access claims") return answer(tokens::verify_access_token(token, secret, now(question), crypto));
  return answer(tokens::verify_capability_token(token, secret, now(question), crypto));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(json::parse(line)).dump() << '\n';
}
