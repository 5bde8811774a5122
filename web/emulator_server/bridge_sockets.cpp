#include "bridge_sockets.hpp"

#include <boost/beast/core/string.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "bridge_socket.hpp"
#include "http_text.hpp"

namespace taskrouter::server {

namespace {

/// How many WebSockets there may be at once.
constexpr std::size_t socket_limit = 1000;
/// How often it is looked whether a heartbeat is due, or a token has ended.
constexpr std::chrono::seconds tick_pause{1};

Timestamp time_of_day() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace

BridgeSockets::BridgeSockets(boost::asio::io_context& context, RunningEmulator& emulator, const Log& log)
    : timer_{context}, emulator_{emulator}, log_{log}, core_{&emulator.core()} {
  emulator_.listen([this] { deliver(); });
  tick();
}

BridgeSockets::~BridgeSockets() = default;

std::optional<Response> BridgeSockets::upgrade(Upgrade& upgrade) {
  const auto target = upgrade.request.target();
  const WebRequest request{.method = {}, .target = {target.data(), target.size()}, .headers = {}, .body = {}};
  if (request.path() != path) return error_answer(404, "Nothing can be upgraded here");
  if (!boost::beast::websocket::is_upgrade(upgrade.request)) return error_answer(400, "This is no WebSocket request");
  if (sockets_.size() >= socket_limit) return error_answer(503, "There are too many WebSockets");
  deliver();  // A reset may have come before.
  const auto connection = bridge().connect(request.query(), time_of_day());
  if (!connection) return emulator::error_response(connection.error());
  const std::uint64_t id = *connection;
  const auto socket = std::make_shared<BridgeSocket>(std::move(upgrade.socket),
                                                     [this, id](const BridgeSocket& ended) { forget(id, ended); });
  sockets_.emplace(id, socket);
  log_.write(LogLevel::info, "event bridge: ", sockets_.size(), " connected");
  socket->accept(upgrade);
  deliver();
  return std::nullopt;
}

Response BridgeSockets::answer(const WebRequest& request) {
  Response response;
  if (request.method == "OPTIONS") {
    response.status = 204;
  } else if (request.method == "POST" && request.path() == path) {
    Request command{.method = Method::post, .url = request.target, .headers = request.headers, .body = request.body};
    response = bridge().command(command, time_of_day(), [this](const Request& to) { return emulator_.send(to); });
  } else {
    response = request.path() == path ? error_answer(405, "Method not allowed") : error_answer(404, "Not found");
  }
  allow_other_origins(response);
  return response;
}

void BridgeSockets::tick() {
  timer_.expires_after(tick_pause);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    bridge().tick(time_of_day());
    deliver();
    tick();
  });
}

void BridgeSockets::deliver() {
  if (core_ != &emulator_.core()) {
    core_ = &emulator_.core();
    close_all();
  }
  for (BridgeMessage& message : bridge().take()) {
    const auto found = sockets_.find(message.connection);
    if (found == sockets_.end()) continue;
    const std::shared_ptr<BridgeSocket> socket = found->second;
    message.closes ? socket->close(BridgeSocket::CloseCode::policy_error) : socket->send(std::move(message.text));
  }
}

void BridgeSockets::close_all() {
  for (const auto& [id, socket] : std::exchange(sockets_, {})) socket->close(BridgeSocket::CloseCode::going_away);
}

void BridgeSockets::forget(std::uint64_t connection, const BridgeSocket& ended) {
  const auto found = sockets_.find(connection);
  if (found == sockets_.end() || found->second.get() != &ended) return;  // One of before a reset.
  sockets_.erase(found);
  bridge().disconnect(connection);
}

void BridgeSockets::stop() {
  timer_.cancel();
  close_all();
}

}  // namespace taskrouter::server
