#include "taskrouter/async_transport.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <utility>

using namespace taskrouter;

namespace {

struct ByValue {
  int start(Request, ResponseHandler) { return 0; }
};
struct ByReference {
  void start(const Request&, ResponseHandler&&) {}
};
struct Blocking {
  Result<Response> send(const Request&) { return Response{}; }
};

}  // namespace

TEST_CASE("an asynchronous transport is whatever takes a request and a handler") {
  CHECK(AsyncTransport<ByValue>);
  CHECK(AsyncTransport<ByReference>);
  CHECK_FALSE(AsyncTransport<Blocking>);
}

TEST_CASE("a handler may own what can only be moved, and lets go of it") {
  auto owned = std::make_shared<int>(0);
  const std::weak_ptr<int> watch = owned;
  {
    ResponseHandler handler{[mine = std::make_unique<std::shared_ptr<int>>(std::move(owned))](
                                Result<Response> response) { **mine = response->status; }};
    ResponseHandler moved = std::move(handler);
    moved(Response{.status = 204, .headers = {}, .body = {}});
    REQUIRE_FALSE(watch.expired());
    CHECK(*watch.lock() == 204);
  }
  CHECK(watch.expired());
}
