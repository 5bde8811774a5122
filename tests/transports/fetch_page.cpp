// Sends through EmscriptenFetchTransport, in a page, and prints a line for each outcome.

#include <emscripten/em_asm.h>

#include <cstdio>
#include <string>

#include "taskrouter/transports/emscripten_fetch.hpp"

using namespace taskrouter;

static_assert(AsyncTransport<EmscriptenFetchTransport>);

namespace {

std::string base_url() {
  char url[200]{};
  EM_ASM({ stringToUTF8(new URLSearchParams(location.search).get("server"), $0, $1); }, url, sizeof url);
  return url;
}

Request get(const std::string& url) { return {.method = Method::get, .url = url, .headers = {}, .body = {}}; }

ResponseHandler print(const std::string& name) {
  return [name](const Result<Response>& result) {
    if (!result) {
      std::printf("%s: cause %d\n", name.c_str(), static_cast<int>(result.error().cause));
      return;
    }
    const std::string* id = result->headers.find("Twilio-Request-Id");
    std::printf("%s: %d %s %s\n", name.c_str(), result->status, id == nullptr ? "-" : id->c_str(),
                result->body.c_str());
  };
}

void send_all(EmscriptenFetchTransport& transport, const std::string& url) {
  transport.start(get(url + "/hello"), print("get"));
  transport.start({.method = Method::post,
                   .url = url + "/echo",
                   .headers = {{"Authorization", "Basic c2VjcmV0"}, {"Content-Type", "text/plain"}},
                   .body = std::string{"a\0b", 3}},
                  print("post"));
  transport.start({.method = Method::delete_, .url = url + "/echo", .headers = {}, .body = {}}, print("delete"));
  transport.start(get(url + "/missing"), print("missing"));
  transport.start(get(url + "/redirect"), print("redirect"));
  transport.start(get(url + "/large"), print("large"));
  transport.start(get(url + "/endless"), print("endless"));
  transport.start(get(url + "/reset"), print("reset"));
  transport.start(get("http://127.0.0.1:1/"), print("closed"));
  transport.start(get("http://[/"), print("unreadable"));
  transport.start(get("file:///etc/hostname"), print("foreign"));
  Request late = get(url + "/hang");
  late.timeout = std::chrono::milliseconds{300};
  transport.start(late, print("late"));
  const auto canceled = transport.start(get(url + "/hang"), print("canceled"));
  transport.start(get(url + "/hello"), [&transport, canceled, url](const Result<Response>&) {
    transport.cancel(canceled);
    transport.start(get(url + "/hello"), print("next"));
  });
}

}  // namespace

int main() {
  const std::string url = base_url();
  static EmscriptenFetchTransport transport{{.response_limit = 10'000}};
  send_all(transport, url);
  {
    EmscriptenFetchTransport gone;
    gone.start(get(url + "/hello"), print("gone"));
    gone.start(get("http://[/"), print("gone unreadable"));
  }
  std::printf("started %d\n", static_cast<int>(transport.unfinished()));
}
