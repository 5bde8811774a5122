// taskrouter.hpp: all of it in one file. Made by amalgamate.cmake; change the files in include/ instead.
// https://opensource.org/license/mit

#pragma once

#include <array>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <initializer_list>
#include <limits>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>


// taskrouter/taskrouter.hpp

// A client for Twilio TaskRouter. Needs C++20 and its standard library, nothing else.
// https://www.twilio.com/docs/taskrouter

// taskrouter/by_name.hpp

// taskrouter/encode.hpp

// taskrouter/endpoint.hpp

// taskrouter/credentials.hpp

// taskrouter/base64.hpp

// Bytes as text: base64 as in a header, base64url as in a token. RFC 4648, sections 4 and 5.

namespace taskrouter::detail {

/// An alphabet, and whether `=` fills the last block.
struct Base64 {
  std::string_view letters;
  bool padded;

  std::string write(std::string_view bytes) const {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
      unsigned block = 0;
      for (std::size_t j = i; j < i + 3; ++j) {
        block = block << 8 | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
      }
      for (unsigned shift = 18; shift < 24; shift -= 6) out.push_back(letters[block >> shift & 63]);
    }
    const std::size_t fill = (3 - bytes.size() % 3) % 3;
    out.resize(out.size() - fill);
    if (padded) out.append(fill, '=');
    return out;
  }

