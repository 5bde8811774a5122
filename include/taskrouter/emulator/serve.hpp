#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "taskrouter/emulator/decode.hpp"
#include "taskrouter/emulator/handle_activities.hpp"
#include "taskrouter/emulator/handle_events.hpp"
#include "taskrouter/emulator/handle_reservations.hpp"
#include "taskrouter/emulator/handle_task_channels.hpp"
#include "taskrouter/emulator/handle_task_list.hpp"
#include "taskrouter/emulator/handle_task_queues.hpp"
#include "taskrouter/emulator/handle_task_statistics.hpp"
#include "taskrouter/emulator/handle_tasks.hpp"
#include "taskrouter/emulator/handle_worker_statistics.hpp"
#include "taskrouter/emulator/handle_workers.hpp"
#include "taskrouter/emulator/handle_workflows.hpp"
#include "taskrouter/emulator/handle_workspaces.hpp"
#include "taskrouter/json_writer.hpp"
#include "taskrouter/operation.hpp"
#include "taskrouter/operations.hpp"

// From a request to its response: the list of operations, read from the server's side.

namespace taskrouter::emulator {

/// An empty operation, and what handles it.
struct Performed {
  const Route& route;
  std::span<const detail::Field> fields;
  void* operation;
  Result<Answer> (*handle)(const Exchange&, const void*);
};

/// Reads a request into an operation and performs it.
inline Result<Answer> perform(const Exchange& exchange, const PathValues& path_values, const Performed& performed) {
  Decoder decoder{performed.route, performed.fields, performed.operation};
  if (auto error = decoder.read(exchange.incoming, path_values)) return *std::move(error);
  return performed.handle(exchange, performed.operation);
}

/// The same for an operation of type `Op`.
template <Operation Op>
Result<Answer> perform(const Exchange& exchange, const PathValues& path_values) {
  Op operation{};
  const auto handle_any = [](const Exchange& with, const void* any) {
    return handle(with, *static_cast<const Op*>(any));
  };
  return perform(exchange, path_values, {Op::route, detail::fields_of<Op>, &operation, handle_any});
}

/// The response that an answer is sent as.
inline Response respond(const Route& route, Result<Answer> answer) {
  if (!answer) return error_response(answer.error());
  Response response{.status = route.success, .headers = {}, .body = std::move(answer->json)};
  if (answer->revision) {
    response.headers = {{"Content-Type", "application/json"}, {"ETag", etag(*answer->revision)}};
  } else if (!response.body.empty()) {
    response.headers = {{"Content-Type", "application/json"}};
  }
  return response;
}

/// An operation as the server sees it.
struct Served {
  const Route* route;
  Segments pattern;
  Result<Answer> (*perform)(const Exchange&, const PathValues&);
};

inline constexpr auto served = [] {
  std::array<Served, Operations::size> table{};
  std::size_t next = 0;
  for_each_operation([&]<class Op>() {
    table[next++] = {&Op::route, Segments{Op::route.path}, &emulator::perform<Op>};
  });
  return table;
}();

/// The response to a request, whoever sent it. Of the routes that fit its path the one counts that
/// says most of it: `/TaskQueues/Statistics` before `/TaskQueues/{Sid}`.
inline Response serve(const Exchange& exchange) {
  const Segments path{exchange.incoming.path};
  const auto fits_path = [&](const Served& one) { return fits(one.pattern, path); };
  const auto names = [&](const Served& one) { return PathValues{one.pattern, path}.size; };
  const Served* found = nullptr;
  for (const Served& one : served) {
    if (one.route->method != exchange.incoming.request.method || !fits_path(one)) continue;
    if (found == nullptr || names(one) < names(*found)) found = &one;
  }
  if (found != nullptr) return respond(*found->route, found->perform(exchange, {found->pattern, path}));
  if (std::any_of(served.begin(), served.end(), fits_path)) {
    return error_response(refusal(405, 20004, "Method not allowed"));
  }
  return error_response(exchange.not_found());
}

}  // namespace taskrouter::emulator
