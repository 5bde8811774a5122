#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "emulator_fixture.hpp"
#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/emulator/bridge.hpp"
#include "taskrouter/tokens.hpp"

/// An emulator with an event bridge, and tokens for it.
struct BridgeStage : Stage {
  BridgeStage() = default;
  explicit BridgeStage(taskrouter::Emulator::Options options) : Stage{std::move(options)} {}

  using Bridge = taskrouter::EventBridge<taskrouter::OpenSslCrypto>;

  taskrouter::OpenSslCrypto crypto{};
  Bridge bridge{emulator, crypto};
  taskrouter::Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 5 / 1}};

  taskrouter::AccessToken access(taskrouter::WorkerSid worker,
                                 taskrouter::WorkerRole role = taskrouter::WorkerRole::worker) {
    return {.account_sid = story.account_sid,
            .api_key_sid = bridge.api_key()->sid,
            .identity = "somebody",
            .task_router = {.workspace_sid = workspace, .worker_sid = worker, .role = role}};
  }
  std::string sign(const taskrouter::AccessToken& token) {
    return taskrouter::tokens::sign(token, bridge.api_key()->secret, now, crypto).value();
  }
  std::string token(taskrouter::WorkerSid worker) { return sign(access(worker)); }
  std::string token() { return token(story.worker_sid); }
  std::string supervisor() { return sign(access(story.worker_sid, taskrouter::WorkerRole::supervisor)); }

  std::uint64_t connect(const std::string& with, std::string_view more = "") {
    return bridge.connect(bridge.admit("token=" + with + std::string{more}, now).value(), now);
  }

  /// What is to be sent over a connection: types of events, `beat` and `close`.
  std::vector<std::string> heard(std::uint64_t connection) {
    std::vector<std::string> types;
    payloads.clear();
    for (const Bridge::Message& message : bridge.take()) {
      if (message.connection != connection) continue;
      const auto json = nlohmann::json::parse(message.text, nullptr, false);
      payloads.push_back(json.is_object() ? json["payload"] : nlohmann::json{});
      types.push_back(message.closes ? "close" : message.text == " " ? "beat" : std::string{json["event_type"]});
    }
    return types;
  }
  std::vector<nlohmann::json> payloads{};  ///< Of what was heard last.

  /// The answer to a command about `path` below the workspace.
  taskrouter::Response command(std::string_view with, std::string_view method, std::string_view path,
                               const nlohmann::json& params = nlohmann::json::object(),
                               std::string_view if_match = {}) {
    nlohmann::json body{{"url", "Workspaces/" + std::string{workspace.text()} + std::string{path}},
                        {"method", method},
                        {"params", params},
                        {"token", with}};
    taskrouter::Request request{.method = taskrouter::Method::post, .url = {}, .headers = {}, .body = body.dump()};
    if (!if_match.empty()) request.headers.add("if-match", std::string{if_match});
    return bridge.command(request, now);
  }
  /// The payload of an answer that succeeded, or its error.
  nlohmann::json ask(std::string_view method, std::string_view path,
                     const nlohmann::json& params = nlohmann::json::object()) {
    const auto response = command(token(), method, path, params);
    const auto body = nlohmann::json::parse(response.body);
    return response.status == 200 ? body["payload"] : body;
  }

  std::string own(std::string_view below = "") {
    return "/Workers/" + std::string{story.worker_sid.text()} + std::string{below};
  }
  std::string own(const taskrouter::Reservation& reservation) {
    return own("/Reservations/" + std::string{reservation.sid.text()});
  }
  std::string path(taskrouter::TaskSid task) { return "/Tasks/" + std::string{task.text()}; }
};
