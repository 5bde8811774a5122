#include "taskrouter/each.hpp"

#include <doctest/doctest.h>

#include <ranges>
#include <string>
#include <vector>

#include "paged_workers.hpp"

using namespace taskrouter;
using samples::all_workers, samples::page_url, samples::PagedWorkers;
using Names = std::vector<std::string>;

namespace {

Names names(auto each) {
  Names names;
  for (const auto& worker : each) names.push_back(samples::name(worker));
  return names;
}

}  // namespace

TEST_CASE("each() brings the elements of every page in their order, past empty pages too") {
  PagedWorkers transport{{2, 0, 1, 0}};
  Client client{samples::credentials(), transport};
  CHECK(names(client.each(all_workers)) == Names{"0.0", "0.1", "2.0"});
  CHECK(transport.asked.size() == 4);
}

TEST_CASE("each() is an input range that standard algorithms take") {
  PagedWorkers transport{{1, 1}};
  Client client{samples::credentials(), transport};
  auto each = client.each(all_workers);
  CHECK(std::ranges::input_range<decltype(each)>);
  CHECK(std::ranges::distance(each) == 2);
}

TEST_CASE("a page is fetched when its first element is asked for, and not before") {
  PagedWorkers transport{{2, 2}};
  Client client{samples::credentials(), transport};
  auto each = client.each(all_workers);
  CHECK(transport.asked.empty());
  auto worker = each.begin();
  CHECK(samples::name(*each.begin()) == "0.0");
  ++worker;
  CHECK((*worker)->friendly_name == "0.1");
  CHECK(transport.asked.size() == 1);
  ++worker;
  CHECK(worker->value().friendly_name == "1.0");
  CHECK(transport.asked.size() == 2);
}

TEST_CASE("a limit of 0 asks for nothing, and a limit met fetches no further page") {
  PagedWorkers transport{{2, 2, 2}};
  Client client{samples::credentials(), transport};
  CHECK(names(client.each(all_workers, {.limit = 0})).empty());
  CHECK(transport.asked.empty());
  CHECK(names(client.each(all_workers, {.limit = 2})) == Names{"0.0", "0.1"});
  CHECK(transport.asked.size() == 1);
  CHECK(names(client.each(all_workers, {.limit = 3})) == Names{"0.0", "0.1", "1.0"});
  CHECK(names(client.each(all_workers, {.limit = 7})).size() == 6);
}

TEST_CASE("a limit asks for pages no larger than itself, unless the caller chose a size") {
  PagedWorkers transport{{0}};
  Client client{samples::credentials(), transport};
  names(client.each(all_workers, {.limit = 7}));
  names(client.each(all_workers, {.limit = 7'000}));
  workers::List small = all_workers;
  small.page_size = 3;
  names(client.each(small, {.limit = 7}));
  REQUIRE(transport.asked.size() == 3);
  CHECK(transport.asked[0].ends_with("?PageSize=7"));
  CHECK(transport.asked[1].ends_with("?PageSize=1000"));
  CHECK(transport.asked[2].ends_with("?PageSize=3"));
}

TEST_CASE("a list that names a page twice ends with an Error after the elements it gave") {
  PagedWorkers transport{{1, 1}};
  transport.next = [](std::size_t) { return page_url + '1'; };
  Client client{samples::credentials(), transport};
  CHECK(names(client.each(all_workers)) == Names{"0.0", "1.0", "a page comes twice: the list would not end"});
  CHECK(transport.asked.size() == 2);
}

TEST_CASE("a list with more pages than the limit on pages ends with an Error") {
  PagedWorkers transport{{1, 1, 1}};
  Client client{samples::credentials(), transport};
  CHECK(names(client.each(all_workers, {.page_limit = 2})) == Names{"0.0", "1.0", "the list has more than 2 pages"});
  CHECK(names(client.each(all_workers, {.page_limit = 3})).size() == 3);
}

TEST_CASE("a next page on another host is not asked for, and its Error is the last element") {
  PagedWorkers transport{{1}};
  transport.next = [](std::size_t) { return "https://evil.example/v1/Workspaces"; };
  Client client{samples::credentials(), transport};
  const Names found = names(client.each(all_workers));
  REQUIRE(found.size() == 2);
  CHECK(found[1].starts_with("the page's URL leads away from https://taskrouter.twilio.com"));
  CHECK(transport.asked.size() == 1);
}

TEST_CASE("a failure on the way is the last element, and a mistake in the arguments the only one") {
  PagedWorkers transport{{1}};
  transport.next = [](std::size_t) { return page_url + '9'; };
  Client client{samples::credentials(), transport};
  CHECK(names(client.each(all_workers)) == Names{"0.0", "nobody listens"});
  const Names refused = names(client.each(workers::List{.workspace_sid = {}}));
  REQUIRE(refused.size() == 1);
  CHECK(transport.asked.size() == 2);
}

TEST_CASE("a cursor that was kept goes on where it was taken, with each_from() and with page_at()") {
  PagedWorkers transport{{2, 1, 1}};
  Client client{samples::credentials(), transport};
  const auto first = client.send(all_workers).value();
  const std::string kept = first.next_cursor().value();
  CHECK(names(client.each_from<Worker>(kept)) == Names{"1.0", "2.0"});
  CHECK(client.page_at<Worker>(kept).value().items[0].friendly_name == "1.0");
  auto each = client.each(all_workers);
  (void)each.begin();
  CHECK(each.next_cursor() == kept);
}

TEST_CASE("a timeout holds for every page") {
  using std::chrono::milliseconds;
  PagedWorkers transport{{1, 1}};
  Client client{samples::credentials(), transport};
  names(client.each(all_workers, {.timeout = milliseconds{300}}));
  client.send(all_workers, milliseconds{7}).value();
  CHECK(transport.timeouts == std::vector{milliseconds{300}, milliseconds{300}, milliseconds{7}});
}
