#include "taskrouter/async_transport.hpp"

#include <doctest/doctest.h>

using namespace taskrouter;

namespace {

struct ByValue {
  int start(Request, ResponseHandler) { return 0; }
};
struct ByReference {
  void start(const Request&, const ResponseHandler&) {}
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
