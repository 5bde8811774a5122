#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

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

/// The table of the records that a resource with an ETag is made from, or null.
template <class Resource>
inline constexpr std::nullptr_t versioned_table = nullptr;
template <>
inline constexpr auto versioned_table<Task> = &WorkspaceRecord::tasks;
template <>
inline constexpr auto versioned_table<Worker> = &WorkspaceRecord::workers;
template <>
inline constexpr auto versioned_table<Reservation> = &WorkspaceRecord::reservations;

/// Gives a response the ETag of the resource in it, if resources of that type have one.
template <class Resource>
void add_etag(Response& response, const Exchange& exchange, const Resource& resource) {
  if constexpr (!std::is_same_v<decltype(versioned_table<Resource>), const std::nullptr_t>) {
    WorkspaceRecord& workspace = *exchange.workspace(resource.workspace_sid);
    response.headers.add("ETag", etag(*(workspace.*versioned_table<Resource>).find(resource.sid.text())));
  }
}

/// Reads a request as an operation of type `Op`, performs it and writes the answer.
template <Operation Op>
Response perform(const Exchange& exchange, const PathValues& path_values) {
  Op operation{};
  Decoder decoder{Op::route, detail::fields_of<Op>, &operation};
  if (const auto error = decoder.read(exchange.incoming, path_values)) return error_response(*error);
  const Result<typename Op::Output> output = handle(exchange, operation);
  if (!output) return error_response(output.error());
  Response response{.status = Op::route.success, .headers = {}, .body = {}};
  if constexpr (!std::is_same_v<typename Op::Output, Nothing>) {
    response.headers.add("Content-Type", "application/json");
    add_etag(response, exchange, *output);
    response.body = write_json(*output);
  }
  return response;
}

/// An operation as the server sees it.
struct Served {
  const Route* route;
  Segments pattern;
  Response (*perform)(const Exchange&, const PathValues&);
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
  const Served* found = nullptr;
  PathValues values;
  bool is_path = false;
  const Segments path{exchange.incoming.path};
  for (const Served& one : served) {
    const auto match = match_path(one.pattern, path);
    if (!match) continue;
    is_path = true;
    if (one.route->method != exchange.incoming.request.method || (found != nullptr && match->size >= values.size)) {
      continue;
    }
    found = &one;
    values = *match;
  }
  if (found != nullptr) return found->perform(exchange, values);
  if (is_path) return error_response(refusal(405, 20004, "Method not allowed"));
  return error_response(exchange.not_found());
}

}  // namespace taskrouter::emulator