  /// The bytes that `text` stands for. Nothing if write() would not have made it: then it has another
  /// alphabet, other padding, or bits that say nothing.
  std::optional<std::string> read(std::string_view text) const {
    std::size_t size = text.size();
    if (padded) {
      if (size % 4 != 0) return std::nullopt;
      for (int i = 0; i < 2 && size > 0 && text[size - 1] == '='; ++i) --size;
    }
    if (size % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(size / 4 * 3 + 2);
    unsigned block = 0;
    unsigned bits = 0;
    for (const char c : text.substr(0, size)) {
      const std::size_t letter = letters.find(c);
      if (letter == std::string_view::npos) return std::nullopt;
      block = (block << 6 | static_cast<unsigned>(letter)) & 0xFFFF;
      bits += 6;
      if (bits < 8) continue;
      bits -= 8;
      out.push_back(static_cast<char>(block >> bits & 0xFF));
    }
    if ((block & ((1U << bits) - 1)) != 0) return std::nullopt;
    return out;
  }
};

inline constexpr Base64 standard_base64{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", true};
inline constexpr Base64 url_safe_base64{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", false};

inline std::string base64(std::string_view bytes) { return standard_base64.write(bytes); }
inline std::string base64_url(std::string_view bytes) { return url_safe_base64.write(bytes); }
inline std::optional<std::string> read_base64(std::string_view text) { return standard_base64.read(text); }
inline std::optional<std::string> read_base64_url(std::string_view text) { return url_safe_base64.read(text); }

}  // namespace taskrouter::detail

// taskrouter/http.hpp

// taskrouter/chrono.hpp

// The durations, clocks and time points of <chrono>. libstdc++ keeps them in a header of their own:
// the rest of its <chrono>, calendar, streams and all, would be a fifth of what including the client costs.
// Include <chrono> beside this for that rest.

#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>
#else
#include <chrono>  // Other libraries have it in one piece.
#endif

// taskrouter/headers.hpp

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

namespace taskrouter {

/// An HTTP method that TaskRouter uses.
enum class Method : unsigned char { get, post, delete_ };

/// The method as it stands in a request line: `GET`, `POST`, `DELETE`.
constexpr std::string_view text(Method method) {
  return method == Method::get ? "GET" : method == Method::post ? "POST" : "DELETE";
}

/// A complete HTTP request: a transport sends it as it is.
struct Request {
  Method method{Method::get};           ///< What stands first in the request line.
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
  int status{};      ///< Such as 200.
  Headers headers;   ///< As they came.
  std::string body;  ///< As it came, unpacked.
};

/// Where an operation goes: `POST /v1/Workspaces/{WorkspaceSid}/Tasks`.
struct Route {
  std::string_view name;  ///< The operation's name in Twilio's OpenAPI description: `CreateTask`.
  Method method;          ///< What the operation is sent with.
  std::string_view path;  ///< A name in braces stands for the field of that name.
  int success{200};       ///< The status of success: 201 where something is created, 204 for a delete.
};

}  // namespace taskrouter

// taskrouter/result.hpp

namespace taskrouter {

/// What went wrong, and whose turn it is to do something about it.
struct Error {
  /// Whose turn it is.
  enum class Kind {
    argument,   ///< The caller's: a field or a setting is wrong. Nothing was sent.
    transport,  ///< The network's: no usable answer arrived. See `cause`.
    api,        ///< TaskRouter's: it answered with a status outside 200 to 299.
    body,       ///< The answer succeeded but could not be read.
  };
  /// Why no answer arrived. `dns`, `connect` and `tls` say that nothing was sent, so that sending again is safe.
  enum class Cause { none, dns, connect, tls, timeout, too_large, canceled, other };

  Kind kind{Kind::argument};  ///< Whose turn it is.
  std::string message{};      ///< One sentence for a person. Holds no secret.
  std::string field{};        ///< The field that is to blame, for `argument` and `body`.
  Cause cause{Cause::none};   ///< For `transport`.
  int status{};               ///< HTTP status, 0 if there was no answer.
  int code{};                 ///< Twilio's error code, such as 20404, or 0.
  std::string more_info{};    ///< Twilio's page about `code`.
  std::string details{};      ///< JSON text that Twilio added, or empty.
  std::string request_id{};   ///< Twilio's name for the request, to tell their support.
};

/// An Error of kind `argument`.
inline Error argument_error(std::string_view field, std::string_view message) {
  return {.kind = Error::Kind::argument, .message = std::string{message}, .field = std::string{field}};
}

/// An Error of kind `transport`.
inline Error transport_error(Error::Cause cause, std::string_view message) {
  return {.kind = Error::Kind::transport, .message = std::string{message}, .cause = cause};
}

/// The output of an operation that answers with no body.
struct Nothing {};

/// Thrown by Result::value() when there is none. Carries the error's message.
class NoValue : public std::exception {
 public:
  /// For this error.
  explicit NoValue(Error error) : error_{std::move(error)} {}
  /// The error's message.
  const char* what() const noexcept override { return error_.message.c_str(); }
  /// The error itself.
  const Error& error() const { return error_; }

 private:
  Error error_;
};

/// A value, or the Error that took its place. Test it like a pointer before reading the value.
template <class T>
class [[nodiscard]] Result {
 public:
  /// This value.
  Result(const T& value) : value_{std::in_place, value} {}
  /// This value.
  Result(T&& value) : value_{std::in_place, std::move(value)} {}
  /// No value, for this reason.
  Result(const Error& error) : error_{error} {}
  /// No value, for this reason.
  Result(Error&& error) : error_{std::move(error)} {}
  /// An empty value, made where it stays.
  explicit Result(std::in_place_t) : value_{std::in_place} {}

  /// Whether there is a value.
  bool has_value() const { return value_.has_value(); }
  /// Whether there is a value.
  explicit operator bool() const { return has_value(); }

  /// @pre has_value()
  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T operator*() && { return *std::move(value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  /// @pre !has_value()
  const Error& error() const { return *error_; }

  /// The value. Without one it throws NoValue; where exceptions are switched off it terminates.
  const T& value() const& {
    require_value();
    return **this;
  }
  T value() && {
    require_value();
    return *std::move(*this);
  }

 private:
  void require_value() const {
    if (has_value()) return;
#if defined(__cpp_exceptions)
    throw NoValue{error()};
#else
    std::terminate();
#endif
  }

  // Not a variant: every operation has a Result of its own, and these compile in half the time.
  std::optional<T> value_{};
  std::optional<Error> error_{};
};

}  // namespace taskrouter

// taskrouter/sid.hpp

namespace taskrouter {

/// What a SID names. https://www.twilio.com/docs/glossary/what-is-a-sid
enum class SidKind : unsigned char {
  account,
  workspace,
  activity,
  worker,
  task,
  task_queue,
  task_channel,
  workflow,
  reservation,
  call,
  event,
  worker_channel,
  api_key,
};

/// The two letters that a SID of this kind starts with.
constexpr std::string_view prefix(SidKind kind) {
  constexpr std::array<std::string_view, 13> prefixes{"AC", "WS", "WA", "WK", "WT", "WQ", "TC",
                                                      "WW", "WR", "CA", "EV", "WC", "SK"};
  return prefixes[static_cast<std::size_t>(kind)];
}

/// Whether `text` is `prefix`, which is two letters, and 32 hexadecimal digits, as Twilio documents every SID.
constexpr bool is_sid(std::string_view text, std::string_view prefix) {
  if (text.size() != 34 || text[0] != prefix[0] || text[1] != prefix[1]) return false;
  unsigned char bad = 0;  // No branch, and no table: compilers look at 16 characters at once.
  for (std::size_t i = 2; i < 34; ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    const auto letter = static_cast<unsigned char>((text[i] | 32) - 'a');
    bad = static_cast<unsigned char>(bad | ((digit > 9) & (letter > 5)));
  }
  return bad == 0;
}

/// The text of a SID, held without allocating. What is longer than 39 characters is no SID and is
/// cut there; it can never be sent.
class SidText {
 public:
  constexpr SidText() = default;
  /// Any text.
  constexpr explicit SidText(std::string_view text)
      : size_{static_cast<unsigned char>(text.size() < sizeof text_ ? text.size() : sizeof text_)} {
    text.copy(text_, size_);
  }

  /// As it was given.
  constexpr std::string_view text() const { return {text_, size_}; }
  /// Whether there is none.
  constexpr bool empty() const { return size_ == 0; }

  friend constexpr bool operator==(const SidText& a, const SidText& b) { return a.text() == b.text(); }
  friend constexpr bool operator<(const SidText& a, const SidText& b) { return a.text() < b.text(); }

 private:
  char text_[39]{};
  unsigned char size_{};
};

/// The SID of one kind of thing. A worker's SID does not compile where a task's is expected.
template <SidKind kind>
class Sid : public SidText {
 public:
  constexpr Sid() = default;
  /// Any text: build() refuses what is no SID of this kind.
  constexpr explicit Sid(std::string_view text) : SidText{text} {}

  /// Whether it could be sent. What a response brought is kept as it is, well formed or not.
  constexpr bool well_formed() const { return is_sid(text(), prefix(kind)); }
};

using AccountSid = Sid<SidKind::account>;
using WorkspaceSid = Sid<SidKind::workspace>;
using ActivitySid = Sid<SidKind::activity>;
using WorkerSid = Sid<SidKind::worker>;
using TaskSid = Sid<SidKind::task>;
using TaskQueueSid = Sid<SidKind::task_queue>;
using TaskChannelSid = Sid<SidKind::task_channel>;
using WorkflowSid = Sid<SidKind::workflow>;
using ReservationSid = Sid<SidKind::reservation>;
using CallSid = Sid<SidKind::call>;
using EventSid = Sid<SidKind::event>;
using WorkerChannelSid = Sid<SidKind::worker_channel>;
using ApiKeySid = Sid<SidKind::api_key>;

}  // namespace taskrouter

template <taskrouter::SidKind kind>
struct std::hash<taskrouter::Sid<kind>> {
  std::size_t operator()(const taskrouter::Sid<kind>& sid) const { return std::hash<std::string_view>{}(sid.text()); }
};

namespace taskrouter {
namespace detail {

/// The value of an environment variable, or an empty text.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Whether `token` can follow `Bearer` in a header: visible ASCII without a space.
inline bool is_token(std::string_view token) {
  return !token.empty() && is_header_value(token) && token.find(' ') == std::string_view::npos;
}

}  // namespace detail

/// Who is calling. TaskRouter knows the account by the key or token, so an API key needs no account SID beside it.
/// A mistake in the arguments is kept, and every build answers with it. https://www.twilio.com/docs/iam/api-keys
class Credentials {
 public:
  /// @param username the account's SID (`AC...`), or an API key's (`SK...`)
  /// @param password the account's auth token, or the API key's secret
  Credentials(std::string_view username, std::string_view password) {
    if (username.empty()) {
      problem_ = argument_error("account_sid", "the account SID is missing: set TWILIO_ACCOUNT_SID or pass one");
    } else if (!is_sid(username, "AC") && !is_sid(username, "SK")) {
      problem_ =
          argument_error("account_sid", "the account SID should be AC (or an API key's SK) and 32 hexadecimal digits");
    } else if (password.empty()) {
      problem_ = argument_error("auth_token", "the auth token is missing: set TWILIO_AUTH_TOKEN or pass one");
    }
    authorization_ = "Basic " + detail::base64(std::string{username}.append(":").append(password));
  }

  /// An API key, which can be revoked without changing the account's auth token.
  /// @param sid `SK` and 32 hexadecimal digits
  static Credentials api_key(std::string_view sid, std::string_view secret) {
    Credentials credentials{sid, secret};
    if (!is_sid(sid, "SK")) {
      credentials.problem_ = argument_error("api_key", "the API key's SID should be SK and 32 hexadecimal digits");
    } else if (secret.empty()) {
      credentials.problem_ =
          argument_error("api_secret", "the API key's secret is missing: set TWILIO_API_SECRET or pass one");
    }
    return credentials;
  }

  /// A token that someone else fetched and renews. For a client that does so itself see oauth.hpp.
  static Credentials bearer(std::string_view token) {
    Credentials credentials;
    if (!detail::is_token(token)) {
      credentials.problem_ = argument_error("token", "the bearer token should be visible ASCII without a space");
    }
    credentials.authorization_ = "Bearer " + std::string{token};
    return credentials;
  }

  /// No credentials: the transport adds them (oauth.hpp), or a proxy on the way does.
  static Credentials none() { return {}; }

  /// Reads TWILIO_API_KEY and TWILIO_API_SECRET, or where no key is set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
  /// Where one is missing, every send says so.
  static Credentials from_environment() {
    const std::string key = detail::environment("TWILIO_API_KEY");
    if (!key.empty()) return api_key(key, detail::environment("TWILIO_API_SECRET"));
    return {detail::environment("TWILIO_ACCOUNT_SID"), detail::environment("TWILIO_AUTH_TOKEN")};
  }

 private:
  friend class Endpoint;
  Credentials() = default;
  std::string authorization_{};  // The header's value.
  std::optional<Error> problem_{};
};

}  // namespace taskrouter

// taskrouter/region.hpp

// Twilio's hosts name the edge where traffic enters and the region where data is kept:
// `{product}.{edge}.{region}.twilio.com`. https://www.twilio.com/docs/global-infrastructure

namespace taskrouter::detail {

/// A host of the form `{product}[.{edge}][.{region}].{domain}`, taken apart.
struct RegionalHost {
  std::string_view product{};
  std::string_view edge{};
  std::string_view region{};
  std::string_view domain{};  ///< Two labels: `twilio.com`.
};

/// The parts of a host, or nullopt where it has no place for edge and region: an IP address, or a name of fewer
/// than three labels or more than five.
inline std::optional<RegionalHost> split_host(std::string_view host) {
  std::array<std::string_view, 5> labels;
  std::size_t count = 0;
  for (std::string_view rest = host;;) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    if (end == 0 || count == labels.size()) return std::nullopt;
    labels[count++] = rest.substr(0, end);
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  const std::string_view top = labels[count - 1];
  if (count < 3 || top.find_first_not_of("0123456789") == std::string_view::npos) return std::nullopt;
  RegionalHost parts{.product = labels[0],
                     .domain = host.substr(host.size() - top.size() - labels[count - 2].size() - 1)};
  if (count == 5) parts.edge = labels[1];
  if (count > 3) parts.region = labels[count - 3];
  return parts;
}

/// The host in a URL, without scheme, port and path.
inline std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  return url.substr(host, url.find_first_of(":/", host) - host);
}

/// The URL with its host moved to `edge` and `region`. Where one is empty, the host's own stays; an edge alone
/// is in front of Twilio's first region, us1. A host without a place for them is left as it is.
inline std::string regional_url(std::string_view url, std::string_view edge, std::string_view region) {
  if (edge.empty() && region.empty()) return std::string{url};
  const std::string_view host = host_of(url);
  const auto parts = split_host(host);
  if (!parts) return std::string{url};
  if (edge.empty()) edge = parts->edge;
  if (region.empty()) region = parts->region.empty() ? "us1" : parts->region;
  std::string moved{url.begin(), host.begin()};
  moved.append(parts->product).append(edge.empty() ? "" : ".").append(edge).append(".").append(region);
  return moved.append(".").append(parts->domain).append(host.end(), url.end());
}

/// Whether the URL becomes `base_url` in the edge and the region of `base_url`.
inline bool is_same_but_for_region(std::string_view url, std::string_view base_url) {
  const auto here = split_host(host_of(base_url));
  return here && regional_url(url, here->edge, here->region) == base_url;
}

/// Whether `text` can be an edge or a region: a label of a host name.
inline bool is_host_label(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  for (const char c : text) {
    if (!is_letter(c) && c != '-') return false;
  }
  return !text.empty() && text.size() <= 63 && is_letter(text.front()) && is_letter(text.back());
}

}  // namespace taskrouter::detail

// taskrouter/user_agent.hpp

namespace taskrouter {

/// The version of this library, as it stands in the User-Agent.
inline constexpr std::string_view version = "0.1.0";

namespace detail {

inline constexpr std::string_view operating_system =
#if defined(__EMSCRIPTEN__)
    "emscripten";
#elif defined(_WIN32)
    "windows";
#elif defined(__APPLE__)
    "darwin";
#elif defined(__linux__)
    "linux";
#else
    "unknown";
#endif

inline constexpr std::string_view architecture =
#if defined(__wasm__)
    "wasm";
#elif defined(__x86_64__) || defined(_M_X64)
    "x86_64";
#elif defined(__aarch64__) || defined(_M_ARM64)
    "arm64";
#elif defined(__arm__) || defined(_M_ARM)
    "arm";
#elif defined(__i386__) || defined(_M_IX86)
    "x86";
#else
        "unknown";
#endif

/// The User-Agent in the form of Twilio's libraries: `name/version (system architecture) language/version`.
inline std::string user_agent() {
  std::string text{"taskrouter-cpp/"};
  text.append(version).append(" (").append(operating_system).append(" ").append(architecture);
  return text + ") c++/20";
}

}  // namespace detail
}  // namespace taskrouter

namespace taskrouter {
namespace detail {

/// Whether requests can be sent below `url`: a scheme, a host, perhaps a port and a path, no more.
inline bool is_base_url(std::string_view url) {
  const std::size_t host = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
  if (host == 0 || url.back() == '/' || url.find_first_of(" @?#\\") != std::string_view::npos ||
      !is_header_value(url)) {
    return false;
  }
  const std::string_view authority = url.substr(host, url.find('/', host) - host);
  const std::size_t bracket = authority.find(']');  // An IPv6 address has colons of its own.
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const std::string_view port = colon == std::string_view::npos ? "0" : authority.substr(colon + 1);
  return !authority.empty() && colon != 0 && !port.empty() && port.size() <= 5 &&
         port.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace detail

/// Where requests go and what each of them carries besides its operation.
class Endpoint {
 public:
  struct Options {
    /// Scheme, host and port, perhaps a path, with no slash at the end.
    std::string base_url{"https://taskrouter.twilio.com"};
    std::string edge{};    ///< Where traffic enters Twilio's network: `dublin`. Goes into the base URL's host.
    std::string region{};  ///< Where the workspace is kept: `ie1`. Goes into the base URL's host.
    /// Empty leaves the header to the transport, as a browser demands, and drops the extensions.
    std::string user_agent{detail::user_agent()};
    std::vector<std::string> user_agent_extensions{};  ///< Follow the user agent: `my-service/1.2`.
    int json_depth{64};  ///< How deep the JSON of an answer may be nested: 1 to 64. What is deeper is an Error.

    /// Reads TWILIO_EDGE and TWILIO_REGION.
    static Options from_environment() {
      Options options;
      options.edge = detail::environment("TWILIO_EDGE");
      options.region = detail::environment("TWILIO_REGION");
      return options;
    }
  };

  /// A mistake in the arguments is kept, and build() answers with it.
  explicit Endpoint(const Credentials& credentials) : Endpoint{credentials, Options{}} {}
  /// With other options.
  Endpoint(const Credentials& credentials, Options options)
      : base_url_{detail::regional_url(options.base_url, options.edge, options.region)},
        problem_{credentials.problem_ ? credentials.problem_ : problem_of(options)},
        json_depth_{options.json_depth} {
    if (!credentials.authorization_.empty()) headers_.add("Authorization", credentials.authorization_);
    headers_.add("Accept", "application/json");
    if (!options.user_agent.empty()) {
      for (const std::string& extension : options.user_agent_extensions) options.user_agent += ' ' + extension;
      headers_.add("User-Agent", std::move(options.user_agent));
    }
    form_headers_ = headers_;
    form_headers_.add("Content-Type", "application/x-www-form-urlencoded");
    json_headers_ = headers_;
    json_headers_.add("Content-Type", "application/json");
  }

  /// The endpoint that the environment describes: see from_environment() of Credentials and of Options.
  static Endpoint from_environment() { return {Credentials::from_environment(), Options::from_environment()}; }

  /// Where requests go, edge and region included.
  const std::string& base_url() const { return base_url_; }
  /// What is wrong with the arguments, if anything is.
  const std::optional<Error>& problem() const { return problem_; }
  /// The headers of a request, with a form or without one. Authorization is among them.
  const Headers& headers(bool with_form) const { return with_form ? form_headers_ : headers_; }
  /// The headers of a request whose body is JSON.
  const Headers& json_headers() const { return json_headers_; }
  /// How deep the JSON of an answer may be nested.
  int json_depth() const { return json_depth_; }

 private:
  static std::optional<Error> problem_of(const Options& options) {
    if (!detail::is_base_url(options.base_url)) {
      return argument_error(
          "base_url",
          "the base URL should be http:// or https://, a host, perhaps a port and a path, and no slash at the end");
    }
    const auto is_label = [](const std::string& text) { return text.empty() || detail::is_host_label(text); };
    if (!is_label(options.edge)) {
      return argument_error("edge", "the edge should be letters, digits and hyphens, as in 'dublin'");
    }
    if (!is_label(options.region)) {
      return argument_error("region", "the region should be letters, digits and hyphens, as in 'ie1'");
    }
    if (!detail::is_header_value(options.user_agent)) {
      return argument_error("user_agent", "the user agent should be visible ASCII");
    }
    for (const std::string& extension : options.user_agent_extensions) {
      if (extension.empty() || !detail::is_header_value(extension)) {
        return argument_error("user_agent_extensions", "an extension of the user agent should be visible ASCII");
      }
    }
    if (options.json_depth < 1 || options.json_depth > 64) {
      return argument_error("json_depth", "the depth of JSON should lie between 1 and 64");
    }
    return std::nullopt;
  }

  std::string base_url_;
  std::optional<Error> problem_{};
  int json_depth_;
  Headers headers_{};
  Headers form_headers_{};
  Headers json_headers_{};
};

}  // namespace taskrouter

// taskrouter/fields.hpp

// taskrouter/field_names.hpp

// The two names of a field: `worker_activity_sid` in C++ and JSON is `WorkerActivitySid` on the wire. The second is
// spelled where it is needed: kept in tables it would be an eighth of the WebAssembly module.

namespace taskrouter::detail {

/// The name in JSON of the field called so in C++: `template_` loses the underscore that keeps it from being a keyword.
constexpr std::string_view json_name(std::string_view name) {
  if (name.ends_with('_')) name.remove_suffix(1);
  return name;
}

/// Calls `put(character)` for each character of the name on the wire, until it answers false.
template <class Put>
constexpr void spell_for_the_wire(std::string_view name, Put put) {
  char before = '_';
  for (const char c : name) {
    if (c != '_' && !put(before == '_' && c >= 'a' ? static_cast<char>(c - 32) : c)) return;
    before = c;
  }
}

inline std::string wire_name(std::string_view name) {
  std::string wire;
  spell_for_the_wire(name, [&](char c) { return wire.push_back(c), true; });
  return wire;
}

/// Whether `text` is the name on the wire of the field called `name`.
constexpr bool is_wire_name(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  bool same = true;
  spell_for_the_wire(name, [&](char c) { return same = at < text.size() && text[at++] == c; });
  return same && at == text.size();
}

}  // namespace taskrouter::detail

// taskrouter/for_each.hpp

/// TASKROUTER_FOR_EACH(m, a, b, c) is `m(a) m(b) m(c)`, for up to 112 arguments.
///
/// A macro can't name itself, so eight that name each other in a row do eight steps, the last one
/// leaves the name of the first behind, and each rescan goes round once more. Rescans cost compile
/// time, all the text so far each time: hence eight steps a round and not one.
#define TASKROUTER_FOR_EACH(macro, ...) __VA_OPT__(TASKROUTER_RESCANS(TASKROUTER_STEP_1(macro, __VA_ARGS__)))
#define TASKROUTER_STEP_1(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_2(macro, __VA_ARGS__))
#define TASKROUTER_STEP_2(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_3(macro, __VA_ARGS__))
#define TASKROUTER_STEP_3(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_4(macro, __VA_ARGS__))
#define TASKROUTER_STEP_4(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_5(macro, __VA_ARGS__))
#define TASKROUTER_STEP_5(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_6(macro, __VA_ARGS__))
#define TASKROUTER_STEP_6(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_7(macro, __VA_ARGS__))
#define TASKROUTER_STEP_7(macro, first, ...) macro(first) __VA_OPT__(TASKROUTER_STEP_8(macro, __VA_ARGS__))
#define TASKROUTER_STEP_8(macro, first, ...) \
  macro(first) __VA_OPT__(TASKROUTER_FIRST_STEP TASKROUTER_PARENTHESES(macro, __VA_ARGS__))
#define TASKROUTER_FIRST_STEP() TASKROUTER_STEP_1
#define TASKROUTER_PARENTHESES ()
#define TASKROUTER_RESCANS(...) TASKROUTER_RESCAN_3(TASKROUTER_RESCAN_3(TASKROUTER_RESCAN_3(__VA_ARGS__)))
#define TASKROUTER_RESCAN_3(...) TASKROUTER_RESCAN(TASKROUTER_RESCAN(TASKROUTER_RESCAN(__VA_ARGS__)))
#define TASKROUTER_RESCAN(...) __VA_ARGS__

// taskrouter/open_enum.hpp

/// Declares `enum class name { ... }` whose enumerators are spelled as on the wire.
#define TASKROUTER_ENUM(name, ...)                                                                        \
  enum class name { __VA_ARGS__ };                                                                        \
  inline constexpr ::std::string_view name##_names[]{TASKROUTER_FOR_EACH(TASKROUTER_QUOTE, __VA_ARGS__)}; \
  constexpr const auto& names(name) { return name##_names; }
#define TASKROUTER_QUOTE(name) #name,

/// The same where the wire has texts that are no C++ names:
/// TASKROUTER_ENUM_AS(Trim, (trim_silence, "trim-silence"), (do_not_trim, "do-not-trim"))
#define TASKROUTER_ENUM_AS(name, ...)                                                                      \
  enum class name { TASKROUTER_FOR_EACH(TASKROUTER_FIRST, __VA_ARGS__) };                                  \
  inline constexpr ::std::string_view name##_names[]{TASKROUTER_FOR_EACH(TASKROUTER_SECOND, __VA_ARGS__)}; \
  constexpr const auto& names(name) { return name##_names; }
#define TASKROUTER_FIRST(pair) TASKROUTER_FIRST_OF pair
#define TASKROUTER_FIRST_OF(first, second) first,
#define TASKROUTER_SECOND(pair) TASKROUTER_SECOND_OF pair
#define TASKROUTER_SECOND_OF(first, second) second,

namespace taskrouter {

namespace detail {

/// What every OpenEnum is made of, so that one plain function can read and write them all.
struct EnumText {
  int index{-1};          ///< The enumerator, or -1.
  std::string unknown{};  ///< The text if it is no enumerator's.
};

template <class E>
inline constexpr std::span<const std::string_view> names_of = names(E{});

/// Makes `value` the enumerator called `text`, or else the text itself.
inline void set_text(EnumText& value, std::span<const std::string_view> names, std::string_view text) {
  value.index = -1;
  value.unknown.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) value.index = static_cast<int>(i);
  }
  if (value.index < 0) value.unknown = text;
}

/// What to say of a text that is no enumerator's.
inline std::string should_be_one_of(std::span<const std::string_view> names) {
  std::string out = "should be one of ";
  for (const std::string_view& name : names) out.append(&name == names.data() ? "" : ", ").append(name);
  return out;
}

}  // namespace detail

/// An enum that keeps text it does not know, so that a value Twilio adds later is not lost.
/// Empty where a response had none. In a request unknown text is refused.
template <class E>
class OpenEnum {
 public:
  OpenEnum() = default;
  OpenEnum(E value) : text_{.index = static_cast<int>(value)} {}

  /// The enumerator called `text`, or else the text itself.
  static OpenEnum from_text(std::string_view text) {
    OpenEnum result;
    detail::set_text(result.text_, detail::names_of<E>, text);
    return result;
  }

  /// As it stands on the wire; empty if there is no value.
  std::string_view text() const {
    return text_.index < 0 ? std::string_view{text_.unknown}
                           : detail::names_of<E>[static_cast<std::size_t>(text_.index)];
  }

  /// The enumerator, or nullopt for text that is not one.
  std::optional<E> known() const { return text_.index < 0 ? std::nullopt : std::optional{static_cast<E>(text_.index)}; }

  friend bool operator==(const OpenEnum& a, const OpenEnum& b) { return a.text() == b.text(); }
  friend bool operator==(const OpenEnum& a, E b) { return a.text_.index == static_cast<int>(b); }

 private:
  detail::EnumText text_{};
};

}  // namespace taskrouter

// taskrouter/timestamp.hpp

namespace taskrouter {

/// A point in time, in UTC, to the second.
using Timestamp = std::chrono::sys_seconds;

namespace detail {

/// The days of the Gregorian calendar before a date. Years are counted from 0 to 10000.
constexpr int days_before_year(int year) {
  return 365 * year + (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400 - 719'528;  // From 1970 on.
}
constexpr int days_before_month(int year, int month) {
  constexpr int days[]{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (leap && month > 2 ? 1 : 0);
}

constexpr Timestamp start_of_year(int year) {
  return Timestamp{std::chrono::seconds{days_before_year(year) * std::int64_t{86'400}}};
}

}  // namespace detail

/// The time that `2014-05-14T10:50:02Z` says, or nullopt if the text is no ISO 8601 date and time.
/// A fraction of a second is cut off; an offset such as `+02:00` is converted to UTC, where the year
/// must still have four digits.
inline std::optional<Timestamp> read_timestamp(std::string_view text) {
  bool good = true;
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
      good = good && text[i] >= '0' && text[i] <= '9';
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  const auto expect = [&](std::size_t at, char c) { good = good && text[at] == c; };

  if (text.size() < 20) return std::nullopt;
  const int y = number(0, 4), mo = number(5, 2), d = number(8, 2);
  const int h = number(11, 2), mi = number(14, 2), s = number(17, 2);
  expect(4, '-'), expect(7, '-'), expect(10, 'T'), expect(13, ':'), expect(16, ':');
  if (!good || h > 23 || mi > 59 || s > 60) return std::nullopt;
  if (mo < 1 || mo > 12 || d < 1) return std::nullopt;
  const int day_of_year = detail::days_before_month(y, mo) + d - 1;
  if (day_of_year >= detail::days_before_month(y, mo + 1)) return std::nullopt;

  std::size_t at = 19;
  if (text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  using std::chrono::seconds;
  const Timestamp local = detail::start_of_year(y) + seconds{((day_of_year * 24 + h) * 60 + mi) * 60 + s};
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return local;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const int offset_hours = number(at + 1, 2), offset_minutes = number(at + 4, 2);
  expect(at + 3, ':');
  if (!good || offset_hours > 23 || offset_minutes > 59) return std::nullopt;
  const seconds offset{(offset_hours * 60 + offset_minutes) * 60};
  const Timestamp utc = zone[0] == '+' ? local - offset : local + offset;
  if (utc < detail::start_of_year(0) || utc >= detail::start_of_year(10'000)) return std::nullopt;
  return utc;
}

/// Whether the time can be written: the years 1900 to 9999, which TaskRouter takes.
inline bool is_writable(Timestamp time) {
  return time >= detail::start_of_year(1900) && time < detail::start_of_year(10'000);
}

/// The time as `2014-05-14T10:50:02Z`, 20 characters.
/// @pre the year has four digits
inline std::array<char, 20> write_timestamp(Timestamp time) {
  const auto days = std::chrono::floor<std::chrono::days>(time.time_since_epoch());
  const auto second_of_day = static_cast<unsigned>((time.time_since_epoch() - days).count());
  const int day = static_cast<int>(days.count());
  int year = (day + 719'529) * 400 / 146'097;  // As if all were alike, the days of 400 years in 400. Or the one before.
  if (detail::days_before_year(year) > day) --year;
  const int day_of_year = day - detail::days_before_year(year);
  int month = day_of_year / 31 + 1;  // Or the next one.
  if (detail::days_before_month(year, month + 1) <= day_of_year) ++month;

  std::array<char, 20> text{"0000-00-00T00:00:00"};
  const auto digits = [&](std::size_t at, unsigned value) {
    text[at] = static_cast<char>('0' + value / 10);
    text[at + 1] = static_cast<char>('0' + value % 10);
  };
  digits(0, static_cast<unsigned>(year / 100));
  digits(2, static_cast<unsigned>(year % 100));
  digits(5, static_cast<unsigned>(month));
  digits(8, static_cast<unsigned>(day_of_year - detail::days_before_month(year, month) + 1));
  digits(11, second_of_day / 3600);
  digits(14, second_of_day / 60 % 60);
  digits(17, second_of_day % 60);
  text[19] = 'Z';
  return text;
}

/// The time as text: `2014-05-14T10:50:02Z`.
/// @pre is_writable(time)
inline std::string to_text(Timestamp time) {
  const auto text = write_timestamp(time);
  return {text.begin(), text.end()};
}

}  // namespace taskrouter

/// Names a struct's fields, once. Everything that reads or writes the struct goes by this list. An answer's stand in
/// the order in which Twilio writes them: the reader then finds each at once.
#define TASKROUTER_FIELDS(...)                                                                                 \
  template <class Self>                                                                                        \
  static constexpr auto described() {                                                                          \
    return ::std::to_array<::taskrouter::detail::Field>({TASKROUTER_FOR_EACH(TASKROUTER_FIELD, __VA_ARGS__)}); \
  }
#define TASKROUTER_FIELD(name)                                        \
  ::taskrouter::detail::Field{::taskrouter::detail::json_name(#name), \
                              &::taskrouter::detail::TypeOf<decltype(Self::name)>::value, offsetof(Self, name)},

namespace taskrouter {

/// JSON that travels inside a string: `attributes` and `configuration`. In a request it must be
/// valid JSON.
struct JsonText {
  std::string text{};  ///< As it stands, not parsed.
  friend bool operator==(const JsonText&, const JsonText&) = default;
};

/// A JSON value whose shape Twilio leaves open, as the text that arrived: `links`. Where it is known,
/// read_json() reads one: `read_json<WorkspaceRealTimeStatistics>(statistics.realtime.text)`.
struct JsonValue {
  std::string text{};  ///< As it stands, not parsed.
  friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

/// A whole number that a request can only carry between `lowest` and `highest`.
template <std::int64_t lowest, std::int64_t highest = std::numeric_limits<std::int64_t>::max()>
class Integer {
 public:
  /// Any number: build() refuses one that is out of the range.
  constexpr Integer(std::int64_t value = 0) : value_{value} {}
  constexpr operator std::int64_t() const { return value_; }

 private:
  std::int64_t value_;
};

/// A struct whose fields are named by TASKROUTER_FIELDS.
template <class T>
concept Described = requires {
  T::template described<T>();
};

namespace detail {

struct FieldType;

/// Where an operation's field goes: into the path if the route names it, into a header or all of the body if it is
/// called so, else into the form of a POST or the query of a GET.
enum class Place : unsigned char { pair, path, if_match, body };

/// A field as the plain functions see it: a name, a type, and where it lies in its struct.
struct Field {
  std::string_view name;  ///< In C++ and in JSON: `worker_activity_sid`.
  const FieldType* type;
  std::uint16_t offset;
  Place place{};  ///< Set in the tables of operations.

  /// In a path, query or form: `WorkerActivitySid`.
  std::string wire_name() const { return detail::wire_name(name); }

  const void* in(const void* object) const { return static_cast<const char*>(object) + offset; }
  void* in(void* object) const { return static_cast<char*>(object) + offset; }
};

enum class FieldKind : unsigned char {
  text,        // std::string
  json_text,   // JsonText
  json_value,  // JsonValue
  sid,         // SidText, the base of every Sid
  open_enum,   // EnumText, the inside of every OpenEnum
  boolean,     // bool
  integer,     // std::int64_t, the inside of every Integer
  timestamp,   // std::optional<Timestamp>: Twilio leaves any time out
  structure,   // a Described struct
  optional,    // std::optional of one of the above: holds 0 or 1
  list,        // std::vector of one of the above
};

/// What the plain functions must know of a field's C++ type.
struct FieldType {
  FieldKind kind{};
  std::string_view prefix{};                  ///< sid: the two letters.
  std::span<const std::string_view> names{};  ///< open_enum: the enumerators.
  std::int64_t lowest{};                      ///< integer: what can be sent.
  std::int64_t highest{};                     ///< integer.
  std::span<const Field> fields{};            ///< structure.
  /// How many values there are.
  std::size_t (*count)(const void*) = [](const void*) -> std::size_t { return 1; };
  const FieldType* element{};  ///< optional and list: what they hold, and how to reach it.
  const void* (*at)(const void*, std::size_t){};
  void* (*add)(void*){};
  void (*clear)(void*){};
  void (*make)(void*){};  // An empty one in bare memory.
  void (*end)(void*){};
};

/// How text is read into fields. What TaskRouter wrote is read leniently: there may be names of no
/// field, SIDs and enumerators of a later day, and times in another form. What a caller wrote is read
/// strictly: there all of these are mistakes.
enum class Reading : unsigned char { lenient, strict };

template <class T>
struct IsSid : std::false_type {};
template <SidKind kind>
struct IsSid<Sid<kind>> : std::true_type {
  static constexpr std::string_view letters = prefix(kind);
};

template <class T>
struct IsOpenEnum : std::false_type {};
template <class E>
struct IsOpenEnum<OpenEnum<E>> : std::true_type {
  static_assert(sizeof(OpenEnum<E>) == sizeof(EnumText) && std::is_standard_layout_v<OpenEnum<E>>);
  using Enum = E;
};

template <class T>
struct IsInteger : std::false_type {};
template <std::int64_t low, std::int64_t high>
struct IsInteger<Integer<low, high>> : std::true_type {
  static_assert(sizeof(Integer<low, high>) == sizeof(std::int64_t) && std::is_standard_layout_v<Integer<low, high>>);
  static constexpr std::int64_t lowest = low, highest = high;
};
template <>
struct IsInteger<std::int64_t> : std::true_type {
  static constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  static constexpr auto highest = std::numeric_limits<std::int64_t>::max();
};

template <class T>
struct Holder {};  // Neither optional nor list.

template <class T>
struct Holder<std::optional<T>> {
  using Element = T;
  static constexpr FieldKind kind = FieldKind::optional;
  static std::size_t count(const void* p) { return static_cast<const std::optional<T>*>(p)->has_value(); }
  static const void* at(const void* p, std::size_t) { return &**static_cast<const std::optional<T>*>(p); }
  static void* add(void* p) { return &static_cast<std::optional<T>*>(p)->emplace(); }
  static void clear(void* p) { static_cast<std::optional<T>*>(p)->reset(); }
  static void make(void* p) { new (p) std::optional<T>{}; }
  static void end(void* p) { static_cast<std::optional<T>*>(p)->~optional(); }
};

template <class T>
struct Holder<std::vector<T>> {
  using Element = T;
  static constexpr FieldKind kind = FieldKind::list;
  static std::size_t count(const void* p) { return static_cast<const std::vector<T>*>(p)->size(); }
  static const void* at(const void* p, std::size_t i) { return &(*static_cast<const std::vector<T>*>(p))[i]; }
  static void* add(void* p) { return &static_cast<std::vector<T>*>(p)->emplace_back(); }
  static void clear(void* p) { static_cast<std::vector<T>*>(p)->clear(); }
  static void make(void* p) { new (p) std::vector<T>{}; }
  static void end(void* p) { static_cast<std::vector<T>*>(p)->~vector(); }
};

template <class T>
struct TypeOf;
template <class T>
struct FieldsOf;

template <class T>
consteval FieldType make_type() {
  if constexpr (std::is_same_v<T, std::optional<Timestamp>>) {
    return {.kind = FieldKind::timestamp, .count = Holder<T>::count};
  } else if constexpr (requires { typename Holder<T>::Element; }) {
    using H = Holder<T>;
    return {.kind = H::kind,
            .count = H::count,
            .element = &TypeOf<typename H::Element>::value,
            .at = H::at,
            .add = H::add,
            .clear = H::clear,
            .make = H::make,
            .end = H::end};
  } else if constexpr (IsSid<T>::value) {
    return {.kind = FieldKind::sid, .prefix = IsSid<T>::letters};
  } else if constexpr (IsOpenEnum<T>::value) {
    return {.kind = FieldKind::open_enum, .names = names_of<typename IsOpenEnum<T>::Enum>};
  } else if constexpr (Described<T>) {
    return {.kind = FieldKind::structure, .fields = FieldsOf<T>::table};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = FieldKind::text};
  } else if constexpr (std::is_same_v<T, JsonText>) {
    return {.kind = FieldKind::json_text};
  } else if constexpr (std::is_same_v<T, JsonValue>) {
    return {.kind = FieldKind::json_value};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.kind = FieldKind::boolean};
  } else {
    static_assert(IsInteger<T>::value, "a described field has a type that is not known");
    return {.kind = FieldKind::integer, .lowest = IsInteger<T>::lowest, .highest = IsInteger<T>::highest};
  }
}

template <class T>
struct TypeOf {
  static constexpr FieldType value = make_type<T>();
};

/// A struct inside an operation stands for its fields: they are the operation's own on the wire.
template <class T>
constexpr bool splices(const Field& field) {
  return field.type->kind == FieldKind::structure && requires { T::route; };
}

/// Marks where the fields of an operation go. A name of its path that is not found, in the fields' order, marks none.
consteval void set_places(std::string_view path, std::span<Field> fields) {
  for (Field& field : fields) {
    const std::size_t open = path.find('{'), close = path.find('}');
    if (open != std::string_view::npos && is_wire_name(path.substr(open + 1, close - open - 1), field.name)) {
      field.place = Place::path;
      path.remove_prefix(close + 1);
    } else if (field.name == "if_match") {
      field.place = Place::if_match;
    } else if (field.name == "body") {
      field.place = Place::body;
    }
  }
}

template <class T>
consteval auto flat_fields() {
  constexpr auto own = T::template described<T>();
  constexpr std::size_t size = [&] {
    std::size_t total = 0;
    for (const Field& field : own) total += splices<T>(field) ? field.type->fields.size() : 1;
    return total;
  }();
  std::array<Field, size> flat{};
  std::size_t next = 0;
  for (const Field& field : own) {
    if (!splices<T>(field)) {
      flat[next++] = field;
      continue;
    }
    for (Field inner : field.type->fields) {
      inner.offset = static_cast<std::uint16_t>(inner.offset + field.offset);
      flat[next++] = inner;
    }
  }
  if constexpr (requires { T::route; }) set_places(T::route.path, flat);
  return flat;
}

template <class T>
struct FieldsOf {
  static constexpr auto table = flat_fields<T>();
};

/// The table of a Described struct's fields.
template <Described T>
inline constexpr std::span<const Field> fields_of = FieldsOf<T>::table;

}  // namespace detail
}  // namespace taskrouter

// taskrouter/json_reader.hpp

// taskrouter/json_scanner.hpp

// taskrouter/json_number.hpp

namespace taskrouter::detail {

/// Whether a valid JSON number rounds to infinity. Exact, and free of the C locale.
inline bool exceeds_double(std::string_view number) {
  // 2^1024 - 2^970, the smallest number that rounds up: 309 digits.
  constexpr std::string_view limit =
      "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490179775872070"
      "9633028641669288791094655554785194040263065748867150582068190890200070838367627385484581771153176447"
      "5730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880177904"
      "174497792";
  const std::size_t e = number.find_first_of("eE");
  std::string_view mantissa = number.substr(0, e);
  if (mantissa.front() == '-') mantissa.remove_prefix(1);
  long long exponent = 0;  // Of the number written as 0.digits.
  if (e != std::string_view::npos) {
    const bool negative = number[e + 1] == '-';
    for (const char c : number.substr(e + 1)) {
      if (c >= '0' && c <= '9' && exponent < 1'000'000'000'000) exponent = exponent * 10 + (c - '0');
    }
    if (negative) exponent = -exponent;
  }
  exponent += static_cast<long long>(mantissa.substr(0, mantissa.find('.')).size());
  std::size_t next = 0;
  const auto digit = [&] {  // The digits one by one, then zeros.
    if (next < mantissa.size() && mantissa[next] == '.') ++next;
    return next < mantissa.size() ? mantissa[next++] : '0';
  };
  while (next < mantissa.size() && (mantissa[next] == '0' || mantissa[next] == '.')) {
    if (mantissa[next++] == '0') --exponent;
  }
  if (next == mantissa.size() || exponent != 309) return next < mantissa.size() && exponent > 309;
  for (const char l : limit) {
    if (const char d = digit(); d != l) return d > l;
  }
  return true;
}

}  // namespace taskrouter::detail

// taskrouter/plain_text.hpp

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace taskrouter::detail {

/// Whether a byte can stand in a JSON string with no further look: ASCII, and neither a control
/// character nor a quote nor a backslash.
constexpr bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 && c != '"' && c != '\\';
}

/// The position of the first byte from `at` on that is not plain. Most of a JSON text is passed over
/// here, so it goes by blocks: of 16 bytes where the processor has SSE2, else of 8.
inline std::size_t skip_plain(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    __m128i block;
    std::memcpy(&block, text.data() + at, 16);
    // As signed bytes, everything from 0x80 on is below a space, like the control characters.
    const __m128i below_space = _mm_cmplt_epi8(block, _mm_set1_epi8(' '));
    const __m128i quote = _mm_cmpeq_epi8(block, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'));
    const int stops = _mm_movemask_epi8(_mm_or_si128(below_space, _mm_or_si128(quote, backslash)));
    if (stops != 0) return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(stops)));
  }
#else
  constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t block;
    std::memcpy(&block, text.data() + at, 8);
    const auto zero_in = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes; };
    const std::uint64_t below_space = (block - ones * 0x20) & ~block;
    if (((block | below_space | zero_in(block ^ ones * '"') | zero_in(block ^ ones * '\\')) & tops) != 0) break;
  }
#endif
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace taskrouter::detail

// taskrouter/utf8.hpp

namespace taskrouter::detail {

/// How many bytes the well-formed UTF-8 character at `at` has (RFC 3629: no overlong forms, no
/// surrogates, nothing above U+10FFFF), or 0 if there is none.
/// @pre at < text.size()
constexpr std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (first > 0xF4) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;
  if (first == 0xF4 && byte(1) > 0x8F) return 0;
  return continues(1) && continues(2) && continues(3) ? 4 : 0;
}

/// Whether `text` is UTF-8 from end to end.
constexpr bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

/// The length of the longest start of a character at `at` that could have gone on: what a decoder
/// replaces by one U+FFFD.
/// @pre utf8_length(text, at) == 0
constexpr std::size_t utf8_broken_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0), second = byte(1);
  if (first < 0xC2 || first > 0xF4 || (second & 0xC0U) != 0x80U) return 1;
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 1;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 1;
  return first >= 0xF0 && (byte(2) & 0xC0U) == 0x80U ? 3 : 2;
}

/// `text` with U+FFFD wherever it is not UTF-8.
inline std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    out.append(length == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(at, length));
    at += length == 0 ? utf8_broken_length(text, at) : length;
  }
  return out;
}

/// Appends the UTF-8 form of a code point.
/// @pre code is at most U+10FFFF and no surrogate
inline void append_utf8(std::string& out, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xE0 | code >> 12);
    } else {
      byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F));
    }
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

}  // namespace taskrouter::detail

namespace taskrouter::detail {

/// How many objects and arrays may stand inside each other, at most: skip_value() has a bit for each.
inline constexpr int json_depth_limit = 64;

/// Reads JSON text (RFC 8259) from left to right, token by token, and builds nothing.
///
/// Every function returns false once something was wrong; `problem` and `position` then say what
/// and where. Text is UTF-8 or it is refused. A number must fit a double, as other readers demand.
class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text, int depth_limit = json_depth_limit)
      : text_{text},
        at_{text.starts_with("\xEF\xBB\xBF") ? 3U : 0U},
        depth_left_{depth_limit < json_depth_limit ? depth_limit : json_depth_limit} {}

  const char* problem() const { return problem_; }
  std::size_t position() const { return at_; }
  /// The text between two positions.
  std::string_view text(std::size_t from, std::size_t to) const { return {text_.data() + from, to - from}; }

  bool fail(const char* problem) {
    if (problem_ == nullptr) problem_ = problem;
    return false;
  }

  /// The first character of the next token, or NUL at the end.
  char peek() {
    for (; at_ < text_.size(); ++at_) {
      if (!is_space(text_[at_])) return text_[at_];
    }
    return '\0';
  }

  /// Steps over `c` if it is next.
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  /// Steps over `null` if it is next.
  bool take_null() { return peek() == 'n' && word("null"); }

  bool read_boolean(bool& value) {
    value = peek() == 't';
    return value ? word("true") : word("false");
  }

  /// Reads a string into `out`, escapes resolved.
  bool read_string(std::string& out) {
    out.clear();
    return open_string() && read_rest_of_string(out);
  }

  /// Reads a string as a view of the text, or of `scratch` if it holds escapes.
  bool read_string(std::string_view& out, std::string& scratch) {
    return open_string() && read_rest_of_string(out, scratch);
  }

  /// Reads a number as its text.
  bool read_number(std::string_view& out) {
    peek();
    const std::size_t start = at_;
    if (next() == '-') ++at_;
    if (next() == '0') {
      ++at_;
    } else if (!digits()) {
      return fail("is not JSON: a value is missing or misspelled");
    }
    bool real = false;
    if (next() == '.') {
      ++at_, real = true;
      if (!digits()) return fail("is not JSON: a number ends in a point");
    }
    if (next() == 'e' || next() == 'E') {
      ++at_, real = true;
      if (next() == '+' || next() == '-') ++at_;
      if (!digits()) return fail("is not JSON: a number has an empty exponent");
    }
    out = text(start, at_);
    if ((real || out.size() > 300) && exceeds_double(out)) return fail("has a number beyond what a double holds");
    return true;
  }

  /// Steps over a whole value of any shape. Keeps one bit a level, so it does not recurse.
  bool skip_value() {
    std::uint64_t is_object = 0;
    std::string scratch;
    std::string_view ignored;
    const int floor = depth_left_;
    while (true) {
      const char c = peek();
      if (c == '{' || c == '[') {
        if (!enter(c)) return false;
        is_object = is_object << 1 | (c == '{');
        if (!take(c == '{' ? '}' : ']')) {
          if (c == '{' && !read_key(ignored, scratch)) return false;
          continue;
        }
        leave(), is_object >>= 1;
      } else if (!skip_scalar(c)) {
        return false;
      }
      while (true) {  // A value has ended: what comes after it?
        if (depth_left_ == floor) return true;
        const bool object = is_object & 1;
        if (take(',')) {
          if (object && !read_key(ignored, scratch)) return false;
          break;
        }
        if (!take(object ? '}' : ']')) return fail("is not JSON: a comma or a closing bracket is missing");
        leave(), is_object >>= 1;
      }
    }
  }

  /// Steps into an object or array, whose bracket is next.
  bool enter(char bracket) {
    if (!take(bracket)) return fail(bracket == '{' ? "should be an object" : "should be an array");
    return --depth_left_ >= 0 || fail("is nested too deep");
  }
  void leave() { ++depth_left_; }

  /// Reads `"key":`.
  bool read_key(std::string_view& key, std::string& scratch) {
    if (!take('"')) return fail("is not JSON: a key is missing");
    return read_rest_of_string(key, scratch) && (take(':') || fail("is not JSON: a colon is missing"));
  }

  /// Whether nothing but white space is left.
  bool at_end() { return (peek(), at_ == text_.size()) || fail("is not JSON: something follows its end"); }

 private:
  static bool is_space(char c) { return c <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t'); }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return fail("is not JSON: a value is missing or misspelled");
    at_ += expected.size();
    return true;
  }

  bool digits() {
    const std::size_t start = at_;
    while (next() >= '0' && next() <= '9') ++at_;
    return at_ > start;
  }

  bool skip_scalar(char c) {
    std::string_view ignored;
    if (c == '"') return skip_string();
    if (c == 't') return word("true");
    if (c == 'f') return word("false");
    if (c == 'n') return word("null");
    return read_number(ignored);
  }

  bool skip_string() {
    std::string_view plain;
    std::string escaped;
    if (!open_string()) return false;
    while (true) {
      if (!read_plain(plain)) return false;
      if (text_[at_] == '"') return ++at_, true;
      escaped.clear();
      if (!read_escape(escaped)) return false;
    }
  }

  bool open_string() { return take('"') || fail("should be text"); }

  bool read_rest_of_string(std::string& out) {
    std::string_view plain;
    while (true) {
      if (!read_plain(plain)) return false;
      out.append(plain);
      if (text_[at_] == '"') return ++at_, true;
      if (!read_escape(out)) return false;
    }
  }

  bool read_rest_of_string(std::string_view& out, std::string& scratch) {
    if (!read_plain(out)) return false;
    if (text_[at_] == '"') return ++at_, true;
    scratch = out;
    if (!read_rest_of_string(scratch)) return false;
    out = scratch;
    return true;
  }

  /// Moves to the next quote or backslash, checking what it passes.
  bool read_plain(std::string_view& plain) {
    const std::size_t start = at_;
    while (true) {
      at_ = skip_plain(text_, at_);
      if (at_ >= text_.size()) return fail("is not JSON: text does not end");
      const auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"' || c == '\\') break;
      if (c < 0x20) return fail("is not JSON: a control character stands in text");
      const std::size_t length = utf8_length(text_, at_);
      if (length == 0) return fail("is not UTF-8");
      at_ += length;
    }
    plain = text(start, at_);
    return true;
  }

  bool read_escape(std::string& out) {
    ++at_;
    const char c = at_ < text_.size() ? text_[at_++] : '\0';
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t i = letters.find(c); i != std::string_view::npos) return out.push_back(meanings[i]), true;
    std::uint32_t code = 0;
    if (c != 'u') return fail("is not JSON: an escape is unknown");
    if (!four_hex(code)) return false;
    if (code >= 0xDC00 && code < 0xE000) return fail("is not JSON: half a surrogate pair");
    if (code >= 0xD800 && code < 0xDC00) {
      std::uint32_t low = 0;
      if (text_.substr(at_, 2) != "\\u") return fail("is not JSON: half a surrogate pair");
      at_ += 2;
      if (!four_hex(low)) return false;
      if (low < 0xDC00 || low > 0xDFFF) return fail("is not JSON: half a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, code);
    return true;
  }

  bool four_hex(std::uint32_t& code) {
    for (const std::size_t end = at_ + 4; at_ < end; ++at_) {
      const char c = next();
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return fail("is not JSON: \\u needs four hexadecimal digits");
      code = code << 4 | static_cast<std::uint32_t>(digit);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  int depth_left_;  // How many more objects and arrays may be entered.
  const char* problem_ = nullptr;
};

}  // namespace taskrouter::detail

namespace taskrouter {
namespace detail {

/// Reads JSON text straight into described structs. Absent and null fields are left as they were
/// made, empty; of a key that stands twice the last one counts.
class JsonReader {
 public:
  JsonReader(std::string_view text, Reading reading, int depth_limit = json_depth_limit)
      : in_{text, depth_limit}, reading_{reading} {}

  bool read_document(std::span<const Field> fields, void* object) {
    return read_structure(fields, object) && in_.at_end();
  }

  /// Why it failed, and at which field: `workers.date_created`.
  Error error(Error::Kind kind) const {
    const std::string where = field_.empty() ? "the JSON text" : field_;
    return {.kind = kind,
            .message = where + ' ' + in_.problem() + " (at byte " + std::to_string(in_.position()) + ')',
            .field = field_};
  }

 private:
  bool read_structure(std::span<const Field> fields, void* object) {
    if (!in_.enter('{')) return false;
    if (in_.take('}')) return in_.leave(), true;
    std::size_t expected = 0;  // Twilio keeps its fields in order, so the next one is the likely one.
    do {
      std::string_view key;
      if (!in_.read_key(key, scratch_)) return false;
      const Field* field = find(fields, key, expected);
      if (field == nullptr) {
        if (reading_ == Reading::strict) return at_field(key, in_.fail("is not a field of this operation"));
        if (!in_.skip_value()) return at_field(key, false);
      } else {
        if (field->type->kind == FieldKind::structure) make_empty(*field->type, field->in(object));
        if (!read(*field->type, field->in(object))) return at_field(field->name, false);
      }
    } while (in_.take(','));
    if (!in_.take('}')) return in_.fail("is not JSON: a comma or a closing bracket is missing");
    return in_.leave(), true;
  }

  bool read_list(const FieldType& type, void* list) {
    type.clear(list);
    if (!in_.enter('[')) return false;
    if (in_.take(']')) return in_.leave(), true;
    do {
      if (!read(*type.element, type.add(list))) return false;
    } while (in_.take(','));
    if (!in_.take(']')) return in_.fail("is not JSON: a comma or a closing bracket is missing");
    return in_.leave(), true;
  }

  bool read(const FieldType& type, void* value) {
    if (in_.peek() == 'n') return make_empty(type, value), in_.take_null();
    std::string_view text;
    switch (type.kind) {
      case FieldKind::optional: return read(*type.element, type.add(value));
      case FieldKind::list: return read_list(type, value);
      case FieldKind::structure: return read_structure(type.fields, value);
      case FieldKind::text: return in_.read_string(*static_cast<std::string*>(value));
      case FieldKind::json_text:
        if (in_.peek() == '"') return in_.read_string(static_cast<JsonText*>(value)->text);
        return read_raw(static_cast<JsonText*>(value)->text);
      case FieldKind::json_value: return read_raw(static_cast<JsonValue*>(value)->text);
      case FieldKind::boolean:
        if (const char c = in_.peek(); c != 't' && c != 'f') return in_.fail("should be true or false");
        return in_.read_boolean(*static_cast<bool*>(value));
      case FieldKind::integer: return read_integer(*static_cast<std::int64_t*>(value));
      case FieldKind::sid:
        if (!in_.read_string(text, scratch_)) return false;
        *static_cast<SidText*>(value) = SidText{text};
        return true;
      case FieldKind::open_enum:
        return in_.read_string(text, scratch_) && (set_text(*static_cast<EnumText*>(value), type.names, text), true);
      case FieldKind::timestamp: return read_time(*static_cast<std::optional<Timestamp>*>(value));
    }
    return false;
  }

  /// Takes back what an earlier field of the same key brought.
  static void make_empty(const FieldType& type, void* value) {
    switch (type.kind) {
      case FieldKind::optional:
      case FieldKind::list: return type.clear(value);
      case FieldKind::structure:
        for (const Field& field : type.fields) make_empty(*field.type, field.in(value));
        return;
      case FieldKind::text: return static_cast<std::string*>(value)->clear();
      case FieldKind::json_text: return static_cast<JsonText*>(value)->text.clear();
      case FieldKind::json_value: return static_cast<JsonValue*>(value)->text.clear();
      case FieldKind::sid: *static_cast<SidText*>(value) = {}; return;
      case FieldKind::open_enum: *static_cast<EnumText*>(value) = {}; return;
      case FieldKind::boolean: *static_cast<bool*>(value) = false; return;
      case FieldKind::integer: *static_cast<std::int64_t*>(value) = 0; return;
      case FieldKind::timestamp: return static_cast<std::optional<Timestamp>*>(value)->reset();
    }
  }

  bool read_raw(std::string& out) {
    const std::size_t start = in_.position();
    if (!in_.skip_value()) return false;
    out = in_.text(start, in_.position());
    return true;
  }

  bool read_integer(std::int64_t& out) {
    const char c = in_.peek();
    std::string_view digits;
    if (c != '-' && (c < '0' || c > '9')) return in_.fail("should be a whole number");
    if (!in_.read_number(digits)) return false;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error == std::errc{} && end == digits.data() + digits.size()) return true;
    return in_.fail(error == std::errc{} ? "should be a whole number" : "is beyond a 64-bit integer");
  }

  bool read_time(std::optional<Timestamp>& out) {
    std::string_view text;
    if (!in_.read_string(text, scratch_)) return false;
    out = read_timestamp(text);
    return out || reading_ == Reading::lenient || in_.fail("should be a time such as 2014-05-14T10:50:02Z");
  }

  static const Field* find(std::span<const Field> fields, std::string_view key, std::size_t& expected) {
    for (std::size_t tried = 0; tried < fields.size(); ++tried) {
      const std::size_t i = expected < fields.size() ? expected : 0;
      expected = i + 1;
      if (fields[i].name == key) return &fields[i];
    }
    return nullptr;
  }

  bool at_field(std::string_view name, bool result) {
    field_ = field_.empty() ? std::string{name} : std::string{name} + '.' + field_;
    return result;
  }

  JsonScanner in_;
  Reading reading_;
  std::string scratch_{};
  std::string field_{};
};

}  // namespace detail

/// Whether `text` is JSON: one value of any shape, UTF-8, at most 64 deep.
inline bool is_json(std::string_view text) {
  detail::JsonScanner in{text};
  return in.skip_value() && in.at_end();
}

/// Reads a JSON object into a described struct, as a response is read: keys that name no field are
/// skipped, absent and null ones leave the field empty, and so does a time in a form that is not ISO
/// 8601. The Error is of kind `body`: the text is not JSON, or nested deeper than `depth_limit`, 64 at most.
template <Described T>
Result<T> read_json(std::string_view text, int depth_limit = detail::json_depth_limit) {
  Result<T> result{std::in_place};
  detail::JsonReader reader{text, detail::Reading::lenient, depth_limit};
  if (!reader.read_document(detail::fields_of<T>, &*result)) result = reader.error(Error::Kind::body);
  return result;
}

}  // namespace taskrouter

// taskrouter/json_writer.hpp

// taskrouter/put.hpp

// What makes room for the whole of a text first can write its pieces at a pointer. That takes half as long as
// appending them one by one.

namespace taskrouter::detail {

/// Copies a text of `end` bytes to twice as many: both its ends, which may overlap. Answers false for others.
template <std::size_t end>
bool put_ends(char* to, std::string_view text) {
  if (text.size() < end || text.size() > 2 * end) return false;
  std::memcpy(to, text.data(), end);
  std::memcpy(to + text.size() - end, text.data() + text.size() - end, end);
  return true;
}

/// Copies a text to where there is room for it. Answers where it ends. What has a size that the compiler knows
/// is copied without a call, so that most texts are taken by their ends.
inline char* put(char* to, std::string_view text) {
  const bool is_done = put_ends<8>(to, text) || put_ends<16>(to, text) || put_ends<32>(to, text) ||
                       put_ends<64>(to, text) || put_ends<4>(to, text);
  if (!is_done) text.copy(to, text.size());
  return to + text.size();
}

/// Appends to `out` what `write` puts at a pointer: `most` bytes at most. `write` answers where it ends.
template <class Write>
void append_in_place(std::string& out, std::size_t most, Write write) {
  const std::size_t used = out.size();
  out.resize(used + most);
  out.resize(static_cast<std::size_t>(write(out.data() + used) - out.data()));
}

}  // namespace taskrouter::detail

namespace taskrouter {
namespace detail {

/// The most bytes that a text takes as a JSON string: a control character is `\u001f`.
constexpr std::size_t json_string_room(std::string_view text) { return 6 * text.size() + 2; }

/// Writes a JSON string where there is json_string_room() for it. Answers where it ends. What is not UTF-8 is
/// replaced, so that the result is always JSON.
inline char* write_json_string(char* to, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  *to++ = '"';
  while (!text.empty()) {
    const char c = text.front();
    std::size_t length = 1;
    if (is_plain(c)) {
      *to++ = c;
    } else if (c == '"' || c == '\\') {
      *to++ = '\\';
      *to++ = c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      to = put(to, "\\u00");
      *to++ = hex[static_cast<unsigned char>(c) >> 4];
      *to++ = hex[c & 15];
    } else if (length = utf8_length(text, 0); length > 0) {
      to = put(to, text.substr(0, length));
    } else {
      to = put(to, "\xEF\xBF\xBD");
      length = utf8_broken_length(text, 0);
    }
    text.remove_prefix(length);
  }
  *to++ = '"';
  return to;
}

/// Appends a JSON string.
inline void write_json_string(std::string& out, std::string_view text) {
  append_in_place(out, json_string_room(text), [&](char* to) { return write_json_string(to, text); });
}

inline void write_integer(std::string& out, std::int64_t value) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

/// How a field without a value is written: a resource names all its fields, an operation only those
/// that are set.
enum class EmptyFields { as_null, leave_out };

/// Writes described structs as JSON text.
class JsonWriter {
 public:
  JsonWriter(std::string& out, EmptyFields empty_fields) : out_{out}, empty_fields_{empty_fields} {}

  void write_structure(std::span<const Field> fields, const void* object) {
    out_.push_back('{');
    bool first = true;
    for (const Field& field : fields) {
      const void* value = field.in(object);
      if (empty_fields_ == EmptyFields::leave_out && is_empty(*field.type, value)) continue;
      if (!first) out_.push_back(',');
      first = false;
      out_.push_back('"');
      out_.append(field.name).append("\":");
      write(*field.type, value);
    }
    out_.push_back('}');
  }

 private:
  static bool is_empty(const FieldType& type, const void* value) {
    switch (type.kind) {
      case FieldKind::optional:
      case FieldKind::list: return type.count(value) == 0;
      case FieldKind::timestamp: return !static_cast<const std::optional<Timestamp>*>(value)->has_value();
      case FieldKind::sid: return static_cast<const SidText*>(value)->empty();
      case FieldKind::json_text: return static_cast<const JsonText*>(value)->text.empty();
      case FieldKind::json_value: return static_cast<const JsonValue*>(value)->text.empty();
      case FieldKind::open_enum: {
        const auto& text = *static_cast<const EnumText*>(value);
        return text.index < 0 && text.unknown.empty();
      }
      default: return false;
    }
  }

  void write(const FieldType& type, const void* value) {
    if (type.kind != FieldKind::list && is_empty(type, value)) {
      out_.append("null");
      return;
    }
    switch (type.kind) {
      case FieldKind::optional: return write(*type.element, type.at(value, 0));
      case FieldKind::list: return write_list(type, value);
      case FieldKind::structure: return write_structure(type.fields, value);
      case FieldKind::text: return write_json_string(out_, *static_cast<const std::string*>(value));
      case FieldKind::json_text: return write_json_string(out_, static_cast<const JsonText*>(value)->text);
      case FieldKind::json_value: out_.append(static_cast<const JsonValue*>(value)->text); return;
      case FieldKind::sid: return write_json_string(out_, static_cast<const SidText*>(value)->text());
      case FieldKind::boolean: out_.append(*static_cast<const bool*>(value) ? "true" : "false"); return;
      case FieldKind::integer: return write_integer(out_, *static_cast<const std::int64_t*>(value));
      case FieldKind::open_enum: {
        const auto& text = *static_cast<const EnumText*>(value);
        return write_json_string(
            out_, text.index < 0 ? std::string_view{text.unknown} : type.names[static_cast<std::size_t>(text.index)]);
      }
      case FieldKind::timestamp: {
        const auto text = write_timestamp(**static_cast<const std::optional<Timestamp>*>(value));
        return write_json_string(out_, {text.data(), text.size()});
      }
    }
  }

  void write_list(const FieldType& type, const void* list) {
    out_.push_back('[');
    for (std::size_t i = 0, count = type.count(list); i < count; ++i) {
      if (i > 0) out_.push_back(',');
      write(*type.element, type.at(list, i));
    }
    out_.push_back(']');
  }

  std::string& out_;
  EmptyFields empty_fields_;
};

}  // namespace detail

/// A described struct as JSON text, as TaskRouter answers it: every field, null where it is empty.
template <Described T>
std::string write_json(const T& value) {
  std::string out;
  detail::JsonWriter{out, detail::EmptyFields::as_null}.write_structure(detail::fields_of<T>, &value);
  return out;
}

}  // namespace taskrouter

// taskrouter/percent.hpp

// Percent-encoding, for URLs and for forms.

namespace taskrouter::detail {

/// RFC 3986's unreserved characters: the ones that stand for themselves.
inline constexpr auto unreserved = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"}) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

/// Counts what an EncodedText would write, or a little more: a name counts as it stands in C++.
struct EncodedSize {
  std::size_t size = 0;
  void plain(std::string_view text) { size += text.size(); }
  void wire_name(std::string_view name) { size += name.size(); }
  void encoded(std::string_view text) {
    for (const char c : text) size += unreserved[static_cast<unsigned char>(c)] ? 1U : 3U;
  }
};

/// Writes text as it is, or percent-encoded, where there is room for it: a space is `%20`, which every server reads
/// alike.
struct EncodedText {
  char* end;  ///< Of what was written.
  void plain(std::string_view text) { end = put(end, text); }
  void wire_name(std::string_view name) {
    char* to = end;
    spell_for_the_wire(name, [&](char c) { return *to++ = c, true; });
    end = to;
  }
  void encoded(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    char* to = end;
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (unreserved[byte]) {
        *to++ = c;
      } else {
        *to++ = '%';
        *to++ = hex[byte >> 4];
        *to++ = hex[byte & 15];
      }
    }
    end = to;
  }
};

/// Appends to `out` what `write` writes to an EncodedText: `most` bytes at most.
template <class Write>
void append_encoded(std::string& out, std::size_t most, Write write) {
  append_in_place(out, most, [&](char* to) {
    EncodedText text{to};
    write(text);
    return text.end;
  });
}

/// The text, percent-encoded.
inline std::string percent_encoded(std::string_view text) {
  std::string out;
  append_encoded(out, 3 * text.size(), [&](EncodedText& to) { to.encoded(text); });
  return out;
}

}  // namespace taskrouter::detail

// From an operation's fields to its request. Fields are checked first and measured second, so that URL
// and form are each allocated once, in full.

namespace taskrouter::detail {

/// How many fields an operation may have. UpdateTaskReservation, the largest, has 58.
inline constexpr std::size_t max_fields = 64;

template <class Sink>
void encode_value(Sink& sink, const FieldType& type, const void* value) {
  switch (type.kind) {
    case FieldKind::text: return sink.encoded(*static_cast<const std::string*>(value));
    case FieldKind::json_text: return sink.encoded(static_cast<const JsonText*>(value)->text);
    case FieldKind::sid: return sink.plain(static_cast<const SidText*>(value)->text());
    case FieldKind::boolean: return sink.plain(*static_cast<const bool*>(value) ? "true" : "false");
    case FieldKind::open_enum:
      return sink.plain(type.names[static_cast<std::size_t>(static_cast<const EnumText*>(value)->index)]);
    case FieldKind::integer: {
      char digits[20];
      const auto end = std::to_chars(digits, digits + sizeof digits, *static_cast<const std::int64_t*>(value)).ptr;
      return sink.plain({digits, static_cast<std::size_t>(end - digits)});
    }
    case FieldKind::timestamp: {
      const auto text = write_timestamp(**static_cast<const std::optional<Timestamp>*>(value));
      return sink.encoded({text.data(), text.size()});
    }
    default: return;  // Structures are spliced, and no operation sends a JsonValue.
  }
}

/// How many values a field holds: none, one, or a list's.
inline std::size_t count_values(const Field& field, const void* operation) {
  return field.type->count(field.in(operation));
}

/// Calls `each(value_type, value)` for every value a field holds.
template <class Each>
void for_each_value(const Field& field, const void* operation, Each each) {
  const void* value = field.in(operation);
  if (field.type->element == nullptr) return each(*field.type, value);
  for (std::size_t i = 0, count = field.type->count(value); i < count; ++i) {
    each(*field.type->element, field.type->at(value, i));
  }
}

/// The fields of an operation that have values, sorted by where they go.
class Parameters {
 public:
  Parameters(const Route& route, std::span<const Field> fields, const void* operation)
      : route_{route}, operation_{operation} {
    for (const Field& field : fields) {
      if (count_values(field, operation) == 0) continue;  // A field of the path always has one.
      (field.place == Place::pair       ? pairs_[in_pairs_++]
       : field.place == Place::path     ? path_[in_path_++]
       : field.place == Place::if_match ? if_match_
                                        : body_) = &field;
    }
  }

  /// The request, in an empty one.
  void write(const Endpoint& endpoint, Request& request) const {
    const bool is_form = route_.method == Method::post && body_ == nullptr;
    EncodedSize target{route_.path.size()}, pairs;
    for (const Field* field : path()) encode_value(target, *field->type, field->in(operation_));
    write_pairs(pairs);
    request.method = route_.method;
    request.headers = body_ == nullptr ? endpoint.headers(is_form) : endpoint.json_headers();
    const std::string& base_url = endpoint.base_url();
    request.url.reserve(base_url.size() + target.size + (is_form ? 0 : 1 + pairs.size));
    request.url = base_url;
    append_encoded(request.url, target.size, [&](EncodedText& out) { write_path(out); });
    if (!is_form && pairs.size > 0) request.url.push_back('?');
    append_encoded(is_form ? request.body : request.url, pairs.size, [&](EncodedText& out) { write_pairs(out); });
    if (body_ != nullptr) request.body = static_cast<const JsonText*>(body_->in(operation_))->text;
    if (if_match() != nullptr) request.headers.add("If-Match", *if_match());
  }

  std::span<const Field* const> path() const { return {path_, in_path_}; }
  std::span<const Field* const> pairs() const { return {pairs_, in_pairs_}; }

  /// The field that is the whole body, or null.
  const Field* body() const { return body_; }

  /// The value of the If-Match header, or null.
  const std::string* if_match() const {
    return if_match_ == nullptr ? nullptr
                                : static_cast<const std::string*>(if_match_->type->at(if_match_->in(operation_), 0));
  }

 private:
  void write_path(EncodedText& url) const {
    std::string_view rest = route_.path;
    for (const Field* field : path()) {
      url.plain(rest.substr(0, rest.find('{')));
      encode_value(url, *field->type, field->in(operation_));
      rest.remove_prefix(rest.find('}') + 1);
    }
    url.plain(rest);
  }

  template <class Sink>
  void write_pairs(Sink& sink) const {
    bool first = true;
    for (const Field* field : pairs()) {
      for_each_value(*field, operation_, [&](const FieldType& type, const void* value) {
        if (!first) sink.plain("&");
        first = false;
        sink.wire_name(field->name);
        sink.plain("=");
        encode_value(sink, type, value);
      });
    }
  }

  const Route& route_;
  const void* operation_;
  const Field* if_match_ = nullptr;
  const Field* body_ = nullptr;
  const Field* path_[max_fields];
  const Field* pairs_[max_fields];
  std::size_t in_path_ = 0;
  std::size_t in_pairs_ = 0;
};

/// Why a value can't be sent, or nothing.
inline std::string why_not(const FieldType& type, const void* value, bool in_path) {
  switch (type.kind) {
    case FieldKind::text: {
      const std::string& text = *static_cast<const std::string*>(value);
      if (in_path && (text == "." || text == "..")) return "can't be '.' or '..'";
      return is_utf8(text) ? std::string{} : "is not UTF-8";
    }
    case FieldKind::json_text: {
      JsonScanner in{static_cast<const JsonText*>(value)->text};
      return in.skip_value() && in.at_end() ? std::string{} : in.problem();
    }
    case FieldKind::sid: {
      const std::string_view text = static_cast<const SidText*>(value)->text();
      if (text.empty()) return "is missing";
      if (is_sid(text, type.prefix)) return {};
      return "should be " + std::string{type.prefix} + " and 32 hexadecimal digits";
    }
    case FieldKind::integer: {
      const std::int64_t number = *static_cast<const std::int64_t*>(value);
      if (number >= type.lowest && number <= type.highest) return {};
      const std::string lowest = std::to_string(type.lowest);
      return type.highest == std::numeric_limits<std::int64_t>::max()
                 ? "should be at least " + lowest
                 : "should lie between " + lowest + " and " + std::to_string(type.highest);
    }
    case FieldKind::open_enum:
      return static_cast<const EnumText*>(value)->index >= 0 ? std::string{} : should_be_one_of(type.names);
    case FieldKind::timestamp:
      return is_writable(**static_cast<const std::optional<Timestamp>*>(value))
                 ? std::string{}
                 : "should lie in the years 1900 to 9999";
    default: return {};
  }
}

/// What is wrong with a field's values, or nothing.
inline std::string problem_of(const Field& field, const void* operation, bool in_path) {
  const FieldType& type = *field.type;
  const void* value = field.in(operation);
  if ((type.kind == FieldKind::text && static_cast<const std::string*>(value)->empty()) ||
      (type.kind == FieldKind::json_text && static_cast<const JsonText*>(value)->text.empty())) {
    return "is missing";
  }
  if (type.element == nullptr) return why_not(type, value, in_path);
  for (std::size_t i = 0, count = type.count(value); i < count; ++i) {
    std::string problem = why_not(*type.element, type.at(value, i), in_path);
    if (!problem.empty()) return problem;
  }
  return {};
}

/// Says what is wrong with a field of what has that name: `UpdateTask: sid is missing`.
inline Error field_error(std::string_view name, std::string_view field, std::string_view problem) {
  return argument_error(field, std::string{name}.append(": ").append(field).append(" ").append(problem));
}

/// What is wrong with the operation, if anything is.
inline std::optional<Error> check(const Route& route, const Parameters& parameters, const void* operation) {
  std::optional<Error> error;
  const auto is_right = [&](const Field* field, bool in_path) {
    const std::string problem = problem_of(*field, operation, in_path);
    if (problem.empty()) return true;
    error = field_error(route.name, field->name, problem);
    return false;
  };
  for (const Field* field : parameters.path()) {
    if (!is_right(field, true)) return error;
  }
  for (const Field* field : parameters.pairs()) {
    if (!is_right(field, false)) return error;
  }
  if (parameters.body() != nullptr && !is_right(parameters.body(), false)) return error;
  const std::string* if_match = parameters.if_match();
  if (if_match != nullptr && !is_header_value(*if_match)) {
    error = field_error(route.name, "if_match", "should be visible ASCII");
  }
  return error;
}

inline Result<Request> build(const Route& route, std::span<const Field> fields, const void* operation,
                             const Endpoint& endpoint) {
  Result<Request> result{std::in_place};
  const Parameters parameters{route, fields, operation};
  if (endpoint.problem()) {
    result = *endpoint.problem();
  } else if (auto error = check(route, parameters, operation)) {
    result = *std::move(error);
  } else {
    parameters.write(endpoint, *result);
  }
  return result;
}

}  // namespace taskrouter::detail

// taskrouter/operation.hpp

// taskrouter/api_error.hpp

namespace taskrouter::detail {

/// The bodies in which Twilio reports an error, in one: its own two forms, RFC 9457's, and RFC 6749's of the server
/// that gives access tokens.
/// https://www.twilio.com/docs/usage/twilios-response#exceptions
struct ErrorBody {
  JsonValue code{};
  std::string message{};
  std::string more_info{};
  JsonValue details{};
  std::string title{};              // RFC 9457
  std::string detail{};             // RFC 9457
  std::string type{};               // RFC 9457
  JsonValue errors{};               // RFC 9457
  std::string error_description{};  // RFC 6749
  JsonValue params{};

  TASKROUTER_FIELDS(code, message, more_info, details, title, detail, type, errors, error_description, params)
};

/// The number above 0 that JSON holds, as it is or in a string; 0 for anything else.
inline int positive_number(std::string_view json) {
  if (json.size() > 1 && json.front() == '"') json = json.substr(1, json.size() - 2);
  int code = 0;
  const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), code);
  return error == std::errc{} && end == json.data() + json.size() && code > 0 ? code : 0;
}

inline std::string request_id(const Response& response) {
  const std::string* id = response.headers.find("Twilio-Request-Id");
  return id == nullptr ? std::string{} : *id;
}

/// What to say of a body that holds no explanation. A page of HTML comes from something between here and Twilio.
inline std::string_view unexplained(std::string_view body) {
  const std::size_t start = body.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return "the answer has no body";
  if (body[start] == '<') return "the answer is a web page, not Twilio's: it may be a proxy's";
  return "the answer explains nothing that can be read";
}

/// The Error in an answer whose status is not a success. The body may be anything.
inline Error api_error(const Response& response) {
  Error error{.kind = Error::Kind::api, .status = response.status, .request_id = request_id(response)};
  ErrorBody read, unread;
  const bool is_read = JsonReader{response.body, Reading::lenient}.read_document(fields_of<ErrorBody>, &read);
  ErrorBody& body = is_read ? read : unread;
  const auto first = [](auto&... texts) {
    std::string result;
    ((result.empty() ? void(result = std::move(texts)) : void()), ...);
    return result;
  };
  error.code = positive_number(body.code.text);
  error.message = first(body.message, body.detail, body.title, body.error_description);
  if (error.message.empty()) error.message = unexplained(response.body);
  error.more_info = first(body.more_info, body.type);
  error.details = first(body.details.text, body.errors.text, body.params.text);
  return error;
}

/// The Error in a success that can't be read.
inline Error body_error(Error error, const Response& response) {
  error.status = response.status;
  error.request_id = request_id(response);
  return error;
}

}  // namespace taskrouter::detail

namespace taskrouter {

/// Something TaskRouter can be asked to do: a described struct with a route and a type of answer.
template <class T>
concept Operation = Described<T> && requires {
  typename T::Output;
  { T::route } -> std::convertible_to<Route>;
};

namespace detail {

/// Whether every name in braces is that of a field, in the fields' order.
consteval bool names_fields(std::string_view path, std::span<const Field> fields) {
  std::size_t names = 0, found = 0;
  for (const char c : path) names += c == '{';
  for (const Field& field : fields) found += field.place == Place::path;
  return found == names;
}

}  // namespace detail

/// The request that performs `operation`. A pure function: the same values make the same request.
/// The Error is of kind `argument` and names the field; nothing needs to be undone.
template <Operation Op>
Result<Request> build(const Op& operation, const Endpoint& endpoint) {
  static_assert(detail::fields_of<Op>.size() <= detail::max_fields);
  static_assert(detail::names_fields(Op::route.path, detail::fields_of<Op>),
                "the route names a field that is not there, or not in its order");
  return detail::build(Op::route, detail::fields_of<Op>, &operation, endpoint);
}

namespace detail {

/// `request`, to be answered within `timeout`. Zero leaves that to the transport.
inline Result<Request>&& within(std::chrono::milliseconds timeout, Result<Request>&& request) {
  if (request) request->timeout = timeout;
  return std::move(request);
}

template <class Output>
Result<Output> read_output(const Response& response, int depth_limit) {
  if (response.status < 200 || response.status > 299) return api_error(response);
  if constexpr (std::is_same_v<Output, Nothing>) {
    return Nothing{};
  } else {
    auto output = read_json<Output>(response.body, depth_limit);
    if (!output) {
      output = body_error(output.error(), response);
    } else if constexpr (requires { output->etag; }) {
      if (const std::string* etag = response.headers.find("ETag")) output->etag = *etag;
    }
    return output;
  }
}

}  // namespace detail

/// What `response` says about an operation of type `Op`: its output, or an Error of kind `api`
/// (TaskRouter refused) or `body` (it succeeded, but the answer can't be read, or is nested deeper than
/// `depth_limit`, 64 at most).
template <Operation Op>
Result<typename Op::Output> parse(const Response& response, int depth_limit = detail::json_depth_limit) {
  return detail::read_output<typename Op::Output>(response, depth_limit);
}

}  // namespace taskrouter

// taskrouter/operations.hpp

// taskrouter/resources/activities.hpp

// taskrouter/page.hpp

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

namespace taskrouter {

/// What a worker is doing, and whether that leaves them free for tasks.
/// https://www.twilio.com/docs/taskrouter/api/activity
struct Activity {
  AccountSid account_sid{};
  bool available{};  ///< Whether workers in it get reservations. Fixed when it is created.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters.
  ActivitySid sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "activities";
  TASKROUTER_FIELDS(account_sid, available, date_created, date_updated, friendly_name, sid, workspace_sid, url, links)
};

namespace activities {

/// Creates an activity.
struct Create {
  using Output = Activity;
  static constexpr Route route{"CreateActivity", Method::post, "/v1/Workspaces/{WorkspaceSid}/Activities", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;        ///< At most 64 characters.
  std::optional<bool> available{};  ///< Twilio's default is false.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, available)
};

/// Fetches an activity.
struct Fetch {
  using Output = Activity;
  static constexpr Route route{"FetchActivity", Method::get, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}"};

