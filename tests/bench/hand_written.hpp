#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "records.hpp"
#include "taskrouter/http.hpp"

// What a C++ programmer would write who needs these few operations and no library: requests put together
// from strings, and a parser that knows the keys of a record. It checks less than the library does: no SIDs,
// no UTF-8, no depth, no \u escapes.

namespace hand_written {

inline taskrouter::Request build_accept(const std::string& base, const taskrouter::Headers& headers,
                                        std::string_view workspace, std::string_view task,
                                        std::string_view reservation) {
  taskrouter::Request request{.method = taskrouter::Method::post, .url = {}, .headers = headers, .body = {}};
  request.url.reserve(base.size() + 40 + 3 * 34);
  request.url.append(base).append("/v1/Workspaces/").append(workspace);
  request.url.append("/Tasks/").append(task).append("/Reservations/").append(reservation);
  request.body = "ReservationStatus=accepted";
  return request;
}

inline void append_encoded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~') {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.append({'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]});
    }
  }
}

inline taskrouter::Request build_create(const std::string& base, const taskrouter::Headers& headers,
                                        std::string_view workspace, int priority, std::string_view attributes) {
  taskrouter::Request request{.method = taskrouter::Method::post, .url = {}, .headers = headers, .body = {}};
  request.url.reserve(base.size() + 22 + 34);
  request.url.append(base).append("/v1/Workspaces/").append(workspace).append("/Tasks");
  request.body.reserve(40 + 3 * attributes.size());
  request.body.append("Priority=").append(std::to_string(priority)).append("&Attributes=");
  append_encoded(request.body, attributes);
  return request;
}

/// Reads one text, once.
class Parser {
 public:
  explicit Parser(std::string_view text) : at_{text.data()}, end_{text.data() + text.size()} {}

  template <class Record>
  bool read(Record& record) {
    return read_object([&](const std::string& key) {
      std::string* place = records::text_of(record, key);
      return value(place == nullptr ? ignored_ : *place);
    });
  }

  template <class Record>
  bool read_list(std::string_view list_key, std::vector<Record>& list) {
    return read_object([&](const std::string& key) {
      if (key != list_key) return value(ignored_);
      if (!take('[')) return false;
      if (take(']')) return true;
      do {
        if (!read(list.emplace_back())) return false;
      } while (take(','));
      return take(']');
    });
  }

 private:
  template <class Each>
  bool read_object(Each each) {
    std::string key;
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      if (!string(key) || !take(':') || !each(key)) return false;
    } while (take(','));
    return take('}');
  }

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
    for (out.clear(); at_ != end_ && *at_ != '"'; ++at_) {
      if (*at_ == '\\' && ++at_ == end_) return false;
      out.push_back(*at_ == 'n' ? '\n' : *at_);
    }
    return take('"');
  }
  /// A string's text, or any other value as it stands.
  bool value(std::string& out) {
    space();
    if (at_ != end_ && *at_ == '"') return string(out);
    const char* start = at_;
    if (!skip()) return false;
    out.assign(start, at_);
    return true;
  }
  bool skip() {
    int depth = 0;
    do {
      space();
      if (at_ == end_) return false;
      if (*at_ == '"') {
        if (!string(ignored_)) return false;
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
  std::string ignored_{};
};

/// The parser as one of the readers.
struct Reader {
  template <class Record>
  bool read(const std::string& text, Record& record) {
    return Parser{text}.read(record);
  }
  template <class Record>
  bool read_list(const std::string& text, std::string_view key, std::vector<Record>& list) {
    return Parser{text}.read_list(key, list);
  }
};

}  // namespace hand_written
