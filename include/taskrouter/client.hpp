#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/chrono.hpp"
#include "taskrouter/each.hpp"
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

  /// Performs an operation and answers with its output. A `timeout` bounds this exchange; zero leaves
  /// that to the transport.
  template <Operation Op>
  Result<typename Op::Output> send(const Op& operation, std::chrono::milliseconds timeout = {}) {
    return exchange<typename Op::Output>(detail::within(timeout, build(operation, endpoint_)));
  }

  /// Fetches the page that a cursor names: Page::next_cursor() or Page::previous_cursor(), which may
  /// have been kept for long, by another program too.
  template <class Resource>
  Result<Page<Resource>> page_at(std::string_view cursor, std::chrono::milliseconds timeout = {}) {
    return exchange<Page<Resource>>(detail::within(timeout, build_page(cursor, endpoint_)));
  }

  /// Fetches the page after `page`, of the same list. An Error of kind `argument` if it is the last.
  template <class Resource>
  Result<Page<Resource>> next_page(const Page<Resource>& page) {
    if (!page.next_cursor()) return argument_error("page", "this is the last page");
    return page_at<Resource>(*page.next_cursor());
  }

  /// Everything that a list holds, over all its pages, as a range of `Result<Resource>`. A page is
  /// fetched when its first element is asked for. An Error is the last element. Keeps a reference to
  /// this client.
  template <Operation List>
  auto each(List list, EachOptions options = {}) {
    options.choose_page_size(list);
    return Each<Client, typename List::Output::Item>{*this, build(list, endpoint_), options};
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource>
  auto each_from(std::string_view cursor, EachOptions options = {}) {
    return Each<Client, Resource>{*this, build_page(cursor, endpoint_), options};
  }

  /// Reads a resource, has `change` make an update from it, and writes that only if nobody else wrote
  /// in between; otherwise begins anew, `attempts` times at most: then the Error has status 412.
  ///
  /// `change` takes the resource and returns the update, or a std::optional of one: with none, nothing
  /// is written and the resource is answered as it was read. It may be called several times.
  template <Operation Fetch, class Change>
  Result<typename Fetch::Output> modify(const Fetch& fetch, Change change, int attempts = 5) {
    while (true) {
      auto read = send(fetch);
      if (!read) return read;
      std::optional update{change(std::as_const(*read))};
      if (!update) return read;
      if (!read->etag) {
        return Error{
            .kind = Error::Kind::body, .message = "the answer has no ETag to guard a change by", .field = "etag"};
      }
      update->if_match = read->etag;
      auto written = send(*update);
      if (written || written.error().status != 412 || --attempts <= 0) return written;
    }
  }

 private:
  template <class, class>
  friend class Each;

  template <class Output>
  Result<Output> exchange(const Result<Request>& request) {
    if (!request) return request.error();
    const Result<Response> response = transport_->send(*request);
    if (!response) return response.error();
    return detail::read_output<Output>(*response, endpoint_.json_depth());
  }

  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter
