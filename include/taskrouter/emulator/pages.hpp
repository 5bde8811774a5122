#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/incoming.hpp"
#include "taskrouter/emulator/table.hpp"
#include "taskrouter/page.hpp"

// Lists, page by page. A page's token is the sort key of the item it begins after or ends before, so
// that a list can change between two pages without items being skipped or repeated.

namespace taskrouter::emulator {

/// What a list is sorted by: two keys that the caller chose, and the order of creation.
using SortKey = std::array<std::int64_t, 3>;

/// One item of a list before it is cut into pages.
struct Row {
  SortKey key{};
  const void* record{};
};

/// A key that a list can be ordered by: its name, and where a record has it.
template <class Record>
struct Ordering {
  std::string_view name;
  std::int64_t (*key)(const Record&);
};

/// The sort key of every record in a list, from the text of its `Ordering` parameter.
template <class Record, std::size_t count>
class Order {
 public:
  explicit Order(const std::array<Ordering<Record>, count>& orderings) : orderings_{orderings} {}

  /// Reads text such as `Priority:desc,DateCreated:asc`. Answers why it is refused, or nothing.
  std::optional<Error> read(const std::optional<std::string>& text) {
    std::string_view rest = text ? std::string_view{*text} : std::string_view{};
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view pair = rest.substr(0, comma);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      const std::size_t colon = std::min(pair.find(':'), pair.size());
      const std::string_view direction = pair.substr(std::min(colon + 1, pair.size()));
      const auto* ordering = std::find_if(orderings_.begin(), orderings_.end(),
                                          [&](const auto& one) { return one.name == pair.substr(0, colon); });
      if (ordering == orderings_.end() || size_ == keys_.size() || (direction != "asc" && direction != "desc")) {
        return invalid("Ordering", "should be at most two of " + names() + ", each with :asc or :desc");
      }
      keys_[size_++] = {ordering->key, direction == "desc"};
    }
    return std::nullopt;
  }

  SortKey key(const Record& record) const {
    SortKey key{0, 0, static_cast<std::int64_t>(record.sequence)};
    for (std::size_t i = 0; i < size_; ++i) {
      const std::int64_t value = keys_[i].get(record);
      key[i] = keys_[i].is_descending ? -value : value;
    }
    return key;
  }

 private:
  struct Key {
    std::int64_t (*get)(const Record&){};
    bool is_descending{};
  };

  std::string names() const {
    std::string text;
    for (const auto& ordering : orderings_) text.append(text.empty() ? "" : ", ").append(ordering.name);
    return text;
  }

