#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/endpoint.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Where a page stands among its kin. https://www.twilio.com/docs/usage/twilios-response#pagination
struct PageMeta {
  std::string first_page_url{};                    ///< Of the same list.
  std::string key{};                               ///< The name of the list beside this: `tasks`.
  std::optional<std::string> next_page_url{};      ///< None on the last page.
  std::int64_t page{};                             ///< Its number, from 0.
  std::int64_t page_size{};                        ///< The most it can hold.
  std::optional<std::string> previous_page_url{};  ///< None on the first page.
  std::string url{};

  TASKROUTER_FIELDS(first_page_url, key, next_page_url, page, page_size, previous_page_url, url)
};

/// A part of a list, as one answer brings it.
template <class T>
struct Page {
  using Item = T;  ///< What it holds.

  PageMeta meta{};         ///< Where it stands.
  std::vector<T> items{};  ///< In JSON under the resource's plural: `"workers": [...]`.

  /// Where the list goes on, or none on its last page: text to keep and to give to Client::page_at().
  const std::optional<std::string>& next_cursor() const { return meta.next_page_url; }
  /// Where the page before this one is, or none on the first page.
  const std::optional<std::string>& previous_cursor() const { return meta.previous_page_url; }

  /// What TASKROUTER_FIELDS says of other structs.
  template <class Self>
  static constexpr auto described() {
    using detail::Field, detail::TypeOf;
    return std::to_array<Field>({{"meta", &TypeOf<PageMeta>::value, offsetof(Self, meta)},
                                 {T::plural, &TypeOf<std::vector<T>>::value, offsetof(Self, items)}});
  }
};

namespace detail {

/// Whether a path and query can be sent as they are: visible ASCII, and no dots at the start of a
/// segment, which someone on the way might take for a step up.
inline bool is_plain_target(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  const auto has = [&](std::string_view part) { return path.find(part) != std::string_view::npos; };
  return is_header_value(target) && target.find_first_of(" #\\") == std::string_view::npos && !has("/.") &&
         !has("/%2e") && !has("/%2E");
}

}  // namespace detail

/// The request for the page at `page_url`, which is the `next_page_url` or `previous_page_url` of a
/// page. Credentials never leave the endpoint: a URL that leads elsewhere is an Error. Twilio's own
/// host is taken for the endpoint's, because answers name it even where an edge or a proxy is used,
/// and so is the endpoint's host with another edge or region or without one.
inline Result<Request> build_page(std::string_view page_url, const Endpoint& endpoint) {
  if (endpoint.problem()) return *endpoint.problem();
  const std::string_view twilio = "https://taskrouter.twilio.com";
  const auto below = [&](std::string_view base) {
    return page_url.starts_with(base) && page_url.substr(base.size()).starts_with("/v1/");
  };
  const std::string_view origin = page_url.substr(0, page_url.find('/', std::string_view{"https://"}.size()));
  const std::string_view base = below(endpoint.base_url()) ? std::string_view{endpoint.base_url()}
                                : detail::is_same_but_for_region(origin, endpoint.base_url()) ? origin
                                                                                              : twilio;
  const std::string_view rest = below(base) ? page_url.substr(base.size()) : std::string_view{};
  if (rest.empty() || !detail::is_plain_target(rest)) {
    return argument_error("page_url", "the page's URL leads away from " + endpoint.base_url() + ": it was not sent");
  }
  return Request{.method = Method::get,
                 .url = endpoint.base_url() + std::string{rest},
                 .headers = endpoint.headers(false),
                 .body = {}};
}

}  // namespace taskrouter
