#include "taskrouter/async_client.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "paged_workers.hpp"

using namespace taskrouter;
using samples::all_workers, samples::PagedWorkers;
using Names = std::vector<std::string>;

namespace {

/// Notes every element's name, and "end" at last. Wants `wanted` of them.
auto into(Names& names, std::size_t wanted = 99) {
  return [&names, wanted](std::optional<Result<Worker>> worker) {
    names.push_back(worker ? samples::name(*worker) : "end");
    return names.size() < wanted;
  };
}

}  // namespace

TEST_CASE("an asynchronous client hands over the same output as a waiting one, later and once") {
  PagedWorkers transport{{2}};
  AsyncClient client{samples::credentials(), transport};
  std::vector<std::size_t> sizes;
  client.send(all_workers, [&sizes, owned = std::make_unique<int>()](const Result<Page<Worker>>& page) {
    sizes.push_back(page.value().items.size());
  });
  CHECK(sizes.empty());
  CHECK(transport.run() == 1);
  CHECK(sizes == std::vector<std::size_t>{2});
  CHECK(client.endpoint().base_url() == "https://taskrouter.twilio.com");
}

TEST_CASE("a mistake in the arguments is answered at once, and nothing is started") {
  PagedWorkers transport{{2}};
  AsyncClient client{samples::credentials(), transport};
  std::string field;
  client.send(workers::List{.workspace_sid = {}}, [&](const auto& page) { field = page.error().field; });
  CHECK(field == "workspace_sid");
  CHECK(transport.waiting.empty());
}

TEST_CASE("many operations may be under way at once") {
  PagedWorkers transport{{1}};
  AsyncClient client{samples::credentials(), transport};
  int answered = 0;
  for (int i = 0; i < 64; ++i) client.send(all_workers, [&](const auto&) { ++answered; });
  CHECK(transport.waiting.size() == 64);
  transport.run();
  CHECK(answered == 64);
}

TEST_CASE("each() calls for every element of every page, and once more at the end") {
  PagedWorkers transport{{2, 0, 1}};
  AsyncClient client{samples::credentials(), transport};
  Names names;
  client.each(all_workers, into(names));
  CHECK(names.empty());
  CHECK(transport.run() == 3);
  CHECK(names == Names{"0.0", "0.1", "2.0", "end"});
}

TEST_CASE("each() stops without fetching when the handler wants no more or the limit is met") {
  PagedWorkers transport{{2, 2}};
  AsyncClient client{samples::credentials(), transport};
  Names stopped, limited, none;
  client.each(all_workers, into(stopped, 2));
  CHECK(transport.run() == 1);
  CHECK(stopped == Names{"0.0", "0.1"});
  client.each(all_workers, into(limited), {.limit = 2});
  CHECK(transport.run() == 1);
  CHECK(limited == Names{"0.0", "0.1", "end"});
  client.each(all_workers, into(none), {.limit = 0});
  CHECK(transport.run() == 0);
  CHECK(none == Names{"end"});
}

TEST_CASE("each() ends with the Error, also where the next page leads elsewhere") {
  PagedWorkers transport{{1}};
  transport.next = [](std::size_t) { return samples::page_url + '9'; };
  AsyncClient client{samples::credentials(), transport};
  Names lost, led_away;
  client.each(all_workers, into(lost));
  transport.run();
  CHECK(lost == Names{"0.0", "nobody listens", "end"});
  transport.next = [](std::size_t) { return "https://evil.example/v1/"; };
  client.each(all_workers, into(led_away));
  CHECK(transport.run() == 1);
  REQUIRE(led_away.size() == 3);
  CHECK(led_away[1].starts_with("the page's URL leads away"));
}

TEST_CASE("a cursor that was kept goes on where it was taken") {
  PagedWorkers transport{{1, 1, 1}};
  AsyncClient client{samples::credentials(), transport};
  Names names;
  std::string first;
  client.each_from<Worker>(samples::page_url + '1', into(names));
  client.page_at<Worker>(samples::page_url + '2', [&](const auto& page) { first = page->items[0].friendly_name; });
  transport.run();
  CHECK(names == Names{"1.0", "2.0", "end"});
  CHECK(first == "2.0");
}
