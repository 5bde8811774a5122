#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/answers_routing.hpp"
#include "taskrouter/emulator/checks.hpp"
#include "taskrouter/emulator/pages.hpp"
#include "taskrouter/emulator/statistics.hpp"

// What requests about events do.

namespace taskrouter::emulator {

/// The last 15 minutes, unless the request says otherwise.
inline Result<Span> read_span(const Exchange& exchange, const std::optional<std::int64_t>& minutes,
                              const std::optional<Timestamp>& start, const std::optional<Timestamp>& end) {
  const Instant now = exchange.engine.now();
  if (auto error = check_range("Minutes", minutes, 1, 43'200)) return *std::move(error);
  if (minutes && start) return invalid("Minutes", "contradicts StartDate: give one of them");
  Span span{now - std::chrono::minutes{minutes.value_or(15)}, now};
  if (end) span.to = std::min<Instant>(*end + std::chrono::milliseconds{999}, now);
  if (end && !start) span.from = span.to - std::chrono::minutes{minutes.value_or(15)};
  if (start) span.from = *start;
  if (span.from > span.to) return invalid("EndDate", "should not lie before StartDate");
  return span;
}

inline bool is_listed(const events::List& list, const WorkspaceRecord& workspace, const EventRecord& event) {
  const auto is_of = [](const auto& wanted, const auto* record) {
    return !wanted || (record != nullptr && record->sid == *wanted);
  };
  return (!list.event_type || *list.event_type == name_of(event.type)) &&
         (!list.reservation_sid || SidDigits{list.reservation_sid->text()} == event.reservation) &&
         (!list.task_sid || SidDigits{list.task_sid->text()} == event.task) && is_of(list.worker_sid, event.worker) &&
         is_of(list.task_queue_sid, event.queue) && is_of(list.workflow_sid, event.workflow) &&
         (!list.task_channel || (event.channel != nullptr && (*list.task_channel == event.channel->unique_name ||
                                                              *list.task_channel == event.channel->sid.text()))) &&
         (!list.sid || *list.sid == event_sid(workspace, event));
}

inline Result<Answer> handle(const Exchange& exchange, const events::Fetch& fetch) {
  const WorkspaceRecord* workspace = exchange.workspace(fetch.workspace_sid);
  const EventRecord* event = workspace == nullptr ? nullptr : find_event(*workspace, fetch.sid);
  if (event == nullptr) return exchange.not_found();
  return show(exchange, *workspace, *event);
}

/// Twilio does not say in which order events are listed: here the newest come first.
inline Result<Answer> handle(const Exchange& exchange, const events::List& list) {
  const WorkspaceRecord* workspace = exchange.workspace(list.workspace_sid);
  if (workspace == nullptr) return exchange.not_found();
  const auto span = read_span(exchange, list.minutes, list.start_date, list.end_date);
  if (!span) return span.error();
  if (list.event_type) {
    const bool is_type =
        std::find(event_type_names.begin(), event_type_names.end(), *list.event_type) != event_type_names.end();
    if (!is_type) return invalid("EventType", "should be a type of events such as task.created");
  }
  std::vector<Row> rows;
  const auto& events = workspace->journal.events();
  for (std::size_t i = workspace->journal.from(span->from); i < events.size() && events[i].time <= span->to; ++i) {
    if (is_listed(list, *workspace, events[i])) {
      rows.push_back({{0, 0, -static_cast<std::int64_t>(events[i].sequence)}, &events[i]});
    }
  }
  return list_rows<EventRecord>(
      exchange.incoming, Event::plural, list, std::move(rows),
      [&, view = exchange.view()](std::string& out, const EventRecord& event) { write(out, *workspace, event, view); });
}

}  // namespace taskrouter::emulator
