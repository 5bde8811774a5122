// Sends GET requests, or POSTs of so many bytes, through CurlTransport, one after the other, and
// prints a JSON line for each.
//
//   send [--timeout MS] [--connect-timeout MS] [--limit BYTES] [--ca-file FILE] [--post BYTES] URL...

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "taskrouter/json_writer.hpp"
#include "taskrouter/transports/curl.hpp"

namespace {

struct Outcome {
  std::int64_t status{};
  std::int64_t cause{};
  std::string message{};
  std::string body{};
  std::vector<std::string> headers{};

  TASKROUTER_FIELDS(status, cause, message, body, headers)
};

Outcome outcome_of(const taskrouter::Result<taskrouter::Response>& result) {
  if (!result) return {.cause = static_cast<std::int64_t>(result.error().cause), .message = result.error().message};
  Outcome outcome{.status = result->status, .body = result->body};
  for (const auto& header : result->headers) outcome.headers.push_back(header.name + ": " + header.value);
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  taskrouter::CurlTransport::Options options;
  taskrouter::Request request{};
  std::vector<std::string> urls;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] { return std::string{i + 1 < argc ? argv[++i] : ""}; };
    if (word == "--timeout") {
      options.timeout = std::chrono::milliseconds{std::atol(value().c_str())};
    } else if (word == "--connect-timeout") {
      options.connect_timeout = std::chrono::milliseconds{std::atol(value().c_str())};
    } else if (word == "--limit") {
      options.response_limit = static_cast<std::size_t>(std::atol(value().c_str()));
    } else if (word == "--ca-file") {
      options.ca_file = value();
    } else if (word == "--post") {
      request.method = taskrouter::Method::post;
      request.body = std::string(static_cast<std::size_t>(std::atol(value().c_str())), 'x');
    } else {
      urls.push_back(word);
    }
  }
  taskrouter::CurlTransport transport{options};
  request.headers.add("Authorization", "Basic c2VjcmV0");
  for (const std::string& url : urls) {
    request.url = url;
    std::cout << taskrouter::write_json(outcome_of(transport.send(request))) << std::endl;
  }
}
