#pragma once

#include <string_view>
#include <vector>

#include "taskrouter/emulator/engine.hpp"

// What happens to workers.

namespace taskrouter::emulator {

inline WorkerRecord& Engine::add_worker(WorkspaceRecord& workspace, std::string_view friendly_name,
                                        std::string_view attributes, ActivityRecord& activity) {
  WorkerRecord& worker = add(workspace.workers);
  worker.workspace = &workspace;
  worker.friendly_name = friendly_name;
  worker.attributes = Text{attributes};
  worker.activity = &activity;
  worker.status_changed = now_;
  ++activity.workers;
  workspace.worker_names.insert(lower_case(friendly_name));
  workspace.task_channels.for_each([&](TaskChannelRecord& channel) { add_channel(worker, channel); });
  Lines{workspace}.bind(worker);
  log_.worker(EventType::worker_created, worker);
  return worker;
}

inline void Engine::add_channel(WorkerRecord& worker, const TaskChannelRecord& channel) {
  WorkerChannelRecord& own = worker.channels.emplace_back();
  own.sid = ids_.digits().as<WorkerChannelSid>();
  own.sequence = channel.sequence;
  own.created = own.updated = now_;
  own.channel = &channel;
}

inline WorkerChannelRecord* Engine::channel_of(WorkerRecord& worker, const TaskChannelRecord* channel) {
  for (WorkerChannelRecord& own : worker.channels) {
    if (own.channel == channel) return &own;
  }
  return nullptr;
}

inline void Engine::remove_worker(WorkerRecord& worker) {
  WorkspaceRecord& workspace = *worker.workspace;
  Lines lines{workspace};
  lines.unbind(worker);
  for (ReservationRecord* reservation : pending_of(worker)) {
    answer(*reservation, ReservationStatus::canceled);
    wait_again(*reservation->task);
  }
  lines.unbind(worker);  // Tasks that were sent to this worker wait again, for nobody.
  lines.drop_empty(&worker);
  worker.channels.clear();
  --worker.activity->workers;
  workspace.worker_names.erase(lower_case(worker.friendly_name));
  log_.worker(EventType::worker_deleted, worker);
  workspace.workers.bury(worker, now_);
}

inline void Engine::rename_worker(WorkerRecord& worker, std::string_view name) {
  worker.workspace->worker_names.erase(lower_case(worker.friendly_name));
  worker.workspace->worker_names.insert(lower_case(name));
  worker.friendly_name = name;
}

inline void Engine::set_activity(WorkerRecord& worker, const ActivityRecord* to) {
  WorkspaceRecord& workspace = *worker.workspace;
  ActivityRecord* activity = to == nullptr ? nullptr : workspace.activities.find(to->sid.text());
  if (activity == nullptr || worker.activity == activity) return;
  Lines lines{workspace};
  lines.move(worker, activity);
  ActivityRecord* previous = worker.activity;
  const Instant since = worker.status_changed;
  --previous->workers;
  ++activity->workers;
  worker.activity = activity;
  worker.status_changed = now_;
  touch(worker);
  write_activity_values(worker);
  log_.move(worker, previous, since);
  workspace.queues_read_activity ? lines.rebind(worker) : lines.refresh(worker);
}

inline void Engine::reject_all(WorkerRecord& worker) {
  for (ReservationRecord* reservation : pending_of(worker)) reject(*reservation, worker.activity);
}

inline std::vector<ReservationRecord*> Engine::pending_of(const WorkerRecord& worker) {
  std::vector<ReservationRecord*> pending;
  for (ReservationRecord* reservation : worker.reservations) {
    if (reservation->status == ReservationStatus::pending) pending.push_back(reservation);
  }
  return pending;
}

}  // namespace taskrouter::emulator
