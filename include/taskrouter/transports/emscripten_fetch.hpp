#pragma once

#include <emscripten/em_asm.h>
#include <emscripten/emscripten.h>
#include <emscripten/fetch.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"

namespace taskrouter {

/// An AsyncTransport for C++ programs that Emscripten compiles for a browser: link with `-sFETCH`.
///
/// Everything happens on the thread that it was made on, and its event loop calls the handlers. The browser decides
/// what may be sent where (CORS) and says little when it refuses: such an error has `Cause::other`. It also follows
/// redirects, without the credentials if they lead to another origin; an answer from elsewhere than the URL is an
/// error here. Leave Endpoint's `user_agent` empty: pages may not set it.
class EmscriptenFetchTransport {
 public:
  struct Options {
    std::chrono::milliseconds timeout{30'000};  ///< The whole exchange. 0 is without end.
    std::size_t response_limit{16 << 20};       ///< Bytes of an answer's unpacked body.
  };

  /// Names a request that was started. Never the same twice.
  using Id = std::uint64_t;

  EmscriptenFetchTransport() : EmscriptenFetchTransport{Options{}} {}
  explicit EmscriptenFetchTransport(Options options) : state_{std::make_shared<State>()} { state_->options = options; }
  EmscriptenFetchTransport(const EmscriptenFetchTransport&) = delete;
  EmscriptenFetchTransport& operator=(const EmscriptenFetchTransport&) = delete;

  /// Cancels what is not finished. A request that a handler starts meanwhile is canceled as well.
  ~EmscriptenFetchTransport() {
    while (!state_->jobs.empty()) cancel(state_->jobs.begin()->first);
  }

  /// Sends `request`. The handler gets the answer, or an Error of kind `transport`.
  Id start(Request request, ResponseHandler handler) {
    const Id id = ++state_->last_id;
    auto job = std::make_unique<Job>(state_.get(), id, std::move(request), std::move(handler));
    Job& started = *job;
    state_->jobs.emplace(id, std::move(job));
    begin(started);
    return id;
  }

  /// Gives a request up. Its handler gets `Cause::canceled` before this returns, unless it has got something else.
  void cancel(Id id) {
    if (const auto job = state_->jobs.find(id); job != state_->jobs.end()) {
      finish(*job->second, transport_error(Error::Cause::canceled, "the request was canceled"));
    }
  }

  /// How many requests were started and have not had their handler called.
  std::size_t unfinished() const { return state_->jobs.size(); }

 private:
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::milliseconds;
  struct State;

  struct Job {
    Job(State* owner, Id number, Request what, ResponseHandler whom)
        : state{owner}, id{number}, request{std::move(what)}, handler{std::move(whom)} {}

    State* state;
    Id id;
    Request request;
    ResponseHandler handler;
    Milliseconds allowed{};
    Clock::time_point started{Clock::now()};
    emscripten_fetch_t* fetch{};
    bool starting{true};  ///< An error that comes now waits, as a handler is never called inside start().
    bool ending{};
  };

  struct State {
    Options options{};
    Id last_id{};
    std::map<Id, std::unique_ptr<Job>> jobs{};
  };

  /// What the event loop will finish. The transport may be gone by then.
  struct Later {
    std::weak_ptr<State> state;
    Id id;
  };

  void begin(Job& job) {
    job.allowed = time_allowed(job.request, state_->options.timeout);
    if (can_be_sent(job.request.url)) {
      emscripten_fetch_attr_t attributes;
      emscripten_fetch_attr_init(&attributes);
      const std::string_view method = text(job.request.method);
      std::copy(method.begin(), method.end(), attributes.requestMethod);
      attributes.requestMethod[method.size()] = '\0';
      attributes.attributes = EMSCRIPTEN_FETCH_LOAD_TO_MEMORY | EMSCRIPTEN_FETCH_REPLACE;  // Nothing is cached.
      attributes.timeoutMSecs =
          static_cast<unsigned long>(std::clamp<Milliseconds::rep>(job.allowed.count(), 0, INT32_MAX));
      attributes.userData = &job;
      attributes.onsuccess = &on_end;
      attributes.onerror = &on_end;
      attributes.onprogress = &on_progress;
      attributes.requestData = job.request.body.data();
      attributes.requestDataSize = job.request.body.size();
      std::vector<const char*> headers;
      for (const Header& header : job.request.headers) {
        headers.push_back(header.name.c_str());
        headers.push_back(header.value.c_str());
      }
      headers.push_back(nullptr);
      attributes.requestHeaders = headers.data();
      job.fetch = emscripten_fetch(&attributes, job.request.url.c_str());
    }
    if (job.fetch != nullptr && job.starting) return void(job.starting = false);
    emscripten_async_call(&fail_later, new Later{state_, job.id}, 0);
  }

