#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/timestamp.hpp"

namespace taskrouter::server {

/// Something to do for a connection of the event bridge.
struct BridgeMessage {
  std::uint64_t connection{};
  std::string text{};  ///< To be sent as a text frame.
  bool closes{};       ///< Whether there is no text, and the connection is to be closed instead.
};

/// The emulator's event bridge behind a face without templates. `now` is the time of day.
class BridgeCore {
 public:
  virtual ~BridgeCore() = default;

  /// Begins to tell a worker what happens, if the query of the URL that they came by has a good token. The
  /// answer is what BridgeMessage::connection calls them.
  virtual Result<std::uint64_t> connect(std::string_view query, Timestamp now) = 0;
  virtual void disconnect(std::uint64_t connection) = 0;
  /// Answers a command. `send` hands a request to the emulator.
  virtual Response command(const Request& request, Timestamp now,
                           const std::function<Response(const Request&)>& send) = 0;
  /// Does what is due.
  virtual void tick(Timestamp now) = 0;
  /// What is to be sent, oldest first.
  virtual std::vector<BridgeMessage> take() = 0;
};

}  // namespace taskrouter::server
