#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "taskrouter/emulator/handle_events.hpp"
#include "taskrouter/emulator/handle_task_channels.hpp"
#include "taskrouter/emulator/statistics.hpp"

// What requests about the statistics of tasks do: those of a workspace, a queue and a workflow.

namespace taskrouter::emulator {

/// The waiting times in a SplitByWaitTime such as `5,30`.
inline Result<std::vector<std::int64_t>> read_splits(const std::optional<std::string>& text) {
  std::vector<std::int64_t> splits;
  const char* at = text ? text->data() : nullptr;
  const char* const last = text ? at + text->size() : nullptr;
  while (at != last) {
    std::int64_t seconds = -1;
    const auto [end, error] = std::from_chars(at, last, seconds);
    if (error != std::errc{} || seconds < 0 || (end != last && (*end != ',' || end + 1 == last))) {
      return invalid("SplitByWaitTime", "should be seconds, separated by commas, such as 5,30");
    }
    splits.push_back(seconds);
    at = end == last ? end : end + 1;
  }
  return splits;
}

/// What a request for statistics asks about, checked.
struct Question {
  WorkspaceRecord* workspace{};
  Scope scope{};
  Span span{};
  std::vector<std::int64_t> splits{};
};

/// Finds the workspace, the channel, the queue and the workflow that a request names.
template <class Operation>
Result<Question> read_scope(const Exchange& exchange, const Operation& operation) {
  Question question{.workspace = exchange.workspace(operation.workspace_sid)};
  if (question.workspace == nullptr) return exchange.not_found();
  if constexpr (requires { operation.workflow_sid; }) {
    question.scope.workflow = question.workspace->workflows.find(operation.workflow_sid.text());
    if (question.scope.workflow == nullptr) return exchange.not_found();
  } else if constexpr (requires { Sid{operation.task_queue_sid}; }) {
    question.scope.queue = question.workspace->task_queues.find(operation.task_queue_sid.text());
    if (question.scope.queue == nullptr) return exchange.not_found();
  }
  if constexpr (requires { operation.task_channel; }) {
    if (operation.task_channel) {
      question.scope.channel = find_task_channel(*question.workspace, *operation.task_channel);
      if (question.scope.channel == nullptr) return names_nothing("TaskChannel");
    }
  }
  return question;
}

/// The same, and the time that it is about.
template <class Operation>
Result<Question> read_question(const Exchange& exchange, const Operation& operation) {
  auto question = read_scope(exchange, operation);
  if (!question) return question;
  const auto span = read_span(exchange, operation.minutes, operation.start_date, operation.end_date);
  if (!span) return span.error();
  if (operation.start_date && span->from + event_limit < exchange.engine.now()) {
    return refusal(400, 14241, "StartDate should lie at most 30 days back");
  }
  question->span = *span;
  if constexpr (requires { operation.split_by_wait_time; }) {
    auto splits = read_splits(operation.split_by_wait_time);
    if (!splits) return splits.error();
    question->splits = *std::move(splits);
  }
  return question;
}

/// The counts that all cumulative statistics have.
template <class Statistics>
void fill_counts(Statistics& out, const Happened& happened, const Span& span) {
  out.start_time = to_seconds(span.from);
  out.end_time = to_seconds(span.to);
  out.reservations_created = happened.of(EventType::reservation_created);
  out.reservations_accepted = happened.of(EventType::reservation_accepted);
  out.reservations_rejected = happened.of(EventType::reservation_rejected);
  out.reservations_timed_out = happened.of(EventType::reservation_timeout);
  out.reservations_canceled = happened.of(EventType::reservation_canceled);
  out.reservations_rescinded = happened.of(EventType::reservation_rescinded);
}

inline std::string statistics_url(const Exchange& exchange, const Question& question, std::string_view name) {
  std::string url = workspace_url(exchange.view(), question.workspace->sid);
  if (question.scope.queue != nullptr) url += sub_path("TaskQueues", question.scope.queue->sid);
  if (question.scope.workflow != nullptr) url += sub_path("Workflows", question.scope.workflow->sid);
  return url.append("/").append(name);
}

/// Which workspace, queue or workflow statistics are about.
template <class Statistics>
void fill_subject(Statistics& out, const Exchange& exchange, const Question& question, std::string_view name) {
  out.account_sid = exchange.engine.store().account_sid;
  out.workspace_sid = question.workspace->sid;
  if constexpr (requires { out.url; }) out.url = statistics_url(exchange, question, name);
  if constexpr (requires { out.task_queue_sid; }) out.task_queue_sid = question.scope.queue->sid;
  if constexpr (requires { out.workflow_sid; }) out.workflow_sid = question.scope.workflow->sid;
}

/// What happened.
template <class Statistics>
Statistics cumulative(const Exchange& exchange, const Question& question) {
  const Happened happened = count_events(*question.workspace, question.scope, question.span, question.splits);
  Statistics out;
  fill_subject(out, exchange, question, "CumulativeStatistics");
  fill_counts(out, happened, question.span);
  out.avg_task_acceptance_time = happened.until_accepted.average();
  out.split_by_wait_time = happened.split_value();
  out.wait_duration_until_accepted = happened.until_accepted.value();
  out.wait_duration_until_canceled = happened.until_canceled.value();
  out.tasks_canceled = happened.of(EventType::task_canceled);
  out.tasks_completed = happened.of(EventType::task_completed);
  out.tasks_deleted = happened.of(EventType::task_deleted) + happened.of(EventType::task_system_deleted);
  out.tasks_moved = happened.of(EventType::task_queue_moved);
  if constexpr (requires { out.tasks_created; }) out.tasks_created = happened.of(EventType::task_created);
  if constexpr (requires { out.tasks_timed_out_in_workflow; }) {
    out.tasks_timed_out_in_workflow = happened.of(EventType::workflow_timeout);
  }
  if constexpr (requires { out.wait_duration_in_queue_until_accepted; }) {
    out.wait_duration_in_queue_until_accepted = happened.in_queue_until_accepted.value();
  }
  if constexpr (requires { out.tasks_entered; }) {
    const bool is_queue = question.scope.queue != nullptr;
    out.tasks_entered = happened.of(is_queue ? EventType::task_queue_entered : EventType::workflow_entered);
  }
  return out;
}

/// How things stand.
template <class Statistics>
Statistics real_time(const Exchange& exchange, const Question& question) {
  const WorkspaceRecord& workspace = *question.workspace;
  const Standing standing = count_tasks(workspace, question.scope);
  const Instant now = exchange.engine.now();
  Statistics out;
  fill_subject(out, exchange, question, "RealTimeStatistics");
  out.tasks_by_priority = standing.priority_value();
  out.tasks_by_status = standing.status_value();
  out.total_tasks = standing.total;
  if (standing.oldest != nullptr) {
    out.longest_task_waiting_age = seconds_between(standing.oldest->created, now);
    out.longest_task_waiting_sid = standing.oldest->sid;
  }
  if constexpr (requires { out.total_workers; }) {
    out.total_workers = static_cast<std::int64_t>(workspace.workers.size());
    out.activity_statistics = activity_statistics(workspace, [](const auto& activity) { return activity.workers; });
  }
  if constexpr (requires { out.total_eligible_workers; }) {
    if (standing.longest_in_queue != nullptr) {
      out.longest_relative_task_age_in_queue = seconds_between(standing.longest_in_queue->queue_entered, now);
      out.longest_relative_task_sid_in_queue = standing.longest_in_queue->sid;
    }
    out.total_eligible_workers = static_cast<std::int64_t>(question.scope.queue->workers.size());
    out.activity_statistics = activity_statistics(workspace, [&](const ActivityRecord& activity) {
      const auto at = question.scope.queue->workers_by_activity.find(&activity);
      const std::int64_t count = at == question.scope.queue->workers_by_activity.end() ? 0 : at->second;
      if (activity.available) out.total_available_workers += count;
      return count;
    });
  }
  return out;
}

/// Both in one.
template <class Both, class Cumulative, class RealTime>
Both both(const Exchange& exchange, const Question& question) {
  Both out;
  fill_subject(out, exchange, question, "Statistics");
  out.cumulative = {write_json(cumulative<Cumulative>(exchange, question))};
  out.realtime = {write_json(real_time<RealTime>(exchange, question))};
  return out;
}

}  // namespace taskrouter::emulator
