#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/store.hpp"
#include "taskrouter/json.hpp"

// What expressions read.

namespace taskrouter::emulator {

/// Whether a queue's expression is true of a worker's values.
inline bool takes(const TaskQueueRecord& queue, const nlohmann::json& values) {
  return queue.expression && queue.expression->matches({.attributes = &values});
}

/// How much of a channel's capacity is free, in percent.
inline std::int64_t free_percentage(const WorkerChannelRecord& channel) {
  if (channel.load >= channel.capacity) return 0;
  return (channel.capacity - channel.load) * 100 / channel.capacity;
}

/// What expressions read as a worker's channels.
inline void write_channel_values(WorkerRecord& worker) {
  nlohmann::json& values = worker.values["channel"] = nlohmann::json::object();
  for (const WorkerChannelRecord& channel : worker.channels) {
    values[channel.channel->unique_name] = {{"configured_capacity", channel.capacity},
                                            {"assigned_tasks", channel.assigned},
                                            {"available_capacity_percentage", free_percentage(channel)}};
  }
}

inline void write_activity_values(WorkerRecord& worker) {
  worker.values["activity_sid"] = worker.activity->sid.text();
  worker.values["activity_name"] = worker.activity->friendly_name;
}

/// What expressions read as a worker. Attributes that are no object have no names.
inline nlohmann::json worker_values(std::string_view attributes) {
  auto values = to_nlohmann(attributes);
  return values && values->is_object() ? *std::move(values) : nlohmann::json::object();
}

/// A task's attributes with a worker_call_sid, instead of the one that is there already.
inline std::string with_worker_call(std::string_view attributes, std::string_view call) {
  const nlohmann::json values = worker_values(attributes);
  const auto earlier = values.find("worker_call_sid");
  std::string text{attributes};
  const std::size_t end = text.rfind('}');
  if (end == std::string::npos) return text;  // Attributes that are no object have no names.
  const std::string member = "\"worker_call_sid\":\"" + std::string{call} + '"';
  if (earlier == values.end()) return text.insert(end, (values.empty() ? "" : ",") + member);
  nlohmann::json changed = values;
  changed["worker_call_sid"] = call;
  return changed.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace taskrouter::emulator
