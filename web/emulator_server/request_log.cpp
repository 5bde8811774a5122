#include "request_log.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "taskrouter/describe.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::server {

namespace {

constexpr std::size_t kept = 1000;
constexpr std::size_t kept_bytes = 8U << 20;
constexpr std::size_t text_limit = 64U << 10;
constexpr std::string_view hidden = "[hidden]";

std::string visible_value(const Header& header) {
  for (const char* cookies : {"Cookie", "Set-Cookie"}) {
    if (same_header_name(header.name, cookies)) return std::string{hidden};
  }
  if (!same_header_name(header.name, "Authorization") && !same_header_name(header.name, "Proxy-Authorization")) {
    return header.value;
  }
  const std::size_t space = header.value.find(' ');
  const std::string scheme = space == std::string::npos ? "" : header.value.substr(0, space + 1);
  return scheme + std::string{hidden};
}

/// The form with its secrets hidden. What is no form has none.
std::string visible_body(std::string_view body) {
  std::string out;
  for (bool is_first = true; !body.empty(); is_first = false) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(pair.size() + 1, body.size()));
    if (!is_first) out.push_back('&');
    const std::string_view name = pair.substr(0, pair.find('='));
    const bool is_secret = detail::is_secret_field(detail::form_decode(name));
    out.append(is_secret ? name : pair);
    if (is_secret) out.append("=%5Bhidden%5D");
  }
  return out;
}

}  // namespace

std::string visible_headers(const Headers& headers) {
  std::string text{'['};
  for (const Header& header : headers) {
    text.append(text.size() > 1 ? ",[" : "[");
    detail::write_json_string(text, header.name);
    text.push_back(',');
    detail::write_json_string(text, visible_value(header));
    text.push_back(']');
  }
  return text + ']';
}

void RequestLog::add(const WebRequest& request, std::string url, const Response& response, std::int64_t time,
                     std::chrono::nanoseconds duration) {
  const std::string* const page = request.headers.find("Emulator-Page");
  if (page != nullptr && *page == watching) return;
  ++last_id_;
  passed_.push_back({.time = time,
                     .method = request.method,
                     .url = std::move(url),
                     .headers = request.headers,
                     .body = request.body.substr(0, text_limit),
                     .response = {response.status, response.headers, response.body.substr(0, text_limit)},
                     .duration = duration});
  size_ += size_of(passed_.back());
  while (passed_.size() > kept || size_ > kept_bytes) {
    size_ -= size_of(passed_.front());
    passed_.pop_front();
  }
}

std::vector<RecordedRequest> RequestLog::after(std::int64_t id) const {
  std::vector<RecordedRequest> list;
  const std::int64_t before_first = last_id_ - static_cast<std::int64_t>(passed_.size());
  for (std::int64_t at = std::max(id, before_first) + 1; at <= last_id_; ++at) {
    const Passed& passed = passed_[static_cast<std::size_t>(at - before_first - 1)];
    const std::string* const page = passed.headers.find("Emulator-Page");
    list.push_back({.id = at,
                    .time_ms = passed.time,
                    .page = page == nullptr ? "" : *page,
                    .method = passed.method,
                    .url = passed.url,
                    .headers = {visible_headers(passed.headers)},
                    .body = visible_body(passed.body),
                    .status = passed.response.status,
                    .answer_headers = {visible_headers(passed.response.headers)},
                    .answer = passed.response.body,
                    .duration_us = std::chrono::duration_cast<std::chrono::microseconds>(passed.duration).count()});
  }
  return list;
}

void RequestLog::clear() {
  passed_.clear();
  size_ = 0;
}

std::size_t RequestLog::size_of(const Passed& passed) {
  std::size_t size = passed.url.size() + passed.body.size() + passed.response.body.size();
  for (const Headers* headers : {&passed.headers, &passed.response.headers}) {
    for (const Header& header : *headers) size += header.name.size() + header.value.size();
  }
  return size;
}

}  // namespace taskrouter::server
