#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/complete.hpp"
#include "taskrouter/oauth_token.hpp"
#include "taskrouter/retry_policy.hpp"
#include "taskrouter/workflow/parse_expression.hpp"
#include "taskrouter/workflow/read_configuration.hpp"

// Whoever writes what we read must not be able to make it expensive: every reader takes, for 32 times the text,
// about 32 times as long. Quadratic ones take a thousand times as long.

using namespace taskrouter;

namespace {

struct Reader {
  std::string name{};
  std::function<void(const std::string&)> read{};
};

/// A text of any length: one of its parts again and again.
struct Shape {
  std::string before{};
  std::string part{};
  std::string after{};

  std::string of_size(std::size_t size) const {
    std::string text = before;
    while (text.size() < size) text += part;
    return text + after;
  }
};

constexpr FormLimits any_form{.bytes = 1 << 30, .fields = 1 << 30};
const Endpoint endpoint{Credentials::none()};

Response with_body(int status, const std::string& body) { return {.status = status, .headers = {}, .body = body}; }
Request with_form(const std::string& form) {
  return {.method = Method::post, .url = "https://host/v1/" + form, .headers = {}, .body = form};
}

/// Reads `text` for its value or its error, whichever comes.
template <class Read>
Reader reader(std::string name, Read read) {
  return {std::move(name), [read](const std::string& text) { static_cast<void>(read(text)); }};
}

const std::vector<Reader> readers{
    reader("is_json", [](const std::string& text) { return is_json(text); }),
    reader("parse of a task", [](const std::string& text) { return parse<tasks::Fetch>(with_body(200, text)); }),
    reader("parse of a page", [](const std::string& text) { return parse<workers::List>(with_body(200, text)); }),
    reader("parse of an error",
           [](const std::string& text) { return describe(parse<tasks::Fetch>(with_body(500, text)).error()); }),
    reader("parse by name", [](const std::string& text) { return by_name::parse("ListWorker", with_body(200, text)); }),
    reader("build by name",
           [](const std::string& text) { return by_name::build("UpdateTaskReservation", text, endpoint); }),
    reader("build",
           [](const std::string& text) {
             return build(tasks::Create{.workspace_sid = WorkspaceSid{"WS" + std::string(32, '0')},
                                        .task_channel = text,
                                        .attributes = JsonText{text}},
                          endpoint);
           }),
    reader("read_form", [](const std::string& text) { return read_form(text, any_form); }),
    reader("read_assignment", [](const std::string& text) { return webhooks::read_assignment(text, any_form); }),
    reader("read_event", [](const std::string& text) { return webhooks::read_event(text, any_form); }),
    reader("read_event of a resource",
           [](const std::string& text) { return webhooks::read_event(Event{.event_data = {text}}); }),
    reader("signed_texts of a URL",
           [](const std::string& text) { return webhooks::signed_texts("https://a.b/?" + text, {}); }),
    reader("signed_texts of a form",
           [](const std::string& text) { return webhooks::signed_texts("https://a.b/", *read_form(text, any_form)); }),
    reader("body_hash", [](const std::string& text) { return webhooks::body_hash("https://a.b/?" + text); }),
    reader("read_timestamp", [](const std::string& text) { return read_timestamp(text); }),
    reader("read_http_date", [](const std::string& text) { return detail::read_http_date(text); }),
    reader("asked_wait",
           [](const std::string& text) {
             return asked_wait({{"Retry-After", text}, {"Date", text}});
           }),
    reader("build_page",
           [](const std::string& text) { return build_page("https://taskrouter.twilio.com/v1/" + text, endpoint); }),
    reader("a base URL",
           [](const std::string& text) {
             return Endpoint{Credentials::none(), {.base_url = text}};
           }),
    reader("an edge",
           [](const std::string& text) {
             return Endpoint{Credentials::none(), {.edge = text}};
           }),
    reader("headers",
           [](const std::string& text) {
             Headers headers;
             for (std::size_t at = 0; at < text.size(); at += 8) headers.add(text.substr(at, 8), text.substr(at, 8));
             return headers.find("ETag") != nullptr;
           }),
    reader("read_base64", [](const std::string& text) { return detail::read_base64(text); }),
    reader("read_base64_url", [](const std::string& text) { return detail::read_base64_url(text); }),
    reader("replace_invalid_utf8", [](const std::string& text) { return detail::replace_invalid_utf8(text); }),
    reader("log_line", [](const std::string& text) { return log_line(with_form(text)); }),
    reader("curl_command", [](const std::string& text) { return curl_command(with_form(text)); }),
    reader("split_jwt", [](const std::string& text) { return detail::split_jwt(text); }),
    reader("a token's refusal",
           [](const std::string& text) {
             return detail::read_token({.client_id = "OQ1", .client_secret = "a="}, with_body(400, text), {});
           }),
    reader("parse_expression", [](const std::string& text) { return parse_expression(text); }),
    reader("parse_workflow_configuration",
           [](const std::string& text) { return parse_workflow_configuration(std::string_view{text}); }),
};

const std::vector<Shape> shapes{
    {"", "&"},
    {"", "%"},
    {"", "="},
    {"", "+"},
    {"", "a=b&"},
    {"a=", "%E9"},
    {"", "%E2%82"},
    {"", "TaskSid=x&"},
    {"", "AAAA"},
    {"", "."},
    {"", "/"},
    {"", "?#@:"},
    {"", "0"},
    {"2026-03-02T09:15:04.", "0", "Z"},
    {"Sun, 06 Nov 1994 08:49:37 ", " GMT"},
    {"", " "},
    {"", "\xE2\x82"},
    {"", "\xFF"},
    {"", "\r\n"},
    {"", "["},
    {"[", "1,", "1]"},
    {"", "{\"a\":"},
    {"{", "\"sid\":\"WT1\",", "\"sid\":\"WT2\"}"},
    {"{", "\"nobody\":{\"asked\":[]},", "\"sid\":\"WT2\"}"},
    {"{\"attributes\":\"", "\\u00e9", "\"}"},
    {"{\"message\":\"", "a=", "\"}"},
    {"{\"workers\":[", "{\"sid\":\"WK1\"},", "{}]}"},
    {"{\"sid\":", "1", "}"},
    {"\"", "a", "\""},
    {"a == 1", " AND a == 1"},
    {"", "("},
    {"a IN [", "1, ", "1]"},
    {"'", "a", "'"},
    {"{\"task_routing\":{\"filters\":[", "{\"targets\":[{\"queue\":\"WQ1\"}]},", "{}]}}"},
};

double seconds_for(const Reader& reader, const std::string& text) {
  const std::clock_t start = std::clock();
  reader.read(text);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Whether 32 times the text takes far more than 32 times as long. The time is the processor's for this program,
/// and the least of a few, so that it tells of the reader and not of the machine.
bool is_far_from_linear(const Reader& reader, const Shape& shape) {
  constexpr std::size_t size = 2'000, more = 32;
  constexpr double counts = 0.005;  // What takes less has no square in it: that is 4 * 10^9 steps.
  const std::string small = shape.of_size(size), large = shape.of_size(size * more);
  double least_small = 1e9, least_large = 1e9;
  for (int tries = 0; tries < 8; ++tries) {
    least_small = std::min(least_small, seconds_for(reader, small));
    least_large = std::min(least_large, seconds_for(reader, large));
    if (least_large < std::max(counts, 2 * more * least_small)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("every reader takes time in proportion to its text, whatever stands in it") {
  for (const Reader& reader : readers) {
    for (const Shape& shape : shapes) {
      CAPTURE(shape.before);
      CAPTURE(shape.part);
      CHECK_MESSAGE(!is_far_from_linear(reader, shape), reader.name);
    }
  }
}
