// A workspace as its lists tell it, where its events no longer reach back to its beginning. What stands
// in a list is told to the model as the event that would have said so.

const MOST_TASKS = 10000;
const MOST_ASKED = 1000; // workers whose reservations are read
const ENDED = ['completed', 'canceled'];
const OPEN = ['pending', 'accepted', 'wrapping'];

function tell(model, event_type, date, event_data) {
  model.apply({ event_type, event_data, event_date_ms: Date.parse(date) });
}

export const oldestFirst = (one, other) => Date.parse(one.date_created) - Date.parse(other.date_created);

async function sorted(session, operation, options) {
  return (await session.list(operation, {}, options)).sort(oldestFirst);
}

export async function readWorkflows(session) {
  return sorted(session, 'ListWorkflow');
}

// No event says that a queue has another name.
export async function readQueues(session) {
  for (const queue of await sorted(session, 'ListTaskQueue')) {
    tell(session.model, 'task-queue.created', queue.date_created, {
      task_queue_sid: queue.sid,
      task_queue_name: queue.friendly_name,
      task_queue_target_expression: queue.target_workers,
    });
  }
}

async function readActivities(session) {
  for (const activity of await sorted(session, 'ListActivity')) {
    tell(session.model, 'activity.created', activity.date_created, {
      activity_sid: activity.sid,
      activity_name: activity.friendly_name,
      activity_available: String(activity.available),
    });
  }
}

function workerData({ sid, friendly_name, attributes, activity_sid }) {
  return {
    worker_sid: sid,
    worker_name: friendly_name,
    worker_attributes: attributes,
    worker_activity_sid: activity_sid,
  };
}

function taskData(task) {
  const reason = ENDED.includes(task.assignment_status) ? task.reason : undefined;
  return {
    task_sid: task.sid,
    task_attributes: task.attributes,
    task_priority: task.priority,
    task_assignment_status: task.assignment_status,
    task_queue_sid: task.task_queue_sid,
    task_channel_unique_name: task.task_channel_unique_name,
    task_completed_reason: reason,
    workflow_sid: task.workflow_sid,
  };
}

async function readReservations(session, workers, tasks) {
  const open = [];
  for (const worker of workers.slice(0, MOST_ASKED)) {
    const fields = { worker_sid: worker.sid };
    const given = await session.list('ListWorkerReservation', fields);
    open.push(...given.filter(({ reservation_status: status }) => OPEN.includes(status)));
  }
  const workerOf = new Map(workers.map((worker) => [worker.sid, worker]));
  for (const reservation of open.sort(oldestFirst)) {
    const task = tasks.get(reservation.task_sid);
    if (!task) continue;
    const data = {
      ...taskData(task),
      ...workerData(workerOf.get(reservation.worker_sid)),
      reservation_sid: reservation.sid,
    };
    const { reservation_status: status } = reservation;
    tell(session.model, 'reservation.created', reservation.date_created, data);
    const name = status === 'wrapping' ? 'wrapup' : status;
    if (status !== 'pending') tell(session.model, `reservation.${name}`, reservation.date_updated, data);
  }
}

// Fills the session's model.
export async function readLists(session) {
  const { model } = session;
  await readActivities(session);
  await readQueues(session);
  const workers = await sorted(session, 'ListWorker');
  for (const worker of workers) {
    tell(model, 'worker.created', worker.date_status_changed ?? worker.date_created, workerData(worker));
  }
  const tasks = await sorted(session, 'ListTask', { limit: MOST_TASKS });
  for (const task of tasks) {
    tell(model, 'task.created', task.date_created, taskData(task));
    const { assignment_status: status } = task;
    if (ENDED.includes(status)) tell(model, `task.${status}`, task.date_updated, taskData(task));
  }
  await readReservations(session, workers, new Map(tasks.map((task) => [task.sid, task])));
}