  /// Emscripten lets the browser's exception through where it can't read the URL.
  static bool can_be_sent(const std::string& url) {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    return EM_ASM_INT(
               {
                 try {
                   new URL(UTF8ToString($0));
                   return 1;
                 } catch {
                   return 0;
                 }
               },
               url.c_str()) != 0;
  }

  static void fail_later(void* context) {
    const std::unique_ptr<Later> later{static_cast<Later*>(context)};
    const std::shared_ptr<State> state = later->state.lock();
    if (!state) return;
    if (const auto job = state->jobs.find(later->id); job != state->jobs.end()) {
      finish(*job->second, transport_error(Error::Cause::other, "the browser can't send the request"));
    }
  }

  static void on_progress(emscripten_fetch_t* fetch) {
    Job& job = *static_cast<Job*>(fetch->userData);
    if (fetch->dataOffset + fetch->numBytes > job.state->options.response_limit) finish(job, too_large(job));
  }

  static void on_end(emscripten_fetch_t* fetch) {
    Job& job = *static_cast<Job*>(fetch->userData);
    if (job.ending) return;  // By our own doing.
    if (job.starting) return void(job.starting = false);
    finish(job, outcome(job));
  }

  static Result<Response> outcome(const Job& job) {
    const emscripten_fetch_t& fetch = *job.fetch;
    if (fetch.status == 0) {
      // The browser's timer may be early by a little.
      const bool late = job.allowed.count() > 0 && Clock::now() - job.started + Milliseconds{5} >= job.allowed;
      return late ? transport_error(Error::Cause::timeout, "the answer did not come in time")
                  : transport_error(Error::Cause::other, "the browser got no answer, or one it may not show (CORS)");
    }
    if (fetch.numBytes > job.state->options.response_limit) return too_large(job);
    if (came_from_elsewhere(job)) {
      return transport_error(Error::Cause::other, "the answer came from another URL, after a redirect");
    }
    Response response{.status = fetch.status, .headers = read_headers(job), .body = {}};
    if (fetch.numBytes > 0) response.body.assign(fetch.data, static_cast<std::size_t>(fetch.numBytes));
    return response;
  }

  static Error too_large(const Job& job) {
    return transport_error(Error::Cause::too_large,
                           "the answer is larger than " + std::to_string(job.state->options.response_limit) + " bytes");
  }

  static bool came_from_elsewhere(const Job& job) {
    return EM_ASM_INT(
               {
                 const xhr = Fetch.xhrs instanceof Map ? Fetch.xhrs.get($0) : Fetch.xhrs[$0 - 1];
                 const asked = new URL(UTF8ToString($1));
                 asked.hash = "";
                 return xhr.responseURL != asked.href;
               },
               job.fetch->id, job.request.url.c_str()) != 0;
  }

  /// Those that the browser shows: of another origin only what its Access-Control-Expose-Headers names.
  static Headers read_headers(const Job& job) {
    std::string lines(emscripten_fetch_get_response_headers_length(job.fetch) + 1, '\0');
    emscripten_fetch_get_response_headers(job.fetch, lines.data(), lines.size());
    Headers headers;
    std::string_view rest{lines.c_str()};
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find("\r\n"));
      rest.remove_prefix(std::min(rest.size(), line.size() + 2));
      const std::size_t colon = line.find(": ");
      if (colon != std::string_view::npos)
        headers.add(std::string{line.substr(0, colon)}, std::string{line.substr(colon + 2)});
    }
    return headers;
  }

  static void finish(Job& job, Result<Response> result) {
    job.ending = true;
    if (job.fetch != nullptr) {
      abort(*job.fetch);
      emscripten_fetch_close(job.fetch);
    }
    ResponseHandler handler = std::move(job.handler);
    job.state->jobs.erase(job.id);
    handler(std::move(result));
  }

  /// Emscripten frees what the browser would still write to, unless the browser is stopped before.
  static void abort(const emscripten_fetch_t& fetch) {
    EM_ASM(
        {
          const xhr = Fetch.xhrs instanceof Map ? Fetch.xhrs.get($0) : Fetch.xhrs[$0 - 1];
          if (!xhr) return;
          xhr.onload = xhr.onerror = xhr.ontimeout = xhr.onprogress = xhr.onreadystatechange = null;
          xhr.abort();
        },
        fetch.id);
  }

  std::shared_ptr<State> state_;
};

}  // namespace taskrouter
