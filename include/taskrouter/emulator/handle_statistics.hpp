#pragma once

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
  bool is_listed{};  ///< Whether the answer stands in a list, where statistics have no URL.
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

/// The counts of reservations that all cumulative statistics have.
inline void write_reservations(AnswerWriter& to, const Happened& happened) {
  to.integer("reservations_created", happened.of(EventType::reservation_created));
  to.integer("reservations_accepted", happened.of(EventType::reservation_accepted));
  to.integer("reservations_rejected", happened.of(EventType::reservation_rejected));
  to.integer("reservations_timed_out", happened.of(EventType::reservation_timeout));
  to.integer("reservations_canceled", happened.of(EventType::reservation_canceled));
  to.integer("reservations_rescinded", happened.of(EventType::reservation_rescinded));
}

/// Which workspace, and queue or workflow, statistics are about; and their URL, which ends in `name`.
inline void write_subject(AnswerWriter& to, const Question& question, std::string_view name) {
  const TaskQueueRecord* queue = question.scope.queue;
  const WorkflowRecord* workflow = question.scope.workflow;
  if (workflow != nullptr) to.plain("workflow_sid", workflow->sid.text());
  to.plain("workspace_sid", question.workspace->sid.text());
  if (workflow != nullptr) {
    to.url("url", {"/Workflows/", workflow->sid.text(), name});
  } else if (queue != nullptr) {
    to.url("url", {"/TaskQueues/", queue->sid.text(), name});
  } else {
    to.url("url", {name});
  }
}

/// What happened: in a queue, in a workflow, or in the workspace if the question names neither.
inline void write_cumulative(std::string& out, const Question& question, const Viewpoint& view) {
  const Happened happened = count_events(*question.workspace, question.scope, question.span, question.splits);
  const bool is_queue = question.scope.queue != nullptr, is_workflow = question.scope.workflow != nullptr;
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().integer("avg_task_acceptance_time", happened.until_accepted.average());
  to.time("start_time", question.span.from).time("end_time", question.span.to);
  write_reservations(to, happened);
  to.json("split_by_wait_time", happened.split_json());
  if (is_queue) to.plain("task_queue_sid", question.scope.queue->sid.text());
  to.json("wait_duration_until_accepted", happened.until_accepted.json());
  to.json("wait_duration_until_canceled", happened.until_canceled.json());
  if (is_queue) to.json("wait_duration_in_queue_until_accepted", happened.in_queue_until_accepted.json());
  to.integer("tasks_canceled", happened.of(EventType::task_canceled));
  to.integer("tasks_completed", happened.of(EventType::task_completed));
  if (is_workflow) to.integer("tasks_entered", happened.of(EventType::workflow_entered));
  if (!is_workflow && !is_queue) to.integer("tasks_created", happened.of(EventType::task_created));
  to.integer("tasks_deleted", happened.of(EventType::task_deleted) + happened.of(EventType::task_system_deleted));
  if (is_queue) to.integer("tasks_entered", happened.of(EventType::task_queue_entered));
  to.integer("tasks_moved", happened.of(EventType::task_queue_moved));
  if (!is_queue) to.integer("tasks_timed_out_in_workflow", happened.of(EventType::workflow_timeout));
  write_subject(to, question, "/CumulativeStatistics");
  to.end();
}

/// How many of a queue's workers are in an activity.
inline std::int64_t workers_in(const TaskQueueRecord& queue, const ActivityRecord& activity) {
  const auto at = queue.workers_by_activity.find(&activity);
  return at == queue.workers_by_activity.end() ? 0 : at->second;
}

/// How things stand in the same.
inline void write_real_time(std::string& out, const Question& question, const Viewpoint& view) {
  const WorkspaceRecord& workspace = *question.workspace;
  const TaskQueueRecord* queue = question.scope.queue;
  const bool is_workspace = queue == nullptr && question.scope.workflow == nullptr;
  const Standing standing = count_tasks(workspace, question.scope);
  const auto age = [&](const TaskRecord* task, Instant since) {
    return task == nullptr ? 0 : seconds_between(since, view.now);
  };
  const TaskRecord *oldest = standing.oldest, *longest = standing.longest_in_queue;
  std::int64_t available = 0;
  AnswerWriter to{out, view, workspace.sid};
  to.account();
  if (is_workspace) {
    to.json("activity_statistics",
            activity_statistics(workspace, [](const auto& activity) { return activity.workers; }));
  } else if (queue != nullptr) {
    to.json("activity_statistics", activity_statistics(workspace, [&](const ActivityRecord& activity) {
              if (activity.available) available += workers_in(*queue, activity);
              return workers_in(*queue, activity);
            }));
  }
  to.integer("longest_task_waiting_age", age(oldest, oldest == nullptr ? Instant{} : oldest->created));
  to.sid("longest_task_waiting_sid", sid_of(oldest));
  if (queue != nullptr) {
    to.integer("longest_relative_task_age_in_queue",
               age(longest, longest == nullptr ? Instant{} : longest->queue_entered));
    to.sid("longest_relative_task_sid_in_queue", sid_of(longest)).plain("task_queue_sid", queue->sid.text());
  }
  to.json("tasks_by_priority", standing.priority_json()).json("tasks_by_status", standing.status_json());
  if (queue != nullptr) {
    to.integer("total_available_workers", available);
    to.integer("total_eligible_workers", static_cast<std::int64_t>(queue->workers.size()));
  }
  to.integer("total_tasks", standing.total);
  if (is_workspace) to.integer("total_workers", static_cast<std::int64_t>(workspace.workers.size()));
  write_subject(to, question, "/RealTimeStatistics");
  to.end();
}

/// Both in one.
inline void write_both(std::string& out, const Question& question, const Viewpoint& view) {
  const bool is_workspace = question.scope.queue == nullptr && question.scope.workflow == nullptr;
  std::string cumulative, real_time;
  write_cumulative(cumulative, question, view);
  write_real_time(real_time, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  if (is_workspace) to.json("realtime", real_time).json("cumulative", cumulative).account();
  if (!is_workspace) to.account().json("cumulative", cumulative).json("realtime", real_time);
  if (question.scope.queue != nullptr) to.plain("task_queue_sid", question.scope.queue->sid.text());
  if (question.is_listed) {
    to.plain("workspace_sid", question.workspace->sid.text());
  } else {
    write_subject(to, question, "/Statistics");
  }
  to.end();
}

/// Answers a question by one of the three.
inline Result<Answer> reply(const Exchange& exchange, const Result<Question>& question,
                            void (*write)(std::string&, const Question&, const Viewpoint&)) {
  if (!question) return question.error();
  Answer answer;
  write(answer.json, *question, exchange.view());
  return answer;
}

}  // namespace taskrouter::emulator
