#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "upgrade.hpp"

namespace taskrouter::server {

/// A WebSocket that tells a worker what happens. What its client says is read and thrown away.
class BridgeSocket : public std::enable_shared_from_this<BridgeSocket> {
 public:
  using CloseCode = boost::beast::websocket::close_code;

  /// @param on_end called once, when nothing can be sent any more
  BridgeSocket(boost::asio::ip::tcp::socket socket, std::function<void(const BridgeSocket&)> on_end);

  /// Answers the request to open it, and then sends what there is to send.
  void accept(const Upgrade& upgrade);
  /// Sends a text. Who does not read what was sent is let go.
  void send(std::string text);
  /// Closes it after everything has been sent.
  void close(CloseCode code);

 private:
  using Error = boost::system::error_code;
  // Without compression: messages are short, and it would be one more thing that a stranger can misuse.
  using Stream = boost::beast::websocket::stream<boost::asio::ip::tcp::socket, false>;

  void read();
  void write();
  void write_next();
  void end();

  Stream stream_;
  std::function<void(const BridgeSocket&)> on_end_;
  boost::beast::http::request<boost::beast::http::string_body> request_{};
  boost::beast::flat_buffer ignored_{};
  std::deque<std::string> texts_{};
  std::size_t waiting_{};  // Bytes in texts_.
  CloseCode close_code_{CloseCode::none};
  bool is_open_{};
  bool is_writing_{};
};

}  // namespace taskrouter::server
