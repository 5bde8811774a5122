#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/transports/framing.hpp"
#include "taskrouter/transports/options.hpp"

namespace taskrouter {

namespace detail {

/// Collects an answer as libcurl hands it over. A callback that returns 0 makes libcurl stop.
struct CurlReceiver {
  std::size_t limit{};
  std::size_t received{};
  bool head_is_whole{};
  Response response{};

  bool too_large() const { return received > limit; }

  static std::size_t body(const char* data, std::size_t, std::size_t size, void* context) {
    auto& self = *static_cast<CurlReceiver*>(context);
    if (!self.admit(size)) return 0;
    self.response.body.append(data, size);
    return size;
  }

  static std::size_t header(const char* data, std::size_t, std::size_t size, void* context) {
    auto& self = *static_cast<CurlReceiver*>(context);
    if (!self.admit(size)) return 0;
    const std::string_view line{data, size};
    if (line.starts_with("HTTP/")) self.begin();  // Another answer: after 1xx, or a proxy's.
    if (line == "\r\n" || line == "\n") self.head_is_whole = true;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    const std::string_view space = " \t\r\n";
    const std::size_t first = line.find_first_not_of(space, colon + 1);
    const std::size_t last = line.find_last_not_of(space);
    self.response.headers.add(std::string{line.substr(0, colon)},
                              first == std::string_view::npos ? "" : std::string{line.substr(first, last + 1 - first)});
    return size;
  }

 private:
  void begin() {
    response.headers = {};
    head_is_whole = false;
  }

  bool admit(std::size_t bytes) {
    received += bytes;
    return !too_large();
  }
};

/// Sends one request at a time on an easy handle of libcurl: what the transports over libcurl have in common.
class CurlExchange {
 public:
  explicit CurlExchange(const TransportOptions& options) : limit_{options.response_limit} {
    if (handle_) set_what_never_changes(options);
  }
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  /// Null where libcurl could not be started.
  CURL* handle() const { return handle_.get(); }

  /// Makes the handle ready for `request`, which must stay where it is until finish().
  void prepare(const Request& request, std::chrono::milliseconds timeout) {
    receiver_ = {.limit = limit_};
    problem_[0] = '\0';
    may_repeat_ = request.method != Method::post;
    attempts_ = 0;
    set_headers(request.headers);
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_TIMEOUT_MS, in_curl(timeout));
    // Where TLS says whether the server has HTTP/2, it is worth waiting for: the connection may be shared then.
    set(CURLOPT_PIPEWAIT, request.url.starts_with("https:") ? 1L : 0L);
    if (request.method == Method::post) {
      set(CURLOPT_POSTFIELDS, request.body.c_str());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    } else {
      set(CURLOPT_HTTPGET, 1L);
    }
    set(CURLOPT_CUSTOMREQUEST, request.method == Method::delete_ ? "DELETE" : nullptr);
  }

  /// What became of the request, after libcurl said `code`.
  Result<Response> finish(CURLcode code) {
    if (receiver_.too_large()) {
      return transport_error(Error::Cause::too_large, "the answer is larger than " + std::to_string(limit_) + " bytes");
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) {
      return transport_error(Error::Cause::other,
                             "the connection closed before the answer to a POST came: it is not "
                             "repeated, as it may have been carried out");
    }
    if (code != CURLE_OK) {
      return transport_error(cause_of(code), problem_[0] != '\0' ? problem_ : curl_easy_strerror(code));
    }
    if (!receiver_.head_is_whole) return transport_error(Error::Cause::other, "the answer ended within its headers");
    if (const auto problem = wrong_length(receiver_.response.headers)) return *problem;
    long status = 0;
    curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
    receiver_.response.status = static_cast<int>(status);
    return std::move(receiver_.response);
  }

 private:
  struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  static CURL* make_handle() {
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return started ? curl_easy_init() : nullptr;
  }

  void set_what_never_changes(const TransportOptions& options) {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_ACCEPT_ENCODING, "");  // Whatever this libcurl can unpack.
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, in_curl(options.connect_timeout));
    if (!options.ca_file.empty()) set(CURLOPT_CAINFO, options.ca_file.c_str());
    set(CURLOPT_ERRORBUFFER, problem_);
    set(CURLOPT_WRITEFUNCTION, &CurlReceiver::body);
    set(CURLOPT_WRITEDATA, &receiver_);
    set(CURLOPT_HEADERFUNCTION, &CurlReceiver::header);
    set(CURLOPT_HEADERDATA, &receiver_);
    set(CURLOPT_PREREQFUNCTION, &CurlExchange::before_sending);
    set(CURLOPT_PREREQDATA, this);
  }

  /// Left to itself libcurl sends a request again, a POST too, when a connection it had used before closes
  /// without an answer. Then the server may have done what was asked: only if nothing was sent is it tried again.
  static int before_sending(void* context, char*, char*, int, int) {
    auto& self = *static_cast<CurlExchange*>(context);
    if (self.attempts_++ == 0 || self.may_repeat_) return CURL_PREREQFUNC_OK;
    long sent = 0;
    curl_easy_getinfo(self.handle(), CURLINFO_REQUEST_SIZE, &sent);
    return sent == 0 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
  }

  /// Most requests carry the headers of their endpoint, as one shared list: then libcurl's list is made once.
  void set_headers(const Headers& headers) {
    if (header_list_ && headers.begin() == headers_.begin()) return;
    headers_ = headers;
    curl_slist* list = curl_slist_append(nullptr, "Expect:");  // No 100-continue: it costs a round trip.
    for (const Header& header : headers) {
      // A name with a colon and nothing after it would take the header away.
      const std::string line = header.value.empty() ? header.name + ';' : header.name + ": " + header.value;
      list = curl_slist_append(list, line.c_str());
    }
    set(CURLOPT_HTTPHEADER, list);
    header_list_.reset(list);
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle(), option, value);
  }

  static long in_curl(std::chrono::milliseconds time) {
    return static_cast<long>(std::min<std::chrono::milliseconds::rep>(time.count(), INT_MAX));
  }

  static Error::Cause cause_of(CURLcode code) {
    switch (code) {
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY: return Error::Cause::dns;
      case CURLE_COULDNT_CONNECT: return Error::Cause::connect;
      case CURLE_OPERATION_TIMEDOUT: return Error::Cause::timeout;
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CERTPROBLEM:
      case CURLE_SSL_CIPHER:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_ISSUER_ERROR: return Error::Cause::tls;
      default: return Error::Cause::other;
    }
  }

  std::size_t limit_;
  CurlReceiver receiver_{};
  char problem_[CURL_ERROR_SIZE]{};
  int attempts_{};
  bool may_repeat_{};
  Headers headers_{};
  std::unique_ptr<curl_slist, Close> header_list_{};
  std::unique_ptr<CURL, Close> handle_{make_handle()};
};

}  // namespace detail

}  // namespace taskrouter