  WorkspaceSid workspace_sid;
  ActivitySid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's activities.
struct List {
  using Output = Page<Activity>;
  static constexpr Route route{"ListActivity", Method::get, "/v1/Workspaces/{WorkspaceSid}/Activities"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<std::string> available{};       ///< Only the ones that are: `true`, `1` or `yes`; else the others.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, available, page_size, page, page_token)
};

/// Renames an activity.
struct Update {
  using Output = Activity;
  static constexpr Route route{"UpdateActivity", Method::post, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}"};

  WorkspaceSid workspace_sid;
  ActivitySid sid;
  std::optional<std::string> friendly_name{};  ///< At most 64 characters.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name)
};

/// Deletes an activity.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteActivity", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Activities/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  ActivitySid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace activities
}  // namespace taskrouter

// taskrouter/resources/events.hpp

namespace taskrouter {

/// Something that happened in a workspace. Twilio keeps events for 30 days.
/// https://www.twilio.com/docs/taskrouter/api/event
struct Event {
  AccountSid account_sid{};
  std::string actor_sid{};                   ///< Who made it happen: a SID of any kind.
  std::string actor_type{};                  ///< Such as `workspace` or `worker`.
  std::optional<std::string> actor_url{};    ///< Where the actor can be fetched.
  std::optional<std::string> description{};  ///< In words.
  JsonValue event_data{};                    ///< What the event is about, by names such as `worker_sid`.
  std::optional<Timestamp> event_date{};     ///< When it happened.
  std::int64_t event_date_ms{};              ///< Milliseconds since 1970.
  std::string event_type{};                  ///< Such as `reservation.accepted`.
  std::string resource_sid{};                ///< What it happened to: a SID of any kind.
  std::string resource_type{};               ///< Such as `task`.
  std::string resource_url{};                ///< Where the resource can be fetched.
  EventSid sid{};
  std::optional<std::string> source{};             ///< Such as `twilio`.
  std::optional<std::string> source_ip_address{};  ///< Whence the request came that made it happen.
  std::string url{};
  WorkspaceSid workspace_sid{};

  static constexpr std::string_view plural = "events";
  TASKROUTER_FIELDS(account_sid, actor_sid, actor_type, actor_url, description, event_data, event_date, event_date_ms,
                    event_type, resource_sid, resource_type, resource_url, sid, source, source_ip_address, url,
                    workspace_sid)
};

namespace events {

/// Fetches an event.
struct Fetch {
  using Output = Event;
  static constexpr Route route{"FetchEvent", Method::get, "/v1/Workspaces/{WorkspaceSid}/Events/{Sid}"};

  WorkspaceSid workspace_sid;
  EventSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's events: the last 15 minutes, unless it is told otherwise.
struct List {
  using Output = Page<Event>;
  static constexpr Route route{"ListEvent", Method::get, "/v1/Workspaces/{WorkspaceSid}/Events"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> event_type{};          ///< Only events of this type, such as `task.created`.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<ReservationSid> reservation_sid{};  ///< Only events about this reservation.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<TaskQueueSid> task_queue_sid{};     ///< Only events about this queue.
  std::optional<TaskSid> task_sid{};                ///< Only events about this task.
  std::optional<WorkerSid> worker_sid{};            ///< Only events about this worker.
  std::optional<WorkflowSid> workflow_sid{};        ///< Only events about this workflow.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<EventSid> sid{};                    ///< Only this event.
  std::optional<Integer<1, 1000>> page_size{};      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                 ///< For the client's own use.
  std::optional<std::string> page_token{};          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, end_date, event_type, minutes, reservation_sid, start_date, task_queue_sid, task_sid,
                    worker_sid, workflow_sid, task_channel, sid, page_size, page, page_token)
};

}  // namespace events
}  // namespace taskrouter

// taskrouter/resources/reservations.hpp

namespace taskrouter {

/// What has become of a reservation.
TASKROUTER_ENUM(ReservationStatus, pending, accepted, rejected, timeout, canceled, rescinded, wrapping, completed)
/// What a status callback hears of a call.
TASKROUTER_ENUM(CallStatus, initiated, ringing, answered, completed)
/// What a status callback hears of a conference.
TASKROUTER_ENUM(ConferenceEvent, start, end, join, leave, mute, hold, speaker)
/// What a supervisor does in a conference: listens, talks to the worker, or talks to both.
TASKROUTER_ENUM(SupervisorMode, monitor, whisper, barge)
/// What a callback is sent with.
TASKROUTER_ENUM(CallbackMethod, GET, POST)

/// A worker set aside for a task, until it is accepted, rejected or runs out of time.
/// https://www.twilio.com/docs/taskrouter/api/reservations
struct Reservation {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  OpenEnum<ReservationStatus> reservation_status{};  ///< Where it stands on its way from pending to an end.
  ReservationSid sid{};
  TaskSid task_sid{};         ///< The task that they are set aside for.
  std::string worker_name{};  ///< The worker's friendly name.
  WorkerSid worker_sid{};     ///< The worker who is set aside.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<std::string> etag{};  ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "reservations";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, links, reservation_status, sid, task_sid, url, worker_name,
                    worker_sid, workspace_sid)
};

/// What can be done with a reservation: answer it, or have TaskRouter carry out an instruction.
///
/// Its fields belong to the update it stands in: on the wire, and by name, they are the update's own.
struct ReservationChange {
  std::optional<OpenEnum<ReservationStatus>>
      reservation_status{};  ///< `accepted`, `rejected`, `wrapping`, `completed`.
  std::optional<ActivitySid>
      worker_activity_sid{};                 ///< With `rejected`: where the worker goes. Twilio's default is back.
  std::optional<std::string> instruction{};  ///< `accept`, `reject`, `dequeue`, `call`, `redirect`, `conference`.

