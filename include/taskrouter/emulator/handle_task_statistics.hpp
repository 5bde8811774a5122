#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "taskrouter/emulator/handle_statistics.hpp"

// The operations of the statistics of tasks.

namespace taskrouter::emulator {

inline Result<WorkspaceCumulativeStatistics> handle(const Exchange& exchange,
                                                    const workspace_statistics::FetchCumulative& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return cumulative<WorkspaceCumulativeStatistics>(exchange, *question);
}

inline Result<WorkspaceRealTimeStatistics> handle(const Exchange& exchange,
                                                  const workspace_statistics::FetchRealTime& fetch) {
  const auto question = read_scope(exchange, fetch);
  if (!question) return question.error();
  return real_time<WorkspaceRealTimeStatistics>(exchange, *question);
}

inline Result<WorkspaceStatistics> handle(const Exchange& exchange, const workspace_statistics::Fetch& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return both<WorkspaceStatistics, WorkspaceCumulativeStatistics, WorkspaceRealTimeStatistics>(exchange, *question);
}

inline Result<WorkflowCumulativeStatistics> handle(const Exchange& exchange,
                                                   const workflow_statistics::FetchCumulative& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return cumulative<WorkflowCumulativeStatistics>(exchange, *question);
}

inline Result<WorkflowRealTimeStatistics> handle(const Exchange& exchange,
                                                 const workflow_statistics::FetchRealTime& fetch) {
  const auto question = read_scope(exchange, fetch);
  if (!question) return question.error();
  return real_time<WorkflowRealTimeStatistics>(exchange, *question);
}

inline Result<WorkflowStatistics> handle(const Exchange& exchange, const workflow_statistics::Fetch& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return both<WorkflowStatistics, WorkflowCumulativeStatistics, WorkflowRealTimeStatistics>(exchange, *question);
}

inline Result<TaskQueueCumulativeStatistics> handle(const Exchange& exchange,
                                                    const task_queue_statistics::FetchCumulative& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return cumulative<TaskQueueCumulativeStatistics>(exchange, *question);
}

inline Result<TaskQueueRealTimeStatistics> handle(const Exchange& exchange,
                                                  const task_queue_statistics::FetchRealTime& fetch) {
  const auto question = read_scope(exchange, fetch);
  if (!question) return question.error();
  return real_time<TaskQueueRealTimeStatistics>(exchange, *question);
}

inline Result<TaskQueueStatistics> handle(const Exchange& exchange, const task_queue_statistics::Fetch& fetch) {
  const auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  return both<TaskQueueStatistics, TaskQueueCumulativeStatistics, TaskQueueRealTimeStatistics>(exchange, *question);
}

inline Result<Page<TaskQueuesStatistics>> handle(const Exchange& exchange, const task_queue_statistics::List& list) {
  auto question = read_question(exchange, list);
  if (!question) return question.error();
  const auto belongs = [&](const TaskQueueRecord& queue) {
    return !list.friendly_name || *list.friendly_name == queue.friendly_name;
  };
  return list_table<TaskQueuesStatistics>(
      list, question->workspace->task_queues, exchange.incoming, belongs, [&](const TaskQueueRecord& queue) {
        question->scope.queue = &queue;
        return both<TaskQueuesStatistics, TaskQueueCumulativeStatistics, TaskQueueRealTimeStatistics>(exchange,
                                                                                                      *question);
      });
}

/// Twilio publishes no schema for the body: here it is a list of queues, or an object with one list.
inline Result<TaskQueueBulkRealTimeStatistics> handle(const Exchange& exchange,
                                                      const task_queue_statistics::FetchBulkRealTime& fetch) {
  Question question{.workspace = exchange.workspace(fetch.workspace_sid)};
  if (question.workspace == nullptr) return exchange.not_found();
  const auto body = to_nlohmann(fetch.body);
  const nlohmann::json* list = body ? &*body : nullptr;
  if (list != nullptr && list->is_object() && list->size() == 1) list = &*list->begin();
  if (list == nullptr || !list->is_array() || list->empty() || list->size() > 50) {
    return invalid("The body should be a JSON list of 1 to 50 SIDs of task queues");
  }
  TaskQueueBulkRealTimeStatistics out{
      .account_sid = exchange.engine.store().account_sid,
      .workspace_sid = question.workspace->sid,
      .url = workspace_url(exchange.view(), question.workspace->sid) + "/TaskQueues/RealTimeStatistics"};
  std::string data;
  for (const nlohmann::json& sid : *list) {
    const bool is_text = sid.is_string();
    question.scope.queue = is_text ? question.workspace->task_queues.find(sid.get_ref<const std::string&>()) : nullptr;
    if (question.scope.queue == nullptr) return invalid("The body names a task queue that is not in this workspace");
    data.append(data.empty() ? "[" : ",");
    data.append(write_json(real_time<TaskQueueRealTimeStatistics>(exchange, question)));
    ++out.task_queue_response_count;
  }
  out.task_queue_data = {data + ']'};
  return out;
}

}  // namespace taskrouter::emulator
