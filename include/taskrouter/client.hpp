#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Whatever can turn a complete request into a response. An answer of any status is a Response; an
/// Error of kind `transport` says that none arrived. It must not follow redirects.
template <class T>
concept Transport = requires(T& transport, const Request& request) {
  { transport.send(request) } -> std::same_as<Result<Response>>;
};

/// Sends operations through a transport and reads what comes back. It holds no state of its own:
/// it is as safe to share between threads as its transport is.
template <Transport T>
class Client {
 public:
  /// Keeps a reference to `transport`, which must outlive the client.
  Client(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  Client(const Credentials& credentials, T& transport) : Client{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation and answers with its output.
  template <Operation Op>
  Result<typename Op::Output> send(const Op& operation) {
    return exchange<typename Op::Output>(build(operation, endpoint_));
  }

  /// Fetches the page after `page`, of the same list. An Error of kind `argument` if it is the last.
  template <class Resource>
  Result<Page<Resource>> next_page(const Page<Resource>& page) {
    if (!page.meta.next_page_url) return argument_error("page", "this is the last page");
    return exchange<Page<Resource>>(build_page(*page.meta.next_page_url, endpoint_));
  }

 private:
  template <class Output>
  Result<Output> exchange(const Result<Request>& request) {
    if (!request) return request.error();
    const Result<Response> response = transport_->send(*request);
    if (!response) return response.error();
    return detail::read_output<Output>(*response);
  }

  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter
