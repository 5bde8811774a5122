#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "taskrouter/decode.hpp"
#include "taskrouter/encode.hpp"
#include "taskrouter/fields.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/resources/reservations.hpp"
#include "taskrouter/result.hpp"
#include "taskrouter/webhooks/assignment.hpp"

// The answers to an assignment callback, as values. The same value becomes the JSON of the answer, or
// the update of the reservation that does the same by request.

namespace taskrouter {
namespace webhooks {

/// Whether a call is recorded.
TASKROUTER_ENUM_AS(CallRecord, (record_from_answer, "record-from-answer"), (do_not_record, "do-not-record"))
/// When a conference beeps.
TASKROUTER_ENUM_AS(Beep, (true_, "true"), (false_, "false"), (onEnter, "onEnter"), (onExit, "onExit"))
/// Whether a conference is recorded.
TASKROUTER_ENUM_AS(ConferenceRecord, (true_, "true"), (false_, "false"), (record_from_start, "record-from-start"),
                   (do_not_record, "do-not-record"))
/// Whether silence is cut from a recording.
TASKROUTER_ENUM_AS(ConferenceTrim, (trim_silence, "trim-silence"), (do_not_trim, "do-not-trim"))
/// Whether both sides are recorded together or apart.
TASKROUTER_ENUM(RecordingChannels, mono, dual)

/// Accepts the reservation: the task is assigned to the worker.
struct Accept {
  static constexpr std::string_view instruction = "accept";  ///< Its name in the answer.
};

/// Rejects the reservation: the task waits again.
struct Reject {
  static constexpr std::string_view instruction = "reject";  ///< Its name in the answer.

  /// Where the worker goes. Twilio's default is to stay; while the worker is available, the same task may
  /// be offered to them again at once.
  std::optional<ActivitySid> activity_sid{};

  TASKROUTER_FIELDS(activity_sid)
};

/// Calls the worker and connects them to the waiting caller. Only for tasks that an `<Enqueue>` made.
struct Dequeue {
  static constexpr std::string_view instruction = "dequeue";  ///< Its name in the answer.

  std::optional<std::string> to{};    ///< Twilio's default is the worker's `contact_uri`; without that it is required.
  std::optional<std::string> from{};  ///< Twilio's default is the number that was called.
  std::optional<ActivitySid> post_work_activity_sid{};  ///< Where the worker goes after the call.
  std::optional<OpenEnum<CallRecord>> record{};         ///< Twilio's default is `do-not-record`.
  std::optional<Integer<0, 999>> timeout{};  ///< Seconds the phone rings, 600 at most by SIP. Twilio's default is 60.
  std::optional<std::string> status_callback_url{};            ///< Hears of the worker's call.
  std::vector<OpenEnum<CallStatus>> status_callback_events{};  ///< Twilio's default is `completed`.

  TASKROUTER_FIELDS(to, from, post_work_activity_sid, record, timeout, status_callback_url, status_callback_events)
};

/// Calls the worker and runs the TwiML at a URL.
struct Call {
  static constexpr std::string_view instruction = "call";  ///< Its name in the answer.

  std::string from;                              ///< The caller ID.
  std::string url;                               ///< Where the TwiML is.
  std::optional<std::string> to{};               ///< Twilio's default is the worker's `contact_uri`.
  std::optional<bool> accept{};                  ///< Whether it accepts the reservation. Twilio's default is false.
  std::optional<OpenEnum<CallRecord>> record{};  ///< Twilio's default is `do-not-record`.
  std::optional<Integer<0, 999>> timeout{};  ///< Seconds the phone rings, 600 at most by SIP. Twilio's default is 60.
  std::optional<std::string> status_callback_url{};  ///< Hears of the worker's call.

  TASKROUTER_FIELDS(from, url, to, accept, record, timeout, status_callback_url)
};

/// Sends the call of the task to other TwiML.
struct Redirect {
  static constexpr std::string_view instruction = "redirect";  ///< Its name in the answer.

  CallSid call_sid;              ///< The call that is sent on.
  std::string url;               ///< Where the TwiML is.
  std::optional<bool> accept{};  ///< Whether it accepts the reservation. Twilio's default is false.

  TASKROUTER_FIELDS(call_sid, url, accept)
};

/// Puts customer and worker into a conference, which is named after the task. The reservation is
/// accepted once both are in it.
struct Conference {
  static constexpr std::string_view instruction = "conference";  ///< Its name in the answer.

