#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "taskrouter/emulator/checks.hpp"

// What a request or the answer to a callback instructs, as far as TaskRouter's own state goes: nobody is
// called here. Every call is answered and bridged at once, so that no reservation stands on hold, and it
// ends when its task is wrapped up or completed.
// https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks

namespace taskrouter::emulator {

/// What the answer to an assignment callback can instruct. A request can instruct `supervise` as well.
inline constexpr std::array<std::string_view, 6> instruction_names{"accept", "reject",   "dequeue",
                                                                   "call",   "redirect", "conference"};

/// The instruction that a field belongs to, or an empty text for those that say what to do themselves.
constexpr std::string_view owner_of(std::string_view field) {
  if (field == "reservation_status" || field == "worker_activity_sid" || field == "instruction") return "";
  for (const std::string_view name : {"dequeue", "call", "redirect"}) {
    if (field.starts_with(name)) return name;
  }
  return "conference";
}

/// The instruction's name in lower case: Twilio's pages write it in either.
inline std::string instruction_of(const ReservationChange& change) {
  return change.instruction ? Engine::lower_case(*change.instruction) : std::string{};
}

/// Why an instruction does not go with the status that a change sets, or nothing.
inline std::optional<Error> check_only_instruction(const ReservationChange& change) {
  if (!change.reservation_status) return std::nullopt;
  return invalid("Instruction", "contradicts ReservationStatus: give one of them");
}

/// Why the fields of a change do not go together, or nothing.
inline std::optional<Error> check_instruction(const ReservationChange& change) {
  const std::string name = instruction_of(change);
  if (change.instruction) {
    if (auto error = check_only_instruction(change)) return error;
  }
  if (change.instruction &&
      std::find(instruction_names.begin(), instruction_names.end(), name) == instruction_names.end()) {
    return invalid("Instruction", "should be accept, reject, dequeue, call, redirect or conference");
  }
  for (const detail::Field& field : detail::fields_of<ReservationChange>) {
    if (field.type->count(field.in(&change)) == 0) continue;  // All of them are optional or lists.
    const std::string_view owner = owner_of(field.name);
    if (!owner.empty() && owner != name) {
      return invalid(field.wire_name(), "belongs to the instruction " + std::string{owner});
    }
  }
  if (name == "call" && !change.call_from) return missing_parameter("CallFrom");
  if (name == "call" && !change.call_url) return missing_parameter("CallUrl");
  if (name == "redirect" && !change.redirect_call_sid) return missing_parameter("RedirectCallSid");
  if (name == "redirect" && !change.redirect_url) return missing_parameter("RedirectUrl");
  return std::nullopt;
}

/// The status that a change leads to, or none if the reservation stays as it is.
inline std::optional<ReservationStatus> status_after(const ReservationChange& change) {
  if (change.reservation_status) return change.reservation_status->known();
  const std::string name = instruction_of(change);
  if (name == "reject") return ReservationStatus::rejected;
  if (name == "accept" || name == "dequeue" || name == "conference") return ReservationStatus::accepted;
  if (change.call_accept.value_or(false) || change.redirect_accept.value_or(false)) return ReservationStatus::accepted;
  return std::nullopt;
}

/// Where a change sends the worker after the call, if it says so: reservations move nobody where workers
/// have several tasks. The Error says that there is no such activity.
inline Result<const ActivityRecord*> post_work_activity(const ReservationChange& change,
                                                        const WorkspaceRecord& workspace) {
  const bool is_dequeue = change.dequeue_post_work_activity_sid.has_value();
  const auto& sid = is_dequeue ? change.dequeue_post_work_activity_sid : change.post_work_activity_sid;
  const ActivityRecord* activity = sid ? workspace.activities.find(sid->text()) : nullptr;
  if (sid && activity == nullptr) {
    return names_nothing(is_dequeue ? "DequeuePostWorkActivitySid" : "PostWorkActivitySid");
  }
  return workspace.multi_task_enabled ? nullptr : activity;
}

/// Whether an instruction calls the worker, so that the task's attributes get a worker_call_sid.
inline bool calls_worker(const ReservationChange& change) {
  const std::string name = instruction_of(change);
  return name == "dequeue" || name == "call";
}

/// Why an instruction can't be carried out for a task, or nothing: some are about a call that waits.
inline std::optional<Error> check_call(const ReservationChange& change, const TaskRecord& task) {
  const std::string name = instruction_of(change);
  if (name != "dequeue" && name != "conference") return std::nullopt;
  const nlohmann::json attributes = worker_values(*task.attributes);
  if (attributes.contains("call_sid")) return std::nullopt;
  if (name == "dequeue") return refusal(400, 40140, "The instruction dequeue needs a task with the attribute call_sid");
  if (attributes.contains("outbound_to")) return std::nullopt;
  return refusal(400, 40142, "The instruction conference needs a task with the attribute call_sid or outbound_to");
}

}  // namespace taskrouter::emulator
