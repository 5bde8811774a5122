// What can be done in a session. An action is plain data that says `do`, so that it can be logged,
// saved and done again; workers, queues and activities stand in it by their names, tasks and
// reservations by their numbers.
import { TaskRouterError } from '../error.mjs';
import { withSids } from './set_up.mjs';

const BATCH = 500; // Events are read once for so many tasks.

// Refused before anything is sent.
function refuse(field, message) {
  throw new TaskRouterError('argument', message, { field });
}

function found(thing, field, name) {
  return thing ?? refuse(field, `There is no ${field} ${name} here.`);
}

function activitySid({ names }, name) {
  if (name === undefined || name === '') return undefined;
  return found(names.activities.get(name), 'activity', name);
}

async function createTasks(session, action, onProgress) {
  const { attributes = '{}', count = 1, priority, timeout, channel } = action;
  const fields = {
    workspace_sid: session.names.workspace,
    workflow_sid: session.names.workflow.sid,
    attributes,
    priority,
    timeout,
    task_channel: channel,
  };
  let task;
  for (let done = 0; done < count; done += 1) {
    task = await session.send('CreateTask', fields);
    if (done % BATCH === BATCH - 1) await session.settle();
    await session.breathe(() => onProgress(done / count));
  }
  return task;
}

async function answer(session, { reservation: number, status, activity }) {
  const reservation = found(session.model.reservationOf(number), 'reservation', number);
  return session.send('UpdateTaskReservation', {
    workspace_sid: session.names.workspace,
    task_sid: reservation.task,
    sid: reservation.sid,
    reservation_status: status,
    worker_activity_sid: activitySid(session, activity),
  });
}

async function updateTask(session, { task: number, status, reason, attributes, priority }) {
  const task = found(session.model.taskOf(number), 'task', number);
  return session.send('UpdateTask', {
    workspace_sid: session.names.workspace,
    sid: task.sid,
    assignment_status: status,
    reason,
    attributes,
    priority,
  });
}

async function updateWorker(session, { worker: name, activity, attributes }) {
  const worker = found(session.model.workerOf(name), 'worker', name);
  return session.send('UpdateWorker', {
    workspace_sid: session.names.workspace,
    sid: worker.sid,
    activity_sid: activitySid(session, activity),
    attributes,
  });
}

async function addWorker(session, { worker: name, activity, attributes = '{}' }) {
  if (name === '') refuse('friendly_name', 'A worker needs a name.');
  return session.send('CreateWorker', {
    workspace_sid: session.names.workspace,
    friendly_name: name,
    activity_sid: activitySid(session, activity),
    attributes,
  });
}

async function updateWorkflow(session, { configuration, timeout }) {
  const { names } = session;
  const text = configuration && JSON.stringify(withSids(JSON.parse(configuration), names.queues));
  const workflow = await session.send('UpdateWorkflow', {
    workspace_sid: names.workspace,
    sid: names.workflow.sid,
    configuration: text,
    task_reservation_timeout: timeout,
    re_evaluate_tasks: text === undefined ? undefined : 'true',
  });
  session.model.setWorkflow(workflow);
  return workflow;
}

export const PERFORM = {
  // { do: 'task', attributes: '{}', count: 1, priority, timeout, channel }
  task: createTasks,
  // { do: 'answer', reservation: 1, status: 'accepted', activity: 'Offline' }
  answer,
  // { do: 'update-task', task: 1, status: 'completed', reason: 'done', attributes, priority }
  'update-task': updateTask,
  // { do: 'worker', worker: 'Alice', activity: 'Available', attributes: '{}' }
  worker: updateWorker,
  // { do: 'add-worker', worker: 'Bob', activity: 'Offline', attributes: '{}' }
  'add-worker': addWorker,
  // { do: 'workflow', configuration: '{...}', timeout: 120 }
  workflow: updateWorkflow,
  // { do: 'call', operation: 'FetchTask', fields: {...} }: anything, by SIDs
  call: (session, { operation, fields }) => session.send(operation, fields),
  // { do: 'advance', ms: 1000 }
  advance: (session, { ms }) => session.advance(ms),
};
