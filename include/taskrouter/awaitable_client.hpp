#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/each.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

// For `co_await`. The type of the coroutine is the program's own, or its library's. Empty where
// compiler and standard library have no coroutines.
#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)
#include <coroutine>  // Here, because not every standard library has it.

namespace taskrouter {

/// A result that is still on its way: `co_await` it, once. Nothing is sent before that. The coroutine
/// goes on, on the thread that the transport names; after a mistake in the arguments it goes on at once.
template <AsyncTransport T, class Output>
class Awaitable {
 public:
  Awaitable(T& transport, Result<Request> request, int json_depth)
      : transport_{&transport}, request_{std::move(request)}, json_depth_{json_depth} {}

  bool await_ready() const { return !request_; }
  void await_suspend(std::coroutine_handle<> coroutine) {
    // The answer may come, and this object be gone, before start() returns.
    const Request request = *std::move(request_);
    transport_->start(request, [this, coroutine](Result<Response> response) {
      response_ = std::move(response);
      coroutine.resume();
    });
  }
  Result<Output> await_resume() {
    if (!request_) return request_.error();
    if (!*response_) return response_->error();
    return detail::read_output<Output>(**response_, json_depth_);
  }

 private:
  T* transport_;
  Result<Request> request_;
  int json_depth_;
  std::optional<Result<Response>> response_{};
};

/// The elements of a list, over all its pages: `co_await next()` until it brings none. An Error is the
/// last element. See AwaitableClient::each().
template <AsyncTransport T, class Resource>
class AwaitableEach {
 public:
  /// The next element, once a page that holds it is there.
  class Next {
   public:
    explicit Next(AwaitableEach& each) : each_{&each} {}
    bool await_ready() const { return !each_->walk_.needs_page(); }
    bool await_suspend(std::coroutine_handle<> coroutine) { return each_->fetch(coroutine); }
    std::optional<Result<Resource>> await_resume() { return each_->walk_.next(); }

   private:
    AwaitableEach* each_;
  };

  AwaitableEach(T& transport, const Endpoint& endpoint, Result<Request> first, const EachOptions& options)
      : transport_{&transport}, endpoint_{&endpoint}, walk_{std::move(first), options} {}

  /// To be awaited before the next call. This object stays where it is meanwhile.
  Next next() { return Next{*this}; }
  /// Where the page after the one in hand begins, if there is one: AwaitableClient::each_from() goes on there.
  const std::optional<std::string>& next_cursor() const { return walk_.page().next_cursor(); }

 private:
  /// Starts fetching a page, and the next one if it is empty. False if nothing can be asked for.
  bool fetch(std::coroutine_handle<> coroutine) {
    const auto request = walk_.request();
    if (!request) return false;
    transport_->start(*request, [this, coroutine](Result<Response> response) {
      walk_.take(response ? detail::read_output<Page<Resource>>(*response, endpoint_->json_depth())
                          : Result<Page<Resource>>{response.error()},
                 *endpoint_);
      if (!walk_.needs_page() || !fetch(coroutine)) coroutine.resume();
    });
    return true;
  }

  T* transport_;
  const Endpoint* endpoint_;
  detail::Walk<Resource> walk_;
};

/// Performs operations through an asynchronous transport for coroutines: `co_await client.send(operation)`.
/// It holds no state of its own. GCC 12 needs the operation to have a name: it can't compile
/// `co_await client.send(tasks::Fetch{...})`.
template <AsyncTransport T>
class AwaitableClient {
 public:
  /// Keeps a reference to `transport`. The transport and this client must outlive what was started.
  AwaitableClient(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  AwaitableClient(const Credentials& credentials, T& transport) : AwaitableClient{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation: awaiting it gives a `Result<Output>`. A `timeout` bounds this exchange; zero
  /// leaves that to the transport.
  template <Operation Op>
  Awaitable<T, typename Op::Output> send(const Op& operation, std::chrono::milliseconds timeout = {}) {
    return {*transport_, detail::within(timeout, build(operation, endpoint_)), endpoint_.json_depth()};
  }

  /// Fetches the page that a cursor names: awaiting it gives a `Result<Page<Resource>>`.
  template <class Resource>
  Awaitable<T, Page<Resource>> page_at(std::string_view cursor, std::chrono::milliseconds timeout = {}) {
    return {*transport_, detail::within(timeout, build_page(cursor, endpoint_)), endpoint_.json_depth()};
  }

  /// Everything that a list holds, over all its pages.
  template <Operation List>
  auto each(List list, EachOptions options = {}) {
    options.choose_page_size(list);
    return AwaitableEach<T, typename List::Output::Item>{*transport_, endpoint_, build(list, endpoint_), options};
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource>
  AwaitableEach<T, Resource> each_from(std::string_view cursor, const EachOptions& options = {}) {
    return {*transport_, endpoint_, build_page(cursor, endpoint_), options};
  }

 private:
  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter
#endif
