#pragma once

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>

namespace taskrouter::detail {

/// What a connection and its stream tell each other.
struct HttplibInflow {
  std::function<void()> connected{};           ///< Called when the request can be sent.
  std::function<bool(std::size_t)> deliver{};  ///< Told how many bytes the library gets, says whether it may.
  bool excess{};                               ///< Whether more came than the answer.
};

/// What cpp-httplib reads an answer from. The library's own stream gives it lines of any length, from which it makes
/// strings of that length, and the first of which it hands to a regular expression that takes stack for each
/// character. Here a line that is too long, and a head with too many, end the exchange.
class HttplibStream final : public httplib::Stream {
 public:
  HttplibStream(socket_t socket, HttplibInflow& inflow) : socket_{socket}, inflow_{inflow} { inflow_.connected(); }
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
  /// `ssl` is null on a plain connection.
  HttplibStream(socket_t socket, SSL* ssl, HttplibInflow& inflow) : socket_{socket}, ssl_{ssl}, inflow_{inflow} {
    inflow_.connected();
  }
#endif

  ~HttplibStream() override { inflow_.excess = !is_empty(); }
  HttplibStream(const HttplibStream&) = delete;
  HttplibStream& operator=(const HttplibStream&) = delete;

  bool is_readable() const override { return true; }  // The next two: read and write wait for it.
  bool is_writable() const override { return true; }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return socket_; }

  ssize_t read(char* to, std::size_t size) override {
    if (is_empty()) {
      const ssize_t got = receive();
      if (got <= 0) return got;
      next_ = 0;
      end_ = static_cast<std::size_t>(got);
    }
    const std::size_t count = std::min(size, end_ - next_);
    if (!inflow_.deliver(count) || is_long_line(count == 1 ? buffer_[next_] : '\n')) return -1;
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(next_), count, to);
    next_ += count;
    return static_cast<ssize_t>(count);
  }

  ssize_t write(const char* from, std::size_t size) override {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    if (ssl_ != nullptr) return SSL_write(ssl_, from, static_cast<int>(std::min(size, most_at_once)));
#endif
    return ::send(socket_, from, size, MSG_NOSIGNAL);
  }

 private:
  bool is_empty() const { return next_ == end_; }

  static constexpr std::size_t most_at_once = 1 << 20;  // Bytes, for a length that is an int.

  /// The library reads lines byte by byte, and bodies by more.
  bool is_long_line(char next) {
    line_ = next == '\n' ? 0 : line_ + 1;
    is_first_line_ = is_first_line_ && next != '\n';
    return line_ > (is_first_line_ ? 1024U : 16384U);
  }

  ssize_t receive() {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    if (ssl_ != nullptr) return SSL_read(ssl_, buffer_.data(), static_cast<int>(buffer_.size()));
#endif
    return ::recv(socket_, buffer_.data(), buffer_.size(), 0);
  }

  socket_t socket_;
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
  SSL* ssl_{};
#endif
  HttplibInflow& inflow_;
  std::array<char, 16384> buffer_;
  std::size_t next_{};
  std::size_t end_{};
  std::size_t line_{};
  bool is_first_line_{true};
};

}  // namespace taskrouter::detail
