#pragma once

#include "taskrouter/resources/activities.hpp"
#include "taskrouter/resources/reservations.hpp"
#include "taskrouter/resources/tasks.hpp"
#include "taskrouter/resources/workers.hpp"
#include "taskrouter/resources/workspaces.hpp"

namespace taskrouter {

/// A list of operations, as types.
template <class... Ops>
struct OperationList {
  /// Calls `visit.template operator()<Op>()` for each of them.
  template <class Visit>
  static constexpr void for_each(Visit&& visit) {
    (visit.template operator()<Ops>(), ...);
  }
  static constexpr auto size = sizeof...(Ops);
};

/// Every operation there is, once. Calling by name, the emulator's routing and the tests go by it.
using Operations =
    OperationList<activities::Create, activities::List, reservations::Fetch, reservations::List, reservations::Update,
                  tasks::Create, tasks::Fetch, tasks::List, tasks::Remove, tasks::Update, worker_reservations::Fetch,
                  worker_reservations::List, worker_reservations::Update, workers::Create, workers::Fetch,
                  workers::List, workers::Update, workspaces::Fetch>;

/// Calls `visit.template operator()<Op>()` for every operation.
template <class Visit>
constexpr void for_each_operation(Visit&& visit) {
  Operations::for_each(visit);
}

}  // namespace taskrouter