  // dequeue: connect the waiting caller of an <Enqueue> to the worker
  std::optional<ActivitySid> dequeue_post_work_activity_sid{};  ///< Where the worker goes after the call.
  std::optional<std::string> dequeue_from{};                    ///< Twilio's default is the number that was called.
  std::optional<std::string> dequeue_record{};               ///< `record-from-answer` or `do-not-record`, the default.
  std::optional<Integer<0, 999>> dequeue_timeout{};          ///< Seconds the worker's phone rings, at most 999.
  std::optional<std::string> dequeue_to{};                   ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> dequeue_status_callback_url{};  ///< Hears of the worker's call.

  // call: call the worker and run the TwiML at a URL
  std::optional<std::string> call_from{};                 ///< The caller ID.
  std::optional<std::string> call_record{};               ///< `record-from-answer` or `do-not-record`, the default.
  std::optional<Integer<0, 999>> call_timeout{};          ///< Seconds the worker's phone rings, at most 999.
  std::optional<std::string> call_to{};                   ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> call_url{};                  ///< Where the TwiML is.
  std::optional<std::string> call_status_callback_url{};  ///< Hears of the worker's call.
  std::optional<bool> call_accept{};  ///< Whether the call accepts the reservation. Twilio's default is false.

  // redirect: send the waiting call to other TwiML
  std::optional<CallSid> redirect_call_sid{};  ///< The call that is sent on.
  std::optional<bool> redirect_accept{};       ///< Whether it accepts the reservation. Twilio's default is false.
  std::optional<std::string> redirect_url{};   ///< Where the TwiML is.

  // conference: a conference of customer and worker
  std::optional<std::string> to{};               ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> from{};             ///< The caller ID of the call to the worker.
  std::optional<std::string> status_callback{};  ///< Hears of the worker's call.
  std::optional<OpenEnum<CallbackMethod>> status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<CallStatus>> status_callback_event{};  ///< Of which events. Twilio's default is completed.
  std::optional<Integer<0, 999>> timeout{};                   ///< Seconds the worker's phone rings, at most 999.
  std::optional<bool> record{};                               ///< Whether the worker's call is recorded.
  std::optional<bool> muted{};        ///< Whether the worker enters muted. Twilio's default is false.
  std::optional<std::string> beep{};  ///< `true`, `false`, `onEnter` or `onExit`.
  std::optional<bool>
      start_conference_on_enter{};  ///< Whether the worker's coming starts the conference. Twilio's default is true.
  std::optional<bool> end_conference_on_exit{};           ///< Whether the worker's leaving ends the conference.
  std::optional<std::string> wait_url{};                  ///< TwiML to listen to until the conference starts.
  std::optional<OpenEnum<CallbackMethod>> wait_method{};  ///< How it is asked for. Twilio's default is POST.
  std::optional<bool>
      early_media{};  ///< Whether to hear the worker's line before they answer. Twilio's default is true.
  std::optional<Integer<2, 250>> max_participants{};        ///< 2 to 250. Twilio's default is 250.
  std::optional<std::string> conference_status_callback{};  ///< Hears of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<ConferenceEvent>>
      conference_status_callback_event{};                  ///< Of which events. Twilio's default is start and end.
  std::optional<std::string> conference_record{};          ///< `true`, `false`, `record-from-start` or `do-not-record`.
  std::optional<std::string> conference_trim{};            ///< `trim-silence` or `do-not-trim`.
  std::optional<std::string> recording_channels{};         ///< `mono` or `dual`.
  std::optional<std::string> recording_status_callback{};  ///< Hears of the recording of the worker's call.
  std::optional<OpenEnum<CallbackMethod>>
      recording_status_callback_method{};                             ///< How it is told. Twilio's default is POST.
  std::optional<std::string> conference_recording_status_callback{};  ///< Hears of the recording of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_recording_status_callback_method{};         ///< How it is told. Twilio's default is POST.
  std::optional<std::string> region{};                       ///< Where the conference is mixed: `us1`, `ie1`, ...
  std::optional<std::string> sip_auth_username{};            ///< For a worker who is called by SIP.
  std::optional<std::string> sip_auth_password{};            ///< A secret: hidden wherever a request is described.
  std::vector<std::string> dequeue_status_callback_event{};  ///< Call statuses. Twilio's default is `completed`.
  std::optional<ActivitySid> post_work_activity_sid{};       ///< Where the worker goes after the conference.
  std::optional<bool> end_conference_on_customer_exit{};     ///< Whether the customer's leaving ends the conference.
  std::optional<bool> beep_on_customer_entrance{};           ///< Whether a beep tells that the customer came.
  std::optional<std::string>
      jitter_buffer_size{};  ///< How much is buffered against jitter: `large`, `medium`, `small` or `off`.

  TASKROUTER_FIELDS(reservation_status, worker_activity_sid, instruction, dequeue_post_work_activity_sid, dequeue_from,
                    dequeue_record, dequeue_timeout, dequeue_to, dequeue_status_callback_url, call_from, call_record,
                    call_timeout, call_to, call_url, call_status_callback_url, call_accept, redirect_call_sid,
                    redirect_accept, redirect_url, to, from, status_callback, status_callback_method,
                    status_callback_event, timeout, record, muted, beep, start_conference_on_enter,
                    end_conference_on_exit, wait_url, wait_method, early_media, max_participants,
                    conference_status_callback, conference_status_callback_method, conference_status_callback_event,
                    conference_record, conference_trim, recording_channels, recording_status_callback,
                    recording_status_callback_method, conference_recording_status_callback,
                    conference_recording_status_callback_method, region, sip_auth_username, sip_auth_password,
                    dequeue_status_callback_event, post_work_activity_sid, end_conference_on_customer_exit,
                    beep_on_customer_entrance, jitter_buffer_size)
};

/// Reservations as a task's.
namespace reservations {

/// Fetches a reservation.
struct Fetch {
  using Output = Reservation;
  static constexpr Route route{"FetchTaskReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  ReservationSid sid;

  TASKROUTER_FIELDS(workspace_sid, task_sid, sid)
};

/// Lists a task's reservations.
struct List {
  using Output = Page<Reservation>;
  static constexpr Route route{"ListTaskReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  std::optional<OpenEnum<ReservationStatus>> reservation_status{};  ///< Only reservations with this status.
  std::optional<WorkerSid> worker_sid{};
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, task_sid, reservation_status, worker_sid, page_size, page, page_token)
};

/// Answers a reservation, or has an instruction carried out for it. See accept() and reject().
struct Update {
  using Output = Reservation;
  static constexpr Route route{"UpdateTaskReservation", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  ReservationSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.
  ReservationChange change{};             ///< What is done with it.
  std::optional<OpenEnum<SupervisorMode>>
      supervisor_mode{};                    ///< What the supervisor does: listen, talk to the worker, or talk to both.
  std::optional<std::string> supervisor{};  ///< The SID or URI of the worker who supervises.

  TASKROUTER_FIELDS(workspace_sid, task_sid, sid, if_match, change, supervisor_mode, supervisor)
};

/// Accepts a reservation: the task is assigned to the worker.
inline Update accept(WorkspaceSid workspace, TaskSid task, ReservationSid reservation) {
  return {.workspace_sid = workspace,
          .task_sid = task,
          .sid = reservation,
          .change = {.reservation_status = ReservationStatus::accepted}};
}

/// Rejects a reservation: the task waits again. The worker goes to `worker_activity`, or back to the
/// activity they had; while that one is available, the same task may be offered to them at once.
inline Update reject(WorkspaceSid workspace, TaskSid task, ReservationSid reservation,
                     std::optional<ActivitySid> worker_activity = {}) {
  return {.workspace_sid = workspace,
          .task_sid = task,
          .sid = reservation,
          .change = {.reservation_status = ReservationStatus::rejected, .worker_activity_sid = worker_activity}};
}

}  // namespace reservations

/// Reservations as a worker's.
namespace worker_reservations {

/// Fetches a reservation.
struct Fetch {
  using Output = Reservation;
  static constexpr Route route{"FetchWorkerReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  ReservationSid sid;

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid)
};

/// Lists a worker's reservations.
struct List {
  using Output = Page<Reservation>;
  static constexpr Route route{"ListWorkerReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<OpenEnum<ReservationStatus>> reservation_status{};  ///< Only reservations with this status.
  std::optional<Integer<1, 1000>> page_size{};                      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                                 ///< For the client's own use.
  std::optional<std::string> page_token{};                          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, reservation_status, page_size, page, page_token)
};

/// Answers a reservation, or has an instruction carried out for it.
struct Update {
  using Output = Reservation;
  static constexpr Route route{"UpdateWorkerReservation", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  ReservationSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.
  ReservationChange change{};             ///< What is done with it.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid, if_match, change)
};

}  // namespace worker_reservations
}  // namespace taskrouter

// taskrouter/resources/task_channels.hpp

namespace taskrouter {

/// A kind of work, such as voice or chat. A worker has a capacity for each.
/// https://www.twilio.com/docs/taskrouter/api/task-channel
struct TaskChannel {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters.
  TaskChannelSid sid{};
  std::string unique_name{};  ///< What tasks name it by, such as `voice`.
  WorkspaceSid workspace_sid{};
  bool channel_optimized_routing{};  ///< Whether the longest idle worker is the one longest idle on this channel, or on
                                     ///< all of them.
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "channels";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, friendly_name, sid, unique_name, workspace_sid,
                    channel_optimized_routing, url, links)
};

namespace task_channels {

/// Creates a task channel.
struct Create {
  using Output = TaskChannel;
  static constexpr Route route{"CreateTaskChannel", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskChannels", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;  ///< At most 64 characters.
  std::string unique_name;    ///< Letters, digits, `_` and `$`, with no digit first. Can't be changed.
  std::optional<bool>
      channel_optimized_routing{};  ///< Whether idle time is counted on this channel alone. Twilio's default is false.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, unique_name, channel_optimized_routing)
};

/// Fetches a task channel.
struct Fetch {
  using Output = TaskChannel;
  static constexpr Route route{"FetchTaskChannel", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}"};

  WorkspaceSid workspace_sid;
  std::string sid;  ///< Its SID or its unique name.

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's task channels.
struct List {
  using Output = Page<TaskChannel>;
  static constexpr Route route{"ListTaskChannel", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskChannels"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, page_size, page, page_token)
};

/// Changes a task channel. What is left out stays as it is.
struct Update {
  using Output = TaskChannel;
  static constexpr Route route{"UpdateTaskChannel", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}"};

