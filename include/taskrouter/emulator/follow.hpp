#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/handle_reservations.hpp"

namespace taskrouter::emulator {

/// The reservation of that SID in whatever workspace, or null.
inline ReservationRecord* find_reservation(Engine& engine, ReservationSid sid) {
  ReservationRecord* found = nullptr;
  engine.store().workspaces.for_each([&](WorkspaceRecord& workspace) {
    if (found == nullptr) found = workspace.reservations.find(sid.text());
  });
  return found;
}

/// Cancels a reservation that neither callback URL could be told of.
inline Result<Nothing> give_up(Engine& engine, ReservationSid sid) {
  ReservationRecord* reservation = find_reservation(engine, sid);
  if (reservation == nullptr) return argument_error("reservation", "there is no such reservation");
  if (auto error = check_transition(*reservation, ReservationStatus::accepted)) return *std::move(error);
  engine.cancel_offer(*reservation);
  return Nothing{};
}

/// Whether an answer to a callback shows that it arrived. A transport that has no answer yet leaves the
/// status 0.
inline bool has_arrived(const Response& answer) {
  return answer.status == 0 || (answer.status >= 200 && answer.status <= 299);
}

/// An instruction as a request would say it.
inline ReservationChange change_of(const Instruction& instruction) {
  ReservationChange change{.instruction = instruction.instruction};
  const auto text = [](const std::string& value) { return value.empty() ? std::nullopt : std::optional{value}; };
  if (instruction.instruction == "reject" && !instruction.activity_sid.empty()) {
    change.worker_activity_sid = instruction.activity_sid;
  } else if (instruction.instruction == "call") {
    change.call_from = text(instruction.from);
    change.call_url = text(instruction.url);
    change.call_accept = instruction.accept;
  } else if (instruction.instruction == "dequeue" && !instruction.post_work_activity_sid.empty()) {
    change.dequeue_post_work_activity_sid = instruction.post_work_activity_sid;
  } else if (instruction.instruction == "conference" && !instruction.post_work_activity_sid.empty()) {
    change.post_work_activity_sid = instruction.post_work_activity_sid;
  } else if (instruction.instruction == "redirect") {
    if (!instruction.call_sid.empty()) change.redirect_call_sid = instruction.call_sid;
    change.redirect_url = text(instruction.url);
    change.redirect_accept = instruction.accept;
  }
  return change;
}

/// Carries out the instruction in the answer to a reservation's callback, if it has one. The Error says
/// why it can't be, and then nothing has changed.
inline Result<Nothing> follow(Engine& engine, ReservationSid sid, const Response& answer) {
  ReservationRecord* reservation = find_reservation(engine, sid);
  if (reservation == nullptr) return argument_error("reservation", "there is no such reservation");
  const auto instruction = read_instruction(answer);
  if (!instruction) return instruction.error();
  const std::string_view name = instruction->instruction;
  if (name.empty()) return Nothing{};
  if (std::find(instruction_names.begin(), instruction_names.end(), name) == instruction_names.end()) {
    return refusal(400, 55555, "the instruction is none of accept, reject, dequeue, call, redirect and conference");
  }
  const auto is_unknown = [&](ActivitySid activity) {
    return !activity.empty() && reservation->task->workspace->activities.find(activity.text()) == nullptr;
  };
  if (name == "reject" && is_unknown(instruction->activity_sid)) {
    return refusal(400, 40100, "the instruction's activity_sid names no activity");
  }
  if ((name == "dequeue" || name == "conference") && is_unknown(instruction->post_work_activity_sid)) {
    return refusal(400, name == "dequeue" ? 40130 : 40143,
                   "the instruction's post_work_activity_sid names no activity");
  }
  if (auto error = carry_out(engine, *reservation, change_of(*instruction))) return *std::move(error);
  return Nothing{};
}

}  // namespace taskrouter::emulator
