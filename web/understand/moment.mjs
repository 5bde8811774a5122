// The workers as they were when something happened, from the events until then.
import { routeOf, routesOf } from '../play/routes.mjs';

// Whether an event says what a worker is like.
function tellsOf({ kind, event }) {
  return kind === 'event' && event.event_data.worker_sid !== undefined;
}

// reservation: a SID, or undefined for now. Answers workers as expressions see them, the one that has
// been idle for longest first: [{ worker, values }].
export function workersAt(world, reservation) {
  const { model } = world;
  const known = new Map();
  for (const worker of model.workers.values()) {
    known.set(worker.sid, { attributes: worker.attributes, activity: worker.activity });
  }
  if (reservation !== undefined) goBack(world.entries, reservation, known);
  const workers = [...known].map(([sid, { attributes, activity }]) => {
    const worker = model.workers.get(sid);
    const { name: activity_name, available } = model.activities.get(activity) ?? {};
    return {
      worker,
      activity: activity_name,
      values: {
        ...JSON.parse(attributes),
        sid,
        friendly_name: worker.name,
        activity_sid: activity,
        activity_name,
        available: available === true,
      },
    };
  });
  return workers.sort((one, other) => one.worker.since - other.worker.since);
}

// Undoes what the events since the reservation say. The worker whom it reserved has gone to the
// reservation activity just before it: that belongs to it.
function goBack(entries, reservation, known) {
  let reserved;
  for (const { event } of entries.filter(tellsOf).reverse()) {
    const { event_type: type, event_data: data } = event;
    const state = known.get(data.worker_sid);
    if (type === 'reservation.created' && data.reservation_sid === reservation) {
      reserved = data.worker_sid;
      if (state) state.attributes = data.worker_attributes;
    } else if (type === 'worker.activity.update' && state) {
      if (reserved !== undefined && data.worker_sid !== reserved) return;
      state.activity = data.worker_previous_activity_sid;
      if (reserved !== undefined) return;
    } else if (reserved !== undefined) {
      return;
    }
  }
}

// The filter that took a task, and the target that it stands in or left last.
export function wayOf(task, model, workflows) {
  const routes = routesOf(model.workflowOf(task).configuration);
  const route = routeOf(
    task,
    routes,
    (expression, attributes) => workflows.explain(expression, { attributes }).matches,
  );
  const { targets = [] } = route ?? {};
  const step = Math.min(Math.max(task.path.length - 1, 0), targets.length - 1);
  const target =
    targets[step]?.queue === task.queue
      ? targets[step]
      : targets.findLast(({ queue }) => queue === task.queue);
  return { routes, route, target: target ?? { queue: task.queue } };
}
