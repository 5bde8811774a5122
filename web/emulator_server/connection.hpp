#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web_server.hpp"

namespace taskrouter::server {

/// One client: reads a request, has it answered, writes the answer, and so on.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;

  Connection(WebServer& server, boost::asio::ip::tcp::socket socket);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Where the server keeps it.
  void set_place(WebServer::Connections::iterator place) { place_ = place; }
  /// The server is gone.
  void forget_place() { place_.reset(); }

  void start() { read_header(); }
  /// Answers 503 and closes.
  void turn_away();
  /// Gives up what takes too long.
  void sweep(Clock::time_point now);
  /// Closes it, after its answer if one is being written.
  void stop();

 private:
  enum class State { waiting, reading, writing, draining };
  using Error = boost::system::error_code;

  void read_header();
  void on_header(Error error);
  void begin_reading(Clock::time_point now);
  void read_body();
  void on_request();
  void on_upgrade();
  void answer(const Response& response);
  void refuse(int status, std::string_view message);
  void refuse(Error error);
  void write();
  void on_written();
  void drain();
  void close();

  WebServer& server_;
  boost::asio::ip::tcp::socket socket_;
  std::optional<WebServer::Connections::iterator> place_{};
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_{};
  std::string output_{};
  std::size_t drained_{};
  State state_{State::waiting};
  Clock::time_point deadline_{};
  bool keep_alive_{};
  bool is_head_{};
  bool is_overdue_{};
};

}  // namespace taskrouter::server
