// One emulator with a workspace, from its beginning: what was sent to it and what came of it.
import { PERFORM } from './actions.mjs';
import { EventFeed, PAGE } from './event_feed.mjs';
import { recordingEmulator } from './exchange.mjs';
import { Model } from './model.mjs';
import { setUp } from './set_up.mjs';

const MOST_ENTRIES = 10000; // older ones are dropped
const SLICE = 8; // milliseconds of work at a stretch
const START = Date.UTC(2026, 0, 5, 9); // Scenarios are the same whenever they are opened.

// A timer would make each slice wait for milliseconds.
function pause() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}

export class Session {
  static async create(module, scenario, onProgress = () => {}) {
    const session = new Session();
    await session.#start(module, scenario, onProgress);
    return session;
  }

  entries = []; // exchanges, callbacks, events and movements of the clock, oldest first
  dropped = 0; // so many entries are no longer kept
  steps = 0; // calls and movements of the clock so far
  model = new Model();
  client;
  names; // what the workspace's parts are called: see set_up.mjs

  #emulator;
  #reader; // a client whose calls are no entries
  #feed;
  #operation; // what is being sent
  #action; // the action it is for, 0 for setting up
  #callbacks = []; // not yet among the entries
  #taken = 0;
  #lastId = 0;
  #since = performance.now();

  async #start(module, scenario, onProgress) {
    const { Emulator, TaskRouter } = module;
    const emulator = await Emulator.create({
      now: scenario.start ?? START,
      onAssignment: ({ url, body }) => {
        this.#callbacks.push({ url, body, fields: [...new URLSearchParams(body)] });
      },
    });
    const { accountSid, authToken, baseUrl } = emulator;
    this.#emulator = emulator;
    const fetch = recordingEmulator(emulator.fetch, (exchange) => this.#exchanged(exchange));
    this.client = await TaskRouter.create({ accountSid, authToken, baseUrl, fetch });
    const unseen = { accountSid, authToken, baseUrl, fetch: emulator.fetch };
    this.#reader = await TaskRouter.create(unseen);
    this.#action = 0;
    this.names = await setUp(this, scenario.setup, (sid) => {
      this.#feed = new EventFeed(emulator, sid);
    });
    this.model.begin(this.names);
    await this.settle();
    onProgress(0);
  }

  get now() {
    return this.#emulator.now;
  }

  // Sends an operation and answers with its output.
  async send(operation, fields) {
    this.#operation = { operation, fields };
    return this.client.send(operation, fields);
  }

  // Reads something, which is no entry: for operations that change nothing.
  look(operation, fields) {
    return this.#reader.send(operation, { workspace_sid: this.names.workspace, ...fields });
  }

  // Moves the clock.
  async advance(milliseconds) {
    const from = this.now;
    this.steps += 1;
    await this.#emulator.advance(milliseconds);
    // Steps between which nothing happened are one.
    if (this.isQuiet) this.entries.at(-1).to = this.now;
    else this.#add({ kind: 'clock', time: from, from, to: this.now });
  }

  // Whether nothing has happened since the clock was moved.
  get isQuiet() {
    return this.entries.at(-1)?.kind === 'clock';
  }

  // number: of the action, from 1.
  async perform(action, number, onProgress) {
    this.#action = number;
    try {
      return await PERFORM[action.do](this, action, onProgress);
    } finally {
      await this.settle();
    }
  }

  // Reads the events that there are by now. Callbacks come after the event that they tell of.
  async settle() {
    for (let more = this.#feed !== undefined; more; ) {
      const events = await this.#feed.read();
      for (const event of events) this.#happened(event);
      more = events.length === PAGE;
      await this.breathe();
    }
    for (const callback of this.#callbacks.splice(0)) this.#add(this.#callbackEntry(callback));
  }

  // Lets the page draw if it was kept waiting. between: called before, to show how far things are.
  async breathe(between = () => {}) {
    if (performance.now() - this.#since < SLICE) return;
    between();
    await pause();
    this.#since = performance.now();
  }

  // What has been added since it was last asked.
  take() {
    const added = this.#lastId - this.#taken;
    this.#taken = this.#lastId;
    return { entries: added > 0 ? this.entries.slice(-added) : [] };
  }

  #exchanged(exchange) {
    this.steps += 1;
    this.#add({ kind: 'exchange', time: this.now, ...this.#operation, ...exchange });
  }

  #happened(event) {
    this.model.apply(event);
    this.#add({ kind: 'event', time: event.event_date_ms, event });
    if (event.event_type === 'reservation.created') this.#addCallback(event.resource_sid);
  }

  #addCallback(reservation) {
    const index = this.#callbacks.findIndex(({ fields }) =>
      fields.some(([name, value]) => name === 'ReservationSid' && value === reservation),
    );
    if (index >= 0) this.#add(this.#callbackEntry(this.#callbacks.splice(index, 1)[0]));
  }

  #callbackEntry({ url, body, fields }) {
    const request = { method: 'POST', url, headers: [], fields };
    return { kind: 'callback', time: this.now, request, body };
  }

  #add(entry) {
    this.#lastId += 1;
    this.entries.push({ id: this.#lastId, action: this.#action, ...entry });
    if (this.entries.length < MOST_ENTRIES * 1.25) return;
    this.dropped += this.entries.length - MOST_ENTRIES;
    this.entries.splice(0, this.entries.length - MOST_ENTRIES);
  }
}
