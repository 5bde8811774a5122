// What happened to a task, from its events.
import { element } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';
import { TIMES } from '../play/clock_parts.mjs';

const MOST = 60; // events

const TEXTS = {
  'workflow.entered': () => 'It entered the workflow',
  'workflow.target-matched': () => 'A target took it',
  'workflow.timeout': () => 'No target was left',
  'workflow.skipped': () => 'Its target was skipped',
  'task.created': () => 'It was created',
  'task.updated': () => 'It was changed',
  'task.canceled': (data) => `It was canceled: ${data.task_canceled_reason ?? ''}`,
  'task.completed': (data) => `It was completed: ${data.task_completed_reason ?? ''}`,
  'task.wrapup': () => 'It is being wrapped up',
  'task-queue.entered': (data) => `It came to the queue ${data.task_queue_name}`,
  'task-queue.moved': (data) => `It left the queue ${data.task_queue_name}`,
  'task-queue.timeout': (data) => `Its time in the queue ${data.task_queue_name} was over`,
  'reservation.created': (data) => `${data.worker_name} was reserved`,
  'reservation.accepted': (data) => `${data.worker_name} accepted`,
  'reservation.rejected': (data) => `${data.worker_name} rejected`,
  'reservation.timeout': (data) => `${data.worker_name} did not answer in time`,
  'reservation.canceled': (data) => `The offer to ${data.worker_name} was canceled`,
  'reservation.rescinded': (data) => `The offer to ${data.worker_name} was rescinded`,
  'reservation.wrapup': (data) => `${data.worker_name} is wrapping up`,
  'reservation.completed': (data) => `${data.worker_name} is done with it`,
};

export function historyView(task, { entries }) {
  const events = entries.filter(({ kind, event }) => kind === 'event' && event.event_data.task_sid === task.sid);
  const rows = events.slice(-MOST).map(({ id, time, event }) => {
    const text = TEXTS[event.event_type]?.(event.event_data) ?? event.event_type;
    return element(
      'li',
      {},
      element('time', { datetime: new Date(time).toISOString() }, TIMES.format(time)),
      element('a', { href: writeAddress('inspect', [String(id)]) }, text),
    );
  });
  return [element('h2', {}, 'What happened?'), element('ol', { class: 'events' }, ...rows)];
}