  WorkspaceSid workspace_sid;
  std::string sid;                                  ///< Its SID or its unique name.
  std::optional<std::string> friendly_name{};       ///< At most 64 characters.
  std::optional<bool> channel_optimized_routing{};  ///< Whether idle time is counted on this channel alone.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, channel_optimized_routing)
};

/// Deletes a task channel.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTaskChannel", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/TaskChannels/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  std::string sid;  ///< Its SID or its unique name.

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace task_channels
}  // namespace taskrouter

// taskrouter/resources/task_queue_statistics.hpp

namespace taskrouter {

/// What happened in a task queue in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/taskqueue-statistics
struct TaskQueueCumulativeStatistics {
  AccountSid account_sid{};
  std::int64_t avg_task_acceptance_time{};  ///< Seconds from creation to acceptance, on average.
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  std::int64_t reservations_created{};    ///< How many were made.
  std::int64_t reservations_accepted{};   ///< How many were accepted.
  std::int64_t reservations_rejected{};   ///< How many were rejected.
  std::int64_t reservations_timed_out{};  ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};   ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};  ///< How many were taken back because another worker accepted.
  JsonValue split_by_wait_time{};         ///< By waiting time in seconds: `{"5": {"above": {...}, "below": {...}}}`.
  TaskQueueSid task_queue_sid{};
  JsonValue wait_duration_until_accepted{};  ///< Seconds since creation: `{"avg": 5, "min": 0, "max": 9, "total": 20}`.
  JsonValue wait_duration_until_canceled{};  ///< Seconds since creation, likewise.
  JsonValue wait_duration_in_queue_until_accepted{};  ///< Seconds since the task entered the queue, likewise.
  std::int64_t tasks_canceled{};                      ///< How many were canceled.
  std::int64_t tasks_completed{};                     ///< How many were completed.
  std::int64_t tasks_deleted{};                       ///< How many were deleted.
  std::int64_t tasks_entered{};                       ///< How many came into the queue.
  std::int64_t tasks_moved{};                         ///< From one queue to another.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, task_queue_sid, wait_duration_until_accepted,
                    wait_duration_until_canceled, wait_duration_in_queue_until_accepted, tasks_canceled,
                    tasks_completed, tasks_deleted, tasks_entered, tasks_moved, workspace_sid, url)
};

/// How things stand in a task queue now.
struct TaskQueueRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};                    ///< How many workers are in each activity.
  std::int64_t longest_task_waiting_age{};            ///< Seconds.
  TaskSid longest_task_waiting_sid{};                 ///< The task that waits longest.
  std::int64_t longest_relative_task_age_in_queue{};  ///< Seconds since it entered the queue.
  TaskSid longest_relative_task_sid_in_queue{};       ///< The task that is in the queue longest.
  TaskQueueSid task_queue_sid{};
  JsonValue tasks_by_priority{};           ///< How many wait, by priority.
  JsonValue tasks_by_status{};             ///< How many there are, by assignment status.
  std::int64_t total_available_workers{};  ///< In an available activity; they may be busy.
  std::int64_t total_eligible_workers{};   ///< Whatever their activity.
  std::int64_t total_tasks{};              ///< How many tasks there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, longest_task_waiting_age, longest_task_waiting_sid,
                    longest_relative_task_age_in_queue, longest_relative_task_sid_in_queue, task_queue_sid,
                    tasks_by_priority, tasks_by_status, total_available_workers, total_eligible_workers, total_tasks,
                    workspace_sid, url)
};

/// Both in one.
struct TaskQueueStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A TaskQueueCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A TaskQueueRealTimeStatistics as JSON.
  TaskQueueSid task_queue_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, realtime, task_queue_sid, workspace_sid, url)
};

/// Both in one, of one queue among several.
struct TaskQueuesStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A TaskQueueCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A TaskQueueRealTimeStatistics as JSON.
  TaskQueueSid task_queue_sid{};
  WorkspaceSid workspace_sid{};

  static constexpr std::string_view plural = "task_queues_statistics";
  TASKROUTER_FIELDS(account_sid, cumulative, realtime, task_queue_sid, workspace_sid)
};

/// How things stand in several queues now.
struct TaskQueueBulkRealTimeStatistics {
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  JsonValue task_queue_data{};               ///< One object a queue, like TaskQueueRealTimeStatistics.
  std::int64_t task_queue_response_count{};  ///< How many queues there are in it.
  std::string url{};

  TASKROUTER_FIELDS(account_sid, workspace_sid, task_queue_data, task_queue_response_count, url)
};

namespace task_queue_statistics {

/// Fetches what happened in a queue.
struct FetchCumulative {
  using Output = TaskQueueCumulativeStatistics;
  static constexpr Route route{"FetchTaskQueueCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a queue.
struct FetchRealTime {
  using Output = TaskQueueRealTimeStatistics;
  static constexpr Route route{"FetchTaskQueueRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = TaskQueueStatistics;
  static constexpr Route route{"FetchTaskQueueStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{TaskQueueSid}/Statistics"};

  WorkspaceSid workspace_sid;
  TaskQueueSid task_queue_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, task_queue_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Lists both, of all queues.
struct List {
  using Output = Page<TaskQueuesStatistics>;
  static constexpr Route route{"ListTaskQueuesStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> friendly_name{};       ///< Only of the queues called so.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.
  std::optional<Integer<1, 1000>> page_size{};      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                 ///< For the client's own use.
  std::optional<std::string> page_token{};          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, end_date, friendly_name, minutes, start_date, task_channel, split_by_wait_time,
                    page_size, page, page_token)
};

/// Fetches how things stand in up to 50 queues.
struct FetchBulkRealTime {
  using Output = TaskQueueBulkRealTimeStatistics;
  static constexpr Route route{"CreateTaskQueueBulkRealTimeStatistics", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/TaskQueues/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  JsonText body;  ///< An array of queue SIDs, as Twilio describes it; its schema is not published.

  TASKROUTER_FIELDS(workspace_sid, body)
};

}  // namespace task_queue_statistics
}  // namespace taskrouter

// taskrouter/resources/task_queues.hpp

namespace taskrouter {

/// In which order tasks leave a queue: the oldest of the highest priority first, or the newest first.
TASKROUTER_ENUM(TaskOrder, FIFO, LIFO)

/// A list of tasks that wait for the workers of one kind.
/// https://www.twilio.com/docs/taskrouter/api/task-queue
struct TaskQueue {
  AccountSid account_sid{};
  ActivitySid assignment_activity_sid{};  ///< Where workers go who accept a task of it, in a workspace of single tasks.
  std::optional<std::string> assignment_activity_name{};  ///< The name of that activity.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};          ///< At most 64 characters.
  std::int64_t max_reserved_workers{};  ///< How many workers may be reserved for a task at a time.
  ActivitySid
      reservation_activity_sid{};  ///< Where workers go while they are reserved for it, in a workspace of single tasks.
  std::optional<std::string> reservation_activity_name{};  ///< The name of that activity.
  TaskQueueSid sid{};
  std::optional<std::string> target_workers{};  ///< Which workers serve it: an expression over their attributes.
  OpenEnum<TaskOrder> task_order{};             ///< Which task leaves first: the oldest, or the newest.
  std::string url{};
  WorkspaceSid workspace_sid{};
  JsonValue links{};

  static constexpr std::string_view plural = "task_queues";
  TASKROUTER_FIELDS(account_sid, assignment_activity_sid, assignment_activity_name, date_created, date_updated,
                    friendly_name, max_reserved_workers, reservation_activity_sid, reservation_activity_name, sid,
                    target_workers, task_order, url, workspace_sid, links)
};

namespace task_queues {

/// Creates a task queue.
struct Create {
  using Output = TaskQueue;
  static constexpr Route route{"CreateTaskQueue", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskQueues", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;  ///< At most 64 characters.
  std::optional<std::string>
      target_workers{};  ///< Such as `languages HAS "es"`. Twilio's default is `1==1`: every worker.
  std::optional<Integer<1, 50>> max_reserved_workers{};   ///< 1 to 50. Twilio's default is 1.
  std::optional<OpenEnum<TaskOrder>> task_order{};        ///< Twilio's default is FIFO.
  std::optional<ActivitySid> reservation_activity_sid{};  ///< Where workers go while they are reserved for it.
  std::optional<ActivitySid> assignment_activity_sid{};   ///< Where workers go who accept a task of it.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, target_workers, max_reserved_workers, task_order,
                    reservation_activity_sid, assignment_activity_sid)
};

/// Fetches a task queue.
struct Fetch {
  using Output = TaskQueue;
  static constexpr Route route{"FetchTaskQueue", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's task queues.
struct List {
  using Output = Page<TaskQueue>;
  static constexpr Route route{"ListTaskQueue", Method::get, "/v1/Workspaces/{WorkspaceSid}/TaskQueues"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};  ///< Only the ones called so.
  std::optional<std::string>
      evaluate_worker_attributes{};  ///< Only the ones that a worker with these attributes, JSON text, would serve.
  std::optional<WorkerSid> worker_sid{};        ///< Only the ones that this worker serves.
  std::optional<std::string> ordering{};        ///< Such as `DateUpdated:desc`.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, evaluate_worker_attributes, worker_sid, ordering, page_size, page,
                    page_token)
};

/// Changes a task queue. What is left out stays as it is.
struct Update {
  using Output = TaskQueue;
  static constexpr Route route{"UpdateTaskQueue", Method::post, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;
  std::optional<std::string> friendly_name{};   ///< At most 64 characters.
  std::optional<std::string> target_workers{};  ///< Which workers serve it: an expression over their attributes.
  std::optional<ActivitySid> reservation_activity_sid{};  ///< Where workers go while they are reserved for it.
  std::optional<ActivitySid> assignment_activity_sid{};   ///< Where workers go who accept a task of it.
  std::optional<Integer<1, 50>> max_reserved_workers{};   ///< 1 to 50.
  std::optional<OpenEnum<TaskOrder>> task_order{};        ///< Which task leaves first: the oldest, or the newest.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, target_workers, reservation_activity_sid,
                    assignment_activity_sid, max_reserved_workers, task_order)
};

/// Deletes a task queue. Refused while tasks are in it.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTaskQueue", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/TaskQueues/{Sid}",
                               204};

  WorkspaceSid workspace_sid;
  TaskQueueSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace task_queues
}  // namespace taskrouter

// taskrouter/resources/tasks.hpp

namespace taskrouter {

/// Where a task stands.
TASKROUTER_ENUM(TaskStatus, pending, reserved, assigned, canceled, completed, wrapping)

/// A unit of work that a workflow routes to a worker.
/// https://www.twilio.com/docs/taskrouter/api/task
struct Task {
  AccountSid account_sid{};
  std::int64_t age{};                        ///< Seconds since creation.
  OpenEnum<TaskStatus> assignment_status{};  ///< Where it stands on its way from pending to completed.
  JsonText attributes{};                     ///< What the workflow's filters read. At most 4,096 characters.
  JsonText addons{};                         ///< What add-ons found out about it, as JSON.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::optional<Timestamp> task_queue_entered_date{};  ///< When it came into its queue.
  std::int64_t priority{};                             ///< 0 to 2147483647, higher first.
  std::optional<std::string> reason{};                 ///< Why it was canceled or completed.
  TaskSid sid{};
  TaskQueueSid task_queue_sid{};
  std::optional<std::string> task_queue_friendly_name{};  ///< The name of that queue.
  TaskChannelSid task_channel_sid{};
  std::optional<std::string> task_channel_unique_name{};  ///< The unique name of that channel.
  std::int64_t timeout{};                                 ///< Seconds it may wait for a worker.
  WorkflowSid workflow_sid{};
  std::optional<std::string> workflow_friendly_name{};  ///< The name of that workflow.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<Timestamp> virtual_start_time{};  ///< Since when it counts as waiting.
  bool ignore_capacity{};                         ///< Whether its worker gets it beyond their capacity.
  std::optional<std::string> routing_target{};    ///< The SID of a worker, queue or workflow.
  std::optional<std::string> etag{};              ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "tasks";
  TASKROUTER_FIELDS(account_sid, age, assignment_status, attributes, date_created, date_updated,
                    task_queue_entered_date, virtual_start_time, priority, reason, sid, task_queue_sid,
                    task_channel_sid, task_channel_unique_name, timeout, url, workspace_sid, workflow_sid,
                    workflow_friendly_name, task_queue_friendly_name, ignore_capacity, routing_target, addons, links)
};

namespace tasks {

/// Creates a task.
struct Create {
  using Output = Task;
  static constexpr Route route{"CreateTask", Method::post, "/v1/Workspaces/{WorkspaceSid}/Tasks", 201};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1, 1209600>> timeout{};      ///< Seconds it may wait: 1 to 1209600. Twilio's default is 86400.
  std::optional<Integer<0, 2147483647>> priority{};  ///< 0 to 2147483647, higher first. Twilio's default is 0.
  std::optional<std::string> task_channel{};         ///< SID or unique name. Twilio's default is `default`.
  std::optional<WorkflowSid> workflow_sid{};         ///< Needed if the workspace has several.
  std::optional<JsonText> attributes{};              ///< Twilio's default is `{}`.
  std::optional<Timestamp> virtual_start_time{};  ///< Neither in the future nor before 1900. Twilio's default is now.
  std::optional<std::string> routing_target{};    ///< Straight to this worker, queue or workflow: its SID.
  std::optional<std::string> ignore_capacity{};   ///< `true`, `1` or `yes`; only with a worker as the target.
  std::optional<TaskQueueSid> task_queue_sid{};

  TASKROUTER_FIELDS(workspace_sid, timeout, priority, task_channel, workflow_sid, attributes, virtual_start_time,
                    routing_target, ignore_capacity, task_queue_sid)
};

/// Fetches a task.
struct Fetch {
  using Output = Task;
  static constexpr Route route{"FetchTask", Method::get, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's tasks, oldest first.
struct List {
  using Output = Page<Task>;
  static constexpr Route route{"ListTask", Method::get, "/v1/Workspaces/{WorkspaceSid}/Tasks"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<0, 2147483647>> priority{};       ///< Only tasks of this priority.
  std::vector<std::string> assignment_status{};           ///< Any of these.
  std::optional<WorkflowSid> workflow_sid{};              ///< Only tasks of this workflow.
  std::optional<std::string> workflow_name{};             ///< Only tasks of the workflow called so.
  std::optional<TaskQueueSid> task_queue_sid{};           ///< Only tasks of this queue.
  std::optional<std::string> task_queue_name{};           ///< Only tasks of the queue called so.
  std::optional<std::string> evaluate_task_attributes{};  ///< Only tasks that match this expression.
  std::optional<std::string>
      routing_target{};                   ///< Only tasks that go straight to this worker, queue or workflow: its SID.
  std::optional<std::string> ordering{};  ///< Such as `Priority:desc,DateCreated:asc`.
  std::optional<bool> has_addons{};       ///< Only tasks with add-ons, or only those without.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, priority, assignment_status, workflow_sid, workflow_name, task_queue_sid,
                    task_queue_name, evaluate_task_attributes, routing_target, ordering, has_addons, page_size, page,
                    page_token)
};

/// Changes a task. What is left out stays as it is.
struct Update {
  using Output = Task;
  static constexpr Route route{"UpdateTask", Method::post, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid sid;
  std::optional<std::string> if_match{};                    ///< The ETag that must still hold: else 412.
  std::optional<JsonText> attributes{};                     ///< Replaces all attributes.
  std::optional<OpenEnum<TaskStatus>> assignment_status{};  ///< `canceled`, `wrapping` or `completed`.
  std::optional<std::string> reason{};                      ///< Needed to cancel or complete.
  std::optional<Integer<0, 2147483647>> priority{};         ///< 0 to 2147483647, higher first.
  std::optional<std::string> task_channel{};                ///< SID or unique name.
  std::optional<Timestamp> virtual_start_time{};            ///< Neither in the future nor before 1900.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match, attributes, assignment_status, reason, priority, task_channel,
                    virtual_start_time)
};

/// Deletes a task, and with it its pending reservations.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteTask", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Tasks/{Sid}", 204};

  WorkspaceSid workspace_sid;
  TaskSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match)
};

}  // namespace tasks
}  // namespace taskrouter

// taskrouter/resources/worker_channels.hpp

namespace taskrouter {

/// How many tasks of one task channel a worker can hold at a time.
/// https://www.twilio.com/docs/taskrouter/api/worker-channel
struct WorkerChannel {
  AccountSid account_sid{};
  std::int64_t assigned_tasks{};                 ///< How many tasks of the channel the worker has accepted.
  bool available{};                              ///< Whether the worker gets tasks of the channel at all.
  std::int64_t available_capacity_percentage{};  ///< 0 to 100: how much of the capacity is free.
  std::int64_t configured_capacity{};            ///< How many tasks the worker can hold at a time.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  WorkerChannelSid sid{};
  TaskChannelSid task_channel_sid{};
  std::string task_channel_unique_name{};  ///< The unique name of that channel.
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  static constexpr std::string_view plural = "channels";
  TASKROUTER_FIELDS(account_sid, assigned_tasks, available, available_capacity_percentage, configured_capacity,
                    date_created, date_updated, sid, task_channel_sid, task_channel_unique_name, worker_sid,
                    workspace_sid, url)
};

namespace worker_channels {

/// Fetches a worker's channel.
struct Fetch {
  using Output = WorkerChannel;
  static constexpr Route route{"FetchWorkerChannel", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::string sid;  ///< Its SID, or the task channel's unique name.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid)
};

/// Lists a worker's channels.
struct List {
  using Output = Page<WorkerChannel>;
  static constexpr Route route{"ListWorkerChannel", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, page_size, page, page_token)
};

/// Changes a worker's channel. What is left out stays as it is.
struct Update {
  using Output = WorkerChannel;
  static constexpr Route route{"UpdateWorkerChannel", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Channels/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::string sid;                       ///< Its SID, or the task channel's unique name.
  std::optional<Integer<0>> capacity{};  ///< How many tasks at a time: 0 stops new ones.
  std::optional<bool> available{};       ///< Whether the worker gets tasks of the channel.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid, capacity, available)
};

}  // namespace worker_channels
}  // namespace taskrouter

// taskrouter/resources/worker_statistics.hpp

namespace taskrouter {

/// What one worker did in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/worker/statistics
struct WorkerInstanceStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< Reservations, and the time in each activity.
  WorkerSid worker_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, worker_sid, workspace_sid, url)
};

/// What a workspace's workers did in a span of time.
struct WorkersCumulativeStatistics {
  AccountSid account_sid{};
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  JsonValue activity_durations{};         ///< Seconds spent in each activity: avg, min, max and total.
  std::int64_t reservations_created{};    ///< How many were made.
  std::int64_t reservations_accepted{};   ///< How many were accepted.
  std::int64_t reservations_rejected{};   ///< How many were rejected.
  std::int64_t reservations_timed_out{};  ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};   ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};  ///< How many were taken back because another worker accepted.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, start_time, end_time, activity_durations, reservations_created, reservations_accepted,
                    reservations_rejected, reservations_timed_out, reservations_canceled, reservations_rescinded,
                    workspace_sid, url)
};

/// In which activities a workspace's workers are now.
struct WorkersRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};  ///< How many workers are in each activity.
  std::int64_t total_workers{};     ///< How many workers there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, total_workers, workspace_sid, url)
};

/// Both in one.
struct WorkerStatistics {
  JsonValue realtime{};    ///< A WorkersRealTimeStatistics as JSON.
  JsonValue cumulative{};  ///< A WorkersCumulativeStatistics as JSON.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(realtime, cumulative, account_sid, workspace_sid, url)
};

/// Of one worker.
namespace worker_statistics {

/// Fetches what a worker did.
struct Fetch {
  using Output = WorkerInstanceStatistics;
  static constexpr Route route{"FetchWorkerInstanceStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Statistics"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<Integer<1>> minutes{};        ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};      ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};        ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, minutes, start_date, end_date, task_channel)
};

}  // namespace worker_statistics

/// Of all workers of a workspace. Twilio may refuse them where there are more than 100.
namespace workers_statistics {

/// Fetches what the workers did.
struct FetchCumulative {
  using Output = WorkersCumulativeStatistics;
  static constexpr Route route{"FetchWorkersCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};        ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};        ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};      ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, end_date, minutes, start_date, task_channel)
};

/// Fetches in which activities the workers are.
struct FetchRealTime {
  using Output = WorkersRealTimeStatistics;
  static constexpr Route route{"FetchWorkersRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkerStatistics;
  static constexpr Route route{"FetchWorkerStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1>> minutes{};           ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};         ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};           ///< Not after. Twilio's default is now.
  std::optional<TaskQueueSid> task_queue_sid{};  ///< Only workers who serve this queue.
  std::optional<std::string> task_queue_name{};  ///< Only workers who serve this queue.
  std::optional<std::string> friendly_name{};    ///< Only workers called so.
  std::optional<std::string> task_channel{};     ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, minutes, start_date, end_date, task_queue_sid, task_queue_name, friendly_name,
                    task_channel)
};

}  // namespace workers_statistics
}  // namespace taskrouter

// taskrouter/resources/workers.hpp

namespace taskrouter {

/// Someone, or something, that does tasks.
/// https://www.twilio.com/docs/taskrouter/api/worker
struct Worker {
  AccountSid account_sid{};
  std::string activity_name{};  ///< The name of the activity the worker is in.
  ActivitySid activity_sid{};   ///< The activity the worker is in.
  JsonText attributes{};        ///< What queues and workflows choose workers by. At most 4,096 characters.
  bool available{};             ///< Whether the activity leaves them free for tasks.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_status_changed{};  ///< When the activity last changed.
  std::optional<Timestamp> date_updated{};
  std::string friendly_name{};  ///< At most 64 characters, unlike the other workers'.
  WorkerSid sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<std::string> etag{};  ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "workers";
  TASKROUTER_FIELDS(account_sid, activity_name, activity_sid, attributes, available, date_created, date_status_changed,
                    date_updated, friendly_name, sid, url, workspace_sid, links)
};

namespace workers {

/// Creates a worker.
struct Create {
  using Output = Worker;
  static constexpr Route route{"CreateWorker", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workers", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;                  ///< Unique in the workspace. At most 64 characters.
  std::optional<ActivitySid> activity_sid{};  ///< Twilio's default is the workspace's default activity.
  std::optional<JsonText> attributes{};       ///< Twilio's default is `{}`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, activity_sid, attributes)
};

/// Fetches a worker.
struct Fetch {
  using Output = Worker;
  static constexpr Route route{"FetchWorker", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's workers.
struct List {
  using Output = Page<Worker>;
  static constexpr Route route{"ListWorker", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workers"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> activity_name{};              ///< Only workers in the activity called so.
  std::optional<ActivitySid> activity_sid{};               ///< Only workers in this activity.
  std::optional<std::string> available{};                  ///< `true`, `1` or `yes` for the available; else the others.
  std::optional<std::string> friendly_name{};              ///< Only the ones called so.
  std::optional<std::string> target_workers_expression{};  ///< Only workers that match this expression.
  std::optional<std::string> task_queue_name{};            ///< Only workers eligible for this queue.
  std::optional<TaskQueueSid> task_queue_sid{};            ///< Only workers eligible for this queue.
  std::optional<std::string> ordering{};                   ///< Such as `DateStatusChanged:desc`.
  std::optional<Integer<1, 1000>> page_size{};             ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                        ///< For the client's own use.
  std::optional<std::string> page_token{};                 ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, activity_name, activity_sid, available, friendly_name, target_workers_expression,
                    task_queue_name, task_queue_sid, ordering, page_size, page, page_token)
};

/// Changes a worker. What is left out stays as it is.
struct Update {
  using Output = Worker;
  static constexpr Route route{"UpdateWorker", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid sid;
  std::optional<std::string> if_match{};              ///< The ETag that must still hold: else 412.
  std::optional<ActivitySid> activity_sid{};          ///< Where the worker goes.
  std::optional<JsonText> attributes{};               ///< Replaces all attributes.
  std::optional<std::string> friendly_name{};         ///< At most 64 characters, unlike the other workers'.
  std::optional<bool> reject_pending_reservations{};  ///< Only for an activity that is not available.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match, activity_sid, attributes, friendly_name, reject_pending_reservations)
};

/// Deletes a worker.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorker", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Workers/{Sid}", 204};

  WorkspaceSid workspace_sid;
  WorkerSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.

  TASKROUTER_FIELDS(workspace_sid, sid, if_match)
};

}  // namespace workers
}  // namespace taskrouter

// taskrouter/resources/workflow_statistics.hpp

namespace taskrouter {

/// What happened in a workflow in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/workflow-statistics
struct WorkflowCumulativeStatistics {
  AccountSid account_sid{};
  std::int64_t avg_task_acceptance_time{};  ///< Seconds from creation to acceptance, on average.
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  std::int64_t reservations_created{};       ///< How many were made.
  std::int64_t reservations_accepted{};      ///< How many were accepted.
  std::int64_t reservations_rejected{};      ///< How many were rejected.
  std::int64_t reservations_timed_out{};     ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};      ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};     ///< How many were taken back because another worker accepted.
  JsonValue split_by_wait_time{};            ///< By waiting time in seconds: `{"5": {"above": {...}, "below": {...}}}`.
  JsonValue wait_duration_until_accepted{};  ///< Seconds since creation: `{"avg": 5, "min": 0, "max": 9, "total": 20}`.
  JsonValue wait_duration_until_canceled{};  ///< Seconds since creation, likewise.
  std::int64_t tasks_canceled{};             ///< How many were canceled.
  std::int64_t tasks_completed{};            ///< How many were completed.
  std::int64_t tasks_entered{};              ///< How many came into the workflow.
  std::int64_t tasks_deleted{};              ///< How many were deleted.
  std::int64_t tasks_moved{};                ///< From one queue to another.
  std::int64_t tasks_timed_out_in_workflow{};  ///< And so canceled.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, wait_duration_until_accepted,
                    wait_duration_until_canceled, tasks_canceled, tasks_completed, tasks_entered, tasks_deleted,
                    tasks_moved, tasks_timed_out_in_workflow, workflow_sid, workspace_sid, url)
};

/// How things stand in a workflow now.
struct WorkflowRealTimeStatistics {
  AccountSid account_sid{};
  std::int64_t longest_task_waiting_age{};  ///< Seconds.
  TaskSid longest_task_waiting_sid{};       ///< The task that waits longest.
  JsonValue tasks_by_priority{};            ///< How many wait, by priority.
  JsonValue tasks_by_status{};              ///< How many there are, by assignment status.
  std::int64_t total_tasks{};               ///< How many tasks there are.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, longest_task_waiting_age, longest_task_waiting_sid, tasks_by_priority, tasks_by_status,
                    total_tasks, workflow_sid, workspace_sid, url)
};

/// Both in one.
struct WorkflowStatistics {
  AccountSid account_sid{};
  JsonValue cumulative{};  ///< A WorkflowCumulativeStatistics as JSON.
  JsonValue realtime{};    ///< A WorkflowRealTimeStatistics as JSON.
  WorkflowSid workflow_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, cumulative, realtime, workflow_sid, workspace_sid, url)
};

namespace workflow_statistics {

/// Fetches what happened in a workflow.
struct FetchCumulative {
  using Output = WorkflowCumulativeStatistics;
  static constexpr Route route{"FetchWorkflowCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a workflow.
struct FetchRealTime {
  using Output = WorkflowRealTimeStatistics;
  static constexpr Route route{"FetchWorkflowRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkflowStatistics;
  static constexpr Route route{"FetchWorkflowStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workflows/{WorkflowSid}/Statistics"};

  WorkspaceSid workspace_sid;
  WorkflowSid workflow_sid;
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, workflow_sid, minutes, start_date, end_date, task_channel, split_by_wait_time)
};

}  // namespace workflow_statistics
}  // namespace taskrouter

// taskrouter/resources/workflows.hpp

namespace taskrouter {

/// The rules that choose a queue, and then a worker, for each task.
/// https://www.twilio.com/docs/taskrouter/api/workflow
struct Workflow {
  AccountSid account_sid{};
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  JsonText configuration{};                              ///< The rules: see workflow.hpp.
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::optional<std::string> document_content_type{};             ///< `application/json`.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::string friendly_name{};                                    ///< At most 64 characters.
  WorkflowSid sid{};
  std::int64_t task_reservation_timeout{};  ///< Seconds that a reservation waits for its answer.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "workflows";
  TASKROUTER_FIELDS(account_sid, assignment_callback_url, configuration, date_created, date_updated,
                    document_content_type, fallback_assignment_callback_url, friendly_name, sid,
                    task_reservation_timeout, workspace_sid, url, links)
};

namespace workflows {

/// Creates a workflow.
struct Create {
  using Output = Workflow;
  static constexpr Route route{"CreateWorkflow", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workflows", 201};

  WorkspaceSid workspace_sid;
  std::string friendly_name;                             ///< At most 64 characters.
  JsonText configuration;                                ///< The rules, as JSON: see workflow.hpp.
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::optional<Integer<1, 86400>> task_reservation_timeout{};  ///< Seconds that a reservation waits for its answer: 1
                                                                ///< to 86400. Twilio's default is 120.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, configuration, assignment_callback_url,
                    fallback_assignment_callback_url, task_reservation_timeout)
};

/// Fetches a workflow.
struct Fetch {
  using Output = Workflow;
  static constexpr Route route{"FetchWorkflow", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

/// Lists a workspace's workflows.
struct List {
  using Output = Page<Workflow>;
  static constexpr Route route{"ListWorkflow", Method::get, "/v1/Workspaces/{WorkspaceSid}/Workflows"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, friendly_name, page_size, page, page_token)
};

/// Changes a workflow. What is left out stays as it is.
struct Update {
  using Output = Workflow;
  static constexpr Route route{"UpdateWorkflow", Method::post, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;
  std::optional<std::string> friendly_name{};            ///< At most 64 characters.
  std::optional<std::string> assignment_callback_url{};  ///< Where TaskRouter asks what to do with a reservation.
  std::optional<std::string> fallback_assignment_callback_url{};  ///< Where it asks when that fails.
  std::optional<JsonText> configuration{};                        ///< The rules, as JSON: see workflow.hpp.
  std::optional<Integer<1, 86400>> task_reservation_timeout{};    ///< Seconds: 1 to 86400.
  std::optional<std::string> re_evaluate_tasks{};                 ///< `true` to route the tasks that wait anew.

  TASKROUTER_FIELDS(workspace_sid, sid, friendly_name, assignment_callback_url, fallback_assignment_callback_url,
                    configuration, task_reservation_timeout, re_evaluate_tasks)
};

/// Deletes a workflow. Refused while tasks of it wait.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorkflow", Method::delete_, "/v1/Workspaces/{WorkspaceSid}/Workflows/{Sid}", 204};

  WorkspaceSid workspace_sid;
  WorkflowSid sid;

  TASKROUTER_FIELDS(workspace_sid, sid)
};

}  // namespace workflows
}  // namespace taskrouter

// taskrouter/resources/workspace_statistics.hpp

namespace taskrouter {

/// What happened in a workspace in a span of time.
/// https://www.twilio.com/docs/taskrouter/api/workspace-statistics
struct WorkspaceCumulativeStatistics {
  AccountSid account_sid{};
  std::int64_t avg_task_acceptance_time{};  ///< Seconds from creation to acceptance, on average.
  std::optional<Timestamp> start_time{};
  std::optional<Timestamp> end_time{};
  std::int64_t reservations_created{};       ///< How many were made.
  std::int64_t reservations_accepted{};      ///< How many were accepted.
  std::int64_t reservations_rejected{};      ///< How many were rejected.
  std::int64_t reservations_timed_out{};     ///< How many nobody answered in time.
  std::int64_t reservations_canceled{};      ///< How many were canceled, as with their task.
  std::int64_t reservations_rescinded{};     ///< How many were taken back because another worker accepted.
  JsonValue split_by_wait_time{};            ///< By waiting time in seconds: `{"5": {"above": {...}, "below": {...}}}`.
  JsonValue wait_duration_until_accepted{};  ///< Seconds since creation: `{"avg": 5, "min": 0, "max": 9, "total": 20}`.
  JsonValue wait_duration_until_canceled{};  ///< Seconds since creation, likewise.
  std::int64_t tasks_canceled{};             ///< How many were canceled.
  std::int64_t tasks_completed{};            ///< How many were completed.
  std::int64_t tasks_created{};              ///< How many were created.
  std::int64_t tasks_deleted{};              ///< How many were deleted.
  std::int64_t tasks_moved{};                ///< From one queue to another.
  std::int64_t tasks_timed_out_in_workflow{};  ///< And so canceled.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, avg_task_acceptance_time, start_time, end_time, reservations_created,
                    reservations_accepted, reservations_rejected, reservations_timed_out, reservations_canceled,
                    reservations_rescinded, split_by_wait_time, wait_duration_until_accepted,
                    wait_duration_until_canceled, tasks_canceled, tasks_completed, tasks_created, tasks_deleted,
                    tasks_moved, tasks_timed_out_in_workflow, workspace_sid, url)
};

/// How things stand in a workspace now.
struct WorkspaceRealTimeStatistics {
  AccountSid account_sid{};
  JsonValue activity_statistics{};          ///< How many workers are in each activity.
  std::int64_t longest_task_waiting_age{};  ///< Seconds.
  TaskSid longest_task_waiting_sid{};       ///< The task that waits longest.
  JsonValue tasks_by_priority{};            ///< How many wait, by priority.
  JsonValue tasks_by_status{};              ///< How many there are, by assignment status.
  std::int64_t total_tasks{};               ///< How many tasks there are.
  std::int64_t total_workers{};             ///< How many workers there are.
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(account_sid, activity_statistics, longest_task_waiting_age, longest_task_waiting_sid,
                    tasks_by_priority, tasks_by_status, total_tasks, total_workers, workspace_sid, url)
};

/// Both in one.
struct WorkspaceStatistics {
  JsonValue realtime{};    ///< A WorkspaceRealTimeStatistics as JSON.
  JsonValue cumulative{};  ///< A WorkspaceCumulativeStatistics as JSON.
  AccountSid account_sid{};
  WorkspaceSid workspace_sid{};
  std::string url{};

