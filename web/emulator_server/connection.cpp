#include "connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <exception>
#include <utility>

#include "http_text.hpp"

namespace taskrouter::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;

namespace {

/// How much of a request that was refused is read, so that the client comes to read why.
constexpr std::size_t drain_limit = 16 << 20;
constexpr std::chrono::seconds drain_time{5};

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

WebRequest take_request(http::request<http::string_body>& from) {
  WebRequest request{.method = std::string{view(from.method_string())},
                     .target = std::string{view(from.target())},
                     .headers = {},
                     .body = std::move(from.body())};
  for (const auto& field : from) {
    request.headers.add(std::string{view(field.name_string())}, std::string{view(field.value())});
  }
  return request;
}

}  // namespace

Connection::Connection(WebServer& server, asio::ip::tcp::socket socket)
    : server_{server}, socket_{std::move(socket)}, buffer_{server.limits_.header + (64U << 10)} {}

Connection::~Connection() {
  if (place_) server_.connections_.erase(*place_);
}

void Connection::read_header() {
  state_ = State::waiting;
  is_head_ = false;
  deadline_ = Clock::now() + server_.limits_.idle;
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(server_.limits_.header));
  parser_->body_limit(server_.limits_.body);
  http::async_read_header(socket_, buffer_, *parser_,
                          [self = shared_from_this()](Error error, std::size_t) { self->on_header(error); });
}

void Connection::on_header(Error error) {
  if (error) return refuse(error);
  const auto& request = parser_->get();
  keep_alive_ = request.keep_alive();
  is_head_ = request.method() == http::verb::head;
  if (request.version() >= 11 && request.count(http::field::host) != 1) {
    return refuse(400, "The request should have one Host header");
  }
  if (!request[http::field::content_encoding].empty()) return refuse(415, "The body should not be compressed");
  if (parser_->is_done()) return on_request();
  begin_reading(Clock::now());
  if (!boost::beast::iequals(request[http::field::expect], "100-continue")) return read_body();
  static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(go_on.data(), go_on.size()),
                    [self = shared_from_this()](Error failed, std::size_t) {
                      if (failed) return self->close();
                      self->read_body();
                    });
}

void Connection::begin_reading(Clock::time_point now) {
  if (state_ == State::reading) return;
  state_ = State::reading;
  deadline_ = now + server_.limits_.request;
}

void Connection::read_body() {
  http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](Error error, std::size_t) {
    if (error) return self->refuse(error);
    self->on_request();
  });
}

// What stands behind the question mark may be a token: it is logged nowhere.
void Connection::on_request() {
  auto& request = parser_->get();
  if (!request[http::field::upgrade].empty() && http::token_list{request[http::field::connection]}.exists("upgrade")) {
    return on_upgrade();
  }
  const WebRequest whole = take_request(request);
  try {
    const Response response = server_.answer_(whole);
    server_.log_.write(LogLevel::info, whole.method, ' ', whole.path(), ' ', response.status);
    answer(response);
  } catch (const std::exception& problem) {
    server_.log_.write(LogLevel::error, whole.method, ' ', whole.path(), ": ", problem.what());
    refuse(500, "The server failed");
  }
}

void Connection::on_upgrade() {
  Upgrade upgrade{.socket = std::move(socket_), .request = parser_->release()};
  const std::string path{view(upgrade.request.target().substr(0, upgrade.request.target().find('?')))};
  const auto refused =
      server_.upgrade_ ? server_.upgrade_(upgrade) : std::optional{error_answer(404, "Nothing can be upgraded here")};
  server_.log_.write(LogLevel::info, "UPGRADE ", path, ' ', refused ? refused->status : 101);
  if (!refused) return;
  socket_ = std::move(upgrade.socket);
  keep_alive_ = false;
  answer(*refused);
}

void Connection::answer(const Response& response) {
  keep_alive_ = keep_alive_ && !server_.stopping_;
  output_.clear();
  write_head(output_, response, keep_alive_, parser_->get().version() < 11);
  if (!is_head_ && has_body(response.status)) output_.append(response.body);
  write();
}

void Connection::refuse(int status, std::string_view message) {
  server_.log_.write(LogLevel::info, "refused: ", status, ' ', message);
  keep_alive_ = false;
  Response response = error_answer(status, message);
  allow_other_origins(response);
  answer(response);
}

void Connection::refuse(Error error) {
  if (is_overdue_ && state_ != State::waiting) return refuse(408, "The request took too long to come");
  if (error == http::error::body_limit) return refuse(413, "The body is larger than 1 MiB");
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return refuse(431, "The headers are larger than 16 KiB");
  }
  const bool is_ours = error.category() == make_error_code(http::error::bad_method).category();
  if (!is_ours || error == http::error::end_of_stream || error == http::error::partial_message) return close();
  refuse(400, "The request is not HTTP: " + error.message());
}

void Connection::turn_away() {
  parser_.emplace();
  refuse(503, "There are too many connections");
}

void Connection::write() {
  state_ = State::writing;
  is_overdue_ = false;
  deadline_ = Clock::now() + server_.limits_.response;
  asio::async_write(socket_, asio::buffer(output_), [self = shared_from_this()](Error error, std::size_t) {
    if (error) return self->close();
    self->on_written();
  });
}

void Connection::on_written() {
  if (keep_alive_ && !server_.stopping_) return read_header();
  if (parser_->is_done()) return close();
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  state_ = State::draining;
  deadline_ = Clock::now() + drain_time;
  buffer_.clear();
  drain();
}

// To close at once would make the client's system throw away the answer, if it is still sending.
void Connection::drain() {
  output_.resize(16 << 10);
  socket_.async_read_some(asio::buffer(output_), [self = shared_from_this()](Error error, std::size_t size) {
    self->drained_ += size;
    if (error || self->drained_ > drain_limit) return self->close();
    self->drain();
  });
}

void Connection::close() {
  Error ignored;
  socket_.close(ignored);
}

void Connection::sweep(Clock::time_point now) {
  if (state_ == State::waiting && (parser_->got_some() || buffer_.size() > 0)) begin_reading(now);
  if (now < deadline_) return;
  if (state_ != State::reading || is_overdue_) return close();
  is_overdue_ = true;
  Error ignored;
  socket_.cancel(ignored);
}

void Connection::stop() {
  if (state_ != State::writing && state_ != State::draining) close();
}

}  // namespace taskrouter::server
