#include "taskrouter/awaitable_client.hpp"

#if defined(__cpp_impl_coroutine) && __has_include(<coroutine>)

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "paged_workers.hpp"

using namespace taskrouter;
using samples::all_workers, samples::PagedWorkers;
using Names = std::vector<std::string>;

namespace {

/// A coroutine that runs until it waits, and destroys itself at its end.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

using Awaiting = AwaitableClient<PagedWorkers>;

Detached fetch(Awaiting& client, workers::List list, Names& names) {
  const auto page = co_await client.send(list);
  names.push_back(page ? samples::name(page->items[0]) : page.error().message);
}

template <class Each>
Detached walk(Each each, Names& names) {
  while (const auto worker = co_await each.next()) names.push_back(samples::name(*worker));
  names.push_back("end");
}

}  // namespace

TEST_CASE("awaiting an operation sends it, and goes on with its output") {
  PagedWorkers transport{{1}};
  Awaiting client{samples::credentials(), transport};
  Names names;
  (void)client.send(all_workers);
  CHECK(transport.waiting.empty());
  fetch(client, all_workers, names);
  CHECK(names.empty());
  CHECK(transport.run() == 1);
  CHECK(names == Names{"0.0"});
}

TEST_CASE("awaiting an operation with a mistake in it goes on at once") {
  PagedWorkers transport{{1}};
  Awaiting client{samples::credentials(), transport};
  Names names;
  fetch(client, workers::List{.workspace_sid = {}}, names);
  CHECK(names.size() == 1);
  CHECK(transport.waiting.empty());
}

TEST_CASE("awaiting the elements of a list brings them over all pages, and then none") {
  PagedWorkers transport{{2, 0, 1}};
  Awaiting client{samples::credentials(), transport};
  Names all, limited, none, rest;
  walk(client.each(all_workers), all);
  CHECK(transport.run() == 3);
  CHECK(all == Names{"0.0", "0.1", "2.0", "end"});
  walk(client.each(all_workers, {.limit = 2}), limited);
  CHECK(transport.run() == 1);
  CHECK(limited == Names{"0.0", "0.1", "end"});
  walk(client.each(all_workers, {.limit = 0}), none);
  CHECK(none == Names{"end"});
  walk(client.each_from<Worker>(samples::page_url + '2'), rest);
  CHECK(transport.run() == 1);
  CHECK(rest == Names{"2.0", "end"});
}

TEST_CASE("an Error is the last element awaited") {
  PagedWorkers transport{{0}};
  transport.next = [](std::size_t) { return samples::page_url + '9'; };
  Awaiting client{samples::credentials(), transport};
  Names lost, refused;
  walk(client.each(all_workers), lost);
  transport.run();
  CHECK(lost == Names{"nobody listens", "end"});
  walk(client.each(workers::List{.workspace_sid = {}}), refused);
  CHECK(refused.size() == 2);
}

TEST_CASE("awaiting a page by its cursor goes on where it was taken") {
  PagedWorkers transport{{1, 1}};
  Awaiting client{samples::credentials(), transport};
  Names names;
  [](Awaiting& c, Names& n) -> Detached {
    const auto page = co_await c.page_at<Worker>(samples::page_url + '1', std::chrono::milliseconds{9});
    n.push_back(page->items[0].friendly_name);
  }(client, names);
  transport.run();
  CHECK(names == Names{"1.0"});
  CHECK(transport.timeouts[0] == std::chrono::milliseconds{9});
}

#endif
