#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "log.hpp"
#include "upgrade.hpp"
#include "web_request.hpp"

namespace taskrouter::server {

/// What a client can't make the server go beyond.
struct WebLimits {
  std::size_t body{1 << 20};                   ///< Bytes.
  std::size_t header{16 << 10};                ///< Bytes, the request line included.
  std::size_t connections{1000};               ///< At once. Whoever comes then is answered 503.
  std::chrono::seconds idle{60};               ///< Between two requests of a connection.
  std::chrono::milliseconds request{10'000};   ///< From a request's first byte to its last.
  std::chrono::milliseconds response{10'000};  ///< Until the client has taken the answer.
};

class Connection;

/// An HTTP/1.1 server: every connection on one thread, that of the io_context. A slow client costs the
/// others nothing, and who is too slow is let go.
class WebServer {
 public:
  /// @param upgrade takes connections that ask for another protocol; without it they get 404
  WebServer(boost::asio::io_context& context, const Log& log, WebLimits limits, Answerer answer, OnUpgrade upgrade);
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;
  ~WebServer();

  /// Begins to listen. The answer is empty, or says why that can't be.
  std::string listen(const boost::asio::ip::address& address, std::uint16_t port);
  /// Where it listens.
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  /// Takes no more requests, and closes each connection as soon as it has its answer.
  void stop();

 private:
  friend Connection;
  using Connections = std::list<std::weak_ptr<Connection>>;

  void accept();
  void begin(boost::asio::ip::tcp::socket socket);
  void sweep();
  void for_each(const std::function<void(Connection&)>& visit);

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer sweep_;
  const Log& log_;
  WebLimits limits_;
  Answerer answer_;
  OnUpgrade upgrade_;
  Connections connections_{};
  bool stopping_{};
  bool is_full_{};  // Nothing is accepted until the next sweep.
};

}  // namespace taskrouter::server
