#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "log.hpp"
#include "running_emulator.hpp"
#include "upgrade.hpp"
#include "web_request.hpp"

namespace taskrouter::server {

class BridgeSocket;

/// The event bridge on the server: `/v1/wschannels` takes WebSockets and posted commands. A page of any origin
/// may use it that has a token.
class BridgeSockets {
 public:
  static constexpr const char* path = "/v1/wschannels";

  BridgeSockets(boost::asio::io_context& context, RunningEmulator& emulator, const Log& log);
  BridgeSockets(const BridgeSockets&) = delete;
  BridgeSockets& operator=(const BridgeSockets&) = delete;
  ~BridgeSockets();

  /// Takes a connection that asks for a WebSocket, or answers why not.
  std::optional<Response> upgrade(Upgrade& upgrade);
  /// Answers a command.
  Response answer(const WebRequest& request);
  /// Closes everything.
  void stop();

 private:
  BridgeCore& bridge() const { return emulator_.core().bridge(); }
  void tick();
  void deliver();
  void close_all();
  void forget(std::uint64_t connection, const BridgeSocket& ended);

  boost::asio::steady_timer timer_;
  RunningEmulator& emulator_;
  const Log& log_;
  const EmulatorCore* core_;  // Whose connections they are: a reset makes a new one.
  std::map<std::uint64_t, std::shared_ptr<BridgeSocket>> sockets_{};
};

}  // namespace taskrouter::server
