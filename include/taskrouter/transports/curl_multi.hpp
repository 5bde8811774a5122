#pragma once

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "taskrouter/async_transport.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/transports/curl_exchange.hpp"
#include "taskrouter/transports/idle.hpp"
#include "taskrouter/transports/options.hpp"

namespace taskrouter {

/// An AsyncTransport over libcurl (7.85 or later): many requests at once on one thread, over connections that
/// stay open, and with HTTP/2 many on one connection where the server has it.
///
/// Threads. `start`, `cancel`, `cancel_all` and `unfinished` may be called from any thread, handlers included.
/// `run` and `run_once` belong to one thread at a time, and handlers are called on it, one after the other: they
/// should be quick, and must not call `run` or `run_once`. Nothing moves while neither runs. Whoever destroys
/// the transport must be the last to use it, and the handlers that are left are called there.
///
/// For the rest it is as CurlTransport: TLS certificates are verified, redirects are not followed, and a proxy is
/// taken from the environment.
class CurlMultiTransport {
 public:
  struct Options {
    TransportOptions each{};      ///< Its `timeout` begins with `start`: waiting for a turn counts.
    std::size_t in_flight{64};    ///< Requests on the network at once. The others wait, in the order of their start.
    std::size_t connections{64};  ///< Connections at once, idle ones included. 0 is without bound.
  };

  /// Names a request that was started. Never the same twice.
  using Id = std::uint64_t;

  CurlMultiTransport() : CurlMultiTransport{Options{}} {}
  explicit CurlMultiTransport(Options options) : options_{std::move(options)}, multi_{make_multi(options_)} {}
  CurlMultiTransport(const CurlMultiTransport&) = delete;
  CurlMultiTransport& operator=(const CurlMultiTransport&) = delete;

  /// Cancels what is not finished. A request that a handler starts meanwhile is canceled as well.
  ~CurlMultiTransport() {
    do {
      cancel_all();
      take_commands();
      call_handlers();
    } while (unfinished() > 0);
  }

  /// Sends `request` when its turn comes. The handler gets the answer, or an Error of kind `transport`.
  Id start(Request request, ResponseHandler handler) {
    const std::chrono::milliseconds allowed = time_allowed(request, options_.each.timeout);
    Job job{.request = std::move(request), .handler = std::move(handler), .allowed = allowed};
    if (allowed.count() > 0 && allowed < forever) job.deadline = Clock::now() + allowed;
    ++unfinished_;
    const std::lock_guard lock{mutex_};
    started_.emplace_back(++last_id_, std::move(job));
    wake();
    return last_id_;
  }

  /// Gives a request up: its handler gets `Cause::canceled`, unless it has got something else by then. What was
  /// sent may have been carried out.
  void cancel(Id id) {
    const std::lock_guard lock{mutex_};
    canceled_.push_back(id);
    wake();
  }

  /// Gives up every request that was started before.
  void cancel_all() {
    const std::lock_guard lock{mutex_};
    canceled_to_ = last_id_;
    wake();
  }

  /// How many requests were started and have not had their handler called.
  std::size_t unfinished() const { return unfinished_; }

  /// Sends and receives what can be, waits at most `wait` until a request is finished or something else
  /// happens, and calls the handlers of those that are. The number of requests left.
  std::size_t run_once(std::chrono::milliseconds wait) {
    advance();
    if (finished_.empty()) {
      wait_for_something(wait);
      advance();
    }
    call_handlers();
    return unfinished();
  }

  /// Runs until no request is left.
  void run() {
    while (unfinished() > 0) run_once(forever);
  }

