#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include "samples.hpp"

// How much memory an operation takes, and what happens where there is none. Under a leak checker
// the second half shows as well that a failure leaves nothing behind.

namespace {

std::size_t allocated = 0;                            // How often, so far.
std::size_t fails_at = static_cast<std::size_t>(-1);  // The allocation that fails.

void* allocate(std::size_t size) {
  if (allocated++ == fails_at) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}

}  // namespace

// Not inlined: GCC would then warn that what new gave goes to free.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (void* memory = allocate(size)) return memory;
  throw std::bad_alloc{};
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { operator delete(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { operator delete(memory); }

using namespace taskrouter;

namespace {

/// How often `run` allocates.
template <class Run>
std::size_t allocations(Run run) {
  const std::size_t before = allocated;
  run();
  return allocated - before;
}

/// Runs `run` with its first allocation failing, then its second, until it needs no more. Each time
/// it must either end with bad_alloc or succeed.
template <class Run>
void fail_each_allocation(Run run) {
  for (std::size_t k = 0;; ++k) {
    REQUIRE(k < 100'000);
    bool failed = false, good = false;
    fails_at = allocated + k;
    try {
      good = run();
    } catch (const std::bad_alloc&) {
      failed = true;
    }
    const bool reached = allocated > fails_at;
    fails_at = static_cast<std::size_t>(-1);
    REQUIRE(good != failed);
    if (!reached) return;
  }
}

/// As long as the real ones: every text in it needs the heap.
const std::string reservation_json =
    write_json(samples::filled<Reservation>("https://taskrouter.twilio.com/v1/Workspaces/" + samples::sid("WS")));

}  // namespace

TEST_CASE("accepting a reservation allocates twice for the request and at most 12 times for the reply") {
  const auto accept = reservations::accept(samples::workspace, samples::task, samples::reservation);
  const Endpoint& endpoint = samples::endpoint();
  const std::size_t to_build = allocations([&] { static_cast<void>(build(accept, endpoint).has_value()); });
  CHECK(to_build <= 2);

  const Response response{.status = 200, .headers = {}, .body = reservation_json};
  bool good = false;
  const std::size_t to_parse = allocations([&] { good = parse<reservations::Update>(response).has_value(); });
  CHECK(good);
  CHECK(to_parse <= 12);
}

TEST_CASE("no operation needs more than its URL and its body") {
  for_each_operation([]<class Op>() {
    const Op operation = samples::required_only<Op>();
    const Endpoint& endpoint = samples::endpoint();
    CAPTURE(Op::route.name);
    CHECK(allocations([&] { static_cast<void>(build(operation, endpoint).has_value()); }) <= 2);
  });
}

TEST_CASE("an answer that is full of keys nobody asked for costs nothing to pass over") {
  std::string body = "{\"sid\":\"WR1\"";
  for (int i = 0; i < 1000; ++i)
    body += ",\"unknown" + std::to_string(i) + R"(":{"a":["long enough for the heap to hold"]})";
  const Response response{.status = 200, .headers = {}, .body = body + '}'};
  CHECK(allocations([&] { static_cast<void>(parse<reservations::Fetch>(response).has_value()); }) <= 12);
}

TEST_CASE("whichever allocation fails while a request is built, it is bad_alloc or a request") {
  for_each_operation([]<class Op>() {
    const Op operation = samples::filled<Op>("text that is too long for any small buffer \xC3\xA9");
    const Endpoint& endpoint = samples::endpoint();
    fail_each_allocation([&] { return build(operation, endpoint).has_value(); });
    if constexpr (!Op::route.path.ends_with("/Workspaces") || Op::route.method == Method::post) {  // Needs nothing.
      fail_each_allocation([&] { return !build(Op{}, endpoint).has_value(); });
    }
    std::string json;
    detail::JsonWriter{json, detail::EmptyFields::leave_out}.write_structure(detail::fields_of<Op>, &operation);
    fail_each_allocation([&] { return by_name::build(Op::route.name, json, endpoint).has_value(); });
  });
  fail_each_allocation([] { return !Endpoint{samples::credentials()}.problem(); });
}

TEST_CASE("whichever allocation fails while an answer is read, it is bad_alloc or the answer") {
  for_each_operation([]<class Op>() {
    if constexpr (Described<typename Op::Output>) {
      const auto output = samples::filled<typename Op::Output>("text that is too long for any small buffer \xC3\xA9");
      const Response good{.status = 200, .headers = {}, .body = write_json(output)};
      fail_each_allocation([&] { return parse<Op>(good).has_value(); });
      fail_each_allocation([&] { return by_name::parse(Op::route.name, good).has_value(); });
      const Response bad{.status = 200, .headers = {}, .body = good.body.substr(0, good.body.size() / 2)};
      fail_each_allocation([&] { return !parse<Op>(bad).has_value(); });
    }
    const Response refused{
        .status = 404,
        .headers = {{"twilio-request-id", "RQ0123456789012345678901234567890"}},
        .body = R"({"code":20404,"message":"The requested resource was not found","details":{"long enough":"heap"}})"};
    fail_each_allocation([&] { return parse<Op>(refused).error().code == 20404; });
  });
}

TEST_CASE("whichever allocation fails while something is described, it is bad_alloc or the description") {
  const Request request = build(samples::filled<reservations::Update>("any text"), samples::endpoint()).value();
  fail_each_allocation([&] { return !curl_command(request).empty(); });
  fail_each_allocation([&] { return !log_line(request).empty(); });
}
