#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/engine.hpp"
#include "taskrouter/json_writer.hpp"

namespace taskrouter::emulator {

/// Writes everything an engine holds as JSON: what a client can see of it and what it can't. What
/// follows from the rest, such as who stands in which line, is left out.
class Dump {
 public:
  explicit Dump(const Engine& engine) : engine_{engine} {}

  std::string write() {
    const Store& store = engine_.store();
    number("{\"now\":", to_milliseconds(engine_.now()));
    number(",\"ids_made\":", static_cast<std::int64_t>(engine_.ids().made()));
    number(",\"reservations_made\":", static_cast<std::int64_t>(store.reservations_made));
    write_timers();
    write_callbacks();
    out_.append(",\"workspaces\":[");
    store.workspaces.for_each([&](const WorkspaceRecord& workspace) { write_workspace(workspace); });
    return std::move(out_.append("]}"));
  }

 private:
  void number(std::string_view key, std::int64_t value) {
    out_.append(key);
    detail::write_integer(out_, value);
  }
  void text(std::string_view key, std::string_view value) {
    out_.append(key);
    detail::write_json_string(out_, value);
  }
  void comma() {
    if (out_.back() == '}' || out_.back() == '"') out_.push_back(',');
  }

  void write_timers() {
    out_.append(",\"timers\":[");
    engine_.store().timers.for_each([&](Instant due, const Timer& timer) {
      comma();
      number("{\"due\":", to_milliseconds(due));
      text(",\"of\":", timer.task != nullptr ? timer.task->sid.text() : timer.reservation->sid.text());
      out_.append(timer.is_target ? ",\"is_target\":true}" : "}");
    });
    out_.push_back(']');
  }

  void write_callbacks() {
    out_.append(",\"callbacks\":[");
    const auto write = [&](const Request& request) {
      comma();
      text("{\"url\":", request.url);
      text(",\"body\":", request.body);
      out_.push_back('}');
    };
    for (const AssignmentCallback& callback : engine_.callbacks()) {
      write(callback.request);
      if (callback.fallback) write(*callback.fallback);
    }
    for (const EventCallback& callback : engine_.log().callbacks()) write(callback.request);
    out_.push_back(']');
  }

  /// A table's records: how often each was changed, what a client sees of it, and what `more` writes.
  template <class Record, class Write, class More>
  void table(std::string_view name, const Table<Record>& records, Write write, More more) {
    out_.append(",\"").append(name).append("\":[");
    records.for_each([&](const Record& record) {
      comma();
      number("{\"revision\":", record.revision);
      number(",\"updated\":", to_milliseconds(record.updated));
      out_.append(",\"resource\":");
      write(record);
      more(record);
      out_.push_back('}');
    });
    out_.push_back(']');
  }
  template <class Record>
  void table(const WorkspaceRecord& workspace, std::string_view name, const Table<Record>& records) {
    table(
        name, records, [&](const Record& record) { emulator::write(out_, record, workspace.sid, view_); },
        [](const Record&) {});
  }

  void write_workspace(const WorkspaceRecord& workspace) {
    comma();
    number("{\"revision\":", workspace.revision);
    out_.append(",\"resource\":");
    emulator::write(out_, workspace, view_);
    table(workspace, "activities", workspace.activities);
    table(workspace, "task_channels", workspace.task_channels);
    table(workspace, "workflows", workspace.workflows);
    table(
        "task_queues", workspace.task_queues,
        [&](const TaskQueueRecord& queue) { emulator::write(out_, queue, workspace.sid, view_); },
        [&](const TaskQueueRecord& queue) { write_sids(",\"workers\":[", queue.workers); });
    table(
        "workers", workspace.workers, [&](const WorkerRecord& worker) { emulator::write(out_, worker, view_); },
        [&](const WorkerRecord& worker) { write_worker(worker); });
    table(
        "tasks", workspace.tasks, [&](const TaskRecord& task) { emulator::write(out_, task, view_); },
        [&](const TaskRecord& task) { write_task(task); });
    table(
        "reservations", workspace.reservations,
        [&](const ReservationRecord& record) { emulator::write(out_, record, ReservationOwner::task, view_); },
        [&](const ReservationRecord& record) {
          text(",\"from\":", record.previous_activity->sid.text());
          if (record.post_work != nullptr) text(",\"to\":", record.post_work->sid.text());
        });
    out_.append(",\"events\":[");
    const auto& events = workspace.journal.events();
    for (std::size_t i = 0; i < events.size(); ++i) {
      comma();
      emulator::write(out_, workspace, events[i], view_);
    }
    out_.append("]}");
  }

  template <class Records>
  void write_sids(std::string_view key, const Records& records) {
    out_.append(key);
    for (const auto* record : records) {
      comma();
      out_.append("\"").append(record->sid.text()).append("\"");
    }
    out_.push_back(']');
  }

  void write_worker(const WorkerRecord& worker) {
    number(",\"last_reservation\":", static_cast<std::int64_t>(worker.last_reservation));
    out_.append(",\"channels\":[");
    for (const WorkerChannelRecord& channel : worker.channels) {
      comma();
      emulator::write(out_, channel, worker, view_);
    }
    out_.push_back(']');
  }

  void write_task(const TaskRecord& task) {
    number(",\"rounds\":", task.rounds);
    number(",\"filter\":", task.routing == nullptr ? -1 : static_cast<std::int64_t>(task.filter));
    number(",\"target\":", static_cast<std::int64_t>(task.target));
    number(",\"target_seconds\":", task.target_seconds);
  }

  const Engine& engine_;
  const Viewpoint view_{"", engine_.store().account_sid, engine_.now()};
  std::string out_{};
};

/// Everything an engine holds as one JSON object: equal for equal states.
inline std::string dump(const Engine& engine) { return Dump{engine}.write(); }

}  // namespace taskrouter::emulator
