#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/emulator/store.hpp"
#include "taskrouter/json.hpp"
#include "taskrouter/json_scanner.hpp"
#include "taskrouter/json_writer.hpp"

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
    nlohmann::json& own = values[channel.channel->unique_name];
    own["configured_capacity"] = channel.capacity;
    own["assigned_tasks"] = channel.assigned;
    own["available_capacity_percentage"] = free_percentage(channel);
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
/// @pre they are JSON
inline std::string with_worker_call(std::string_view attributes, std::string_view call) {
  std::string text{attributes};
  const std::string value = '"' + std::string{call} + '"';
  detail::JsonScanner in{attributes};
  if (in.peek() != '{' || !in.enter('{')) return text;  // Attributes that are no object have no names.
  bool is_first = true;
  for (; !in.take('}'); in.take(',')) {
    std::string_view key;
    std::string scratch;
    if (!in.read_key(key, scratch)) return text;
    const bool is_there = key == "worker_call_sid";
    in.peek();
    const std::size_t begin = in.position();
    if (!in.skip_value()) return text;
    if (is_there) return text.replace(begin, in.position() - begin, value);
    is_first = false;
  }
  return text.insert(in.position() - 1, (is_first ? "\"worker_call_sid\":" : ",\"worker_call_sid\":") + value);
}

/// Appends a text that differs for values that differ. Equal numbers of different types differ too.
inline void append_value(std::string& out, const nlohmann::json& value) {
  if (value.is_string()) return detail::write_json_string(out, value.get_ref<const std::string&>());
  if (value.is_number_float()) {
    const auto number = value.get<double>();
    out.append("f").append(reinterpret_cast<const char*>(&number), sizeof number);
  } else if (value.is_number_unsigned()) {
    out.append(std::to_string(value.get<std::uint64_t>()));
  } else if (value.is_number()) {
    detail::write_integer(out, value.get<std::int64_t>());
  } else if (value.is_structured()) {
    out.push_back(value.is_array() ? '[' : '{');
    for (auto at = value.begin(); at != value.end(); ++at) {
      if (value.is_object()) detail::write_json_string(out, at.key());
      append_value(out, *at);
      out.push_back(',');
    }
    out.push_back(']');
  } else {
    out.append(value.is_null() ? "null" : value.get<bool>() ? "true" : "false");
  }
}

}  // namespace taskrouter::emulator
