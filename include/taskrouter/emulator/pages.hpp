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
#include "taskrouter/page.hpp"

// Lists, page by page. A page's token is the sort key of the item it begins after or ends before, so
// that a list can change between two pages without items being skipped or repeated.

namespace taskrouter::emulator {

/// What a list is sorted by: two keys that the caller chose, and the order of creation.
using SortKey = std::array<std::int64_t, 3>;

/// One item of a list before it is cut into pages.
template <class Record>
struct Row {
  SortKey key{};
  const Record* record{};
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

template <class ListOperation>
Result<PageRequest> read_page_request(const ListOperation& list) {
  PageRequest wanted{.size = list.page_size.value_or(50), .page = list.page.value_or(0)};
  if (wanted.size < 1 || wanted.size > 1000) return invalid("PageSize", "should be 1 to 1000");
  if (wanted.page < 0) return invalid("Page", "should not be negative");
  if (!list.page_token) {
    if (wanted.page > 0) return refusal(400, 40153, "Absolute paging is not supported: use PageToken");
    return wanted;
  }
  wanted.key = read_page_token(*list.page_token);
  wanted.is_before = list.page_token->starts_with("PB");
  if (!wanted.key) return invalid("PageToken", "should come from a next_page_url or previous_page_url");
  return wanted;
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

/// Sorts `rows` and cuts the page out that `list` asks for. `show` makes an item of a record.
template <class Resource, class ListOperation, class Record, class Show>
Result<Page<Resource>> cut_page(const ListOperation& list, std::vector<Row<Record>> rows, const Incoming& incoming,
                                Show show) {
  const auto wanted = read_page_request(list);
  if (!wanted) return wanted.error();
  const auto before = [](const Row<Record>& a, const Row<Record>& b) { return a.key < b.key; };
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::sort(rows.begin(), rows.end(), before);

  const auto size = static_cast<std::ptrdiff_t>(wanted->size);
  auto first = rows.begin(), last = rows.end();
  if (wanted->key && wanted->is_before) {
    last = std::lower_bound(rows.begin(), rows.end(), Row<Record>{*wanted->key, nullptr}, before);
    first = last - std::min(size, last - rows.begin());
  } else {
    if (wanted->key) first = std::upper_bound(rows.begin(), rows.end(), Row<Record>{*wanted->key, nullptr}, before);
    last = first + std::min(size, rows.end() - first);
  }

  const PageUrls urls{incoming, wanted->size};
  Page<Resource> page;
  page.meta.first_page_url = urls.at(0, "");
  page.meta.key = Resource::plural;
  page.meta.page = wanted->page;
  page.meta.page_size = wanted->size;
  page.meta.url = urls.at(wanted->page, list.page_token.value_or(""));
  if (last != rows.end() && first != last) {
    page.meta.next_page_url = urls.at(wanted->page + 1, page_token("PA", (last - 1)->key));
  }
  if (first != rows.begin() && first != last) {
    page.meta.previous_page_url = urls.at(std::max<std::int64_t>(wanted->page - 1, 0), page_token("PB", first->key));
  }
  for (; first != last; ++first) page.items.push_back(show(*first->record));
  return page;
}

}  // namespace taskrouter::emulator
