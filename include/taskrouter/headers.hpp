#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#if !defined(__GNUC__)
#include <atomic>  // It takes longer to compile than all of this file, so only where there is no builtin.
#endif

namespace taskrouter {

/// One header field of a request or a response.
struct Header {
  std::string name;   ///< Such as `Content-Type`. Compared without regard to case.
  std::string value;  ///< Visible ASCII and spaces.
};

/// Whether two header names are the same: ASCII letters compare without case.
constexpr bool same_header_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  if (a == b) return true;  // Most are written alike.
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

namespace detail {

/// Whether `text` can stand in a header: visible ASCII and spaces.
inline bool is_header_value(std::string_view text) {
  for (const char c : text) {
    if (c < ' ' || c > '~') return false;
  }
  return true;
}

/// Adds to a count that threads share, and answers the sum.
inline int add_atomically(int& count, int change) {
#if defined(__GNUC__)
  return __atomic_add_fetch(&count, change, __ATOMIC_ACQ_REL);
#else
  return std::atomic_ref{count}.fetch_add(change) + change;
#endif
}

}  // namespace detail

/// A list of headers. Copies share one list until one of them adds to it, so that the headers which
/// every request to an endpoint carries are stored once.
class Headers {
 public:
  /// A header to be put into a list, which copies it.
  struct View {
    std::string_view name;   ///< As Header::name.
    std::string_view value;  ///< As Header::value.
    /// The same, kept.
    operator Header() const { return {std::string{name}, std::string{value}}; }
  };

  Headers() = default;
  /// These.
  Headers(std::initializer_list<View> headers) : list_{new List{}} {
    list_->headers.assign(headers.begin(), headers.end());
  }
  /// The same list, shared.
  Headers(const Headers& other) : list_{other.list_} {
    if (list_ != nullptr) detail::add_atomically(list_->owners, 1);
  }
  Headers(Headers&& other) noexcept : list_{std::exchange(other.list_, nullptr)} {}
  Headers& operator=(Headers other) noexcept {
    std::swap(list_, other.list_);
    return *this;
  }
  ~Headers() {
    if (list_ != nullptr && detail::add_atomically(list_->owners, -1) == 0) delete list_;
  }

  const Header* begin() const { return list_ == nullptr ? nullptr : list_->headers.data(); }
  const Header* end() const { return begin() + size(); }
  std::size_t size() const { return list_ == nullptr ? 0 : list_->headers.size(); }

  /// The value of the first header called `name`, whatever its case, or null if there is none.
  const std::string* find(std::string_view name) const {
    for (const Header& header : *this) {
      if (same_header_name(header.name, name)) return &header.value;
    }
    return nullptr;
  }

  /// Adds one at the end, whether or not there is one of that name.
  void add(std::string name, std::string value) {
    if (list_ == nullptr || detail::add_atomically(list_->owners, 0) > 1) *this = own_copy();
    list_->headers.push_back({std::move(name), std::move(value)});
  }

 private:
  // Not a shared_ptr: <memory> would be a fifth of what including the client costs, and its control
  // blocks 1.6 KB of the WebAssembly module.
  struct List {
    std::vector<Header> headers;
    int owners{1};
  };

  /// The same headers, in a list that nobody shares.
  Headers own_copy() const {
    Headers copy;
    copy.list_ = new List{};
    if (list_ != nullptr) copy.list_->headers = list_->headers;
    return copy;
  }

  List* list_ = nullptr;
};

}  // namespace taskrouter
