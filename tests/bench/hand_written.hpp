#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "taskrouter/http.hpp"

// What a C++ programmer would write who needs this one operation and no library: a request put
// together from strings, and a parser that knows the eleven keys of a reservation. It checks less
// than the library does: no SIDs, no UTF-8, no depth.

namespace hand_written {

struct Reservation {
  std::string account_sid, date_created, date_updated, reservation_status, sid, task_sid, worker_name, worker_sid,
      workspace_sid, url, links;
};

inline taskrouter::Request build(const std::string& base, const taskrouter::Headers& headers,
                                 std::string_view workspace, std::string_view task, std::string_view reservation,
                                 std::string_view status) {
  taskrouter::Request request{.method = taskrouter::Method::post, .url = {}, .headers = headers, .body = {}};
  request.url.reserve(base.size() + 40 + 3 * 34);
  request.url.append(base).append("/v1/Workspaces/").append(workspace);
  request.url.append("/Tasks/").append(task).append("/Reservations/").append(reservation);
  request.body.reserve(18 + status.size());
  request.body.append("ReservationStatus=").append(status);
  return request;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : at_{text.data()}, end_{text.data() + text.size()} {}

  bool read(Reservation& out) {
    if (!take('{')) return false;
    do {
      std::string key;
      if (!string(key) || !take(':')) return false;
      std::string* field = key == "account_sid"          ? &out.account_sid
                           : key == "date_created"       ? &out.date_created
                           : key == "date_updated"       ? &out.date_updated
                           : key == "reservation_status" ? &out.reservation_status
                           : key == "sid"                ? &out.sid
                           : key == "task_sid"           ? &out.task_sid
                           : key == "worker_name"        ? &out.worker_name
                           : key == "worker_sid"         ? &out.worker_sid
                           : key == "workspace_sid"      ? &out.workspace_sid
                           : key == "url"                ? &out.url
                                                         : nullptr;
      space();
      if (field != nullptr && *at_ == '"') {
        if (!string(*field)) return false;
      } else {
        const char* start = at_;
        if (!skip()) return false;
        if (key == "links") out.links.assign(start, at_);
      }
    } while (take(','));
    return take('}');
  }

 private:
  void space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }
  bool take(char c) {
    space();
    if (at_ == end_ || *at_ != c) return false;
    return ++at_, true;
  }
  bool string(std::string& out) {
    if (!take('"')) return false;
    const auto* quote = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
    if (quote == nullptr) return false;
    if (std::memchr(at_, '\\', static_cast<std::size_t>(quote - at_)) == nullptr) {
      out.assign(at_, quote);
      return at_ = quote + 1, true;
    }
    for (; at_ != end_ && *at_ != '"'; ++at_) {
      if (*at_ == '\\' && ++at_ == end_) return false;
      out.push_back(*at_ == 'n' ? '\n' : *at_);
    }
    return take('"');
  }
  bool skip() {
    int depth = 0;
    std::string ignored;
    do {
      space();
      if (at_ == end_) return false;
      if (*at_ == '"') {
        if (!string(ignored)) return false;
        continue;
      }
      if (*at_ == '{' || *at_ == '[') ++depth;
      if (*at_ == '}' || *at_ == ']') --depth;
      ++at_;
    } while (depth > 0 || (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']'));
    return true;
  }

  const char* at_;
  const char* end_;
};

}  // namespace hand_written
