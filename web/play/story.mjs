// The story: an emulator, a client that talks to it, and what has happened so far. No document.
import { recordingFetch } from '../world/exchange.mjs';

export class Story {
  // module: the exports of taskrouter.mjs. events: { changed(), happened(sentence) }.
  static async create(module, events) {
    const story = new Story(events);
    await story.#start(module);
    return story;
  }

  tasks = []; // every task that was created, oldest first
  reservation = undefined; // { sid, task_sid, status, callback, deadline }
  worker = undefined;
  trail = []; // names of the activities that the worker has had, oldest first
  outcome = undefined; // { kind, activity, again } of the last answered reservation
  exchanges = [];
  clock = 0;

  #events;
  #emulator;
  #client;
  #watcher; // a second client, whose calls are not shown
  #closed = false;
  #sending = 0;
  #refreshing = Promise.resolve();

  constructor(events) {
    this.#events = events;
  }

  async #start({ TaskRouter, Emulator }) {
    this.clock = Date.now();
    const emulator = await Emulator.create({
      now: this.clock,
      onAssignment: (callback) => this.#assigned(callback),
    });
    const { accountSid, authToken, baseUrl } = emulator;
    const options = { accountSid, authToken, baseUrl };
    this.#emulator = emulator;
    const fetch = recordingFetch(emulator.fetch, (exchange) => this.exchanges.push(exchange));
    this.#client = await TaskRouter.create({ ...options, fetch });
    this.#watcher = await TaskRouter.create({ ...options, fetch: emulator.fetch });
    await this.refresh();
  }

  get names() {
    return this.#emulator.story;
  }

  // The task that the page follows: the reserved one, else the newest.
  get task() {
    if (!this.reservation) return this.tasks.at(-1);
    return this.tasks.find(({ sid }) => sid === this.reservation.task_sid);
  }

  get timeout() {
    return this.names.task_reservation_timeout;
  }

  // Milliseconds until the pending reservation times out.
  get remaining() {
    if (this.reservation?.status !== 'pending') return undefined;
    return Math.max(0, this.reservation.deadline - this.clock);
  }

  close() {
    this.#closed = true;
  }

  async createTask(attributes) {
    const { workspace_sid, workflow_sid } = this.names;
    this.outcome = undefined;
    const before = this.reservation;
    const task = await this.#send('CreateTask', { workspace_sid, workflow_sid, attributes });
    this.tasks.push(task);
    // Reserved at once, there is a new reservation. Else the answered one is history.
    if (this.reservation === before && before?.status !== 'pending') this.reservation = undefined;
    this.#events.happened('The task was created.');
    await this.refresh();
  }

  async setActivity(activity_sid) {
    const { workspace_sid, worker_sid } = this.names;
    await this.#send('UpdateWorker', { workspace_sid, sid: worker_sid, activity_sid });
    this.outcome = undefined;
    this.#noteActivity(this.activityName(activity_sid));
    await this.refresh();
  }

  // worker_activity_sid: where a rejecting worker goes; undefined means back where she was.
  async answer(reservation_status, sid, worker_activity_sid) {
    const { workspace_sid } = this.names;
    const answered = this.reservation;
    const before = this.trail.at(-2);
    const fields = { workspace_sid, task_sid: answered.task_sid, sid, reservation_status };
    if (worker_activity_sid) fields.worker_activity_sid = worker_activity_sid;
    const { reservation_status: status } = await this.#send('UpdateTaskReservation', fields);
    answered.status = status;
    if (status === 'rejected') {
      this.#noteActivity(worker_activity_sid ? this.activityName(worker_activity_sid) : before);
    }
    await this.refresh();
    const again = this.reservation !== answered;
    this.outcome = { kind: status, again, activity: this.trail.at(again ? -2 : -1) };
    this.#events.changed();
  }

  activityName(activity_sid) {
    const { activities } = this.names;
    const key = Object.keys(activities).find((name) => activities[name] === activity_sid);
    return key[0].toUpperCase() + key.slice(1);
  }

  // Lets the emulator's clock follow the real one.
  async tick(milliseconds) {
    if (this.#closed || !this.#emulator) return;
    const pending = this.remaining !== undefined;
    this.clock += milliseconds;
    await this.#emulator.advance(milliseconds);
    if (pending && this.remaining === 0) await this.refresh();
  }

  async jumpToTimeout() {
    const remaining = this.remaining;
    if (remaining !== undefined) await this.tick(remaining);
  }

  // Reads the task, the reservation and the worker again; one reading at a time.
  refresh() {
    this.#refreshing = this.#refreshing.catch(() => {}).then(() => this.#read());
    return this.#refreshing;
  }

  async #read() {
    const { workspace_sid, worker_sid } = this.names;
    const watch = (operation, fields) =>
      this.#watcher.send(operation, { workspace_sid, ...fields });
    const { reservation } = this;
    for (const task of this.tasks) Object.assign(task, await watch('FetchTask', { sid: task.sid }));
    if (reservation?.status === 'pending') {
      const { task_sid, sid } = reservation;
      const now = await watch('FetchTaskReservation', { task_sid, sid });
      reservation.status = now.reservation_status;
    }
    const { workers } = await watch('ListWorker', {});
    this.worker = workers.find(({ sid }) => sid === worker_sid);
    this.#noteActivity(this.worker.activity_name);
    if (reservation?.status === 'timeout' && !this.outcome) {
      this.outcome = { kind: 'timeout', again: false, activity: this.worker.activity_name };
      this.#events.happened(`The reservation timed out. Alice is ${this.worker.activity_name}.`);
    }
    if (!this.#closed) this.#events.changed();
  }

  #noteActivity(name) {
    if (name && this.trail.at(-1) !== name) this.trail.push(name);
  }

  async #send(operation, fields) {
    const first = this.exchanges.length;
    this.#sending += 1;
    try {
      return await this.#client.send(operation, fields);
    } finally {
      this.#sending -= 1;
      for (const exchange of this.exchanges.slice(first)) {
        exchange.curl = this.#client.curl(operation, fields);
      }
      if (!this.#closed) this.#events.changed();
    }
  }

  // Answers nothing: the reservation stays pending until a person accepts or rejects it.
  #assigned({ url, body }) {
    if (this.#closed) return;
    const fields = [...new URLSearchParams(body)];
    const { ReservationSid: sid, TaskSid: task_sid } = Object.fromEntries(fields);
    const deadline = this.clock + this.timeout * 1000;
    this.reservation = { sid, task_sid, status: 'pending', callback: { url, fields }, deadline };
    this.outcome = undefined;
    this.#events.happened('Alice is reserved. The assignment callback arrived.');
    // Whoever sends a call reads everything again after it.
    if (this.#sending === 0) this.refresh();
  }
}
