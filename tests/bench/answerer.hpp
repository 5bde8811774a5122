#pragma once

// A server that does next to nothing, so that what its clients cost can be seen.

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

/// Answers every request with the same bytes, on one thread. It knows requests by their last bytes, and clients
/// that wait for the answer before they send the next one.
class Answerer {
 public:
  Answerer(std::string_view body, std::string last_bytes)
      : answer_{"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + std::string{body}},
        last_bytes_{std::move(last_bytes)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    listen(listener_, 1000);
    port_ = ntohs(address.sin_port);
    watch(listener_);
    watch(stop_);
    thread_ = std::thread{[this] { serve(); }};
  }
  ~Answerer() {
    eventfd_write(stop_, 1);
    thread_.join();
    for (const int file : {listener_, stop_, epoll_}) close(file);
  }
  Answerer(const Answerer&) = delete;
  Answerer& operator=(const Answerer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  void watch(int file) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = file;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, file, &event);
  }

  void serve() {
    std::array<epoll_event, 128> events{};
    while (true) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) {
        const int file = events[static_cast<std::size_t>(i)].data.fd;
        if (file == stop_) return;
        file == listener_ ? welcome() : answer(file);
      }
    }
  }

  void welcome() const {
    const int socket = accept(listener_, nullptr, nullptr);
    const int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    watch(socket);
  }

  void answer(int socket) const {
    std::array<char, 8192> buffer;
    const ssize_t got = recv(socket, buffer.data(), buffer.size(), 0);
    if (got <= 0) return void(close(socket));
    const std::string_view text{buffer.data(), static_cast<std::size_t>(got)};
    if (text.ends_with(last_bytes_)) send(socket, answer_.data(), answer_.size(), MSG_NOSIGNAL);
  }

  std::string answer_;
  std::string last_bytes_;
  int listener_{::socket(AF_INET, SOCK_STREAM, 0)};
  int stop_{eventfd(0, 0)};
  int epoll_{epoll_create1(0)};
  int port_{};
  std::thread thread_;
};
