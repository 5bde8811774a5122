#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taskrouter {

/// An HTTP method that TaskRouter uses.
enum class Method : unsigned char { get, post, delete_ };

/// The method as it stands in a request line: `GET`, `POST`, `DELETE`.
constexpr std::string_view text(Method method) {
  return method == Method::get ? "GET" : method == Method::post ? "POST" : "DELETE";
}

/// One header field of a request or a response.
struct Header {
  std::string name;
  std::string value;
};

/// Whether two header names are the same: ASCII letters compare without case.
constexpr bool same_header_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

namespace detail {

/// Whether `text` can stand in a header: visible ASCII and spaces.
inline bool is_header_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace detail

/// A list of headers. Copies share one list until one of them adds to it, so that the headers which
/// every request to an endpoint carries are stored once.
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : list_{std::make_shared<std::vector<Header>>(headers)} {}

  const Header* begin() const { return list_ ? list_->data() : nullptr; }
  const Header* end() const { return begin() + size(); }
  std::size_t size() const { return list_ ? list_->size() : 0; }

  /// The value of the first header called `name`, whatever its case, or null if there is none.
  const std::string* find(std::string_view name) const {
    for (const Header& header : *this) {
      if (same_header_name(header.name, name)) return &header.value;
    }
    return nullptr;
  }

  void add(std::string name, std::string value) {
    if (!list_) {
      list_ = std::make_shared<std::vector<Header>>();
    } else if (list_.use_count() > 1) {
      list_ = std::make_shared<std::vector<Header>>(*list_);
    }
    list_->push_back({std::move(name), std::move(value)});
  }

 private:
  std::shared_ptr<std::vector<Header>> list_;
};

/// A complete HTTP request: a transport sends it as it is.
struct Request {
  Method method{Method::get};
  std::string url;                      ///< Absolute, already encoded.
  Headers headers;                      ///< Includes `Authorization`: never print it, use describe.hpp.
  std::string body;                     ///< Empty for GET and DELETE.
  std::chrono::milliseconds timeout{};  ///< How long the whole exchange may take. Zero leaves it to the transport.
  int attempt{1};                       ///< Counted by what sends it again (retry.hpp), for what logs it.
};

/// How long a transport that allows `own` (zero: any time) may take for `request`: the smaller of the two.
/// Zero is without end. A timeout below zero has already passed, and leaves one millisecond.
constexpr std::chrono::milliseconds time_allowed(const Request& request, std::chrono::milliseconds own) {
  using std::chrono::milliseconds;
  if (request.timeout == milliseconds{}) return own;
  const milliseconds asked = request.timeout > milliseconds{1} ? request.timeout : milliseconds{1};
  return own == milliseconds{} || asked < own ? asked : own;
}

/// An HTTP response as a transport received it.
struct Response {
  int status{};
  Headers headers;
  std::string body;
};

/// Where an operation goes: `POST /v1/Workspaces/{WorkspaceSid}/Tasks`.
struct Route {
  std::string_view name;  ///< The operation's name in Twilio's OpenAPI description: `CreateTask`.
  Method method;
  std::string_view path;  ///< A name in braces stands for the field of that name.
  int success{200};       ///< The status of success: 201 where something is created, 204 for a delete.
};

}  // namespace taskrouter
