#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>  // Brings the iterators' tags. <iterator> would bring streams: a tenth of the client's compile time.
#include <utility>
#include <vector>

#include "taskrouter/chrono.hpp"
#include "taskrouter/endpoint.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"
#include "taskrouter/result.hpp"

// Walking over a list, page by page. The walk itself sends nothing: the clients do.

namespace taskrouter {

/// How far to walk over a list.
struct EachOptions {
  std::optional<std::size_t> limit{};   ///< Elements at most: 0 asks for nothing. Without one: all.
  std::size_t page_limit{10'000};       ///< Pages at most: a list that goes on after them ends with an Error.
  std::chrono::milliseconds timeout{};  ///< Of one page. Zero leaves it to the transport.

  /// Asks for pages no larger than what is wanted, unless the caller chose a size.
  template <class List>
  void choose_page_size(List& list) const {
    if (limit && !list.page_size) {
      list.page_size = *limit == 0 ? 1 : *limit < 1000 ? static_cast<std::int64_t>(*limit) : 1000;
    }
  }
};

namespace detail {

/// Which pages were asked for, and which comes next.
class Pages {
 public:
  Pages(Result<Request> first, const EachOptions& options)
      : next_{std::move(first)}, page_limit_{options.page_limit}, timeout_{options.timeout} {}

  /// The request for the next page, or why it can't be asked for.
  Result<Request> take() {
    if (!next_) return next_;
    const auto place = std::lower_bound(asked_.begin(), asked_.end(), next_->url);
    if (place != asked_.end() && *place == next_->url) return problem("a page comes twice: the list would not end");
    if (asked_.size() == page_limit_)
      return problem("the list has more than " + std::to_string(page_limit_) + " pages");
    asked_.insert(place, next_->url);
    next_->timeout = timeout_;
    return next_;
  }

  void follow(const std::string& cursor, const Endpoint& endpoint) { next_ = build_page(cursor, endpoint); }

 private:
  static Error problem(std::string message) {
    return {.kind = Error::Kind::body, .message = std::move(message), .field = "meta.next_page_url"};
  }

  Result<Request> next_;
  std::size_t page_limit_;
  std::chrono::milliseconds timeout_;
  std::vector<std::string> asked_{};  // Sorted.
};

/// A walk over a list: tells what to ask for, takes the pages, and gives their elements one by one.
template <class Resource>
class Walk {
 public:
  Walk(Result<Request> first, const EachOptions& options) : pages_{std::move(first), options}, wanted_{options.limit} {}

  /// Whether a page must be fetched before next() has something to give.
  bool needs_page() const { return !ended_ && wanted_ != 0U && taken_ == page_.items.size(); }

  /// The request for that page. None if it can't be asked for: then next() gives the reason.
  std::optional<Request> request() {
    auto request = pages_.take();
    if (request) return *std::move(request);
    end(request.error());
    return {};
  }

  /// Takes the page that was asked for, or what went wrong instead.
  void take(Result<Page<Resource>> page, const Endpoint& endpoint) {
    if (!page) return end(page.error());
    page_ = *std::move(page);
    taken_ = 0;
    page_.next_cursor() ? pages_.follow(*page_.next_cursor(), endpoint) : end({});
  }

  /// The next element; after the last one the Error that ended the list, if one did; and then none.
  std::optional<Result<Resource>> next() {
    if (wanted_ == 0U) return {};
    if (taken_ == page_.items.size()) return std::exchange(error_, {});
    if (wanted_) --*wanted_;
    return std::move(page_.items[taken_++]);
  }

  const Page<Resource>& page() const { return page_; }

 private:
  void end(std::optional<Error> error) {
    ended_ = true;
    if (error) error_ = *std::move(error);
  }

  Pages pages_;
  std::optional<std::size_t> wanted_;
  Page<Resource> page_{};
  std::size_t taken_{};  // Of the page's items.
  bool ended_{};
  std::optional<Result<Resource>> error_{};
};

}  // namespace detail

/// The elements of a list, over all its pages: an input range of `Result<Resource>`. It can be walked
/// over once. See Client::each().
template <class Client, class Resource>
class Each {
 public:
  /// Stands at an element. Incremented, it moves the range: its copies move with it.
  class Iterator {
   public:
    using value_type = Result<Resource>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(Each& each) : each_{&each} {}
    Result<Resource>& operator*() const { return *each_->current_; }
    Result<Resource>* operator->() const { return &*each_->current_; }
    Iterator& operator++() {
      each_->advance();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !each_->current_.has_value(); }

   private:
    Each* each_;
  };

  /// Made by Client::each(). Keeps a reference to `client`.
  Each(Client& client, Result<Request> first, const EachOptions& options)
      : client_{&client}, walk_{std::move(first), options} {}

  /// Where the walk stands: at the first element, before anything is read.
  Iterator begin() {
    if (!current_) advance();
    return Iterator{*this};
  }
  std::default_sentinel_t end() const { return {}; }

  /// Where the page after the one in hand begins, if there is one: Client::each_from() goes on there.
  const std::optional<std::string>& next_cursor() const { return walk_.page().next_cursor(); }

 private:
  /// Moves on to the next element, or past the last one.
  void advance() {
    while (walk_.needs_page()) {
      if (const auto request = walk_.request()) {
        walk_.take(client_->template exchange<Page<Resource>>(*request), client_->endpoint());
      }
    }
    current_ = walk_.next();
  }

  Client* client_;
  detail::Walk<Resource> walk_;
  std::optional<Result<Resource>> current_{};
};

}  // namespace taskrouter
