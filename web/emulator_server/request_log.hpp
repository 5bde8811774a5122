#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "web_request.hpp"

namespace taskrouter::server {

/// A request to the API and its answer, without secrets.
struct RecordedRequest {
  std::int64_t id{};       ///< Counts from 1.
  std::int64_t time_ms{};  ///< What the emulator's clock said, in milliseconds since 1970.
  std::string page{};      ///< What the header Emulator-Page said: which page of this server sent it, if one did.
  std::string method{};
  std::string url{};
  JsonValue headers{"[]"};  ///< Pairs of name and value. Of an Authorization only its scheme is there.
  std::string body{};       ///< Its first 64 KiB.
  std::int64_t status{};
  JsonValue answer_headers{"[]"};
  std::string answer{};        ///< Its body, the first 64 KiB.
  std::int64_t duration_us{};  ///< What the emulator took.

  TASKROUTER_FIELDS(id, time_ms, page, method, url, headers, body, status, answer_headers, answer, duration_us)
};

/// Headers as JSON: `[["Content-Type","application/json"]]`. Credentials are hidden.
std::string visible_headers(const Headers& headers);

/// Keeps the last requests to the API, for who wants to see what programs send.
class RequestLog {
 public:
  /// What a page says in the header Emulator-Page of requests that only look: they are not recorded.
  static constexpr std::string_view watching = "watch";

  void add(const WebRequest& request, std::string url, const Response& response, std::int64_t time,
           std::chrono::nanoseconds duration);
  /// Those with a higher id, oldest first, of the last 1,000, or of fewer where they are large.
  std::vector<RecordedRequest> after(std::int64_t id) const;
  void clear();

 private:
  // As it passed: what is to be hidden is hidden from who asks, for most are asked for by nobody.
  struct Passed {
    std::int64_t time{};
    std::string method;
    std::string url;
    Headers headers;
    std::string body;
    Response response;
    std::chrono::nanoseconds duration{};
  };

  static std::size_t size_of(const Passed& passed);

  std::deque<Passed> passed_{};
  std::int64_t last_id_{};
  std::size_t size_{};  // Of all that is kept, in bytes.
};

}  // namespace taskrouter::server
