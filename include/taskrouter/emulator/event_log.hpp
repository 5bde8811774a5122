#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/callbacks.hpp"
#include "taskrouter/emulator/event_text.hpp"
#include "taskrouter/emulator/store.hpp"

namespace taskrouter::emulator {

/// Sees an event as it happens, and the records as they are then. It may only look: what is under way is
/// not finished yet.
using Watcher = std::function<void(const WorkspaceRecord&, const EventRecord&)>;

/// Writes down what happens, and makes the callbacks for those who want to hear of it.
class EventLog {
 public:
  /// @param now the engine's clock, which this only reads
  explicit EventLog(const Instant& now) : now_{now} {}

  void set_account(AccountSid account) { account_sid_ = account; }

  void task(EventType type, const TaskRecord& task) {
    EventRecord& event = task.workspace->journal.add(type, now_);
    fill(event, task);
    announce(*task.workspace, event);
  }

  void reservation(EventType type, const ReservationRecord& reservation) {
    WorkspaceRecord& workspace = *reservation.task->workspace;
    EventRecord& event = workspace.journal.add(type, now_);
    fill(event, *reservation.task);
    fill(event, *reservation.worker);
    event.reservation = reservation.digits;
    event.reservation_version = static_cast<std::int32_t>(reservation.revision);
    announce(workspace, event);
  }

  void worker(EventType type, const WorkerRecord& worker) {
    EventRecord& event = worker.workspace->journal.add(type, now_);
    fill(event, worker);
    announce(*worker.workspace, event);
  }

  /// After a worker has moved from one activity to another.
  void move(const WorkerRecord& worker, const ActivityRecord* previous, Instant since) {
    EventRecord& event = worker.workspace->journal.add(EventType::worker_activity_update, now_);
    fill(event, worker);
    event.previous_activity = previous;
    event.number = (now_ - since).count();
    announce(*worker.workspace, event);
  }

  void worker_channel(EventType type, const WorkerRecord& worker, const WorkerChannelRecord& channel,
                      std::int64_t previous_capacity) {
    EventRecord& event = worker.workspace->journal.add(type, now_);
    fill(event, worker);
    event.channel = channel.channel;
    event.available = channel.available;
    event.number = channel.capacity;
    event.previous_number = previous_capacity;
    event.task_version = static_cast<std::int32_t>(channel.assigned);
    announce(*worker.workspace, event);
  }

  void activity(EventType type, WorkspaceRecord& workspace, const ActivityRecord& activity) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.activity = &activity;
    event.available = activity.available;
    announce(workspace, event);
  }

  void task_channel(EventType type, WorkspaceRecord& workspace, const TaskChannelRecord& channel) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.channel = &channel;
    announce(workspace, event);
  }

  void task_queue(EventType type, WorkspaceRecord& workspace, const TaskQueueRecord& queue) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.queue = &queue;
    announce(workspace, event);
  }

  void workflow(EventType type, WorkspaceRecord& workspace, const WorkflowRecord& workflow) {
    EventRecord& event = workspace.journal.add(type, now_);
    event.workflow = &workflow;
    announce(workspace, event);
  }

  void workspace(EventType type, WorkspaceRecord& workspace) { announce(workspace, workspace.journal.add(type, now_)); }

  void watch(Watcher watcher) { watcher_ = std::move(watcher); }
  Watcher take_watcher() { return std::exchange(watcher_, nullptr); }

  /// The event callbacks that are to be delivered, oldest first.
  std::deque<EventCallback>& callbacks() { return callbacks_; }
  /// What forms are sent with: shared by all callbacks.
  const Headers& headers() const { return headers_; }
  const std::deque<EventCallback>& callbacks() const { return callbacks_; }

 private:
  static void fill(EventRecord& event, const TaskRecord& task) {
    event.task = task.digits;
    event.task_status = static_cast<unsigned char>(task.status);
    event.priority = static_cast<std::int32_t>(task.priority);
    event.task_version = static_cast<std::int32_t>(task.revision);
    event.task_created = task.created;
    event.queue_entered = task.queue_entered;
    event.queue = task.task_queue;
    event.workflow = task.workflow;
    event.channel = task.task_channel;
    event.task_attributes = task.attributes;
    event.reason = task.reason;
  }

  static void fill(EventRecord& event, const WorkerRecord& worker) {
    event.worker = &worker;
    event.worker_version = static_cast<std::int32_t>(worker.revision);
    event.activity = worker.activity;
    event.worker_attributes = worker.attributes;
  }

  void announce(const WorkspaceRecord& workspace, const EventRecord& event) {
    if (watcher_) watcher_(workspace, event);
    if (workspace.event_callback_url.empty() || !passes_filter(workspace.events_filter, name_of(event.type))) return;
    CallbackForm form;
    form.add("EventType", name_of(event.type));
    form.plain("Sid", event_sid(workspace, event).text());
    form.plain("AccountSid", account_sid_.text());
    form.add("EventDescription", event_description(workspace, event));
    const EventResource resource = event_resource(workspace, event);
    form.add("ResourceType", resource.type);
    form.add("ResourceSid", resource.sid);
    form.plain("Timestamp", std::to_string(whole_seconds(event.time)));
    form.plain("TimestampMs", std::to_string(event.time.time_since_epoch().count()));
    for (const auto& [name, value] : event_texts(workspace, event)) form.add(parameter_name(name), value);
    callbacks_.push_back({.event_sid = event_sid(workspace, event),
                          .request = form_request(workspace.event_callback_url, std::move(form).text(), headers_)});
  }

  /// `worker_sid` as `WorkerSid`.
  static std::string parameter_name(std::string_view name) {
    std::string text;
    bool is_first = true;
    for (const char c : name) {
      if (c != '_') text.push_back(is_first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
      is_first = c == '_';
    }
    return text;
  }

  const Instant& now_;
  const Headers headers_{{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}};
  AccountSid account_sid_{};
  Watcher watcher_{};
  std::deque<EventCallback> callbacks_{};
};

}  // namespace taskrouter::emulator
