#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/store.hpp"
#include "taskrouter/open_enum.hpp"

// What an event says, by names such as `worker_sid`. In a callback they are spelled `WorkerSid`.

namespace taskrouter::emulator {

using EventTexts = std::vector<std::pair<std::string_view, std::string>>;

inline void add_task_texts(EventTexts& texts, const EventRecord& event) {
  if (event.task.empty()) return;
  const auto status = static_cast<TaskStatus>(event.task_status);
  texts.emplace_back("task_sid", event.task.as<TaskSid>().text());
  texts.emplace_back("task_attributes", *event.task_attributes);
  texts.emplace_back("task_age", std::to_string(seconds_between(event.task_created, event.time)));
  texts.emplace_back("task_priority", std::to_string(event.priority));
  texts.emplace_back("task_assignment_status", OpenEnum{status}.text());
  if (event.reason && status == TaskStatus::canceled) texts.emplace_back("task_canceled_reason", *event.reason);
  if (event.reason && status == TaskStatus::completed) texts.emplace_back("task_completed_reason", *event.reason);
  texts.emplace_back("task_date_created", std::to_string(whole_seconds(event.task_created)));
  texts.emplace_back("task_version", std::to_string(event.task_version));
  if (event.queue != nullptr) {
    texts.emplace_back("task_queue_sid", event.queue->sid.text());
    texts.emplace_back("task_queue_name", event.queue->friendly_name);
    texts.emplace_back("task_queue_target_expression", event.queue->target_workers);
    texts.emplace_back("task_queue_entered_date", std::to_string(whole_seconds(event.queue_entered)));
  }
  if (event.channel != nullptr) {
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
  }
}

inline void add_worker_texts(EventTexts& texts, const EventRecord& event) {
  if (event.worker == nullptr) return;
  texts.emplace_back("worker_sid", event.worker->sid.text());
  texts.emplace_back("worker_name", event.worker->friendly_name);
  texts.emplace_back("worker_attributes", *event.worker_attributes);
  texts.emplace_back("worker_activity_sid", event.activity->sid.text());
  texts.emplace_back("worker_activity_name", event.activity->friendly_name);
  texts.emplace_back("worker_version", std::to_string(event.worker_version));
  if (event.type == EventType::worker_activity_update) {
    texts.emplace_back("worker_time_in_previous_activity", std::to_string(event.number / 1000));
    texts.emplace_back("worker_time_in_previous_activity_ms", std::to_string(event.number));
    texts.emplace_back("worker_previous_activity_sid", event.previous_activity->sid.text());
    texts.emplace_back("worker_previous_activity_name", event.previous_activity->friendly_name);
  }
  if (event.type == EventType::worker_capacity_update || event.type == EventType::worker_channel_availability_update) {
    texts.emplace_back("worker_channel_available", event.available ? "true" : "false");
    texts.emplace_back("worker_channel_available_capacity", std::to_string(event.number));
    texts.emplace_back("worker_channel_previous_capacity", std::to_string(event.previous_number));
    texts.emplace_back("worker_channel_task_count", std::to_string(event.task_version));
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
  }
}

/// The parts of a type's own resource, if it is neither a task nor a worker.
inline void add_resource_texts(EventTexts& texts, const EventRecord& event) {
  const std::string_view type = name_of(event.type);
  if (type.starts_with("activity.")) {
    texts.emplace_back("activity_sid", event.activity->sid.text());
    texts.emplace_back("activity_name", event.activity->friendly_name);
    texts.emplace_back("activity_available", event.available ? "true" : "false");
  } else if (type.starts_with("task-channel.")) {
    texts.emplace_back("task_channel_sid", event.channel->sid.text());
    texts.emplace_back("task_channel_name", event.channel->friendly_name);
    texts.emplace_back("task_channel_unique_name", event.channel->unique_name);
    texts.emplace_back("task_channel_optimized_routing", event.channel->channel_optimized_routing ? "true" : "false");
  } else if (event.queue != nullptr && event.task.empty()) {
    texts.emplace_back("task_queue_sid", event.queue->sid.text());
    texts.emplace_back("task_queue_name", event.queue->friendly_name);
    texts.emplace_back("task_queue_target_expression", event.queue->target_workers);
  }
}

/// All that an event says about its resources.
inline EventTexts event_texts(const WorkspaceRecord& workspace, const EventRecord& event) {
  EventTexts texts;
  add_task_texts(texts, event);
  if (!event.reservation.empty()) {
    texts.emplace_back("reservation_sid", event.reservation.as<ReservationSid>().text());
    texts.emplace_back("reservation_version", std::to_string(event.reservation_version));
  }
  add_worker_texts(texts, event);
  add_resource_texts(texts, event);
  if (event.workflow != nullptr) {
    texts.emplace_back("workflow_sid", event.workflow->sid.text());
    texts.emplace_back("workflow_name", event.workflow->friendly_name);
  }
  texts.emplace_back("workspace_sid", workspace.sid.text());
  texts.emplace_back("workspace_name", workspace.friendly_name);
  return texts;
}

/// What an event happened to: its type, its SID, and the folder of its URL below the workspace.
struct EventResource {
  std::string_view type;
  std::string sid;
  std::string_view folder;
};

/// Twilio does not say which resource an event such as workflow.entered has: here it is the task.
inline EventResource event_resource(const WorkspaceRecord& workspace, const EventRecord& event) {
  if (!event.reservation.empty())
    return {"reservation", std::string{event.reservation.as<ReservationSid>().text()}, "Reservations"};
  if (!event.task.empty()) return {"task", std::string{event.task.as<TaskSid>().text()}, "Tasks"};
  const std::string_view type = name_of(event.type);
  if (type.starts_with("worker.")) return {"worker", std::string{event.worker->sid.text()}, "Workers"};
  if (type.starts_with("activity.")) return {"activity", std::string{event.activity->sid.text()}, "Activities"};
  if (type.starts_with("task-channel."))
    return {"task-channel", std::string{event.channel->sid.text()}, "TaskChannels"};
  if (type.starts_with("task-queue.")) return {"task-queue", std::string{event.queue->sid.text()}, "TaskQueues"};
  if (type.starts_with("workflow.")) return {"workflow", std::string{event.workflow->sid.text()}, "Workflows"};
  return {"workspace", std::string{workspace.sid.text()}, ""};
}

/// One line for a person.
inline std::string event_description(const WorkspaceRecord& workspace, const EventRecord& event) {
  if (event.type == EventType::worker_activity_update) {
    return "Worker " + event.worker->friendly_name + " updated to " + event.activity->friendly_name + " Activity";
  }
  const EventResource resource = event_resource(workspace, event);
  const std::string_view type = name_of(event.type);
  return std::string{resource.type} + ' ' + resource.sid + ": " + std::string{type};
}

/// An event's SID says where it stands in the journal, so that it is kept nowhere.
inline EventSid event_sid(const WorkspaceRecord& workspace, const EventRecord& event) {
  SidDigits digits{workspace.sid.text()};
  digits.low = event.sequence;
  return digits.as<EventSid>();
}

/// The event of that SID, or null.
inline const EventRecord* find_event(const WorkspaceRecord& workspace, EventSid sid) {
  const EventRecord* event = workspace.journal.find(SidDigits{sid.text()}.low);
  return event != nullptr && event_sid(workspace, *event) == sid ? event : nullptr;
}

}  // namespace taskrouter::emulator
