#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/fields.hpp"
#include "taskrouter/http.hpp"
#include "taskrouter/page.hpp"

namespace taskrouter {

/// What has become of a reservation.
TASKROUTER_ENUM(ReservationStatus, pending, accepted, rejected, timeout, canceled, rescinded, wrapping, completed)
/// What a status callback hears of a call.
TASKROUTER_ENUM(CallStatus, initiated, ringing, answered, completed)
/// What a status callback hears of a conference.
TASKROUTER_ENUM(ConferenceEvent, start, end, join, leave, mute, hold, speaker)
/// What a supervisor does in a conference: listens, talks to the worker, or talks to both.
TASKROUTER_ENUM(SupervisorMode, monitor, whisper, barge)
/// What a callback is sent with.
TASKROUTER_ENUM(CallbackMethod, GET, POST)

/// A worker set aside for a task, until it is accepted, rejected or runs out of time.
/// https://www.twilio.com/docs/taskrouter/api/reservations
struct Reservation {
  AccountSid account_sid{};
  std::optional<Timestamp> date_created{};
  std::optional<Timestamp> date_updated{};
  OpenEnum<ReservationStatus> reservation_status{};  ///< Where it stands on its way from pending to an end.
  ReservationSid sid{};
  TaskSid task_sid{};         ///< The task that they are set aside for.
  std::string worker_name{};  ///< The worker's friendly name.
  WorkerSid worker_sid{};     ///< The worker who is set aside.
  WorkspaceSid workspace_sid{};
  std::string url{};
  JsonValue links{};
  std::optional<std::string> etag{};  ///< For `if_match`. From a header; none where the answer has none.

  static constexpr std::string_view plural = "reservations";
  TASKROUTER_FIELDS(account_sid, date_created, date_updated, links, reservation_status, sid, task_sid, url, worker_name,
                    worker_sid, workspace_sid)
};

/// What can be done with a reservation: answer it, or have TaskRouter carry out an instruction.
///
/// Its fields belong to the update it stands in: on the wire, and by name, they are the update's own.
struct ReservationChange {
  std::optional<OpenEnum<ReservationStatus>>
      reservation_status{};  ///< `accepted`, `rejected`, `wrapping`, `completed`.
  std::optional<ActivitySid>
      worker_activity_sid{};                 ///< With `rejected`: where the worker goes. Twilio's default is back.
  std::optional<std::string> instruction{};  ///< `accept`, `reject`, `dequeue`, `call`, `redirect`, `conference`.

  // dequeue: connect the waiting caller of an <Enqueue> to the worker
  std::optional<ActivitySid> dequeue_post_work_activity_sid{};  ///< Where the worker goes after the call.
  std::optional<std::string> dequeue_from{};                    ///< Twilio's default is the number that was called.
  std::optional<std::string> dequeue_record{};               ///< `record-from-answer` or `do-not-record`, the default.
  std::optional<Integer<0, 999>> dequeue_timeout{};          ///< Seconds the worker's phone rings, at most 999.
  std::optional<std::string> dequeue_to{};                   ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> dequeue_status_callback_url{};  ///< Hears of the worker's call.

  // call: call the worker and run the TwiML at a URL
  std::optional<std::string> call_from{};                 ///< The caller ID.
  std::optional<std::string> call_record{};               ///< `record-from-answer` or `do-not-record`, the default.
  std::optional<Integer<0, 999>> call_timeout{};          ///< Seconds the worker's phone rings, at most 999.
  std::optional<std::string> call_to{};                   ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> call_url{};                  ///< Where the TwiML is.
  std::optional<std::string> call_status_callback_url{};  ///< Hears of the worker's call.
  std::optional<bool> call_accept{};  ///< Whether the call accepts the reservation. Twilio's default is false.

  // redirect: send the waiting call to other TwiML
  std::optional<CallSid> redirect_call_sid{};  ///< The call that is sent on.
  std::optional<bool> redirect_accept{};       ///< Whether it accepts the reservation. Twilio's default is false.
  std::optional<std::string> redirect_url{};   ///< Where the TwiML is.

  // conference: a conference of customer and worker
  std::optional<std::string> to{};               ///< Twilio's default is the worker's `contact_uri`.
  std::optional<std::string> from{};             ///< The caller ID of the call to the worker.
  std::optional<std::string> status_callback{};  ///< Hears of the worker's call.
  std::optional<OpenEnum<CallbackMethod>> status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<CallStatus>> status_callback_event{};  ///< Of which events. Twilio's default is completed.
  std::optional<Integer<0, 999>> timeout{};                   ///< Seconds the worker's phone rings, at most 999.
  std::optional<bool> record{};                               ///< Whether the worker's call is recorded.
  std::optional<bool> muted{};        ///< Whether the worker enters muted. Twilio's default is false.
  std::optional<std::string> beep{};  ///< `true`, `false`, `onEnter` or `onExit`.
  std::optional<bool>
      start_conference_on_enter{};  ///< Whether the worker's coming starts the conference. Twilio's default is true.
  std::optional<bool> end_conference_on_exit{};           ///< Whether the worker's leaving ends the conference.
  std::optional<std::string> wait_url{};                  ///< TwiML to listen to until the conference starts.
  std::optional<OpenEnum<CallbackMethod>> wait_method{};  ///< How it is asked for. Twilio's default is POST.
  std::optional<bool>
      early_media{};  ///< Whether to hear the worker's line before they answer. Twilio's default is true.
  std::optional<Integer<2, 250>> max_participants{};        ///< 2 to 250. Twilio's default is 250.
  std::optional<std::string> conference_status_callback{};  ///< Hears of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_status_callback_method{};  ///< How it is told. Twilio's default is POST.
  std::vector<OpenEnum<ConferenceEvent>>
      conference_status_callback_event{};                  ///< Of which events. Twilio's default is start and end.
  std::optional<std::string> conference_record{};          ///< `true`, `false`, `record-from-start` or `do-not-record`.
  std::optional<std::string> conference_trim{};            ///< `trim-silence` or `do-not-trim`.
  std::optional<std::string> recording_channels{};         ///< `mono` or `dual`.
  std::optional<std::string> recording_status_callback{};  ///< Hears of the recording of the worker's call.
  std::optional<OpenEnum<CallbackMethod>>
      recording_status_callback_method{};                             ///< How it is told. Twilio's default is POST.
  std::optional<std::string> conference_recording_status_callback{};  ///< Hears of the recording of the conference.
  std::optional<OpenEnum<CallbackMethod>>
      conference_recording_status_callback_method{};         ///< How it is told. Twilio's default is POST.
  std::optional<std::string> region{};                       ///< Where the conference is mixed: `us1`, `ie1`, ...
  std::optional<std::string> sip_auth_username{};            ///< For a worker who is called by SIP.
  std::optional<std::string> sip_auth_password{};            ///< A secret: hidden wherever a request is described.
  std::vector<std::string> dequeue_status_callback_event{};  ///< Call statuses. Twilio's default is `completed`.
  std::optional<ActivitySid> post_work_activity_sid{};       ///< Where the worker goes after the conference.
  std::optional<bool> end_conference_on_customer_exit{};     ///< Whether the customer's leaving ends the conference.
  std::optional<bool> beep_on_customer_entrance{};           ///< Whether a beep tells that the customer came.
  std::optional<std::string>
      jitter_buffer_size{};  ///< How much is buffered against jitter: `large`, `medium`, `small` or `off`.

  TASKROUTER_FIELDS(reservation_status, worker_activity_sid, instruction, dequeue_post_work_activity_sid, dequeue_from,
                    dequeue_record, dequeue_timeout, dequeue_to, dequeue_status_callback_url, call_from, call_record,
                    call_timeout, call_to, call_url, call_status_callback_url, call_accept, redirect_call_sid,
                    redirect_accept, redirect_url, to, from, status_callback, status_callback_method,
                    status_callback_event, timeout, record, muted, beep, start_conference_on_enter,
                    end_conference_on_exit, wait_url, wait_method, early_media, max_participants,
                    conference_status_callback, conference_status_callback_method, conference_status_callback_event,
                    conference_record, conference_trim, recording_channels, recording_status_callback,
                    recording_status_callback_method, conference_recording_status_callback,
                    conference_recording_status_callback_method, region, sip_auth_username, sip_auth_password,
                    dequeue_status_callback_event, post_work_activity_sid, end_conference_on_customer_exit,
                    beep_on_customer_entrance, jitter_buffer_size)
};

/// Reservations as a task's.
namespace reservations {

/// Fetches a reservation.
struct Fetch {
  using Output = Reservation;
  static constexpr Route route{"FetchTaskReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  ReservationSid sid;

  TASKROUTER_FIELDS(workspace_sid, task_sid, sid)
};

/// Lists a task's reservations.
struct List {
  using Output = Page<Reservation>;
  static constexpr Route route{"ListTaskReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  std::optional<OpenEnum<ReservationStatus>> reservation_status{};  ///< Only reservations with this status.
  std::optional<WorkerSid> worker_sid{};
  std::optional<Integer<1, 1000>> page_size{};  ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};             ///< For the client's own use.
  std::optional<std::string> page_token{};      ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, task_sid, reservation_status, worker_sid, page_size, page, page_token)
};

/// Answers a reservation, or has an instruction carried out for it. See accept() and reject().
struct Update {
  using Output = Reservation;
  static constexpr Route route{"UpdateTaskReservation", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Tasks/{TaskSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  TaskSid task_sid;
  ReservationSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.
  ReservationChange change{};             ///< What is done with it.
  std::optional<OpenEnum<SupervisorMode>>
      supervisor_mode{};                    ///< What the supervisor does: listen, talk to the worker, or talk to both.
  std::optional<std::string> supervisor{};  ///< The SID or URI of the worker who supervises.

  TASKROUTER_FIELDS(workspace_sid, task_sid, sid, if_match, change, supervisor_mode, supervisor)
};

/// Accepts a reservation: the task is assigned to the worker.
inline Update accept(WorkspaceSid workspace, TaskSid task, ReservationSid reservation) {
  return {.workspace_sid = workspace,
          .task_sid = task,
          .sid = reservation,
          .change = {.reservation_status = ReservationStatus::accepted}};
}

/// Rejects a reservation: the task waits again. The worker goes to `worker_activity`, or back to the
/// activity they had; while that one is available, the same task may be offered to them at once.
inline Update reject(WorkspaceSid workspace, TaskSid task, ReservationSid reservation,
                     std::optional<ActivitySid> worker_activity = {}) {
  return {.workspace_sid = workspace,
          .task_sid = task,
          .sid = reservation,
          .change = {.reservation_status = ReservationStatus::rejected, .worker_activity_sid = worker_activity}};
}

}  // namespace reservations

/// Reservations as a worker's.
namespace worker_reservations {

/// Fetches a reservation.
struct Fetch {
  using Output = Reservation;
  static constexpr Route route{"FetchWorkerReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  ReservationSid sid;

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid)
};

/// Lists a worker's reservations.
struct List {
  using Output = Page<Reservation>;
  static constexpr Route route{"ListWorkerReservation", Method::get,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  std::optional<OpenEnum<ReservationStatus>> reservation_status{};  ///< Only reservations with this status.
  std::optional<Integer<1, 1000>> page_size{};                      ///< 1 to 1000. Twilio's default is 50.
  std::optional<Integer<0>> page{};                                 ///< For the client's own use.
  std::optional<std::string> page_token{};                          ///< From a `next_page_url`.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, reservation_status, page_size, page, page_token)
};

/// Answers a reservation, or has an instruction carried out for it.
struct Update {
  using Output = Reservation;
  static constexpr Route route{"UpdateWorkerReservation", Method::post,
                               "/v1/Workspaces/{WorkspaceSid}/Workers/{WorkerSid}/Reservations/{Sid}"};

  WorkspaceSid workspace_sid;
  WorkerSid worker_sid;
  ReservationSid sid;
  std::optional<std::string> if_match{};  ///< The ETag that must still hold: else 412.
  ReservationChange change{};             ///< What is done with it.

  TASKROUTER_FIELDS(workspace_sid, worker_sid, sid, if_match, change)
};

}  // namespace worker_reservations
}  // namespace taskrouter
