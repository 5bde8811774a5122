// What has happened, in sentences for a screen reader.

const MOST = 3;

const TEXTS = {
  'reservation.created': (task, worker) => `${worker} is reserved for task ${task}.`,
  'reservation.accepted': (task, worker) => `${worker} accepted task ${task}.`,
  'reservation.rejected': (task, worker) => `${worker} rejected task ${task}.`,
  'reservation.timeout': (task, worker) => `${worker} did not answer for task ${task} in time.`,
  'task.created': (task) => `Task ${task} was created.`,
  'task.completed': (task) => `Task ${task} is completed.`,
  'task.canceled': (task) => `Task ${task} is canceled.`,
  'task-queue.moved': (task) => `Task ${task} moves to another queue.`,
};

// Of many events the last few are told.
export function sentencesOf(entries, model) {
  const sentences = [];
  for (const { kind, event } of entries.slice(-50)) {
    const text = kind === 'event' && TEXTS[event.event_type];
    const { task_sid, worker_name } = kind === 'event' ? event.event_data : {};
    const task = model.tasks.get(task_sid)?.number;
    if (text && task !== undefined) sentences.push(text(task, worker_name ?? 'A worker'));
  }
  return sentences.slice(-MOST);
}