  /// Runs until it is told to stop, whether there are requests or not: for a thread of its own, as in
  /// `std::jthread loop{[&](std::stop_token stop) { transport.run(stop); }};`.
  void run(const std::stop_token& stop) {
    const std::stop_callback wake_up{stop, [this] {
                                       const std::lock_guard lock{mutex_};
                                       wake();
                                     }};
    while (!stop.stop_requested()) run_once(forever);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::hours forever{24 * 365};

  struct Job {
    Request request;
    ResponseHandler handler;
    std::chrono::milliseconds allowed{};
    Clock::time_point deadline{Clock::time_point::max()};
    std::unique_ptr<detail::CurlExchange> exchange{};  ///< While it is on the network.
  };
  using Jobs = std::map<Id, Job>;

  struct Finished {
    ResponseHandler handler;
    Result<Response> result;
  };

  struct Close {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  using Multi = std::unique_ptr<CURLM, Close>;

  static Multi make_multi(const Options& options) {
    if (detail::CurlExchange{options.each}.handle() == nullptr) return nullptr;
    Multi multi{curl_multi_init()};
    const long connections = static_cast<long>(std::min(options.connections, std::size_t{1'000'000}));
    if (multi) curl_multi_setopt(multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, connections);
    if (multi && connections > 0) curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, connections);
    return multi;
  }

  static Error canceled() { return transport_error(Error::Cause::canceled, "the request was canceled"); }

  /// Sees to it that the loop looks for commands before it waits again. Under the lock.
  void wake() {
    if (waiting_ && !woken_) curl_multi_wakeup(multi_.get());
    woken_ = true;
  }

  void advance() {
    take_commands();
    begin_next();
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    finish_answered();
    finish_overdue();
  }

  void take_commands() {
    std::vector<std::pair<Id, Job>> started;
    std::vector<Id> to_cancel;
    Id to_cancel_to = 0;
    {
      const std::lock_guard lock{mutex_};
      started.swap(started_);
      to_cancel.swap(canceled_);
      to_cancel_to = std::exchange(canceled_to_, 0);
      woken_ = false;
    }
    for (auto& [id, job] : started) {
      if (job.deadline != Clock::time_point::max()) deadlines_.emplace(job.deadline, id);
      jobs_.emplace_hint(jobs_.end(), id, std::move(job));
    }
    while (!jobs_.empty() && jobs_.begin()->first <= to_cancel_to) finish(jobs_.begin(), canceled());
    for (const Id id : to_cancel) {
      if (const auto job = jobs_.find(id); job != jobs_.end()) finish(job, canceled());
    }
  }

  void begin_next() {
    const std::size_t limit = std::max(options_.in_flight, std::size_t{1});
    for (auto next = jobs_.upper_bound(last_begun_); next != jobs_.end() && in_flight_ < limit;) {
      const auto job = next++;
      last_begun_ = job->first;
      begin(job);
    }
  }

  void begin(Jobs::iterator at) {
    std::unique_ptr<detail::CurlExchange> exchange = idle_.take();
    if (!exchange) exchange = std::make_unique<detail::CurlExchange>(options_.each);
    if (!multi_ || !exchange->handle()) {
      return finish(at, transport_error(Error::Cause::other, "libcurl could not be started"));
    }
    exchange->prepare(at->second.request, std::chrono::milliseconds{0});  // libcurl does not count what waits.
    curl_easy_setopt(exchange->handle(), CURLOPT_PRIVATE, &*at);
    curl_multi_add_handle(multi_.get(), exchange->handle());
    at->second.exchange = std::move(exchange);
    ++in_flight_;
  }

  void finish_answered() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      Jobs::value_type* job = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
      finish(jobs_.find(job->first), job->second.exchange->finish(message->data.result));
    }
  }

  void finish_overdue() {
    if (deadlines_.empty()) return;
    const Clock::time_point now = Clock::now();
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
      const auto job = jobs_.find(deadlines_.begin()->second);
      const std::string time = std::to_string(job->second.allowed.count()) + " ms";
      finish(job, transport_error(Error::Cause::timeout,
                                  job->second.exchange ? "the answer did not come within " + time
                                                       : "its turn did not come within " + time + ", it was not sent"));
    }
  }

  void finish(Jobs::iterator at, Result<Response> result) {
    Job& job = at->second;
    if (job.exchange) {
      curl_multi_remove_handle(multi_.get(), job.exchange->handle());
      idle_.keep(std::move(job.exchange));
      --in_flight_;
    }
    deadlines_.erase({job.deadline, at->first});
    finished_.push_back({std::move(job.handler), std::move(result)});
    jobs_.erase(at);
  }

  void call_handlers() {
    while (!finished_.empty()) {
      Finished next = std::move(finished_.front());
      finished_.pop_front();
      --unfinished_;
      next.handler(std::move(next.result));
    }
  }

  /// Waits for the network, a deadline or a command. Not at all if a command is there.
  void wait_for_something(std::chrono::milliseconds wait) {
    using std::chrono::milliseconds;
    if (!deadlines_.empty()) {
      wait = std::min(wait, std::chrono::ceil<milliseconds>(deadlines_.begin()->first - Clock::now()));
    }
    wait = std::clamp<milliseconds>(wait, milliseconds{0}, std::chrono::hours{1});
    {
      const std::lock_guard lock{mutex_};
      if (woken_) return;
      waiting_ = true;
    }
    if (curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(wait.count()), nullptr) != CURLM_OK) {
      std::this_thread::sleep_for(std::min(wait, milliseconds{10}));  // Rather than to spin.
    }
    const std::lock_guard lock{mutex_};
    waiting_ = false;
  }

  Options options_;

  std::mutex mutex_{};  // Guards what the other threads have to say to the loop, down to waiting_.
  Id last_id_{};
  std::vector<std::pair<Id, Job>> started_{};
  std::vector<Id> canceled_{};
  Id canceled_to_{};
  bool woken_{};
  bool waiting_{};

  std::atomic<std::size_t> unfinished_{};
  Multi multi_;
  detail::Idle<detail::CurlExchange> idle_{};
  Jobs jobs_{};  // The rest is the loop's alone.
  std::set<std::pair<Clock::time_point, Id>> deadlines_{};
  Id last_begun_{};
  std::size_t in_flight_{};
  std::deque<Finished> finished_{};
};

}  // namespace taskrouter
