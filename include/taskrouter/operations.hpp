#pragma once

#include "taskrouter/resources/activities.hpp"
#include "taskrouter/resources/events.hpp"
#include "taskrouter/resources/reservations.hpp"
#include "taskrouter/resources/task_channels.hpp"
#include "taskrouter/resources/task_queue_statistics.hpp"
#include "taskrouter/resources/task_queues.hpp"
#include "taskrouter/resources/tasks.hpp"
#include "taskrouter/resources/worker_channels.hpp"
#include "taskrouter/resources/worker_statistics.hpp"
#include "taskrouter/resources/workers.hpp"
#include "taskrouter/resources/workflow_statistics.hpp"
#include "taskrouter/resources/workflows.hpp"
#include "taskrouter/resources/workspace_statistics.hpp"
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
  static constexpr auto size = sizeof...(Ops);  ///< How many there are.
};

/// Every operation there is, once. Calling by name, the emulator's routing and the tests go by it.
using Operations = OperationList<
    activities::Create, activities::Fetch, activities::List, activities::Remove, activities::Update, events::Fetch,
    events::List, reservations::Fetch, reservations::List, reservations::Update, task_channels::Create,
    task_channels::Fetch, task_channels::List, task_channels::Remove, task_channels::Update,
    task_queue_statistics::Fetch, task_queue_statistics::FetchBulkRealTime, task_queue_statistics::FetchCumulative,
    task_queue_statistics::FetchRealTime, task_queue_statistics::List, task_queues::Create, task_queues::Fetch,
    task_queues::List, task_queues::Remove, task_queues::Update, tasks::Create, tasks::Fetch, tasks::List,
    tasks::Remove, tasks::Update, worker_channels::Fetch, worker_channels::List, worker_channels::Update,
    worker_reservations::Fetch, worker_reservations::List, worker_reservations::Update, worker_statistics::Fetch,
    workers::Create, workers::Fetch, workers::List, workers::Remove, workers::Update, workers_statistics::Fetch,
    workers_statistics::FetchCumulative, workers_statistics::FetchRealTime, workflow_statistics::Fetch,
    workflow_statistics::FetchCumulative, workflow_statistics::FetchRealTime, workflows::Create, workflows::Fetch,
    workflows::List, workflows::Remove, workflows::Update, workspace_statistics::Fetch,
    workspace_statistics::FetchCumulative, workspace_statistics::FetchRealTime, workspaces::Create, workspaces::Fetch,
    workspaces::List, workspaces::Remove, workspaces::Update>;

/// Calls `visit.template operator()<Op>()` for every operation.
template <class Visit>
constexpr void for_each_operation(Visit&& visit) {
  Operations::for_each(visit);
}

}  // namespace taskrouter
