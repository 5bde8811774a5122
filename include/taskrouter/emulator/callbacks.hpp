#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/errors.hpp"
#include "taskrouter/emulator/store.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/json_reader.hpp"
#include "taskrouter/percent.hpp"

// The assignment callback: what is posted to the workflow's callback URL when a worker is reserved,
// and what the answer instructs. https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks

namespace taskrouter::emulator {

/// An assignment callback that waits to be delivered.
struct AssignmentCallback {
  ReservationSid reservation_sid{};
  Request request{};
  std::optional<Request> fallback{};  ///< What to send if that fails: the same to the fallback URL, if there is one.
};

/// An event callback that waits to be delivered.
struct EventCallback {
  EventSid event_sid{};
  Request request{};
};

/// The form of a callback, parameter by parameter.
class CallbackForm {
 public:
  CallbackForm() = default;
  CallbackForm(const CallbackForm&) = delete;  // It points into itself.
  CallbackForm& operator=(const CallbackForm&) = delete;

  void add(std::string_view name, std::string_view value) {
    start(name, 3 * value.size());
    to_.encoded(value);
  }
  /// The same for what needs no escapes, such as SIDs and numbers.
  void plain(std::string_view name, std::string_view value) {
    start(name, value.size());
    to_.plain(value);
  }

  std::string text() && {
    text_.resize(size());
    return std::move(text_);
  }

 private:
  /// More than most forms are long.
  static constexpr std::size_t room = 1024;

  std::size_t size() const { return static_cast<std::size_t>(to_.end - text_.data()); }

  /// Writes a name, and makes room for a value of `most` bytes.
  void start(std::string_view name, std::size_t most) {
    const std::size_t used = size();
    if (text_.size() - used < name.size() + most + 2) {
      text_.resize(used + name.size() + most + 2 + room);
      to_.end = text_.data() + used;
    }
    if (used > 0) to_.plain("&");
    to_.plain(name);
    to_.plain("=");
  }

  std::string text_ = std::string(room, '\0');
  detail::EncodedText to_{text_.data()};
};

/// The request that posts a form.
inline Request form_request(std::string_view url, std::string form, const Headers& headers) {
  return {.method = Method::post,
          .url = std::string{url.substr(0, url.find('#'))},  // A fragment sets how Twilio connects; it is not sent.
          .headers = headers,
          .body = std::move(form)};
}

/// Seconds that a reservation of a task stays pending.
inline std::int64_t reservation_timeout(const TaskRecord& task) {
  return task.workflow == nullptr ? 120 : task.workflow->task_reservation_timeout;
}

/// The callback about a reservation that was just made, for a workflow that has a callback URL.
inline AssignmentCallback assignment_callback(const ReservationRecord& reservation, AccountSid account, Instant now,
                                              const Headers& headers) {
  const TaskRecord& task = *reservation.task;
  CallbackForm form;
  // Twilio does not document the form of Timestamp; its event callbacks have seconds since 1970.
  form.plain("Timestamp", std::to_string(whole_seconds(now)));
  form.plain("AccountSid", account.text());
  form.plain("WorkspaceSid", task.workspace->sid.text());
  form.plain("WorkflowSid", task.workflow->sid.text());
  form.plain("TaskQueueSid", task.task_queue->sid.text());
  form.plain("WorkerSid", reservation.worker->sid.text());
  form.add("WorkerAttributes", *reservation.worker->attributes);
  form.plain("TaskSid", task.sid.text());
  form.add("TaskAttributes", *task.attributes);
  form.plain("TaskAge", std::to_string(seconds_between(task.created, now)));
  form.plain("TaskPriority", std::to_string(task.priority));
  form.plain("ReservationSid", reservation.sid.text());
  std::string text = std::move(form).text();
  std::optional<Request> fallback;
  const std::string& fallback_url = task.workflow->fallback_assignment_callback_url;
  if (!fallback_url.empty()) fallback = form_request(fallback_url, text, headers);
  return {.reservation_sid = reservation.sid,
          .request = form_request(task.workflow->assignment_callback_url, std::move(text), headers),
          .fallback = std::move(fallback)};
}

/// What the answer to an assignment callback asks for. An answer without one has no instruction.
struct Instruction {
  std::string instruction{};
  ActivitySid activity_sid{};            ///< reject: where the worker goes.
  bool accept{};                         ///< call and redirect: whether they accept the reservation.
  std::string from{};                    ///< call.
  std::string url{};                     ///< call and redirect.
  CallSid call_sid{};                    ///< redirect.
  ActivitySid post_work_activity_sid{};  ///< dequeue and conference: where the worker goes after the call.

  TASKROUTER_FIELDS(instruction, activity_sid, accept, from, url, call_sid, post_work_activity_sid)
};

/// The instruction in an answer, or the Error that Twilio's debugger would show. An answer with an
/// empty body instructs nothing: the reservation is answered later, by request.
inline Result<Instruction> read_instruction(const Response& answer) {
  // A transport that has no answer yet leaves the status 0.
  if (answer.status != 0 && (answer.status < 200 || answer.status > 299)) {
    return refusal(answer.status, 11200, "the answer to the assignment callback is not a success");
  }
  if (answer.body.find_first_not_of(" \t\r\n") == std::string::npos) return Instruction{};
  const std::string* type = answer.headers.find("Content-Type");
  if (type != nullptr && !same_header_name(type->substr(0, type->find_first_of("; ")), "application/json")) {
    return refusal(400, 40000, "the answer to the assignment callback is not application/json");
  }
  auto instruction = read_json<Instruction>(answer.body);
  if (!instruction) return refusal(400, 40001, "the answer to the assignment callback is not a JSON object");
  if (instruction->instruction.empty()) {
    return refusal(400, 40005, "the answer to the assignment callback has no instruction");
  }
  return instruction;
}

}  // namespace taskrouter::emulator
