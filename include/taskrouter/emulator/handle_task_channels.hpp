#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"

// What requests about task channels and workers' channels do.

namespace taskrouter::emulator {

/// The channel with that SID or unique name, or null.
inline TaskChannelRecord* find_task_channel(WorkspaceRecord& workspace, std::string_view name) {
  if (TaskChannelRecord* channel = workspace.task_channels.find(name)) return channel;
  TaskChannelRecord* found = nullptr;
  workspace.task_channels.for_each([&](TaskChannelRecord& channel) {
    if (channel.unique_name == name) found = &channel;
  });
  return found;
}

inline std::optional<Error> check_unique_name(std::string_view name) {
  const auto is_good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  if (!name.empty() && name.size() <= 64 && !(name[0] >= '0' && name[0] <= '9') &&
      std::all_of(name.begin(), name.end(), is_good)) {
    return std::nullopt;
  }
  return invalid("UniqueName", "should be up to 64 letters, digits, _ and $, and not begin with a digit");
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Create& create) {
  WorkspaceRecord* workspace = exchange.workspace(create.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(std::string_view{create.friendly_name})) return *std::move(error);
  if (auto error = check_unique_name(create.unique_name)) return *std::move(error);
  if (find_task_channel(*workspace, create.unique_name) != nullptr) {
    return invalid("TaskChannel with the same unique name already exists");
  }
  TaskChannelRecord& channel = exchange.engine.add(workspace->task_channels);
  channel.friendly_name = create.friendly_name;
  channel.unique_name = create.unique_name;
  channel.channel_optimized_routing = create.channel_optimized_routing.value_or(false);
  workspace->workers.for_each([&](WorkerRecord& worker) { exchange.engine.add_channel(worker, channel); });
  exchange.engine.log().task_channel(EventType::task_channel_created, *workspace, channel);
  return show(exchange, channel, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Fetch& fetch) {
  WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, fetch.sid);
  if (channel == nullptr) return exchange.not_found();
  return show(exchange, *channel, workspace->sid);
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  return list_table(
      exchange.incoming, TaskChannel::plural, list, workspace->task_channels, Order{},
      [](const TaskChannelRecord&) { return true; },
      [&, view = exchange.view()](std::string& out, const TaskChannelRecord& channel) {
        write(out, channel, workspace->sid, view);
      });
}

inline Result<Answer> handle(const Exchange& exchange, const task_channels::Update& update) {
  WorkspaceRecord* workspace = exchange.workspace(update.workspace_sid);
  TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, update.sid);
  if (channel == nullptr) return exchange.not_found();
  if (auto error = check_friendly_name(update.friendly_name)) return *std::move(error);
  if (update.friendly_name) channel->friendly_name = *update.friendly_name;
  if (update.channel_optimized_routing) channel->channel_optimized_routing = *update.channel_optimized_routing;
  exchange.engine.touch(*channel);
  Lines lines{*workspace};
  workspace->workers.for_each([&](WorkerRecord& worker) { lines.refresh(worker); });
  exchange.engine.log().task_channel(EventType::task_channel_updated, *workspace, *channel);
  return show(exchange, *channel, workspace->sid);
}

/// Twilio does not say what keeps a channel from being deleted: here its tasks, and that tasks without
/// a channel are given the default one.
inline Result<Answer> handle(const Exchange& exchange, const task_channels::Remove& remove) {
  WorkspaceRecord* workspace = exchange.workspace(remove.workspace_sid);
  TaskChannelRecord* channel = workspace == nullptr ? nullptr : find_task_channel(*workspace, remove.sid);
  if (channel == nullptr) return exchange.not_found();
  const std::string cannot = "Cannot delete task channel " + std::string{channel->sid.text()} + " because ";
  if (channel->unique_name == "default") return invalid(cannot + "it is the default one.");
  const auto holds = [&](const WorkerRecord& worker) {
    return std::any_of(worker.channels.begin(), worker.channels.end(),
                       [&](const auto& own) { return own.channel == channel && own.load > 0; });
  };
  if (channel->tasks > 0 || workspace->workers.find_if(holds) != nullptr) return invalid(cannot + "it has tasks.");
  Lines{*workspace}.drop_empty(channel);
  workspace->workers.for_each([&](WorkerRecord& worker) {
    worker.channels.remove_if([&](const WorkerChannelRecord& own) { return own.channel == channel; });
  });
  exchange.engine.log().task_channel(EventType::task_channel_deleted, *workspace, *channel);
  workspace->task_channels.bury(*channel, exchange.engine.now());
  return Answer{};
}

/// The worker of a request about a worker's channel, or null.
template <class Operation>
WorkerRecord* find_worker(const Exchange& exchange, const Operation& operation) {
  WorkspaceRecord* workspace = exchange.workspace(operation.workspace_sid);
  return workspace == nullptr ? nullptr : workspace->workers.find(operation.worker_sid.text());
}

/// A worker's channel by its own SID, or by the SID or the unique name of its task channel; or null.
inline WorkerChannelRecord* find_worker_channel(WorkerRecord* worker, std::string_view name) {
  if (worker == nullptr) return nullptr;
  for (WorkerChannelRecord& own : worker->channels) {
    if (own.sid.text() == name || own.channel->unique_name == name || own.channel->sid.text() == name) return &own;
  }
  return nullptr;
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::Fetch& fetch) {
  WorkerRecord* worker = find_worker(exchange, fetch);
  const WorkerChannelRecord* channel = find_worker_channel(worker, fetch.sid);
  if (channel == nullptr) return exchange.not_found();
  return show(exchange, *channel, *worker);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::List& list) {
  const WorkerRecord* worker = find_worker(exchange, list);
  if (worker == nullptr) return exchange.not_found();
  std::vector<Row> rows;
  for (const WorkerChannelRecord& own : worker->channels) rows.push_back({natural_key(own.sequence), &own});
  return list_rows<WorkerChannelRecord>(exchange.incoming, WorkerChannel::plural, list, std::move(rows),
                                        [&, view = exchange.view()](std::string& out, const WorkerChannelRecord& own) {
                                          write(out, own, *worker, view);
                                        });
}

inline Result<Answer> handle(const Exchange& exchange, const worker_channels::Update& update) {
  WorkerRecord* worker = find_worker(exchange, update);
  WorkerChannelRecord* channel = find_worker_channel(worker, update.sid);
  if (channel == nullptr) return exchange.not_found();
  if (auto error = check_range("Capacity", update.capacity, 0, 2147483647)) return *std::move(error);
  const std::int64_t capacity = channel->capacity;
  const bool was_available = channel->available;
  channel->capacity = update.capacity.value_or(capacity);
  channel->available = update.available.value_or(was_available);
  exchange.engine.touch(*channel);
  Lines{*worker->workspace}.refresh(*worker);
  EventLog& log = exchange.engine.log();
  // Each event is a new version of the worker: Twilio's JavaScript SDK counts them so.
  if (channel->capacity != capacity) {
    ++worker->revision;
    log.worker_channel(EventType::worker_capacity_update, *worker, *channel, capacity);
  }
  if (channel->available != was_available) {
    ++worker->revision;
    log.worker_channel(EventType::worker_channel_availability_update, *worker, *channel, capacity);
  }
  return show(exchange, *channel, *worker);
}

}  // namespace taskrouter::emulator
