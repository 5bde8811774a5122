#include "site.hpp"

#include <chrono>
#include <optional>
#include <string_view>

#include "http_text.hpp"

namespace taskrouter::server {

namespace {

/// The method, if TaskRouter has it. The body of an answer to HEAD is left out where it is sent.
std::optional<Method> method_of(std::string_view name) {
  if (name == "GET" || name == "HEAD") return Method::get;
  if (name == "POST") return Method::post;
  if (name == "DELETE") return Method::delete_;
  return std::nullopt;
}

/// The request as the emulator takes it. The URLs in its answer name the host that the client asked.
Request read(const WebRequest& from, Method method) {
  Request request{.method = method, .url = from.target, .headers = {}, .body = from.body};
  if (from.target.starts_with('/')) {
    const std::string* host = from.headers.find("Host");
    request.url = "http://" + (host == nullptr || host->empty() ? "127.0.0.1" : *host) + from.target;
  }
  for (const char* name : {"Authorization", "Content-Type", "If-Match"}) {
    if (const std::string* value = from.headers.find(name)) request.headers.add(name, *value);
  }
  return request;
}

}  // namespace

void Site::mount(std::string prefix, Answerer answerer) {
  mounts_.emplace_back(std::move(prefix), std::move(answerer));
}

Response Site::answer(const WebRequest& request) const {
  const std::string_view path = request.path();
  const std::pair<std::string, Answerer>* found = nullptr;
  for (const auto& mount : mounts_) {
    if (!path.starts_with(mount.first)) continue;
    if (found == nullptr || mount.first.size() > found->first.size()) found = &mount;
  }
  if (found != nullptr) return found->second(request);
  return page_ && !path.starts_with("/v1/") ? page_(request) : answer_api(request);
}

Response Site::answer_api(const WebRequest& request) const {
  Response response;
  if (const auto method = method_of(request.method)) {
    const Request asked = read(request, *method);
    const auto started = std::chrono::steady_clock::now();
    response = emulator_.send(asked);
    const auto passed = std::chrono::steady_clock::now() - started;
    if (log_ != nullptr) log_->add(request, asked.url, response, emulator_.core().now(), passed);
  } else if (request.method == "OPTIONS") {
    response.status = 204;
  } else {
    response = error_answer(405, "Method not allowed");
  }
  allow_other_origins(response);
  return response;
}

}  // namespace taskrouter::server
