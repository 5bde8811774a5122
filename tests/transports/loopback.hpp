#pragma once

// A server inside the test program, on a port that the system picks.

#include <httplib.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

/// Answers `GET /x` with `x`, POST with its body, and anything below `/held/` once `release` was called.
class Loopback {
 public:
  Loopback() {
    server_.new_task_queue = [] { return new httplib::ThreadPool(100); };  // A connection keeps a thread.
    server_.set_keep_alive_max_count(1'000'000);
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    server_.set_socket_options([this](socket_t socket) { socket_ = socket; });
    const auto answer = [this](const httplib::Request& request, httplib::Response& response) {
      const bool held = request.path.starts_with("/held/");
      arrive(held);
      response.set_content(request.method == "POST" ? request.body : request.path.substr(1), "text/plain");
    };
    server_.Get(".*", answer);
    server_.Post(".*", answer);
    port_ = server_.bind_to_any_port("127.0.0.1");
    listen(socket_, 1000);  // The library's own queue is for 5 connections.
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::yield();  // A stop before that would be lost.
  }
  ~Loopback() {
    release();
    server_.stop();
    thread_.join();
  }

  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + '/' + path; }

  void release() {
    const std::lock_guard lock{mutex_};
    released_ = true;
    changed_.notify_all();
  }

  /// Waits until so many requests below `/held/` are there at once.
  void wait_for_held(int count) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return held_ >= count; });
  }

  int arrived() const { return arrived_; }
  int most_held() const { return most_held_; }

 private:
  void arrive(bool held) {
    ++arrived_;
    if (!held) return;
    std::unique_lock lock{mutex_};
    ++held_;
    most_held_ = std::max<int>(most_held_, held_);
    changed_.notify_all();
    changed_.wait(lock, [this] { return released_; });
    --held_;
  }

  httplib::Server server_;
  socket_t socket_{};
  int port_{};
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool released_{};
  int held_{};
  std::atomic<int> most_held_{};
  std::atomic<int> arrived_{};
};
