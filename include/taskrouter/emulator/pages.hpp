#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/incoming.hpp"
#include "taskrouter/emulator/order.hpp"
#include "taskrouter/emulator/table.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/page.hpp"

// Lists, page by page. A page's token is the sort key of the item it begins after or ends before, so
// that a list can change between two pages without items being skipped or repeated.

namespace taskrouter::emulator {

/// One item of a list before it is cut into pages.
struct Row {
  SortKey key{};
  const void* record{};
};

/// `PA` (after) or `PB` (before) and a sort key: `PA0_0_17`.
inline std::string page_token(std::string_view direction, const SortKey& key) {
  std::string text{direction};
  for (std::size_t i = 0; i < key.size(); ++i) text.append(i == 0 ? "" : "_").append(std::to_string(key[i]));
  return text;
}

inline std::optional<SortKey> read_page_token(std::string_view token) {
  if (!token.starts_with("PA") && !token.starts_with("PB")) return std::nullopt;
  const char* at = token.data() + 2;
  const char* const last = token.data() + token.size();
  SortKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && (at == last || *at++ != '_')) return std::nullopt;
    const auto [end, error] = std::from_chars(at, last, key[i]);
    if (error != std::errc{}) return std::nullopt;
    at = end;
  }
  return at == last ? std::optional{key} : std::nullopt;
}

/// The part of a list that a request asks for.
struct PageRequest {
  std::int64_t size{50};
  std::int64_t page{};
  bool is_before{};              ///< Whether the page ends before `key` or begins after it.
  std::optional<SortKey> key{};  ///< None is the beginning of the list.
};

/// The parameters that all lists have.
struct PageParameters {
  std::optional<std::int64_t> size;
  std::optional<std::int64_t> page;
  const std::optional<std::string>& token;
};

inline Result<PageRequest> read_page_request(const PageParameters& parameters) {
  PageRequest wanted{.size = parameters.size.value_or(50), .page = parameters.page.value_or(0)};
  if (wanted.size < 1 || wanted.size > 1000) return invalid("PageSize", "should be 1 to 1000");
  if (wanted.page < 0) return invalid("Page", "should not be negative");
  if (!parameters.token) {
    if (wanted.page > 0) return refusal(400, 40153, "Absolute paging is not supported: use PageToken");
    return wanted;
  }
  wanted.key = read_page_token(*parameters.token);
  wanted.is_before = parameters.token->starts_with("PB");
  if (!wanted.key) return invalid("PageToken", "should come from a next_page_url or previous_page_url");
  return wanted;
}

/// Where the pages of the list at `incoming` are: its own URL but for the page.
class PageUrls {
 public:
  PageUrls(const Incoming& incoming, std::int64_t size) {
    root_.append(incoming.base_url).append(incoming.path).append("?");
    std::string_view rest = incoming.query;
    for (detail::FormPair pair; detail::take_pair(rest, pair);) {
      const std::string name = detail::form_decode(pair.name);
      if (name == "PageSize" || name == "Page" || name == "PageToken") continue;
      root_.append(pair.name).append("=").append(pair.value).append("&");
    }
    root_.append("PageSize=").append(std::to_string(size)).append("&Page=");
  }

  std::string at(std::int64_t page, const std::string& token) const {
    std::string url = root_ + std::to_string(page);
    return token.empty() ? url : url.append("&PageToken=").append(token);
  }

 private:
  std::string root_{};
};

/// What stands on a page, and whether there is more on either side.
struct Cut {
  std::vector<Row> rows{};
  bool has_before{};
  bool has_after{};
};

/// Cuts the page out of `rows`, and sorts no more of them than stand on it.
inline Cut cut_rows(std::vector<Row> rows, const PageRequest& wanted) {
  const bool is_before = wanted.key && wanted.is_before;
  const auto is_nearer = [&](const SortKey& a, const SortKey& b) { return is_before ? b < a : a < b; };
  const auto first = rows.begin();
  auto last = rows.end();
  if (wanted.key) {
    last = std::partition(first, last, [&](const Row& row) { return is_nearer(*wanted.key, row.key); });
  }
  const auto end = first + std::min(static_cast<std::ptrdiff_t>(wanted.size), last - first);
  std::partial_sort(first, end, last, [&](const Row& a, const Row& b) { return is_nearer(a.key, b.key); });
  if (is_before) std::reverse(first, end);
  const bool has_passed = last != rows.end(), has_more = end != last;
  return {{first, end}, is_before ? has_more : has_passed, is_before ? has_passed : has_more};
}

