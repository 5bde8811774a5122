#include "admin.hpp"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdint>
#include <vector>

#include "http_text.hpp"
#include "taskrouter/form.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::server {

namespace {

/// Ten years, so that no sum of times overflows.
constexpr std::int64_t advance_limit = 10LL * 366 * 24 * 3600 * 1000;

struct ClockChange {
  std::int64_t advance_ms{-1};

  TASKROUTER_FIELDS(advance_ms)
};

Response json(std::string text) {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = std::move(text)};
}

/// The host of `Host: name:port` or `http://name:port`.
std::string_view host_of(std::string_view text) {
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  return text.substr(0, text.find(':'));
}

/// Whether nobody on the internet can have pointed that name here: an address, or a name without a dot.
bool is_local_name(std::string_view host) {
  boost::system::error_code error;
  boost::asio::ip::make_address(std::string{host}, error);
  return !error || host.find('.') == std::string_view::npos || host.ends_with(".localhost");
}

/// Why a request does not come from whom the admin part is for, or an empty text.
std::string stranger(const WebRequest& request) {
  const std::string* host = request.headers.find("Host");
  const std::string* origin = request.headers.find("Origin");
  if (host != nullptr && !is_local_name(host_of(*host))) {
    return "The host should be an IP address or a name without a dot, such as localhost";
  }
  if (origin != nullptr && (host == nullptr || *origin != "http://" + *host))
    return "Pages of other origins can't do this";
  return "";
}

bool is_json(const WebRequest& request) {
  const std::string* type = request.headers.find("Content-Type");
  if (type == nullptr) return false;
  const std::string_view name = std::string_view{*type}.substr(0, type->find_first_of("; "));
  return same_header_name(name, "application/json") || same_header_name(name, "application/x-ndjson");
}

/// What `?after=ID` says, or 0.
std::int64_t after_of(const WebRequest& request) {
  std::int64_t after = 0;
  const auto query = read_form(request.query());
  for (const FormField& field : query ? *query : std::vector<FormField>{}) {
    if (field.name == "after") std::from_chars(field.value.data(), field.value.data() + field.value.size(), after);
  }
  return after;
}

/// Those with higher ids, as a list in JSON.
template <class List>
std::string list_after(std::int64_t after, const List& items) {
  std::string text{'['};
  for (const auto& item : items) {
    if (item.id <= after) continue;
    if (text.size() > 1) text.push_back(',');
    text.append(write_json(item));
  }
  return text + ']';
}

}  // namespace

Response Admin::answer(const WebRequest& request) {
  const std::string_view name = request.path().substr(prefix.size());
  if (const std::string problem = stranger(request); !problem.empty()) return error_answer(403, problem);
  if (request.method == "GET" || request.method == "HEAD") return get(name, request);
  if (request.method != "POST") return error_answer(405, "Method not allowed");
  if (!is_json(request)) return error_answer(415, "The Content-Type should be application/json");
  return post(name, request);
}

Response Admin::get(std::string_view name, const WebRequest& request) const {
  if (name == "health" || name == "clock") return clock();
  if (name == "state") return json(emulator_.core().dump());
  if (name == "callbacks") return callbacks(request);
  if (name == "requests") return requests(request);
  if (name != "story") {
    return error_answer(404, "There is health, story, state, callbacks, requests, clock, seed and reset");
  }
  std::string text{'{'};
  for (const auto& [key, value] : emulator_.core().story()) {
    text.append(text.size() > 1 ? ",\"" : "\"").append(key).append("\":");
    detail::write_json_string(text, value);
  }
  return json(text + '}');
}

Response Admin::post(std::string_view name, const WebRequest& request) {
  if (name == "clock") return advance(request);
  if (name != "seed" && name != "reset") return error_answer(404, "What can be posted to is clock, seed and reset");
  const std::string problem = name == "seed" ? on_seed(request.body) : on_reset();
  return problem.empty() ? clock() : error_answer(400, problem);
}

Response Admin::clock() const {
  const char* kind = emulator_.has_virtual_clock() ? "virtual" : "wall";
  return json(R"({"status":"ok","clock":")" + std::string{kind} + R"(","now_ms":)" +
              std::to_string(emulator_.core().now()) + R"(,"begun_ms":)" + std::to_string(emulator_.begun()) + '}');
}

Response Admin::advance(const WebRequest& request) {
  if (!emulator_.has_virtual_clock()) return error_answer(409, "The clock only moves with --virtual-clock");
  const auto change = read_json<ClockChange>(request.body);
  if (!change || change->advance_ms < 0 || change->advance_ms > advance_limit) {
    return error_answer(400, "The body should be {\"advance_ms\": N}, N from 0 to ten years");
  }
  emulator_.advance(change->advance_ms);
  return clock();
}

Response Admin::callbacks(const WebRequest& request) const {
  const std::string unfinished = std::to_string(sender_.unfinished());
  return json("{\"unfinished\":" + unfinished + ",\"callbacks\":" + list_after(after_of(request), sender_.sent()) +
              '}');
}

Response Admin::requests(const WebRequest& request) const {
  const std::int64_t after = after_of(request);
  return json("{\"requests\":" + list_after(after, requests_.after(after)) + '}');
}

}  // namespace taskrouter::server
