#include "request_log.hpp"

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
  if (same_header_name(header.name, "Cookie")) return std::string{hidden};
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
  for (bool is_first = true; !body.empty() || is_first; is_first = false) {
    const std::string_view pair = body.substr(0, body.find('&'));
    body.remove_prefix(pair.size() < body.size() ? pair.size() + 1 : body.size());
    if (!is_first) out.push_back('&');
    const std::string_view name = pair.substr(0, pair.find('='));
    const bool is_secret = detail::is_secret_field(detail::form_decode(name));
    out.append(is_secret ? name : pair);
    if (is_secret) out.append("=%5Bhidden%5D");
    if (out.size() > text_limit) break;
  }
  return out.substr(0, text_limit);
}

std::size_t size_of(const RecordedRequest& request) {
  return request.url.size() + request.headers.text.size() + request.body.size() + request.answer.size();
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

void RequestLog::add(const WebRequest& request, const std::string& url, const Response& response, std::int64_t time,
                     std::chrono::nanoseconds duration) {
  const std::string* const page = request.headers.find("Emulator-Page");
  if (page != nullptr && *page == watching) return;
  RecordedRequest recorded{.id = ++last_id_,
                           .time_ms = time,
                           .page = page == nullptr ? "" : page->substr(0, 64),
                           .method = request.method,
                           .url = url,
                           .headers = {visible_headers(request.headers)},
                           .body = visible_body(request.body),
                           .status = response.status,
                           .answer_headers = {visible_headers(response.headers)},
                           .answer = response.body.substr(0, text_limit),
                           .duration_us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count()};
  size_ += size_of(recorded);
  requests_.push_back(std::move(recorded));
  while (requests_.size() > kept || size_ > kept_bytes) {
    size_ -= size_of(requests_.front());
    requests_.pop_front();
  }
}

void RequestLog::clear() {
  requests_.clear();
  size_ = 0;
}

}  // namespace taskrouter::server
