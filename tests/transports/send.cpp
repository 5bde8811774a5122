// Sends GET requests, or others, through one of the transports, one after the other or all together, and
// prints a JSON line for each.
//
//   send [--transport NAME] [--together] [--timeout MS] [--connect-timeout MS] [--limit BYTES] [--ca-file FILE]
//        [--post BYTES] [--delete] [--pause MS] URL...
//
// NAME is curl, multi or httplib. --pause waits before each URL but the first. The line of a request that was sent
// with others comes when it is finished.

#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "taskrouter/json_writer.hpp"
#include "taskrouter/transports/curl.hpp"
#include "taskrouter/transports/curl_multi.hpp"
#include "taskrouter/transports/httplib.hpp"

namespace {

using namespace taskrouter;
using std::chrono::milliseconds;

struct Outcome {
  std::int64_t peak_kib{};  // The most memory that the program had so far.
  std::int64_t status{};
  std::int64_t cause{};
  std::string message{};
  std::string body{};
  std::vector<std::string> headers{};

  TASKROUTER_FIELDS(peak_kib, status, cause, message, body, headers)
};

void print(const Result<Response>& result) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  Outcome outcome{.peak_kib = usage.ru_maxrss};
  if (result) {
    outcome.status = result->status;
    outcome.body = result->body;
    for (const auto& header : result->headers) outcome.headers.push_back(header.name + ": " + header.value);
  } else {
    outcome.cause = static_cast<std::int64_t>(result.error().cause);
    outcome.message = result.error().message;
  }
  std::cout << write_json(outcome) << std::endl;
}

struct Arguments {
  std::string transport{"curl"};
  bool together{};
  milliseconds pause{};
  TransportOptions options{};
  Request request{};
  std::vector<std::string> urls{};
};

Arguments read_arguments(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    const auto text = [&] { return std::string{i + 1 < count ? words[++i] : ""}; };
    const auto number = [&] { return std::atol(text().c_str()); };
    if (word == "--transport") {
      arguments.transport = text();
    } else if (word == "--together") {
      arguments.together = true;
    } else if (word == "--timeout") {
      arguments.options.timeout = milliseconds{number()};
    } else if (word == "--connect-timeout") {
      arguments.options.connect_timeout = milliseconds{number()};
    } else if (word == "--limit") {
      arguments.options.response_limit = static_cast<std::size_t>(number());
    } else if (word == "--ca-file") {
      arguments.options.ca_file = text();
    } else if (word == "--post") {
      arguments.request.method = Method::post;
      arguments.request.body = std::string(static_cast<std::size_t>(number()), 'x');
    } else if (word == "--delete") {
      arguments.request.method = Method::delete_;
    } else if (word == "--pause") {
      arguments.pause = milliseconds{number()};
    } else {
      arguments.urls.emplace_back(word);
    }
  }
  arguments.request.headers.add("Authorization", "Basic c2VjcmV0");
  return arguments;
}

/// A multi transport that is used as if it were not one.
class OneByOne {
 public:
  explicit OneByOne(const TransportOptions& options) : transport_{{.each = options}} {}

  Result<Response> send(const Request& request) {
    Result<Response> answer{Response{}};
    transport_.start(request, [&](Result<Response> result) { answer = std::move(result); });
    transport_.run();
    return answer;
  }

 private:
  CurlMultiTransport transport_;
};

template <class Transport>
void send_each(Transport&& transport, Arguments& arguments) {
  for (const std::string& url : arguments.urls) {
    if (&url != &arguments.urls.front()) std::this_thread::sleep_for(arguments.pause);
    arguments.request.url = url;
    print(transport.send(arguments.request));
  }
}

void send_together(CurlMultiTransport&& transport, Arguments& arguments) {
  for (const std::string& url : arguments.urls) {
    arguments.request.url = url;
    transport.start(arguments.request, print);
  }
  transport.run();
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments = read_arguments(argc, argv);
  if (arguments.together) {
    send_together(CurlMultiTransport{{.each = arguments.options}}, arguments);
  } else if (arguments.transport == "curl") {
    send_each(CurlTransport{arguments.options}, arguments);
  } else if (arguments.transport == "multi") {
    send_each(OneByOne{arguments.options}, arguments);
  } else if (arguments.transport == "httplib") {
    send_each(HttplibTransport{arguments.options}, arguments);
  } else {
    std::cerr << "send: there is no transport '" << arguments.transport << "'\n";
    return 2;
  }
}
