#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "taskrouter/emulator/handle_statistics.hpp"

// The operations of the statistics of tasks.

namespace taskrouter::emulator {

inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const workspace_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const workflow_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchCumulative& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_cumulative);
}
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchRealTime& fetch) {
  return reply(exchange, read_scope(exchange, fetch), write_real_time);
}
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::Fetch& fetch) {
  return reply(exchange, read_question(exchange, fetch), write_both);
}

inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::List& list) {
  auto question = read_question(exchange, list);
  if (!question) return question.error();
  question->is_listed = true;
  const auto belongs = [&](const TaskQueueRecord& queue) {
    return !list.friendly_name || *list.friendly_name == queue.friendly_name;
  };
  return list_table(exchange.incoming, TaskQueuesStatistics::plural, list, question->workspace->task_queues, Order{},
                    belongs, [&, view = exchange.view()](std::string& out, const TaskQueueRecord& queue) {
                      question->scope.queue = &queue;
                      write_both(out, *question, view);
                    });
}

/// Twilio publishes no schema for the body: here it is a list of queues, or an object with one list.
inline Result<Answer> handle(const Exchange& exchange, const task_queue_statistics::FetchBulkRealTime& fetch) {
  Question question{.workspace = exchange.workspace(fetch.workspace_sid)};
  if (question.workspace == nullptr) return exchange.not_found();
  const auto body = to_nlohmann(fetch.body);
  const nlohmann::json* list = body ? &*body : nullptr;
  if (list != nullptr && list->is_object() && list->size() == 1) list = &*list->begin();
  if (list == nullptr || !list->is_array() || list->empty() || list->size() > 50) {
    return invalid("The body should be a JSON list of 1 to 50 SIDs of task queues");
  }
  const Viewpoint view = exchange.view();
  std::string data;
  for (const nlohmann::json& sid : *list) {
    const bool is_text = sid.is_string();
    question.scope.queue = is_text ? question.workspace->task_queues.find(sid.get_ref<const std::string&>()) : nullptr;
    if (question.scope.queue == nullptr) return invalid("The body names a task queue that is not in this workspace");
    data.append(data.empty() ? "[" : ",");
    write_real_time(data, question, view);
  }
  Answer answer;
  AnswerWriter to{answer.json, view, question.workspace->sid};
  to.account().plain("workspace_sid", question.workspace->sid.text()).json("task_queue_data", data.append("]"));
  to.integer("task_queue_response_count", static_cast<std::int64_t>(list->size()));
  to.url("url", {"/TaskQueues/RealTimeStatistics"}).end();
  return answer;
}

}  // namespace taskrouter::emulator
