#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/each.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Starts operations through an asynchronous transport and hands their results to callbacks, on the
/// thread that the transport names. Only a mistake in the arguments is answered at once, inside the call:
/// nothing is sent then. It holds no state of its own.
template <AsyncTransport T>
class AsyncClient {
 public:
  /// Keeps a reference to `transport`. The transport and this client must outlive what was started.
  AsyncClient(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  AsyncClient(const Credentials& credentials, T& transport) : AsyncClient{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation and calls `handler(Result<Output>)` once. A `timeout` bounds this exchange;
  /// zero leaves that to the transport.
  template <Operation Op, class Handler>
  void send(const Op& operation, Handler handler, std::chrono::milliseconds timeout = {}) {
    exchange<typename Op::Output>(detail::within(timeout, build(operation, endpoint_)), std::move(handler));
  }

  /// Fetches the page that a cursor names, for `handler(Result<Page<Resource>>)`.
  template <class Resource, class Handler>
  void page_at(std::string_view cursor, Handler handler, std::chrono::milliseconds timeout = {}) {
    exchange<Page<Resource>>(detail::within(timeout, build_page(cursor, endpoint_)), std::move(handler));
  }

  /// Calls `handler(std::optional<Result<Resource>>)` for every element of a list, over all its pages,
  /// one after the other, and at last with none. An Error is the last element. A handler that returns
  /// false wants no more, and is not called again.
  template <Operation List, class Handler>
  void each(List list, Handler handler, EachOptions options = {}) {
    options.choose_page_size(list);
    walk<typename List::Output::Item>(build(list, endpoint_), std::move(handler), options);
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource, class Handler>
  void each_from(std::string_view cursor, Handler handler, const EachOptions& options = {}) {
    walk<Resource>(build_page(cursor, endpoint_), std::move(handler), options);
  }

 private:
  template <class Output, class Handler>
  void exchange(const Result<Request>& request, Handler handler) {
    if (!request) return void(handler(Result<Output>{request.error()}));
    transport_->start(
        *request, [handler = std::move(handler), depth = endpoint_.json_depth()](Result<Response> response) mutable {
          handler(response ? detail::read_output<Output>(*response, depth) : Result<Output>{response.error()});
        });
  }

  template <class Resource, class Handler>
  struct Walking {
    detail::Walk<Resource> walk;
    Handler handler;
  };

  template <class Resource, class Handler>
  void walk(Result<Request> first, Handler handler, const EachOptions& options) {
    go_on(std::make_shared<Walking<Resource, Handler>>(
        Walking<Resource, Handler>{{std::move(first), options}, std::move(handler)}));
  }

  template <class Resource, class Handler>
  void go_on(std::shared_ptr<Walking<Resource, Handler>> walking) {
    auto& walk = walking->walk;
    while (true) {
      if (walk.needs_page()) {
        const auto request = walk.request();
        if (!request) continue;
        return exchange<Page<Resource>>(*request, [this, walking](Result<Page<Resource>> page) {
          walking->walk.take(std::move(page), endpoint_);
          go_on(walking);
        });
      }
      auto item = walk.next();
      const bool last = !item;
      if (!walking->handler(std::move(item)) || last) return;
    }
  }

  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter
