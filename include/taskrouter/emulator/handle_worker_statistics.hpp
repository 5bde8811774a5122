#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "taskrouter/emulator/handle_statistics.hpp"

// The operations of the statistics of workers. Twilio may refuse them in workspaces of more than 100
// workers; here they are always answered.

namespace taskrouter::emulator {

/// Narrows a question to the workers that are `wanted`.
template <class Wanted>
void choose_workers(Question& question, Wanted wanted) {
  question.scope.is_of_workers = true;
  question.workspace->workers.for_each([&](const WorkerRecord& worker) {
    if (wanted(worker)) question.scope.workers.push_back(&worker);
  });
  std::sort(question.scope.workers.begin(), question.scope.workers.end());
}

inline WorkersCumulativeStatistics workers_cumulative(const Exchange& exchange, const Question& question) {
  WorkersCumulativeStatistics out;
  out.account_sid = exchange.engine.store().account_sid;
  fill_counts(out, count_events(*question.workspace, question.scope, question.span, {}), question.span);
  Scope all_channels = question.scope;  // Activities are of no channel.
  all_channels.channel = nullptr;
  out.activity_durations = activity_durations(*question.workspace, all_channels, question.span, exchange.engine.now());
  out.workspace_sid = question.workspace->sid;
  out.url = workspace_url(exchange.view(), question.workspace->sid) + "/Workers/CumulativeStatistics";
  return out;
}

inline WorkersRealTimeStatistics workers_real_time(const Exchange& exchange, const Question& question) {
  WorkersRealTimeStatistics out;
  out.account_sid = exchange.engine.store().account_sid;
  out.activity_statistics = activity_statistics(*question.workspace, [&](const ActivityRecord& activity) {
    return std::count_if(question.scope.workers.begin(), question.scope.workers.end(),
                         [&](const WorkerRecord* worker) { return worker->activity == &activity; });
  });
  out.total_workers = static_cast<std::int64_t>(question.scope.workers.size());
  out.workspace_sid = question.workspace->sid;
  out.url = workspace_url(exchange.view(), question.workspace->sid) + "/Workers/RealTimeStatistics";
  return out;
}

inline Result<WorkersCumulativeStatistics> handle(const Exchange& exchange,
                                                  const workers_statistics::FetchCumulative& fetch) {
  auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  choose_workers(*question, [](const WorkerRecord&) { return true; });
  return workers_cumulative(exchange, *question);
}

inline Result<WorkersRealTimeStatistics> handle(const Exchange& exchange,
                                                const workers_statistics::FetchRealTime& fetch) {
  auto question = read_scope(exchange, fetch);
  if (!question) return question.error();
  choose_workers(*question, [](const WorkerRecord&) { return true; });
  return workers_real_time(exchange, *question);
}

inline Result<WorkerStatistics> handle(const Exchange& exchange, const workers_statistics::Fetch& fetch) {
  auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  choose_workers(*question, [&](const WorkerRecord& worker) {
    const auto is_wanted = [&](const TaskQueueRecord* queue) {
      return (!fetch.task_queue_sid || *fetch.task_queue_sid == queue->sid) &&
             (!fetch.task_queue_name || *fetch.task_queue_name == queue->friendly_name);
    };
    return (!fetch.friendly_name || *fetch.friendly_name == worker.friendly_name) &&
           ((!fetch.task_queue_sid && !fetch.task_queue_name) ||
            std::any_of(worker.queues.begin(), worker.queues.end(), is_wanted));
  });
  return WorkerStatistics{.realtime = {write_json(workers_real_time(exchange, *question))},
                          .cumulative = {write_json(workers_cumulative(exchange, *question))},
                          .account_sid = exchange.engine.store().account_sid,
                          .workspace_sid = question->workspace->sid,
                          .url = workspace_url(exchange.view(), question->workspace->sid) + "/Workers/Statistics"};
}

inline Result<WorkerInstanceStatistics> handle(const Exchange& exchange, const worker_statistics::Fetch& fetch) {
  const WorkerRecord* worker = find_worker(exchange, fetch);
  if (worker == nullptr) return exchange.not_found();
  auto question = read_question(exchange, fetch);
  if (!question) return question.error();
  choose_workers(*question, [&](const WorkerRecord& other) { return &other == worker; });
  return WorkerInstanceStatistics{.account_sid = exchange.engine.store().account_sid,
                                  .cumulative = {write_json(workers_cumulative(exchange, *question))},
                                  .worker_sid = worker->sid,
                                  .workspace_sid = question->workspace->sid,
                                  .url = workspace_url(exchange.view(), question->workspace->sid) +
                                         sub_path("Workers", worker->sid) + "/Statistics"};
}

}  // namespace taskrouter::emulator
