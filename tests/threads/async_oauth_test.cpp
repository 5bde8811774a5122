#include "taskrouter/async_oauth.hpp"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "together.hpp"

using namespace taskrouter;

namespace {

constexpr int thread_count = 8;
constexpr int each = 25;  // Requests a thread.
constexpr int total = thread_count * each;
const Request get{.method = Method::get, .url = "https://host/v1/x", .headers = {}, .body = {}};

/// Calls functions on threads of its own, several at once.
class Pool {
 public:
  Pool() {
    for (int i = 0; i < 4; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Pool() {
    {
      const std::lock_guard lock{mutex_};
      is_over_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void add(std::function<void()> function) {
    {
      const std::lock_guard lock{mutex_};
      due_.push_back(std::move(function));
    }
    changed_.notify_one();
  }

 private:
  void run() {
    for (std::unique_lock lock{mutex_};;) {
      changed_.wait(lock, [this] { return is_over_ || !due_.empty(); });
      if (due_.empty()) return;
      const auto function = std::move(due_.front());
      due_.pop_front();
      lock.unlock();
      function();
      lock.lock();
    }
  }

  std::mutex mutex_{};
  std::condition_variable changed_{};
  std::deque<std::function<void()>> due_{};
  bool is_over_{};
  std::vector<std::thread> threads_{};
};

/// A token server and TaskRouter in one, which answers on the pool's threads. The server gives tokens by number, or
/// refuses, once `awaited` requests were started; TaskRouter takes the tokens from `oldest` on.
struct Server {
  Pool& pool;
  int status{200};
  std::atomic<int> fetches{0};
  std::atomic<int> oldest{1};
  std::atomic<int> started{0};
  std::atomic<int> awaited{0};

  void start(Request request, ResponseHandler handler) {
    const auto shared = std::make_shared<ResponseHandler>(std::move(handler));
    pool.add([this, request = std::move(request), shared] { (*shared)(answer(request)); });
  }

  Response answer(const Request& request) {
    const std::string* authorization = request.headers.find("Authorization");
    if (authorization != nullptr) {
      return {.status = std::stoi(authorization->substr(7)) >= oldest ? 200 : 401, .headers = {}, .body = {}};
    }
    while (started < awaited) std::this_thread::yield();
    const int number = ++fetches;
    return {.status = status,
            .headers = {},
            .body = R"({"expires_in":3600,"access_token":")" + std::to_string(number) + "\"}"};
  }
};

/// An OAuthAsync that threads share, and what it answers them with.
struct Shared {
  explicit Shared(int status = 200) : server{pool, status} {}

  Pool pool{};
  Server server;
  OAuthAsync<Server> oauth{
      server,
      {.client_id = "OQ1", .client_secret = "s"},
      [this](std::chrono::milliseconds, std::function<void()> function) { pool.add(std::move(function)); }};

  /// Starts requests on all threads at once and answers with how many ended in each way: 200, another status, or
  /// an argument's error.
  std::array<int, 3> send_together(const Request& request = get) {
    std::atomic<int> good{0}, refused{0}, wrong{0};
    together(thread_count, [&](int) {
      for (int i = 0; i < each; ++i) {
        oauth.start(request, [&](Result<Response> outcome) {
          const bool is_wrong = !outcome && outcome.error().kind == Error::Kind::argument;
          ++(is_wrong ? wrong : outcome && outcome->status == 200 ? good : refused);
        });
        ++server.started;
      }
    });
    while (good + refused + wrong < total) std::this_thread::yield();
    return {good, refused, wrong};
  }
};

using Ends = std::array<int, 3>;

}  // namespace

TEST_CASE("however many threads start requests, one token is fetched for all") {
  Shared shared;
  shared.server.awaited = total;
  CHECK(shared.send_together() == Ends{total, 0, 0});
  CHECK(shared.send_together() == Ends{total, 0, 0});
  CHECK(shared.server.fetches == 1);
}

TEST_CASE("however many threads start requests, one fetch is refused and all hear of it") {
  Shared shared{503};
  shared.server.awaited = total;
  CHECK(shared.send_together() == Ends{0, total, 0});
  CHECK(shared.server.fetches == 1);
}

TEST_CASE("however many requests of many threads are answered 401, one token is fetched in place of the old one") {
  Shared shared;
  CHECK(shared.send_together() == Ends{total, 0, 0});
  shared.server.oldest = 2;
  CHECK(shared.send_together() == Ends{total, 0, 0});
  CHECK(shared.server.fetches == 2);
}

TEST_CASE("threads are told of their mistakes while others send") {
  Shared shared;
  Request authorized = get;
  authorized.headers.add("Authorization", "Basic x");
  CHECK(shared.send_together(authorized) == Ends{0, 0, total});
  CHECK(shared.server.fetches == 0);
}