  std::optional<std::string> to{};                      ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> from{};                    ///< The caller ID of the call to the worker.
  std::optional<Integer<0, 999>> timeout{};             ///< Seconds the worker's phone rings. Twilio's default is 60.
  std::optional<ActivitySid> post_work_activity_sid{};  ///< Not in a multi-tasking workspace.
  std::optional<std::string> status_callback{};         ///< Hears of the worker's call.
  std::optional<OpenEnum<CallbackMethod>> status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<CallStatus>> status_callback_event{};         ///< Twilio's default is `completed`.
  std::optional<bool> record{};                                      ///< Whether the worker's call is recorded.
  std::optional<bool> muted{};           ///< Whether the worker enters muted. Twilio's default is false.
  std::optional<OpenEnum<Beep>> beep{};  ///< Twilio's default is `true`.
  std::optional<bool>
      start_conference_on_enter{};  ///< Whether the worker's coming starts the conference. Twilio's default is true.
  std::optional<bool> end_conference_on_exit{};           ///< Whether the worker's leaving ends the conference.
  std::optional<bool> end_conference_on_customer_exit{};  ///< Whether the customer's leaving ends the conference.
  std::optional<bool> beep_on_customer_entrance{};        ///< Whether a beep tells that the customer came.
  std::optional<std::string> wait_url{};                  ///< TwiML to listen to until the conference starts.
  std::optional<OpenEnum<CallbackMethod>> wait_method{};  ///< How it is asked for. Twilio's default is POST.
  std::optional<bool>
      early_media{};  ///< Whether to hear the worker's line before they answer. Twilio's default is true.
  std::optional<Integer<2, 250>> max_participants{};        ///< 2 to 250. Twilio's default is 250.
  std::optional<std::string> conference_status_callback{};  ///< Hears of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<ConferenceEvent>>
      conference_status_callback_event{};  ///< Of which events. Twilio's default is start and end.
  std::optional<OpenEnum<ConferenceRecord>> conference_record{};  ///< Prefer `record-from-start` to `true`.
  std::optional<OpenEnum<ConferenceTrim>>
      conference_trim{};  ///< Whether silence is cut off. Twilio's default is `trim-silence`.
  std::optional<OpenEnum<RecordingChannels>>
      recording_channels{};  ///< Of the recording of the worker's call. Twilio's default is `mono`.
  std::optional<std::string> recording_status_callback{};  ///< Hears of the recording of the worker's call.
  std::optional<OpenEnum<CallbackMethod>>
      recording_status_callback_method{};                             ///< How it is told. Twilio's default is POST.
  std::optional<std::string> conference_recording_status_callback{};  ///< Hears of the recording of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_recording_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::optional<std::string> region{};                ///< Where the conference is mixed: `us1`, `ie1`, ...
  std::optional<std::string> sip_auth_username{};     ///< For a worker who is called by SIP.
  std::optional<std::string> sip_auth_password{};     ///< A secret: never print the JSON it stands in.
  std::optional<std::string>
      jitter_buffer_size{};  ///< How much is buffered against jitter: `large`, `medium`, `small` or `off`.