  const std::array<Ordering<Record>, count>& orderings_;
  std::array<Key, 2> keys_{};
  std::size_t size_{};
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

inline Result<PageRequest> read_page_request(std::int64_t size, std::int64_t page,
                                             const std::optional<std::string>& token) {
  PageRequest wanted{.size = size, .page = page};
  if (wanted.size < 1 || wanted.size > 1000) return invalid("PageSize", "should be 1 to 1000");
  if (wanted.page < 0) return invalid("Page", "should not be negative");
  if (!token) {
    if (wanted.page > 0) return refusal(400, 40153, "Absolute paging is not supported: use PageToken");
    return wanted;
  }
  wanted.key = read_page_token(*token);
  wanted.is_before = token->starts_with("PB");
  if (!wanted.key) return invalid("PageToken", "should come from a next_page_url or previous_page_url");
  return wanted;
}

template <class ListOperation>
Result<PageRequest> read_page_request(const ListOperation& list) {
  return read_page_request(list.page_size.value_or(50), list.page.value_or(0), list.page_token);
}

/// Where the pages of the list at `incoming` are: its own URL but for the page.
class PageUrls {
 public:
  PageUrls(const Incoming& incoming, std::int64_t size) {
    root_.append(incoming.base_url).append(incoming.path).append("?");
    for (std::string_view rest = incoming.query; !rest.empty();) {
      const std::size_t end = std::min(rest.find('&'), rest.size());
      const std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::string name = detail::form_decode(pair.substr(0, pair.find('=')));
      if (pair.empty() || name == "PageSize" || name == "Page" || name == "PageToken") continue;
      root_.append(pair).append("&");
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

/// Sorts `rows` and cuts the page out.
inline Cut cut_rows(std::vector<Row> rows, const PageRequest& wanted) {
  const auto before = [](const Row& a, const Row& b) { return a.key < b.key; };
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);
  const auto size = static_cast<std::ptrdiff_t>(wanted.size);
  auto first = rows.begin(), last = rows.end();
  if (wanted.key && wanted.is_before) {
    last = std::lower_bound(rows.begin(), rows.end(), Row{*wanted.key, nullptr}, before);
    first = last - std::min(size, last - rows.begin());
  } else {
    if (wanted.key) first = std::upper_bound(rows.begin(), rows.end(), Row{*wanted.key, nullptr}, before);
    last = first + std::min(size, rows.end() - first);
  }
  return {{first, last}, first != rows.begin(), last != rows.end()};
}

inline SortKey natural_key(std::uint64_t sequence) { return {0, 0, static_cast<std::int64_t>(sequence)}; }

/// Cuts a page out of a table in the order of creation, looking at no more of it than it must.
template <class Record, class Belongs>
Cut cut_table(const Table<Record>& table, const PageRequest& wanted, Belongs belongs) {
  Cut cut;
  const auto collect = [&](const Record& record) {
    if (!belongs(record)) return true;
    if (cut.rows.size() == static_cast<std::size_t>(wanted.size)) return false;
    cut.rows.push_back({natural_key(record.sequence), &record});
    return true;
  };
  const auto find = [&](bool& found) {
    return [&found, &belongs](const Record& record) { return !(found = belongs(record)); };
  };
  const auto start = static_cast<std::uint64_t>(std::max<std::int64_t>(wanted.key ? (*wanted.key)[2] : 0, 0));
  if (wanted.is_before) {
    table.walk_down(start, collect);
    std::reverse(cut.rows.begin(), cut.rows.end());
  } else {
    table.walk_up(start, collect);
  }
  if (cut.rows.empty()) return cut;
  table.walk_down(static_cast<std::uint64_t>(cut.rows.front().key[2]), find(cut.has_before));
  table.walk_up(static_cast<std::uint64_t>(cut.rows.back().key[2]), find(cut.has_after));
  return cut;
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

/// The page that was cut. `show` makes an item of a record.
template <class Resource, class Record, class ListOperation, class Show>
Page<Resource> show_page(const ListOperation& list, const PageRequest& wanted, const Cut& cut, const Incoming& incoming,
                         Show show) {
  Page<Resource> page;
  page.meta = page_meta(cut, wanted, list.page_token, incoming, Resource::plural);
  page.items.reserve(cut.rows.size());
  for (const Row& row : cut.rows) page.items.push_back(show(*static_cast<const Record*>(row.record)));
  return page;
}

/// The page that `list` asks for, of records that were collected with their sort keys.
template <class Resource, class Record, class ListOperation, class Show>
Result<Page<Resource>> list_rows(const ListOperation& list, std::vector<Row> rows, const Incoming& incoming,
                                 Show show) {
  const auto wanted = read_page_request(list);
  if (!wanted) return wanted.error();
  return show_page<Resource, Record>(list, *wanted, cut_rows(std::move(rows), *wanted), incoming, show);
}

/// The page that `list` asks for, of those records in a table that belong to it.
template <class Resource, class Record, class ListOperation, class Belongs, class Show>
Result<Page<Resource>> list_table(const ListOperation& list, const Table<Record>& table, const Incoming& incoming,
                                  Belongs belongs, Show show) {
  const auto wanted = read_page_request(list);
  if (!wanted) return wanted.error();
  return show_page<Resource, Record>(list, *wanted, cut_table(table, *wanted, belongs), incoming, show);
}

}  // namespace taskrouter::emulator
