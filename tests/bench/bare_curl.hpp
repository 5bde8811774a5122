#pragma once

// libcurl as a careful programmer uses it: handles and lists of headers are made once, and what differs between
// requests is set for each.

#include <curl/curl.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "taskrouter/http.hpp"

class BareCurl {
 public:
  using Clock = std::chrono::steady_clock;

  explicit BareCurl(const taskrouter::Request& request) : request_{request} {
    headers_ = curl_slist_append(headers_, "Expect:");
    for (const auto& [name, value] : request.headers) {
      headers_ = curl_slist_append(headers_, (name + ": " + value).c_str());
    }
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_ACCEPT_ENCODING, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, 5'000L);
    set(CURLOPT_TIMEOUT_MS, 30'000L);
    set(CURLOPT_WRITEFUNCTION, &append);
    set(CURLOPT_WRITEDATA, &body_);
    set(CURLOPT_HEADERFUNCTION, &collect);
    set(CURLOPT_HEADERDATA, &header_lines_);
  }
  ~BareCurl() {
    curl_easy_cleanup(handle_);
    curl_slist_free_all(headers_);
  }
  BareCurl(const BareCurl&) = delete;
  BareCurl& operator=(const BareCurl&) = delete;

  CURL* handle() const { return handle_; }

  void prepare() {
    body_.clear();
    header_lines_.clear();
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_POSTFIELDS, request_.body.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  }

  int send_in_turn(Clock::time_point end) {
    int count = 0;
    while (Clock::now() < end) {
      prepare();
      if (curl_easy_perform(handle_) != CURLE_OK) std::abort();
      ++count;
    }
    return count;
  }

 private:
  static std::size_t append(const char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
  }
  static std::size_t collect(const char* data, std::size_t, std::size_t size, void* lines) {
    static_cast<std::vector<std::string>*>(lines)->emplace_back(data, size);
    return size;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_, option, value);
  }

  const taskrouter::Request& request_;
  CURL* handle_{curl_easy_init()};
  curl_slist* headers_{};
  std::string body_{};
  std::vector<std::string> header_lines_{};
};

/// So many at once, over a multi handle.
class BareMulti {
 public:
  BareMulti(const taskrouter::Request& request, int count) {
    for (int i = 0; i < count; ++i) all_.push_back(std::make_unique<BareCurl>(request));
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(count));
  }
  ~BareMulti() {
    all_.clear();
    curl_multi_cleanup(multi_);
  }
  BareMulti(const BareMulti&) = delete;
  BareMulti& operator=(const BareMulti&) = delete;

  int send_together(BareCurl::Clock::time_point end) {
    for (const auto& each : all_) add(*each);
    int running = 1;
    int count = 0;
    while (running > 0) {
      curl_multi_perform(multi_, &running);
      int left = 0;
      while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->data.result != CURLE_OK) std::abort();
        BareCurl* done = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &done);
        curl_multi_remove_handle(multi_, done->handle());
        ++count;
        if (BareCurl::Clock::now() < end) {
          add(*done);
          running = 1;
        }
      }
      if (running > 0) curl_multi_poll(multi_, nullptr, 0, 1'000, nullptr);
    }
    return count;
  }

 private:
  void add(BareCurl& each) {
    each.prepare();
    curl_easy_setopt(each.handle(), CURLOPT_PRIVATE, &each);
    curl_multi_add_handle(multi_, each.handle());
  }

  CURLM* multi_{curl_multi_init()};
  std::vector<std::unique_ptr<BareCurl>> all_{};
};
