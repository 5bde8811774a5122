#include "bridge_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <chrono>
#include <utility>

namespace taskrouter::server {

namespace websocket = boost::beast::websocket;

namespace {

/// The most bytes that may wait for a client to read them, beside those that the system keeps.
constexpr std::size_t waiting_limit = 1 << 20;
constexpr int system_limit = 1 << 17;
/// The longest message that a client may send. They have nothing to say.
constexpr std::size_t message_limit = 1024;
/// How long opening and closing may take.
constexpr std::chrono::seconds handshake_time{10};
/// How long nothing may be heard of a client: after half of it, it is asked.
constexpr std::chrono::seconds silence_limit{60};

}  // namespace

BridgeSocket::BridgeSocket(boost::asio::ip::tcp::socket socket, std::function<void(const BridgeSocket&)> on_end)
    : stream_{std::move(socket)}, on_end_{std::move(on_end)} {
  stream_.set_option(websocket::stream_base::timeout{
      .handshake_timeout = handshake_time, .idle_timeout = silence_limit, .keep_alive_pings = true});
  Error ignored;
  stream_.next_layer().set_option(boost::asio::socket_base::send_buffer_size{system_limit}, ignored);
  stream_.read_message_max(message_limit);
  stream_.text(true);
}

void BridgeSocket::accept(const Upgrade& upgrade) {
  request_ = upgrade.request;
  stream_.async_accept(request_, [self = shared_from_this()](Error error) {
    if (error) return self->end();
    self->request_ = {};
    self->is_open_ = true;
    self->read();
    self->write();
  });
}

void BridgeSocket::send(std::string text) {
  waiting_ += text.size();
  texts_.push_back(std::move(text));
  if (waiting_ > waiting_limit) return end();
  write();
}

void BridgeSocket::close(CloseCode code) {
  if (close_code_ == CloseCode::none) close_code_ = code;
  write();
}

void BridgeSocket::read() {
  stream_.async_read(ignored_, [self = shared_from_this()](Error error, std::size_t) {
    if (error) return self->end();
    self->ignored_.clear();
    self->read();
  });
}

void BridgeSocket::write() {
  if (!is_open_ || is_writing_) return;
  if (!texts_.empty()) return write_next();
  if (close_code_ == CloseCode::none) return;
  is_writing_ = true;  // Nothing comes after the end.
  stream_.async_close(close_code_, [self = shared_from_this()](Error) { self->end(); });
}

void BridgeSocket::write_next() {
  is_writing_ = true;
  stream_.async_write(boost::asio::buffer(texts_.front()), [self = shared_from_this()](Error error, std::size_t) {
    if (error) return self->end();
    self->is_writing_ = false;
    self->waiting_ -= self->texts_.front().size();
    self->texts_.pop_front();
    self->write();
  });
}

void BridgeSocket::end() {
  is_open_ = false;
  Error ignored;
  stream_.next_layer().close(ignored);
  if (const auto on_end = std::exchange(on_end_, nullptr)) on_end(*this);
}

}  // namespace taskrouter::server
