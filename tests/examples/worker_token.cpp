// Makes the token that a worker's browser needs, as a server would after the worker has logged in.
//
//   TWILIO_ACCOUNT_SID=AC... TWILIO_API_KEY=SK... TWILIO_API_SECRET=... worker_token WORKSPACE WORKER NAME

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <taskrouter/crypto/openssl.hpp>
#include <taskrouter/taskrouter.hpp>
#include <taskrouter/tokens.hpp>

using namespace taskrouter;

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

Result<std::string> token_of(WorkspaceSid workspace, WorkerSid worker, std::string name) {
  const OpenSslCrypto crypto;
  const AccessToken token{
      .account_sid = AccountSid{variable("TWILIO_ACCOUNT_SID")},
      .api_key_sid = ApiKeySid{variable("TWILIO_API_KEY")},
      .identity = name,
      .task_router = {.workspace_sid = workspace, .worker_sid = worker, .role = WorkerRole::worker},
      .lifetime = std::chrono::hours{8},
  };
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return tokens::sign(token, variable("TWILIO_API_SECRET"), now, crypto);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::cerr << "usage: worker_token WORKSPACE WORKER NAME\n", 2;
  const auto token = token_of(WorkspaceSid{argv[1]}, WorkerSid{argv[2]}, argv[3]);
  if (!token) return std::cerr << "worker_token: " << describe(token.error()) << '\n', 2;
  std::cout << *token << '\n';
}