inline PageMeta page_meta(const Cut& cut, const PageRequest& wanted, const std::optional<std::string>& token,
                          const Incoming& incoming, std::string_view key) {
  const PageUrls urls{incoming, wanted.size};
  PageMeta meta{.first_page_url = urls.at(0, ""),
                .key = std::string{key},
                .next_page_url = std::nullopt,
                .page = wanted.page,
                .page_size = wanted.size,
                .previous_page_url = std::nullopt,
                .url = urls.at(wanted.page, token.value_or(""))};
  if (cut.rows.empty()) return meta;
  if (cut.has_after) meta.next_page_url = urls.at(wanted.page + 1, page_token("PA", cut.rows.back().key));
  if (cut.has_before) {
    meta.previous_page_url =
        urls.at(std::max<std::int64_t>(wanted.page - 1, 0), page_token("PB", cut.rows.front().key));
  }
  return meta;
}

/// Whether a record belongs to a list.
using Belongs = Borrowed<bool(const void*)>;
/// Writes a record of a list.
using WriteItem = Borrowed<void(std::string&, const void*)>;

/// Cuts a page out of a table in the order of creation, looking at no more of it than it must.
inline Cut cut_table(const Places& table, const PageRequest& wanted, Belongs belongs) {
  Cut cut;
  const auto collect = [&](std::uint64_t place, const void* record) {
    if (!belongs(record)) return true;
    if (cut.rows.size() == static_cast<std::size_t>(wanted.size)) return false;
    cut.rows.push_back({natural_key(place), record});
    return true;
  };
  const auto start = static_cast<std::uint64_t>(std::max<std::int64_t>(wanted.key ? (*wanted.key)[2] : 0, 0));
  if (wanted.is_before) {
    table.walk_down(start, collect);
    std::reverse(cut.rows.begin(), cut.rows.end());
  } else {
    table.walk_up(start, collect);
  }
  if (cut.rows.empty()) return cut;
  const auto find = [&](bool& found) {
    return [&](std::uint64_t, const void* record) { return !(found = belongs(record)); };
  };
  table.walk_down(static_cast<std::uint64_t>(cut.rows.front().key[2]), find(cut.has_before));
  table.walk_up(static_cast<std::uint64_t>(cut.rows.back().key[2]), find(cut.has_after));
  return cut;
}

/// The page that was cut, as JSON.
inline Answer show_page(const Incoming& incoming, std::string_view key, const PageParameters& parameters,
                        const PageRequest& wanted, const Cut& cut, WriteItem write) {
  Answer answer{.json = "{\"meta\":" + write_json(page_meta(cut, wanted, parameters.token, incoming, key)) + ",\""};
  answer.json.append(key).append("\":[");
  for (const Row& row : cut.rows) {
    if (&row != cut.rows.data()) answer.json.push_back(',');
    write(answer.json, row.record);
  }
  answer.json.append("]}");
  return answer;
}

/// The page that `list` asks for, of records that were collected with their sort keys.
template <class Record, class ListOperation, class Write>
Result<Answer> list_rows(const Incoming& incoming, std::string_view key, const ListOperation& list,
                         std::vector<Row> rows, Write write) {
  const PageParameters parameters{list.page_size, list.page, list.page_token};
  const auto wanted = read_page_request(parameters);
  if (!wanted) return wanted.error();
  return show_page(incoming, key, parameters, *wanted, cut_rows(std::move(rows), *wanted),
                   [&](std::string& out, const void* record) { write(out, *static_cast<const Record*>(record)); });
}

/// The page that `list` asks for, of those records in a table that belong to it, in its order.
inline Result<Answer> list_places(const Incoming& incoming, std::string_view key, const PageParameters& parameters,
                                  const Places& table, const Order& order, Belongs belongs, WriteItem write) {
  const auto wanted = read_page_request(parameters);
  if (!wanted) return wanted.error();
  if (order.is_natural()) {
    return show_page(incoming, key, parameters, *wanted, cut_table(table, *wanted, belongs), write);
  }
  std::vector<Row> rows;
  table.walk_up(0, [&](std::uint64_t place, const void* record) {
    if (belongs(record)) rows.push_back({order.key(place, record), record});
    return true;
  });
  return show_page(incoming, key, parameters, *wanted, cut_rows(std::move(rows), *wanted), write);
}

/// The same, by the types of the records and of the operation.
template <class Record, class ListOperation, class IsListed, class Write>
Result<Answer> list_table(const Incoming& incoming, std::string_view key, const ListOperation& list,
                          const Table<Record>& table, const Order& order, IsListed belongs, Write write) {
  return list_places(
      incoming, key, {list.page_size, list.page, list.page_token}, table.places(), order,
      [&](const void* record) { return belongs(*static_cast<const Record*>(record)); },
      [&](std::string& out, const void* record) { write(out, *static_cast<const Record*>(record)); });
}

}  // namespace taskrouter::emulator
