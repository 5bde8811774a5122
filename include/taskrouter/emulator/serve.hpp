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

/// The response that an answer is sent as.
inline Response respond(const Route& route, Result<Answer>&& answer, AnswerHeaders& headers) {
  if (!answer) return error_response(answer.error());
  if (answer->json.empty()) return {.status = route.success, .headers = {}, .body = {}};
  return {.status = route.success, .headers = headers.of(answer->revision), .body = std::move(answer->json)};
}

/// An operation as the server sees it.
struct Served {
  unsigned rank;
  RequestShape shape;
  Result<Answer> (*perform)(const Exchange&, const RequestShape&, const Segments& path);
};

/// Reads a request into an empty operation and has it handled.
inline Result<Answer> perform(const Exchange& exchange, const RequestShape& shape, const Segments& path,
                              void* operation, Result<Answer> (*handle)(const Exchange&, const void*)) {
  if (auto error = Decoder{shape, operation}.read(exchange.incoming, path)) return *std::move(error);
  return handle(exchange, operation);
}

/// The same for an operation of type `Op`.
template <Operation Op>
Result<Answer> perform(const Exchange& exchange, const RequestShape& shape, const Segments& path) {
  Op operation{};
  return perform(exchange, shape, path, &operation,
                 [](const Exchange& with, const void* any) { return handle(with, *static_cast<const Op*>(any)); });
}

/// The least rank of the routes of a method whose paths have so many segments.
constexpr unsigned least_rank(Method method, std::size_t segments) {
  return static_cast<unsigned>(method) * 256 + static_cast<unsigned>(segments) * 16;
}

/// Of the routes that fit a path the one of the least rank says most of it: `/TaskQueues/Statistics` before
/// `/TaskQueues/{Sid}`.
constexpr unsigned rank(Method method, const Segments& pattern) {
  unsigned names = 0;
  for (const std::string_view text : pattern.texts) names += text.starts_with('{');
  return least_rank(method, pattern.size) + names;
}

/// All operations, by their rank.
inline constexpr auto served = [] {
  std::array<Served, Operations::size> table{};
  std::size_t size = 0;
  for_each_operation([&]<class Op>() {
    constexpr auto fields = detail::fields_of<Op>;
    constexpr Segments pattern{Op::route.path};
    const RequestShape shape{&Op::route, pattern, fields, required_fields(fields)};
    const Served one{rank(Op::route.method, pattern), shape, &emulator::perform<Op>};
    std::size_t at = size++;
    for (; at > 0 && one.rank < table[at - 1].rank; --at) table[at] = table[at - 1];
    table[at] = one;
  });
  return table;
}();

/// The response to a request, whoever sent it.
inline Response serve(const Exchange& exchange) {
  const Segments path{exchange.incoming.path};
  const auto fits_path = [&](const Served& one) { return fits(one.shape.pattern, path); };
  const Method method = exchange.incoming.request.method;
  const unsigned least = least_rank(method, path.size), beyond = least_rank(method, path.size + 1);
  const auto is_before = [](const Served& one, unsigned rank) { return one.rank < rank; };
  for (auto one = std::lower_bound(served.begin(), served.end(), least, is_before);
       one != served.end() && one->rank < beyond; ++one) {
    if (fits_path(*one)) {
      return respond(*one->shape.route, one->perform(exchange, one->shape, path), exchange.headers);
    }
  }
  if (std::any_of(served.begin(), served.end(), fits_path)) {
    return error_response(refusal(405, 20004, "Method not allowed"));
  }
  return error_response(exchange.not_found());
}

}  // namespace taskrouter::emulator
