#pragma once

#include <curl/curl.h>

#include <memory>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/transports/curl_exchange.hpp"
#include "taskrouter/transports/idle.hpp"
#include "taskrouter/transports/options.hpp"

namespace taskrouter {

/// Sends requests with libcurl (7.85 or later) and keeps its connections open for the next ones.
///
/// TLS certificates are verified, redirects are not followed, and a proxy is taken from the usual
/// environment variables (`https_proxy`, `no_proxy`). Threads may share a transport: it has a connection for
/// each of those that send at the same time.
class CurlTransport {
 public:
  using Options = TransportOptions;

  CurlTransport() : CurlTransport{Options{}} {}
  explicit CurlTransport(Options options) : options_{std::move(options)} {}

  /// The server's answer, or an Error of kind `transport` whose `cause` says what failed.
  Result<Response> send(const Request& request) {
    std::unique_ptr<detail::CurlExchange> exchange = idle_.take();
    if (!exchange) exchange = std::make_unique<detail::CurlExchange>(options_);
    if (!exchange->handle()) return transport_error(Error::Cause::other, "libcurl could not be started");
    exchange->prepare(request, time_allowed(request, options_.timeout));
    Result<Response> result = exchange->finish(curl_easy_perform(exchange->handle()));
    idle_.keep(std::move(exchange));
    return result;
  }

 private:
  Options options_;
  detail::Idle<detail::CurlExchange> idle_{};
};

}  // namespace taskrouter
