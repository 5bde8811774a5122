#include "web_server.hpp"

#include <chrono>
#include <iterator>
#include <memory>
#include <utility>

#include "connection.hpp"

namespace taskrouter::server {

namespace asio = boost::asio;
using Error = boost::system::error_code;

namespace {

/// How often deadlines are looked at. One timer for all costs less than one for each.
constexpr std::chrono::milliseconds sweep_pause{250};

}  // namespace

WebServer::WebServer(asio::io_context& context, const Log& log, WebLimits limits, Answerer answer, OnUpgrade upgrade)
    : acceptor_{context},
      sweep_{context},
      log_{log},
      limits_{limits},
      answer_{std::move(answer)},
      upgrade_{std::move(upgrade)} {}

WebServer::~WebServer() {
  for_each([](Connection& connection) { connection.forget_place(); });
}

std::string WebServer::listen(const asio::ip::address& address, std::uint16_t port) {
  const asio::ip::tcp::endpoint endpoint{address, port};
  Error error;
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address{true}, error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return "can't listen on port " + std::to_string(port) + " of " + address.to_string() + ": " + error.message();
  accept();
  sweep();
  return "";
}

void WebServer::accept() {
  acceptor_.async_accept([this](Error error, asio::ip::tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (!error) begin(std::move(socket));
    // What fails here is one connection, or there are no descriptors left: the sweep tries again.
    if (!error || error == asio::error::connection_aborted) return accept();
    log_.write(LogLevel::warning, "can't accept a connection: ", error.message());
    is_full_ = true;
  });
}

void WebServer::begin(asio::ip::tcp::socket socket) {
  Error ignored;
  socket.set_option(asio::ip::tcp::no_delay{true}, ignored);
  const bool is_too_many = connections_.size() >= limits_.connections;
  const auto connection = std::make_shared<Connection>(*this, std::move(socket));
  connections_.push_back(connection);
  connection->set_place(std::prev(connections_.end()));
  if (is_too_many) return connection->turn_away();
  connection->start();
}

void WebServer::sweep() {
  sweep_.expires_after(sweep_pause);
  sweep_.async_wait([this](Error error) {
    if (error) return;
    const auto now = Connection::Clock::now();
    for_each([&](Connection& connection) { connection.sweep(now); });
    if (std::exchange(is_full_, false)) accept();
    sweep();
  });
}

void WebServer::stop() {
  stopping_ = true;
  Error ignored;
  acceptor_.close(ignored);
  sweep_.cancel();
  for_each([](Connection& connection) { connection.stop(); });
}

void WebServer::for_each(const std::function<void(Connection&)>& visit) {
  for (auto next = connections_.begin(); next != connections_.end();) {
    if (const auto connection = (next++)->lock()) visit(*connection);  // It may be gone after that.
  }
}

}  // namespace taskrouter::server
