#pragma once

#include <string_view>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/emulator/handle_reservations.hpp"

namespace taskrouter::emulator {

/// Carries out the instruction in the answer to a reservation's callback, if it has one. The Error says
/// why it can't be, and then nothing has changed.
inline Result<Nothing> follow(Engine& engine, ReservationSid sid, const Response& answer) {
  ReservationRecord* reservation = nullptr;
  engine.store().workspaces.for_each([&](WorkspaceRecord& workspace) {
    if (reservation == nullptr) reservation = workspace.reservations.find(sid.text());
  });
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
