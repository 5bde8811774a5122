#pragma once

#include <string_view>

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

/// Carries out the instruction in the answer to a reservation's callback, if it has one. The Error says
/// why it can't be, and then nothing has changed.
inline Result<Nothing> follow(Engine& engine, ReservationSid sid, const Response& answer) {
  ReservationRecord* reservation = find_reservation(engine, sid);
  if (reservation == nullptr) return argument_error("reservation", "there is no such reservation");
  const auto instruction = read_instruction(answer);
  if (!instruction) return instruction.error();
  const std::string_view name = instruction->instruction;
  if (name.empty()) return Nothing{};
  if (name != "accept" && name != "reject") {
    return refusal(400, 55555, "the instruction is not accept or reject, and others are not carried out yet");
  }
  const ReservationStatus to = name == "accept" ? ReservationStatus::accepted : ReservationStatus::rejected;
  if (auto error = check_transition(*reservation, to)) return *std::move(error);
  const ActivityRecord* activity = nullptr;
  if (to == ReservationStatus::rejected && !instruction->activity_sid.empty()) {
    activity = reservation->task->workspace->activities.find(instruction->activity_sid.text());
    if (activity == nullptr) return refusal(400, 40100, "the instruction's activity_sid names no activity");
  }
  go_to(engine, *reservation, to, activity);
  return Nothing{};
}

}  // namespace taskrouter::emulator
