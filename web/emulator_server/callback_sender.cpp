#include "callback_sender.hpp"

#include <boost/asio/post.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "request_log.hpp"

namespace taskrouter::server {

namespace {

constexpr std::chrono::seconds time_limit{5};
constexpr std::size_t kept = 1000;
constexpr std::size_t queue_limit = 1000;
constexpr std::size_t answer_limit = 4096;

CurlMultiTransport::Options options(const std::string& ca_file) {
  // Nothing waits for a turn behind targets that hang: a thousand callbacks are on their way at once.
  return {
      .each = {.connect_timeout = time_limit, .timeout = time_limit, .response_limit = 64 << 10, .ca_file = ca_file},
      .in_flight = 1000,
      .connections = 0};
}

/// Why there is no answer that counts, as Twilio's debugger would number it.
int code_of(const Error& error) {
  switch (error.cause) {
    case Error::Cause::dns: return 11210;
    case Error::Cause::connect: return 11205;
    case Error::Cause::tls: return 11220;
    default: return error.code != 0 ? error.code : 11200;
  }
}

/// A URL as it may be logged: without a password, and without its query.
std::string logged(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://"), host = scheme == url.npos ? 0 : scheme + 3;
  const std::size_t password = url.substr(host, url.find('/', host) - host).rfind('@');
  return std::string{url.substr(0, host)}.append(url.substr(password == url.npos ? host : host + password + 1));
}

}  // namespace

CallbackSender::CallbackSender(boost::asio::io_context& context, const Log& log, const std::string& ca_file)
    : context_{context}, log_{log}, transport_{options(ca_file)}, network_{[this](const std::stop_token& stop) {
        transport_.run(stop);
      }} {}

void CallbackSender::send(Callback callback) {
  ++unfinished_;
  if (callback.kind == Callback::Kind::assignment) return start({.callback = std::move(callback)});
  auto& queue = events_[callback.request.url];
  if (queue.size() == queue_limit) {
    --unfinished_;
    return log_.write(LogLevel::warning, "event callback dropped, 1,000 others wait for ",
                      logged(callback.request.url));
  }
  queue.push_back(std::move(callback));
  if (queue.size() == 1) start({.callback = queue.front()});
}

void CallbackSender::start(Job job) {
  Request request = job.is_fallback ? *job.callback.fallback : job.callback.request;
  request.headers.add("User-Agent", "TwilioProxy/1.1");
  request.headers.add("Connection", "close");  // One that was kept may end just when a POST is sent on it.
  request.timeout = time_limit;
  const std::string* signature = request.headers.find("X-Twilio-Signature");
  job.id = ++last_id_;
  job.started = std::chrono::steady_clock::now();
  if (sent_.size() == kept) sent_.pop_front();
  sent_.push_back({.id = job.id,
                   .kind = job.callback.kind == Callback::Kind::assignment ? "assignment" : "event",
                   .sid = job.callback.sid,
                   .sent_ms = now(),
                   .url = request.url,
                   .is_fallback = job.is_fallback,
                   .headers = {visible_headers(request.headers)},
                   .signature = signature == nullptr ? "" : *signature,
                   .body = request.body});
  transport_.start(std::move(request), [this, generation = generation_, job = std::move(job)](auto result) {
    boost::asio::post(context_, [this, generation, job, result = std::move(result)]() {
      if (generation == generation_) finish(job, result);
    });
  });
}

void CallbackSender::finish(Job job, const Result<Response>& result) {
  const auto passed = std::chrono::steady_clock::now() - job.started;
  SentCallback ignored;
  SentCallback* sent = find(job.id);
  if (sent == nullptr) sent = &ignored;
  sent->is_finished = true;
  sent->duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(passed).count();
  if (result) {
    sent->status = result->status;
    sent->answer_headers = {visible_headers(result->headers)};
    sent->answer = result->body.substr(0, answer_limit);
  }
  const bool has_arrived = result && result->status >= 200 && result->status <= 299;
  if (!has_arrived) {
    sent->error_code = result ? 11200 : code_of(result.error());
    sent->error = result ? "the answer is not a success" : result.error().message;
    log_.write(LogLevel::warning, "callback to ", logged(sent->url), " failed: ", sent->error);
  }
  if (job.callback.kind == Callback::Kind::assignment) {
    return finish_assignment(std::move(job), has_arrived ? &*result : nullptr);
  }
  --unfinished_;
  const auto queue = events_.find(job.callback.request.url);
  queue->second.pop_front();
  if (queue->second.empty()) {
    events_.erase(queue);
  } else {
    start({.callback = queue->second.front()});
  }
}

void CallbackSender::finish_assignment(Job job, const Response* answer) {
  if (answer == nullptr && job.callback.fallback && !job.is_fallback) {
    job.is_fallback = true;
    return start(std::move(job));
  }
  --unfinished_;
  if (answer == nullptr) return on_lost(job.callback.sid);
  // What is carried out may send callbacks: the list of those sent moves.
  const auto done = on_answer(job.callback.sid, *answer);
  SentCallback* const sent = find(job.id);
  if (done || sent == nullptr) return;
  sent->error_code = done.error().code;
  sent->error = done.error().message;
  log_.write(LogLevel::warning, "answer of ", logged(sent->url), " not carried out: ", sent->error);
}

void CallbackSender::reset() {
  ++generation_;
  unfinished_ = 0;
  events_.clear();
  sent_.clear();
  transport_.cancel_all();
}

SentCallback* CallbackSender::find(std::int64_t id) {
  if (sent_.empty() || id < sent_.front().id) return nullptr;
  return &sent_[static_cast<std::size_t>(id - sent_.front().id)];
}

}  // namespace taskrouter::server
