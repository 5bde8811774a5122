#include "taskrouter/by_name.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "taskrouter/describe.hpp"

// An operation's name, a space, its fields: whatever they are, what comes out is an Error of the
// caller's or a request to our host that nobody can read in two ways.

namespace {

const taskrouter::Endpoint endpoint{{"AC00000000000000000000000000000001", "token"}};

bool is_url_text(char c) { return c > ' ' && c <= '~'; }

/// Whether the URL is the route's with each parameter as one segment.
bool goes_along(std::string_view url, std::string_view route) {
  url = url.substr(0, url.find('?'));
  while (!route.empty()) {
    const std::string_view expected = route.substr(1, route.find('/', 1) - 1);
    const std::string_view segment = url.substr(1, url.find('/', 1) - 1);
    const bool is_parameter = expected.starts_with('{');
    if (!is_parameter && segment != expected) return false;
    if (is_parameter && (segment.empty() || segment == "." || segment == "..")) return false;
    route.remove_prefix(1 + expected.size());
    url.remove_prefix(1 + segment.size());
  }
  return url.empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view name = text.substr(0, space);
  const auto request = taskrouter::by_name::build(name, text.substr(space), endpoint);
  if (!request) {
    if (request.error().kind != taskrouter::Error::Kind::argument || request.error().message.empty()) std::abort();
    return 0;
  }
  const auto* operation = taskrouter::detail::find_operation<taskrouter::Operations>(name);
  std::string_view url = request->url;
  if (!std::all_of(url.begin(), url.end(), is_url_text) || !url.starts_with(endpoint.base_url())) std::abort();
  url.remove_prefix(endpoint.base_url().size());
  if (!goes_along(url, operation->route->path)) std::abort();
  if (!std::all_of(request->body.begin(), request->body.end(), is_url_text)) std::abort();
  for (const auto& header : request->headers) {
    if (!taskrouter::detail::is_header_value(header.value)) std::abort();
  }
  if (taskrouter::log_line(*request).find('\n') != std::string::npos) std::abort();
  return 0;
}
