#pragma once

#include <httplib.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <ctime>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/transports/httplib_stream.hpp"
#include "taskrouter/transports/options.hpp"

namespace taskrouter::detail {

/// A URL taken apart. Of one that is neither http:// nor https:// all parts are empty.
struct SplitUrl {
  bool secure{};
  std::string_view origin{};     ///< `https://example.com:8443`
  std::string_view authority{};  ///< `example.com:8443`
  std::string host{};            ///< `example.com`
  int port{};
  std::string target{};  ///< `/path?query`
};

inline SplitUrl split_url(std::string_view url) {
  const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  const std::size_t end = std::min(url.find_first_of("/?#", scheme), url.size());
  std::string_view host = url.substr(scheme, end - scheme);
  if (scheme == 0 || host.empty()) return {};
  SplitUrl split{
      .secure = scheme == 8, .origin = url.substr(0, end), .authority = host, .port = scheme == 8 ? 443 : 80};
  if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos && !host.ends_with(']')) {
    const std::string_view port = host.substr(colon + 1);
    if (std::from_chars(port.data(), port.data() + port.size(), split.port).ec != std::errc{}) return {};
    host = host.substr(0, colon);
  }
  split.host = host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
  const std::string_view target = url.substr(end, url.find('#', end) - end);
  split.target = target.starts_with('/') ? target : '/' + std::string{target};
  return split;
}

/// While it lives, a connection that closed does not end the program with SIGPIPE, on this thread.
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~NoBrokenPipe() {
    const timespec at_once{};
    if (sigismember(&before_, SIGPIPE) == 0) sigtimedwait(&pipe_, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

/// A client of cpp-httplib that reads through our stream.
template <class Base>
class HttplibClient final : public Base {
 public:
  HttplibClient(const SplitUrl& url, HttplibInflow& inflow) : Base{url.host, url.port}, inflow_{inflow} {}

 private:
  bool process_socket(const typename Base::Socket& socket, std::function<bool(httplib::Stream&)> callback) override {
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    HttplibStream stream{socket.sock, socket.ssl, inflow_};
#else
    HttplibStream stream{socket.sock, inflow_};
#endif
    return callback(stream);
  }

  HttplibInflow& inflow_;
};

/// A connection of cpp-httplib to one host, for one request at a time.
class HttplibConnection {
 public:
  HttplibConnection(const SplitUrl& url, const TransportOptions& options)
      : origin_{url.origin}, client_{make_client(url, options)} {
    if (!client_) return;
    client_->set_keep_alive(true);
    client_->set_tcp_nodelay(true);
    client_->set_url_encode(false);  // It is encoded already.
    client_->set_follow_location(false);
    client_->set_socket_options([this](socket_t socket) { watch(::dup(socket)); });
  }
  ~HttplibConnection() { watch(-1); }
  HttplibConnection(const HttplibConnection&) = delete;
  HttplibConnection& operator=(const HttplibConnection&) = delete;

  explicit operator bool() const { return client_ != nullptr; }
  httplib::ClientImpl& client() { return *client_; }

  HttplibInflow& inflow() { return inflow_; }

  /// Ends what is going on, from another thread. The connection is of no use after that.
  void interrupt() {
    const std::lock_guard lock{mutex_};
    interrupted_ = true;
    if (watched_ >= 0) ::shutdown(watched_, SHUT_RDWR);
  }

  bool interrupted() {
    const std::lock_guard lock{mutex_};
    return interrupted_;
  }

  /// Whether the next request to `origin` can go over it: it leads there, and nothing came that nobody asked
  /// for, not even its end.
  bool is_ready_for(std::string_view origin) const {
    pollfd socket{.fd = client_->socket(), .events = POLLIN, .revents = 0};
    return origin == origin_ && !inflow_.excess && socket.fd >= 0 && ::poll(&socket, 1, 0) == 0;
  }

 private:
  std::unique_ptr<httplib::ClientImpl> make_client(const SplitUrl& url, const TransportOptions& options) {
    if (!url.secure) return std::make_unique<HttplibClient<httplib::ClientImpl>>(url, inflow_);
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
    auto client = std::make_unique<HttplibClient<httplib::SSLClient>>(url, inflow_);
    client->enable_server_certificate_verification(true);
    if (!options.ca_file.empty()) client->set_ca_cert_path(options.ca_file);
    return client;
#else
    static_cast<void>(options);
    return nullptr;
#endif
  }

  /// Takes a descriptor of its own for the socket: the library may close the other one while interrupt() is called.
  void watch(int socket) {
    const std::lock_guard lock{mutex_};
    if (watched_ >= 0) ::close(watched_);
    watched_ = socket;
    if (interrupted_ && socket >= 0) ::shutdown(socket, SHUT_RDWR);
  }

  std::string origin_;
  std::mutex mutex_{};
  bool interrupted_{};
  int watched_{-1};
  HttplibInflow inflow_{};
  std::unique_ptr<httplib::ClientImpl> client_;
};

}  // namespace taskrouter::detail
