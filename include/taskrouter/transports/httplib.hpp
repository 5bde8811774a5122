#pragma once

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/transports/framing.hpp"
#include "taskrouter/transports/httplib_connection.hpp"
#include "taskrouter/transports/idle.hpp"
#include "taskrouter/transports/options.hpp"
#include "taskrouter/transports/overdue.hpp"

namespace taskrouter {

/// Sends requests with cpp-httplib (0.11 to 0.18, on POSIX) and keeps its connections open for the next ones.
///
/// TLS certificates are verified and redirects are not followed; https needs CPPHTTPLIB_OPENSSL_SUPPORT. Threads
/// may share a transport: it has a connection for each of those that send at the same time. Three things that
/// CurlTransport has are beyond the library: proxies; to tell a name without an address from a server that is not
/// there (both are `Cause::connect`); and to give up the look-up of a name before the system does.
class HttplibTransport {
 public:
  using Options = TransportOptions;

  HttplibTransport() : HttplibTransport{Options{}} {}
  explicit HttplibTransport(Options options) : options_{std::move(options)} {}

  /// The server's answer, or an Error of kind `transport` whose `cause` says what failed.
  Result<Response> send(const Request& request) {
    const detail::SplitUrl url = detail::split_url(request.url);
    if (url.host.empty()) return transport_error(Error::Cause::other, "the URL is neither http:// nor https://");
    std::unique_ptr<Connection> connection = idle_.take();
    if (!connection || !connection->is_ready_for(url.origin)) connection = std::make_unique<Connection>(url, options_);
    if (!*connection) return transport_error(Error::Cause::tls, "https needs CPPHTTPLIB_OPENSSL_SUPPORT");

    Result<Response> result = send_over(*connection, request, url);
    if (result) idle_.keep(std::move(connection));
    return result;
  }

 private:
  using Clock = std::chrono::steady_clock;
  using Connection = detail::HttplibConnection;
  using Watch = detail::Overdue<Connection>::Watch;
  static constexpr std::chrono::hours forever{20 * 24};  // About as long as the library's milliseconds reach.

  /// Collects an answer as the library hands it over. False makes it stop.
  struct Receiver {
    std::size_t limit;
    std::size_t received{};
    Response response{};

    bool admit(std::size_t bytes) {
      received += bytes;
      return received <= limit;
    }
    /// Bytes as they come. Those of a body count when they are unpacked.
    bool deliver(std::size_t bytes) { return response.status != 0 || admit(bytes); }

    bool take_head(const httplib::Response& from) {
      response.status = from.status;
      for (const auto& [name, value] : from.headers) response.headers.add(name, value);
      return from.status >= 200;  // The library takes an interim answer for the answer.
    }
    bool take_body(const char* data, std::size_t size) {
      if (!admit(size)) return false;
      response.body.append(data, size);
      return true;
    }
  };

  Result<Response> send_over(Connection& connection, const Request& request, const detail::SplitUrl& url) {
    const std::chrono::milliseconds asked = time_allowed(request, options_.timeout);
    const std::chrono::milliseconds allowed = asked.count() > 0 && asked < forever ? asked : forever;
    const std::chrono::milliseconds to_connect =
        options_.connect_timeout.count() > 0 ? options_.connect_timeout : std::chrono::minutes{5};
    httplib::ClientImpl& client = connection.client();
    client.set_connection_timeout(std::min<std::chrono::milliseconds>(to_connect, allowed) + std::chrono::seconds{1});
    client.set_read_timeout(forever);  // These begin again with every byte: what counts are the watches below.
    client.set_write_timeout(forever);

    Receiver receiver{.limit = options_.response_limit};
    httplib::Request outgoing = make_request(request, url, receiver);
    const Clock::time_point start = Clock::now();
    const detail::NoBrokenPipe no_broken_pipe;
    const Watch all{overdue_, start + allowed, connection};
    std::optional<Watch> connecting{std::in_place, overdue_, start + to_connect, connection};
    connection.inflow() = {.connected = [&] { connecting.reset(); },
                           .deliver = [&](std::size_t bytes) { return receiver.deliver(bytes); }};
    const httplib::Error error = perform(client, outgoing);
    if (connection.interrupted()) return transport_error(Error::Cause::timeout, "the answer did not come in time");
    if (receiver.received > receiver.limit) {
      return transport_error(Error::Cause::too_large,
                             "the answer is larger than " + std::to_string(receiver.limit) + " bytes");
    }
    if (error != httplib::Error::Success)
      return transport_error(cause_of(error), "cpp-httplib says: " + to_string(error));
    if (const auto problem = detail::wrong_length(receiver.response.headers)) return *problem;
    return std::move(receiver.response);
  }

  static httplib::Request make_request(const Request& request, const detail::SplitUrl& url, Receiver& receiver) {
    httplib::Request outgoing;
    outgoing.method = text(request.method);
    outgoing.path = url.target;
    outgoing.body = request.body;
    outgoing.set_header("Host", std::string{url.authority});
#ifdef CPPHTTPLIB_ZLIB_SUPPORT
    outgoing.set_header("Accept-Encoding", "gzip, deflate");
#endif
    for (const Header& header : request.headers) outgoing.headers.emplace(header.name, header.value);
    outgoing.response_handler = [&](const httplib::Response& head) { return receiver.take_head(head); };
    outgoing.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
      return receiver.take_body(data, size);
    };
    return outgoing;
  }

  static httplib::Error perform(httplib::ClientImpl& client, httplib::Request& request) {
    try {
      httplib::Response head;
      httplib::Error error{};
      if (client.send(request, head, error)) return httplib::Error::Success;
      return error == httplib::Error::Success ? httplib::Error::Unknown : error;
    } catch (const std::exception&) {  // As of a status line that the library's regular expression can't bear.
      return httplib::Error::Unknown;
    }
  }

  static Error::Cause cause_of(httplib::Error error) {
    switch (error) {
      case httplib::Error::Connection: return Error::Cause::connect;
      case httplib::Error::ConnectionTimeout: return Error::Cause::timeout;
      case httplib::Error::SSLConnection:
      case httplib::Error::SSLLoadingCerts:
      case httplib::Error::SSLServerVerification: return Error::Cause::tls;
      default: return Error::Cause::other;
    }
  }

  Options options_;
  detail::Overdue<Connection> overdue_{};
  detail::Idle<Connection> idle_{};
};

}  // namespace taskrouter
