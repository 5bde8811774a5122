#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Takes what became of a request: the answer, or an Error of kind `transport`. It holds any function
/// object that can be called with a `Result<Response>`, one that can only be moved too.
class ResponseHandler {
 public:
  /// Holds a function.
  template <class Function>
  requires(!std::same_as<Function, ResponseHandler> && std::invocable<Function&, Result<Response>>)
      ResponseHandler(Function function)
      : held_{std::make_unique<Held<Function>>(std::move(function))} {}

  /// Calls it.
  void operator()(Result<Response> response) { held_->call(std::move(response)); }

 private:
  struct Callable {
    virtual ~Callable() = default;
    virtual void call(Result<Response> response) = 0;
  };
  template <class Function>
  struct Held final : Callable {
    explicit Held(Function f) : function{std::move(f)} {}
    void call(Result<Response> response) override { function(std::move(response)); }
    Function function;
  };

  std::unique_ptr<Callable> held_;
};

/// Whatever can send a request without waiting for its answer. `start` returns at once; the handler is
/// called exactly once, later and never inside `start`, on the thread that the transport names. As of a
/// Transport, an answer of any status is a Response, and redirects are not followed.
template <class T>
concept AsyncTransport = requires(T& transport, Request request, ResponseHandler handler) {
  transport.start(std::move(request), std::move(handler));
};

}  // namespace taskrouter