  TASKROUTER_FIELDS(realtime, cumulative, account_sid, workspace_sid, url)
};

namespace workspace_statistics {

/// Fetches what happened in a workspace.
struct FetchCumulative {
  using Output = WorkspaceCumulativeStatistics;
  static constexpr Route route{"FetchWorkspaceCumulativeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/CumulativeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, end_date, minutes, start_date, task_channel, split_by_wait_time)
};

/// Fetches how things stand in a workspace.
struct FetchRealTime {
  using Output = WorkspaceRealTimeStatistics;
  static constexpr Route route{"FetchWorkspaceRealTimeStatistics", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/RealTimeStatistics"};

  WorkspaceSid workspace_sid;
  std::optional<std::string> task_channel{};  ///< Only this channel: its SID or unique name.

  TASKROUTER_FIELDS(workspace_sid, task_channel)
};

/// Fetches both.
struct Fetch {
  using Output = WorkspaceStatistics;
  static constexpr Route route{"FetchWorkspaceStatistics", Method::get, "/v1/Workspaces/{WorkspaceSid}/Statistics"};

  WorkspaceSid workspace_sid;
  std::optional<Integer<1>> minutes{};              ///< Only the last so many. Twilio's default is 15.
  std::optional<Timestamp> start_date{};            ///< Not before: at most 30 days ago.
  std::optional<Timestamp> end_date{};              ///< Not after. Twilio's default is now.
  std::optional<std::string> task_channel{};        ///< Only this channel: its SID or unique name.
  std::optional<std::string> split_by_wait_time{};  ///< Split at these waits too, in seconds: `5,30`.

  TASKROUTER_FIELDS(workspace_sid, minutes, start_date, end_date, task_channel, split_by_wait_time)
};

}  // namespace workspace_statistics
}  // namespace taskrouter

// taskrouter/resources/workspaces.hpp

namespace taskrouter {

/// In which order a worker who serves queues of both kinds gets their tasks.
TASKROUTER_ENUM(QueueOrder, FIFO, LIFO)

/// A container of everything that routes: tasks, workers, queues, workflows and activities.
/// https://www.twilio.com/docs/taskrouter/api/workspace
struct Workspace {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  std::string default_activity_name{};              ///< The name of that activity.
  ActivitySid default_activity_sid{};               ///< Where new workers start.
  std::optional<std::string> event_callback_url{};  ///< Where TaskRouter tells what happens.
  std::optional<std::string> events_filter{};       ///< Event types, separated by commas; null is all.
  std::string friendly_name{};                      ///< At most 64 characters.
  bool multi_task_enabled{};                        ///< Whether a worker may hold several tasks at a time.
  WorkspaceSid sid{};
  std::string timeout_activity_name{};            ///< The name of that activity.
  ActivitySid timeout_activity_sid{};             ///< Where workers go who let a reservation time out.
  OpenEnum<QueueOrder> prioritize_queue_order{};  ///< Which queues come first for a worker who serves both kinds.
  std::string url{};
  JsonValue links{};

  static constexpr std::string_view plural = "workspaces";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, default_activity_name, default_activity_sid,
                    event_callback_url, events_filter, friendly_name, multi_task_enabled, sid, timeout_activity_name,
                    timeout_activity_sid, prioritize_queue_order, url, links)
};

namespace workspaces {

/// Creates a workspace.
struct Create {
  using Output = Workspace;
  static constexpr Route route{"CreateWorkspace", Method::post, "/v1/Workspaces", 201};

  std::string friendly_name;                        ///< At most 64 characters.
  std::optional<std::string> event_callback_url{};  ///< Where TaskRouter tells what happens.
  std::optional<std::string>
      events_filter{};  ///< The types of events it tells of, separated by commas. Without one: all.
  std::optional<bool> multi_task_enabled{};  ///< Whether a worker may hold several tasks. Twilio's default is true.
  std::optional<std::string> template_{};    ///< `NONE`, or `FIFO` for a first queue and workflow.
  std::optional<OpenEnum<QueueOrder>> prioritize_queue_order{};  ///< Which queues come first for a worker who serves
                                                                 ///< both kinds. Twilio's default is FIFO.

  TASKROUTER_FIELDS(friendly_name, event_callback_url, events_filter, multi_task_enabled, template_,
                    prioritize_queue_order)
};

/// Fetches a workspace.
struct Fetch {
  using Output = Workspace;
  static constexpr Route route{"FetchWorkspace", Method::get, "/v1/Workspaces/{Sid}"};

  WorkspaceSid sid;

  TASKROUTER_FIELDS(sid)
};

/// Lists the account's workspaces.
struct List {
  using Output = Page<Workspace>;
  static constexpr Route route{"ListWorkspace", Method::get, "/v1/Workspaces"};

  std::optional<std::string> friendly_name{};   ///< Only the ones called so.
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(friendly_name, page_size, page, page_token)
};

/// Changes a workspace. What is left out stays as it is.
struct Update {
  using Output = Workspace;
  static constexpr Route route{"UpdateWorkspace", Method::post, "/v1/Workspaces/{Sid}"};

  WorkspaceSid sid;
  std::optional<ActivitySid> default_activity_sid{};  ///< Where new workers start.
  std::optional<std::string> event_callback_url{};    ///< Where TaskRouter tells what happens.
  std::optional<std::string> events_filter{};         ///< The types of events it tells of, separated by commas.
  std::optional<std::string> friendly_name{};         ///< At most 64 characters.
  std::optional<bool> multi_task_enabled{};           ///< Whether a worker may hold several tasks.
  std::optional<ActivitySid> timeout_activity_sid{};  ///< Where workers go who let a reservation time out.
  std::optional<OpenEnum<QueueOrder>>
      prioritize_queue_order{};  ///< Which queues come first for a worker who serves both kinds.

  TASKROUTER_FIELDS(sid, default_activity_sid, event_callback_url, events_filter, friendly_name, multi_task_enabled,
                    timeout_activity_sid, prioritize_queue_order)
};

/// Deletes a workspace and everything in it.
struct Remove {
  using Output = Nothing;
  static constexpr Route route{"DeleteWorkspace", Method::delete_, "/v1/Workspaces/{Sid}", 204};

  WorkspaceSid sid;

