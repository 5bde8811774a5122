// What is in the workspace, followed by its events: workers, queues, tasks and reservations.

const KEPT = 200; // so many tasks that have ended are kept
const OPEN = new Set(['pending', 'accepted', 'wrapping']);
const WAITING = new Set(['pending', 'reserved']);

export class Model {
  activities = new Map(); // by SID: { sid, name, available }
  queues = new Map(); // by SID: { sid, name, expression, tasks: those that wait in it }
  workers = new Map(); // by SID: { sid, name, attributes, activity, since, reservations }
  tasks = new Map(); // by SID; `number` is 1 for the first
  reservations = new Map(); // by SID; `number` is 1 for the first
  workflows = new Map(); // by SID: { sid, name, timeout, configuration }: the latter with SIDs, an object
  workflow; // the one that is shown, and that new tasks go through
  counts = { pending: 0, reserved: 0, assigned: 0, wrapping: 0, completed: 0, canceled: 0 };

  #ended = [];
  #taskSids = []; // in the order of their numbers
  #reservationSids = [];

  // names: what set_up.mjs answers.
  begin(names) {
    for (const [name, sid] of names.activities) {
      this.activities.set(sid, { sid, name, available: names.available.get(sid) });
    }
    this.setWorkflow(names.workflow);
  }

  // A workflow as TaskRouter answers it. It becomes the one that is shown.
  setWorkflow(resource) {
    this.workflow = this.addWorkflow(resource);
  }

  addWorkflow({ sid, friendly_name, task_reservation_timeout, configuration }) {
    const known = this.workflows.get(sid)?.configuration;
    const read = JSON.parse(configuration);
    const workflow = {
      sid,
      name: friendly_name,
      timeout: task_reservation_timeout,
      // The same object as long as it says the same: who shows it sees that nothing is new.
      configuration: JSON.stringify(known) === JSON.stringify(read) ? known : read,
    };
    this.workflows.set(sid, workflow);
    if (this.workflow?.sid === sid) this.workflow = workflow;
    return workflow;
  }

  workflowOf(task) {
    return this.workflows.get(task?.workflow) ?? this.workflow;
  }

  get taskCount() {
    return this.#taskSids.length;
  }

  get reservationCount() {
    return this.#reservationSids.length;
  }

  taskOf(number) {
    return this.tasks.get(this.#taskSids[number - 1]);
  }

  reservationOf(number) {
    return this.reservations.get(this.#reservationSids[number - 1]);
  }

  workerOf(name) {
    return [...this.workers.values()].find((worker) => worker.name === name);
  }

  isAvailable(worker) {
    return this.activities.get(worker.activity)?.available === true;
  }

  // event: as the Events resource has it.
  apply({ event_type, event_data: data, event_date_ms: time }) {
    if (data.task_queue_sid && !data.task_sid) this.#queue(data, event_type);
    if (data.activity_sid) this.#activity(data, event_type);
    if (data.worker_sid) this.#worker(data, event_type, time);
    if (data.task_sid) this.#task(data, event_type, time);
    if (data.reservation_sid) this.#reservation(data, event_type.slice(12), time);
  }

  #queue({ task_queue_sid: sid, task_queue_name, task_queue_target_expression }, type) {
    if (type === 'task-queue.deleted') return this.queues.delete(sid);
    const tasks = this.queues.get(sid)?.tasks ?? new Set();
    const queue = { sid, name: task_queue_name, expression: task_queue_target_expression, tasks };
    return this.queues.set(sid, queue);
  }

  #activity({ activity_sid: sid, activity_name: name, activity_available }, type) {
    if (type === 'activity.deleted') return this.activities.delete(sid);
    return this.activities.set(sid, { sid, name, available: activity_available === 'true' });
  }

  #worker(data, type, time) {
    const { worker_sid: sid, worker_name: name, worker_attributes: attributes } = data;
    if (type === 'worker.deleted') return this.workers.delete(sid);
    const worker = this.workers.get(sid) ?? { sid, reservations: new Set(), since: time };
    const activity = data.worker_activity_sid;
    if (worker.activity !== activity) worker.since = time;
    return this.workers.set(sid, Object.assign(worker, { name, attributes, activity }));
  }

  #task(data, type, time) {
    const { task_sid: sid, task_assignment_status: status, task_queue_sid: queue } = data;
    let task = this.tasks.get(sid);
    if (!task) {
      if (type === 'task.deleted' || type === 'task.system-deleted') return;
      const number = this.#taskSids.push(sid);
      task = { sid, number, reservations: [], created: time, path: [] };
      this.tasks.set(sid, task);
    } else {
      this.#count(task, -1);
    }
    task.attributes = data.task_attributes;
    task.priority = Number(data.task_priority);
    task.channel = data.task_channel_unique_name;
    task.workflow = data.workflow_sid;
    task.reason = data.task_canceled_reason ?? data.task_completed_reason;
    if (type === 'workflow.entered') task.path = [];
    if (type === 'workflow.target-matched') task.path.push({ queue, time });
    Object.assign(task, { status, queue });
    this.#count(task, 1);
    if (type === 'task.deleted' || type === 'task.system-deleted') this.#forget(task);
    else if (type === 'task.completed' || type === 'task.canceled') this.#end(task, time);
  }

  #count(task, difference) {
    this.counts[task.status] += difference;
    const waiting = this.queues.get(task.queue)?.tasks;
    if (difference > 0 && WAITING.has(task.status)) waiting?.add(task);
    else waiting?.delete(task);
  }

  #end(task, time) {
    task.ended = time;
    this.#ended.push(task);
    if (this.#ended.length > KEPT) this.#drop(this.#ended.shift());
  }

  #forget(task) {
    this.#count(task, -1);
    this.#drop(task);
  }

  #drop(task) {
    this.tasks.delete(task.sid);
    for (const sid of task.reservations) this.reservations.delete(sid);
  }

  #reservation({ reservation_sid: sid, task_sid, worker_sid }, what, time) {
    let reservation = this.reservations.get(sid);
    if (!reservation) {
      const number = this.#reservationSids.push(sid);
      reservation = { sid, number, task: task_sid, worker: worker_sid };
      reservation.created = time;
      reservation.deadline = time + this.workflowOf(this.tasks.get(task_sid)).timeout * 1000;
      this.reservations.set(sid, reservation);
      this.tasks.get(task_sid)?.reservations.push(sid);
    }
    reservation.status = what === 'created' ? 'pending' : what === 'wrapup' ? 'wrapping' : what;
    reservation.changed = time;
    const held = this.workers.get(worker_sid)?.reservations;
    if (OPEN.has(reservation.status)) held?.add(sid);
    else held?.delete(sid);
    this.#waitAgain(this.tasks.get(task_sid));
  }

  // No event says that a task waits again after the last of its offers has ended.
  #waitAgain(task) {
    if (task?.status !== 'reserved') return;
    if (task.reservations.some((sid) => this.reservations.get(sid)?.status === 'pending')) return;
    this.#count(task, -1);
    task.status = 'pending';
    this.#count(task, 1);
  }
}
