#pragma once

#include <functional>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Takes what became of a request: the answer, or an Error of kind `transport`.
using ResponseHandler = std::function<void(Result<Response>)>;

/// Whatever can send a request without waiting for its answer. `start` returns at once; the handler is
/// called exactly once, later and never inside `start`, on the thread that the transport names. As of a
/// Transport, an answer of any status is a Response, and redirects are not followed.
template <class T>
concept AsyncTransport = requires(T& transport, Request request, ResponseHandler handler) {
  transport.start(std::move(request), std::move(handler));
};

}  // namespace taskrouter