  TASKROUTER_FIELDS(sid)
};

}  // namespace workspaces
}  // namespace taskrouter

namespace taskrouter {

/// A list of operations, as types.
template <class... Ops>
struct OperationList {
  /// Calls `visit.template operator()<Op>()` for each of them.
  template <class Visit>
  static constexpr void for_each(Visit&& visit) {
    (visit.template operator()<Ops>(), ...);
  }
  static constexpr auto size = sizeof...(Ops);  ///< How many there are.
};

/// Every operation there is, once. Calling by name, the emulator's routing and the tests go by it.
using Operations = OperationList<
    activities::Create, activities::Fetch, activities::List, activities::Remove, activities::Update, events::Fetch,
    events::List, reservations::Fetch, reservations::List, reservations::Update, task_channels::Create,
    task_channels::Fetch, task_channels::List, task_channels::Remove, task_channels::Update,
    task_queue_statistics::Fetch, task_queue_statistics::FetchBulkRealTime, task_queue_statistics::FetchCumulative,
    task_queue_statistics::FetchRealTime, task_queue_statistics::List, task_queues::Create, task_queues::Fetch,
    task_queues::List, task_queues::Remove, task_queues::Update, tasks::Create, tasks::Fetch, tasks::List,
    tasks::Remove, tasks::Update, worker_channels::Fetch, worker_channels::List, worker_channels::Update,
    worker_reservations::Fetch, worker_reservations::List, worker_reservations::Update, worker_statistics::Fetch,
    workers::Create, workers::Fetch, workers::List, workers::Remove, workers::Update, workers_statistics::Fetch,
    workers_statistics::FetchCumulative, workers_statistics::FetchRealTime, workflow_statistics::Fetch,
    workflow_statistics::FetchCumulative, workflow_statistics::FetchRealTime, workflows::Create, workflows::Fetch,
    workflows::List, workflows::Remove, workflows::Update, workspace_statistics::Fetch,
    workspace_statistics::FetchCumulative, workspace_statistics::FetchRealTime, workspaces::Create, workspaces::Fetch,
    workspaces::List, workspaces::Remove, workspaces::Update>;

/// Calls `visit.template operator()<Op>()` for every operation.
template <class Visit>
constexpr void for_each_operation(Visit&& visit) {
  Operations::for_each(visit);
}

}  // namespace taskrouter

namespace taskrouter {
namespace detail {

/// A struct without its type: its fields, and how large it is.
struct AnyStruct {
  std::span<const Field> fields{};
  std::size_t size{};
  bool has_etag{};  ///< Whether answers carry its version in a header.
};

template <class T>
inline constexpr bool has_etag = false;
template <class T>
requires requires(T object) { object.etag; }
inline constexpr bool has_etag<T> = true;

template <class T>
inline constexpr AnyStruct any_struct{.fields = fields_of<T>, .size = sizeof(T), .has_etag = has_etag<T>};
template <>
inline constexpr AnyStruct any_struct<Nothing>{};

/// The fields of a struct, empty, where they lie in it. Made by the table and not by the struct's own
/// constructor: that, with its destructor, once a struct, would be a quarter of the WebAssembly module.
class AnyObject {
 public:
  explicit AnyObject(const AnyStruct& type) : fields_{type.fields}, memory_(type.size / sizeof(std::max_align_t) + 1) {
    make(fields_, get());
  }
  AnyObject(const AnyObject&) = delete;
  AnyObject& operator=(const AnyObject&) = delete;
  ~AnyObject() { end(fields_, get()); }

  void* get() { return memory_.data(); }

 private:
  static void make(std::span<const Field> fields, void* object) {
    for (const Field& field : fields) make(*field.type, field.in(object));
  }
  static void make(const FieldType& type, void* place) {
    switch (type.kind) {
      case FieldKind::text: new (place) std::string{}; return;
      case FieldKind::json_text: new (place) JsonText{}; return;
      case FieldKind::json_value: new (place) JsonValue{}; return;
      case FieldKind::sid: new (place) SidText{}; return;
      case FieldKind::open_enum: new (place) EnumText{}; return;
      case FieldKind::boolean: new (place) bool{}; return;
      case FieldKind::integer: new (place) std::int64_t{}; return;
      case FieldKind::timestamp: new (place) std::optional<Timestamp>{}; return;
      case FieldKind::structure: return make(type.fields, place);
      case FieldKind::optional:
      case FieldKind::list: return type.make(place);
    }
  }

  template <class T>
  static void destroy(void* value) {
    static_cast<T*>(value)->~T();
  }
  static void end(std::span<const Field> fields, void* object) {
    for (const Field& field : fields) end(*field.type, field.in(object));
  }
  static void end(const FieldType& type, void* value) {
    switch (type.kind) {
      case FieldKind::text: return destroy<std::string>(value);
      case FieldKind::json_text: return destroy<JsonText>(value);
      case FieldKind::json_value: return destroy<JsonValue>(value);
      case FieldKind::open_enum: return destroy<EnumText>(value);
      case FieldKind::structure: return end(type.fields, value);
      case FieldKind::optional:
      case FieldKind::list: return type.end(value);
      default: return;  // Nothing to give back.
    }
  }

  std::span<const Field> fields_;
  std::vector<std::max_align_t> memory_;
};

struct NamedOperation {
  const Route* route;
  AnyStruct input;
  AnyStruct output;
};

/// A list of operations as a table, in the list's order.
template <class List>
inline constexpr auto named_operations = [] {
  std::array<NamedOperation, List::size> table{};
  std::size_t next = 0;
  List::for_each([&]<class Op>() { table[next++] = {&Op::route, any_struct<Op>, any_struct<typename Op::Output>}; });
  return table;
}();

template <class List>
const NamedOperation* find_operation(std::string_view name) {
  for (const NamedOperation& operation : named_operations<List>) {
    if (operation.route->name == name) return &operation;
  }
  return nullptr;
}

inline Error unknown_operation(std::string_view name) {
  return argument_error("operation", "there is no operation called '" + std::string{name} + '\'');
}

/// The untyped half of by_name::build().
inline Result<Request> build_named(const NamedOperation& operation, std::string_view fields_json,
                                   const Endpoint& endpoint) {
  AnyObject object{operation.input};
  JsonReader reader{fields_json, Reading::strict};
  if (!reader.read_document(operation.input.fields, object.get())) return reader.error(Error::Kind::argument);
  return detail::build(*operation.route, operation.input.fields, object.get(), endpoint);
}

/// The untyped half of by_name::parse().
inline Result<std::string> parse_named(const NamedOperation& operation, const Response& response) {
  if (response.status < 200 || response.status > 299) return api_error(response);
  if (operation.output.fields.empty()) return std::string{"null"};
  AnyObject object{operation.output};
  JsonReader reader{response.body, Reading::lenient};
  if (!reader.read_document(operation.output.fields, object.get())) {
    return body_error(reader.error(Error::Kind::body), response);
  }
  std::string json;
  JsonWriter{json, EmptyFields::as_null}.write_structure(operation.output.fields, object.get());
  if (operation.output.has_etag) {
    json.back() = ',';
    json.append("\"etag\":");
    const std::string* etag = response.headers.find("ETag");
    etag == nullptr ? void(json.append("null")) : write_json_string(json, *etag);
    json.push_back('}');
  }
  return json;
}

}  // namespace detail

/// Operations from text, for callers who are not C++: the same as build() and parse(), with the
/// operation's name and its fields as JSON. `List` is what can be called: a program that needs few
/// operations is smaller with an OperationList of those.
namespace by_name {

/// The request for the operation called `operation`, such as `UpdateTaskReservation`, with the fields
/// of a JSON object, such as `{"workspace_sid":"WS...","reservation_status":"accepted"}`.
/// JSON text such as `attributes` may stand in it as a string or as itself. A field that the
/// operation does not have is an Error, like any other mistake: of kind `argument`, naming the field.
template <class List = Operations>
Result<Request> build(std::string_view operation, std::string_view fields_json, const Endpoint& endpoint) {
  const detail::NamedOperation* named = detail::find_operation<List>(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  return detail::build_named(*named, fields_json, endpoint);
}

/// The output of the operation called `operation` as JSON, every field named, or the Error that the
/// response is. The version that a header brought is its `etag`. An operation without output answers
/// `null`.
template <class List = Operations>
Result<std::string> parse(std::string_view operation, const Response& response) {
  const detail::NamedOperation* named = detail::find_operation<List>(operation);
  if (named == nullptr) return detail::unknown_operation(operation);
  return detail::parse_named(*named, response);
}

}  // namespace by_name
}  // namespace taskrouter

// taskrouter/client.hpp

// taskrouter/each.hpp

#include <string>  // Brings the iterators' tags. <iterator> would bring streams: a tenth of the client's compile time.

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

namespace taskrouter {

/// Whatever can turn a complete request into a response. An answer of any status is a Response; an
/// Error of kind `transport` says that none arrived. It must not follow redirects.
template <class T>
concept Transport = requires(T& transport, const Request& request) {
  { transport.send(request) } -> std::same_as<Result<Response>>;
};

/// Sends operations through a transport and reads what comes back. It holds no state of its own:
/// it is as safe to share between threads as its transport is.
template <Transport T>
class Client {
 public:
  /// Keeps a reference to `transport`, which must outlive the client.
  Client(Endpoint endpoint, T& transport) : endpoint_{std::move(endpoint)}, transport_{&transport} {}
  Client(const Credentials& credentials, T& transport) : Client{Endpoint{credentials}, transport} {}

  const Endpoint& endpoint() const { return endpoint_; }

  /// Performs an operation and answers with its output. A `timeout` bounds this exchange; zero leaves
  /// that to the transport.
  template <Operation Op>
  Result<typename Op::Output> send(const Op& operation, std::chrono::milliseconds timeout = {}) {
    return exchange<typename Op::Output>(detail::within(timeout, build(operation, endpoint_)));
  }

  /// Fetches the page that a cursor names: Page::next_cursor() or Page::previous_cursor(), which may
  /// have been kept for long, by another program too.
  template <class Resource>
  Result<Page<Resource>> page_at(std::string_view cursor, std::chrono::milliseconds timeout = {}) {
    return exchange<Page<Resource>>(detail::within(timeout, build_page(cursor, endpoint_)));
  }

  /// Fetches the page after `page`, of the same list. An Error of kind `argument` if it is the last.
  template <class Resource>
  Result<Page<Resource>> next_page(const Page<Resource>& page) {
    if (!page.next_cursor()) return argument_error("page", "this is the last page");
    return page_at<Resource>(*page.next_cursor());
  }

  /// Everything that a list holds, over all its pages, as a range of `Result<Resource>`. A page is
  /// fetched when its first element is asked for. An Error is the last element. Keeps a reference to
  /// this client.
  template <Operation List>
  auto each(List list, EachOptions options = {}) {
    options.choose_page_size(list);
    return Each<Client, typename List::Output::Item>{*this, build(list, endpoint_), options};
  }

  /// The rest of a list, from the page on that a cursor names.
  template <class Resource>
  auto each_from(std::string_view cursor, EachOptions options = {}) {
    return Each<Client, Resource>{*this, build_page(cursor, endpoint_), options};
  }

  /// Reads a resource, has `change` make an update from it, and writes that only if nobody else wrote
  /// in between; otherwise begins anew, `attempts` times at most: then the Error has status 412.
  ///
  /// `change` takes the resource and returns the update, or a std::optional of one: with none, nothing
  /// is written and the resource is answered as it was read. It may be called several times.
  template <Operation Fetch, class Change>
  Result<typename Fetch::Output> modify(const Fetch& fetch, Change change, int attempts = 5) {
    while (true) {
      auto read = send(fetch);
      if (!read) return read;
      std::optional update{change(std::as_const(*read))};
      if (!update) return read;
      if (!read->etag) {
        return Error{
            .kind = Error::Kind::body, .message = "the answer has no ETag to guard a change by", .field = "etag"};
      }
      update->if_match = read->etag;
      auto written = send(*update);
      if (written || written.error().status != 412 || --attempts <= 0) return written;
    }
  }

 private:
  template <class, class>
  friend class Each;

  template <class Output>
  Result<Output> exchange(const Result<Request>& request) {
    if (!request) return request.error();
    const Result<Response> response = transport_->send(*request);
    if (!response) return response.error();
    return detail::read_output<Output>(*response, endpoint_.json_depth());
  }

  Endpoint endpoint_;
  T* transport_;
};

}  // namespace taskrouter

// taskrouter/describe.hpp

// taskrouter/advice.hpp

namespace taskrouter {
namespace detail {

/// Whether TaskRouter refused because the reservation has left the state that was expected of it.
/// The code alone doesn't say so: 20001 stands for most of what can be wrong with a request.
inline bool is_about_reservation_state(const Error& error) {
  const auto has = [&](std::string_view words) { return error.message.find(words) != std::string::npos; };
  if ((error.code != 20001 && error.status != 410) || !has("eservation")) return false;
  return error.status == 410 || has("already in state") || has("not in expected state") || has("not currently in a");
}

}  // namespace detail

/// What a person can do about an error of kind `api`, in a sentence or two; empty where nothing general can be said.
/// https://www.twilio.com/docs/api/errors
inline std::string_view advice(const Error& error) {
  if (error.kind != Error::Kind::api) return {};
  const auto is = [&](int code, int status) {
    return error.code == code || (error.code == 0 && error.status == status);
  };
  if (detail::is_about_reservation_state(error)) {
    return "It was answered, canceled or timed out before: fetch it to see which, and wait for the next reservation.";
  }
  if (is(20003, 401)) {
    return "Check the account SID and auth token, the API key and its secret, or the OAuth client: they must belong to "
           "the account and the region of the workspace.";
  }
  if (is(20404, 404)) {
    return "Check the SIDs, and that they belong to the account and the region of these credentials. It may have been "
           "deleted.";
  }
  if (is(20412, 412)) {
    return "Someone changed it first: fetch it, apply the change to what it is now, and send that with its new ETag.";
  }
  if (is(20429, 429)) return "Nothing was done: wait, then send it again, with fewer requests at a time.";
  if (error.status >= 500) {
    return "A GET or DELETE can be sent again. A POST may have been done: look before sending it again.";
  }
  if (error.status >= 300 && error.status < 400) return "Check the base URL: redirects are not followed.";
  return {};
}

}  // namespace taskrouter

// taskrouter/form.hpp

namespace taskrouter {

/// One pair of a form or a query.
struct FormField {
  std::string name;   ///< Decoded.
  std::string value;  ///< Decoded.
};

/// The most a form may hold before it is refused.
struct FormLimits {
  std::size_t bytes{1 << 20};  ///< Of its text.
  std::size_t fields{1000};    ///< How many pairs.
};

namespace detail {

/// Resolves `+` and percent escapes, into `bytes`. A `%` that starts no escape stands for itself; what is
/// not UTF-8 becomes U+FFFD, as the WHATWG's decoder has it.
inline void form_decode_into(std::string& bytes, std::string_view text) {
  const auto hex = [&](std::size_t at) {
    const char c = at < text.size() ? text[at] : '\0';
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  bytes.resize(text.size());
  char* out = bytes.data();
  char seen = 0;  // Any byte with its highest bit set shows in it.
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '+') {
      c = ' ';
    } else if (c == '%' && hex(at + 1) >= 0 && hex(at + 2) >= 0) {
      c = static_cast<char>(hex(at + 1) * 16 + hex(at + 2));
      at += 2;
    }
    seen = static_cast<char>(seen | c);
    *out++ = c;
  }
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
  const bool ascii = (static_cast<unsigned char>(seen) & 0x80U) == 0;
  if (!ascii && !is_utf8(bytes)) bytes = replace_invalid_utf8(bytes);
}

/// The same as a text of its own.
inline std::string form_decode(std::string_view text) {
  std::string bytes;
  form_decode_into(bytes, text);
  return bytes;
}

/// What a name or a value of a form says: `text` itself where there is nothing to decode, else `scratch`.
inline std::string_view form_decode(std::string_view text, std::string& scratch) {
  for (const char c : text) {
    if (c != '%' && c != '+' && static_cast<unsigned char>(c) < 0x80) continue;
    form_decode_into(scratch, text);
    return scratch;
  }
  return text;
}

/// One pair as it stands in a form's text, not decoded yet.
struct FormPair {
  std::string_view name;
  std::string_view value;
};

/// Takes the next pair off a form's text. Answers false when nothing is left.
inline bool take_pair(std::string_view& text, FormPair& pair) {
  while (!text.empty()) {
    const std::string_view next = text.substr(0, text.find('&'));
    text.remove_prefix(next.size() < text.size() ? next.size() + 1 : next.size());
    if (next.empty()) continue;
    pair.name = next.substr(0, next.find('='));
    pair.value = pair.name.size() < next.size() ? next.substr(pair.name.size() + 1) : std::string_view{};
    return true;
  }
  return false;
}

/// Calls visit(pair) for each pair of a form's text until it answers false. Answers what is wrong with the
/// text, or nothing.
template <class Visit>
std::string for_each_pair(std::string_view text, FormLimits limits, Visit visit) {
  if (text.size() > limits.bytes) return "the form is larger than " + std::to_string(limits.bytes) + " bytes";
  std::size_t count = 0;
  for (FormPair pair; take_pair(text, pair);) {
    if (++count > limits.fields) return "the form has more than " + std::to_string(limits.fields) + " fields";
    if (!visit(pair)) break;
  }
  return {};
}

}  // namespace detail

/// Reads `application/x-www-form-urlencoded` text, pair by pair in its order, exactly as the WHATWG
/// URL standard says. The Error is of kind `body`: the text is beyond the limits.
/// https://url.spec.whatwg.org/#urlencoded-parsing
inline Result<std::vector<FormField>> read_form(std::string_view text, FormLimits limits = {}) {
  std::size_t pairs = 1;
  for (std::size_t at = text.find('&'); at < text.size() && pairs < limits.fields; at = text.find('&', at + 1)) ++pairs;
  std::vector<FormField> form;
  form.reserve(pairs);
  std::string problem = detail::for_each_pair(text, limits, [&](const detail::FormPair& pair) {
    form.push_back({detail::form_decode(pair.name), detail::form_decode(pair.value)});
    return true;
  });
  if (!problem.empty()) return Error{.kind = Error::Kind::body, .message = std::move(problem)};
  return form;
}

}  // namespace taskrouter

// Requests, responses and errors as text for people. Secrets never appear in it: not the
// Authorization header, not a SIP password in a form.

namespace taskrouter {
namespace detail {

inline bool is_secret_field(std::string_view name) {
  return name == "SipAuthPassword" || name == "client_secret" || name == "refresh_token" || name == "access_token";
}

/// What stands in a curl command for an Authorization header: environment variables.
inline std::string_view shell_credentials(std::string_view authorization) {
  if (authorization.starts_with("Bearer ")) return "-H \"Authorization: Bearer $TWILIO_TOKEN\"";
  const bool is_api_key = authorization.starts_with("Basic " + base64("SK").substr(0, 2));
  return is_api_key ? "-u \"$TWILIO_API_KEY:$TWILIO_API_SECRET\"" : "-u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\"";
}

/// A word for a POSIX shell, in single quotes.
inline std::string shell_quoted(std::string_view text) {
  std::string out{'\''};
  for (const char c : text) {
    if (c == '\'') out.append("'\\'");
    out.push_back(c);
  }
  return out + '\'';
}

/// The text with control characters spelled out (`\x0a`), so that what a stranger wrote can neither
/// start a line nor steer a terminal.
inline std::string one_line(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    if (const auto byte = static_cast<unsigned char>(c); byte < 0x20 || byte == 0x7F) {
      out.append({'\\', 'x', hex[byte >> 4], hex[byte & 15]});
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace detail

/// The form of a request with its values readable and its secrets replaced by `[hidden]`.
inline std::vector<FormField> visible_form(const Request& request) {
  auto form = read_form(request.body);
  if (!form) return {};
  for (FormField& field : *form) {
    if (detail::is_secret_field(field.name)) field.value = "[hidden]";
  }
  return *std::move(form);
}

/// The curl command that sends the same request. Credentials stand in it as environment variables, such as
/// TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN; a hidden form field has to be filled in.
inline std::string curl_command(const Request& request) {
  std::string out = "curl -X " + std::string{text(request.method)} + ' ' + detail::shell_quoted(request.url);
  for (const Header& header : request.headers) {
    if (same_header_name(header.name, "Authorization")) {
      out.append(" \\\n  ").append(detail::shell_credentials(header.value));
    } else if (same_header_name(header.name, "If-Match")) {
      out += " \\\n  -H " + detail::shell_quoted(header.name + ": " + header.value);
    }
  }
  for (const FormField& field : visible_form(request)) {
    out += " \\\n  --data-urlencode " + detail::shell_quoted(field.name + '=' + field.value);
  }
  return out;
}

/// A request in one line: method, URL and form, without headers.
inline std::string log_line(const Request& request) {
  std::string out = std::string{text(request.method)} + ' ' + request.url;
  for (const FormField& field : visible_form(request)) {
    out += ' ' + field.name + '=' + detail::shell_quoted(field.value);
  }
  return detail::one_line(out);
}

/// An error in one line that a person can act on: status, code and message, what to do about it, and
/// where to read on or what to tell Twilio's support:
/// "404 20404: The requested resource ... was not found. Check the SIDs ... (..., request RQ...)".
inline std::string describe(const Error& error) {
  std::string out;
  if (error.status != 0) out = std::to_string(error.status);
  if (error.code != 0) out += (out.empty() ? "" : " ") + std::to_string(error.code);
  if (!out.empty()) out += ": ";
  out += error.message;
  if (const std::string_view next = advice(error); !next.empty()) {
    out.append(out.ends_with('.') ? " " : ". ").append(next);
  }
  std::string references = error.more_info;
  if (!error.request_id.empty()) references += (references.empty() ? "request " : ", request ") + error.request_id;
  if (!references.empty()) out += " (" + references + ')';
  return detail::one_line(out);
}

}  // namespace taskrouter

