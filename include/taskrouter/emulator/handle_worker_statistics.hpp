#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

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
}

inline void write_workers_cumulative(std::string& out, const Question& question, const Viewpoint& view) {
  Scope all_channels = question.scope;  // Activities are of no channel.
  all_channels.channel = nullptr;
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().time("start_time", question.span.from).time("end_time", question.span.to);
  to.json("activity_durations", activity_durations(*question.workspace, all_channels, question.span, view.now));
  write_reservations(to, count_events(*question.workspace, question.scope, question.span, {}));
  to.plain("workspace_sid", question.workspace->sid.text());
  to.url("url", {"/Workers/CumulativeStatistics"}).end();
}

inline void write_workers_real_time(std::string& out, const Question& question, const Viewpoint& view) {
  AnswerWriter to{out, view, question.workspace->sid};
  to.account();
  to.json("activity_statistics", activity_statistics(*question.workspace, [&](const ActivityRecord& activity) {
            return std::count_if(question.scope.workers.begin(), question.scope.workers.end(),
                                 [&](const WorkerRecord* worker) { return worker->activity == &activity; });
          }));
  to.integer("total_workers", static_cast<std::int64_t>(question.scope.workers.size()));
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/RealTimeStatistics"}).end();
}

inline void write_workers_both(std::string& out, const Question& question, const Viewpoint& view) {
  std::string cumulative, real_time;
  write_workers_cumulative(cumulative, question, view);
  write_workers_real_time(real_time, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  to.json("realtime", real_time).json("cumulative", cumulative).account();
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/Statistics"}).end();
}

/// The question has the one worker.
inline void write_worker(std::string& out, const Question& question, const Viewpoint& view) {
  const std::string_view worker = question.scope.workers.front()->sid.text();
  std::string cumulative;
  write_workers_cumulative(cumulative, question, view);
  AnswerWriter to{out, view, question.workspace->sid};
  to.account().json("cumulative", cumulative).plain("worker_sid", worker);
  to.plain("workspace_sid", question.workspace->sid.text()).url("url", {"/Workers/", worker, "/Statistics"}).end();
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::FetchCumulative& fetch) {
  auto question = read_question(exchange, fetch);
  if (question) choose_workers(*question, [](const WorkerRecord&) { return true; });
  return reply(exchange, question, write_workers_cumulative);
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::FetchRealTime& fetch) {
  auto question = read_scope(exchange, fetch);
  if (question) choose_workers(*question, [](const WorkerRecord&) { return true; });
  return reply(exchange, question, write_workers_real_time);
}

inline Result<Answer> handle(const Exchange& exchange, const workers_statistics::Fetch& fetch) {
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
  return reply(exchange, question, write_workers_both);
}

inline Result<Answer> handle(const Exchange& exchange, const worker_statistics::Fetch& fetch) {
  const WorkerRecord* worker = find_worker(exchange, fetch);
  if (worker == nullptr) return exchange.not_found();
  auto question = read_question(exchange, fetch);
  if (question) choose_workers(*question, [&](const WorkerRecord& other) { return &other == worker; });
  return reply(exchange, question, write_worker);
}

}  // namespace taskrouter::emulator
