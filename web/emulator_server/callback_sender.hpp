#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "emulator_core.hpp"
#include "log.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/transports/curl_multi.hpp"

namespace taskrouter::server {

/// A callback that was sent, and what came of it.
struct SentCallback {
  std::int64_t id{};       ///< Counts from 1.
  std::string kind{};      ///< `assignment` or `event`.
  std::string sid{};       ///< The reservation's or the event's.
  std::int64_t sent_ms{};  ///< What the emulator's clock said, in milliseconds since 1970.
  std::string url{};
  bool is_fallback{};
  JsonValue headers{"[]"};  ///< Pairs of name and value.
  std::string signature{};  ///< X-Twilio-Signature.
  std::string body{};       ///< The form.
  bool is_finished{};
  std::int64_t duration_ms{};      ///< Until the answer came, by the wall clock.
  std::int64_t status{};           ///< Of the answer, 0 if none came.
  JsonValue answer_headers{"[]"};  ///< As the others.
  std::string answer{};            ///< Its body, the first 4,096 bytes.
  std::int64_t error_code{};       ///< Twilio's, of what went wrong, or 0.
  std::string error{};             ///< What went wrong, or empty.

  TASKROUTER_FIELDS(id, kind, sid, sent_ms, url, is_fallback, headers, signature, body, is_finished, duration_ms,
                    status, answer_headers, answer, error_code, error)
};

/// Posts callbacks as Twilio does: an answer has five seconds, redirects are not followed, and what does not arrive
/// goes to the fallback URL. Event callbacks of one URL go one after the other, so that they arrive in their order;
/// all others at once. The network is a thread of its own; everything else happens on the io_context's.
class CallbackSender {
 public:
  /// @param ca_file see Arguments
  CallbackSender(boost::asio::io_context& context, const Log& log, const std::string& ca_file);
  CallbackSender(const CallbackSender&) = delete;
  CallbackSender& operator=(const CallbackSender&) = delete;

  void send(Callback callback);
  /// Gives up all that is on its way, and forgets what was.
  void reset();

  /// The last 1,000, oldest first.
  const std::deque<SentCallback>& sent() const { return sent_; }
  /// How many wait for their answer or their turn.
  std::size_t unfinished() const { return unfinished_; }

  /// What the emulator's clock says.
  std::function<std::int64_t()> now{};
  /// Takes the answer to an assignment callback.
  std::function<Result<Nothing>(const std::string& reservation_sid, const Response&)> on_answer{};
  /// Hears of an assignment callback that arrived nowhere.
  std::function<void(const std::string& reservation_sid)> on_lost{};

 private:
  struct Job {
    Callback callback;
    bool is_fallback{};
    std::int64_t id{};
    std::chrono::steady_clock::time_point started{};
  };

  void start(Job job);
  void finish(Job job, const Result<Response>& result);
  void finish_assignment(Job job, const Response* answer);
  SentCallback* find(std::int64_t id);

  boost::asio::io_context& context_;
  const Log& log_;
  std::deque<SentCallback> sent_{};
  std::int64_t last_id_{};
  std::map<std::string, std::deque<Callback>> events_{};  // What waits for its turn, by URL. The first is on its way.
  std::size_t unfinished_{};
  std::uint64_t generation_{};  // Answers of an earlier one come too late.
  CurlMultiTransport transport_;
  std::jthread network_;
};

}  // namespace taskrouter::server