  TASKROUTER_FIELDS(to, from, timeout, post_work_activity_sid, status_callback, status_callback_method,
                    status_callback_event, record, muted, beep, start_conference_on_enter, end_conference_on_exit,
                    end_conference_on_customer_exit, beep_on_customer_entrance, wait_url, wait_method, early_media,
                    max_participants, conference_status_callback, conference_status_callback_method,
                    conference_status_callback_event, conference_record, conference_trim, recording_channels,
                    recording_status_callback, recording_status_callback_method, conference_recording_status_callback,
                    conference_recording_status_callback_method, region, sip_auth_username, sip_auth_password,
                    jitter_buffer_size)
};

/// What TaskRouter is told to do with a reservation.
using Instruction = std::variant<Accept, Reject, Dequeue, Call, Redirect, Conference>;

}  // namespace webhooks

namespace detail {

/// An instruction without its type.
struct AnyInstruction {
  std::string_view name;
  std::span<const Field> fields;
  const void* object;
};

inline AnyInstruction any_instruction(const webhooks::Instruction& instruction) {
  return std::visit(
      []<class T>(const T& object) {
        AnyInstruction any{.name = T::instruction, .fields = {}, .object = &object};
        if constexpr (Described<T>) any.fields = fields_of<T>;
        return any;
      },
      instruction);
}

/// Takes a value's text as it is.
struct UnencodedText {
  std::string& out;
  void plain(std::string_view text) { out.append(text); }
  void encoded(std::string_view text) { out.append(text); }
};

inline std::string text_of(const FieldType& type, const void* value) {
  std::string text;
  UnencodedText sink{text};
  if (type.kind == FieldKind::open_enum && static_cast<const EnumText*>(value)->index < 0) {
    return static_cast<const EnumText*>(value)->unknown;
  }
  encode_value(sink, type, value);
  return text;
}

/// By SIP a phone rings for 600 seconds at most.
inline std::optional<Error> check_sip_timeout(const AnyInstruction& instruction) {
  bool is_sip = false, is_long = false;
  for (const Field& field : instruction.fields) {
    for_each_value(field, instruction.object, [&](const FieldType& type, const void* value) {
      if (field.name == "to") is_sip = text_of(type, value).starts_with("sip:");
      if (field.name == "timeout") is_long = *static_cast<const std::int64_t*>(value) > 600;
    });
  }
  if (!is_sip || !is_long) return std::nullopt;
  return argument_error("timeout", std::string{instruction.name} + ": timeout should be at most 600 where to is sip:");
}

}  // namespace detail

namespace webhooks {

/// Its name in the answer: `accept`, `reject`, `dequeue`, `call`, `redirect` or `conference`.
inline std::string_view name(const Instruction& instruction) { return detail::any_instruction(instruction).name; }

/// What is wrong with an instruction, if anything is: a required key is empty, a number out of its
/// range, a SID malformed. The Error is of kind `argument` and names the field.
inline std::optional<Error> check(const Instruction& instruction) {
  const detail::AnyInstruction any = detail::any_instruction(instruction);
  for (const detail::Field& field : any.fields) {
    const std::string problem = detail::problem_of(field, any.object, false);
    if (!problem.empty()) return detail::field_error(any.name, field.name, problem);
  }
  return detail::check_sip_timeout(any);
}

/// The instruction as the JSON that answers an assignment callback, or what check() says of it. A list
/// is text with commas in between, as TaskRouter reads it.
inline Result<std::string> write_instruction(const Instruction& instruction) {
  if (auto error = check(instruction)) return *std::move(error);
  const detail::AnyInstruction any = detail::any_instruction(instruction);
  std::string json = "{\"instruction\":";
  detail::write_json_string(json, any.name);
  for (const detail::Field& field : any.fields) {
    std::string text;
    detail::FieldKind kind = field.type->kind;
    if (detail::count_values(field, any.object) == 0) continue;
    detail::for_each_value(field, any.object, [&](const detail::FieldType& type, const void* value) {
      text.append(text.empty() ? "" : ",").append(detail::text_of(type, value));
      if (kind == detail::FieldKind::optional) kind = type.kind;
    });
    json.append(",\"").append(field.name).append("\":");
    const bool is_plain = kind == detail::FieldKind::boolean || kind == detail::FieldKind::integer;
    is_plain ? void(json.append(text)) : detail::write_json_string(json, text);
  }
  json.push_back('}');
  return json;
}

}  // namespace webhooks

namespace reservations {

/// The update of a reservation that does by request what `instruction` says.
inline Update update(WorkspaceSid workspace, TaskSid task, ReservationSid reservation,
                     const webhooks::Instruction& instruction) {
  if (std::holds_alternative<webhooks::Accept>(instruction)) return accept(workspace, task, reservation);
  if (const auto* rejection = std::get_if<webhooks::Reject>(&instruction)) {
    return reject(workspace, task, reservation, rejection->activity_sid);
  }
  Update update{.workspace_sid = workspace, .task_sid = task, .sid = reservation};
  const auto any = detail::any_instruction(instruction);
  update.change.instruction = any.name;
  const std::string prefix =
      std::holds_alternative<webhooks::Conference>(instruction) ? "" : std::string{any.name} + '_';
  for (const detail::Field& field : any.fields) {
    const bool is_events = field.name == "status_callback_events";  // In a request it is in the singular.
    const std::string name = prefix + std::string{is_events ? "status_callback_event" : field.name};
    constexpr auto fields = detail::fields_of<ReservationChange>;
    const std::size_t target = detail::find_field(fields, name, detail::Spelling::in_json);
    detail::for_each_value(field, any.object, [&](const detail::FieldType& type, const void* value) {
      // Leniently: whatever is wrong with it, build() has to see it.
      detail::decode_field(fields[target], detail::text_of(type, value), &update.change, detail::Reading::lenient);
    });
  }
  return update;
}

/// The same, for the reservation that a callback was about.
inline Update update(const webhooks::AssignmentCallback& callback, const webhooks::Instruction& instruction) {
  return update(callback.workspace_sid, callback.task_sid, callback.reservation_sid, instruction);
}

}  // namespace reservations
}  // namespace taskrouter
