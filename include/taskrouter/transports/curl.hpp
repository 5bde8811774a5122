#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// Sends requests with libcurl (7.85 or later) and keeps its connection open for the next one.
///
/// TLS certificates are verified, redirects are not followed, and a proxy is taken from the usual
/// environment variables (`https_proxy`, `no_proxy`). Use one transport a thread.
class CurlTransport {
 public:
  struct Options {
    std::chrono::milliseconds connect_timeout{5'000};  ///< Name look-up, connection and TLS. 0 is libcurl's 5 minutes.
    std::chrono::milliseconds timeout{30'000};         ///< The whole exchange. 0 is without end.
    std::size_t response_limit{16 << 20};              ///< Bytes of an answer, headers and unpacked body.
    std::string ca_file{};                             ///< PEM file of trusted certificates. Empty: the system's.
  };

  CurlTransport() : CurlTransport{Options{}} {}
  explicit CurlTransport(Options options) : options_{std::move(options)}, handle_{make_handle()} {}

  /// The server's answer, or an Error of kind `transport` whose `cause` says what failed.
  Result<Response> send(const Request& request) {
    if (!handle_) return transport_error(Error::Cause::other, "libcurl could not be started");
    curl_easy_reset(handle_.get());  // Options go, connections stay.
    Receiver receiver{.limit = options_.response_limit};
    char problem[CURL_ERROR_SIZE]{};
    const HeaderList headers = header_list(request);
    set(CURLOPT_ERRORBUFFER, problem);
    set(CURLOPT_HTTPHEADER, headers.get());
    set_request(request);
    set_limits(time_allowed(request, options_.timeout));
    set(CURLOPT_WRITEFUNCTION, &Receiver::body);
    set(CURLOPT_WRITEDATA, &receiver);
    set(CURLOPT_HEADERFUNCTION, &Receiver::header);
    set(CURLOPT_HEADERDATA, &receiver);

    const CURLcode code = curl_easy_perform(handle_.get());
    if (receiver.too_large) {
      return transport_error(Error::Cause::too_large,
                             "the answer is larger than " + std::to_string(options_.response_limit) + " bytes");
    }
    if (code != CURLE_OK) {
      return transport_error(cause_of(code), problem[0] != '\0' ? problem : curl_easy_strerror(code));
    }
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    receiver.response.status = static_cast<int>(status);
    return std::move(receiver.response);
  }

 private:
  struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using Handle = std::unique_ptr<CURL, Close>;
  using HeaderList = std::unique_ptr<curl_slist, Close>;

  /// Collects an answer as libcurl hands it over. A return of 0 makes libcurl stop.
  struct Receiver {
    std::size_t limit;
    std::size_t received{};
    bool too_large{};
    Response response{};

    bool admit(std::size_t bytes) {
      received += bytes;
      return !(too_large = received > limit);
    }

    static std::size_t body(const char* data, std::size_t, std::size_t size, void* context) {
      auto& self = *static_cast<Receiver*>(context);
      if (!self.admit(size)) return 0;
      self.response.body.append(data, size);
      return size;
    }

    static std::size_t header(const char* data, std::size_t, std::size_t size, void* context) {
      auto& self = *static_cast<Receiver*>(context);
      if (!self.admit(size)) return 0;
      const std::string_view line{data, size};
      if (line.starts_with("HTTP/")) self.response.headers = {};  // Another answer: after 1xx, or a proxy's.
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos) return size;
      const std::string_view space = " \t\r\n";
      const std::size_t first = line.find_first_not_of(space, colon + 1);
      const std::size_t last = line.find_last_not_of(space);
      self.response.headers.add(
          std::string{line.substr(0, colon)},
          first == std::string_view::npos ? "" : std::string{line.substr(first, last + 1 - first)});
      return size;
    }
  };

  static Handle make_handle() {
    static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return Handle{started ? curl_easy_init() : nullptr};
  }

  static HeaderList header_list(const Request& request) {
    curl_slist* list = curl_slist_append(nullptr, "Expect:");  // No 100-continue: it costs a round trip.
    for (const Header& header : request.headers)
      list = curl_slist_append(list, (header.name + ": " + header.value).c_str());
    return HeaderList{list};
  }

  void set_request(const Request& request) {
    set(CURLOPT_URL, request.url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    if (request.method == Method::post) {
      set(CURLOPT_POSTFIELDS, request.body.c_str());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    } else if (request.method == Method::delete_) {
      set(CURLOPT_CUSTOMREQUEST, "DELETE");
    }
  }

  void set_limits(std::chrono::milliseconds timeout) {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_ACCEPT_ENCODING, "");  // Whatever this libcurl can unpack.
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_.get(), option, value);
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

  Options options_;
  Handle handle_;
};

}  // namespace taskrouter
