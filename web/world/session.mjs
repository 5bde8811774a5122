// One emulator in the page with a workspace, from its beginning.
import { EventFeed, PAGE } from './event_feed.mjs';
import { recordingEmulator } from './exchange.mjs';
import { setUp } from './set_up.mjs';
import { eventEntry } from './timeline.mjs';
import { WorkspaceSession } from './workspace_session.mjs';

const CALLBACK_URL = 'https://example.com/assignment'; // It is shown, and not called.
const START = Date.UTC(2026, 0, 5, 9); // Scenarios are the same whenever they are opened.

export class Session extends WorkspaceSession {
  static async create(module, scenario, onProgress = () => {}) {
    const session = new Session();
    await session.#start(module, scenario, onProgress);
    return session;
  }

  #emulator;
  #feed;
  #callbacks = []; // not yet among the entries

  async #start(module, scenario, onProgress) {
    const emulator = await module.Emulator.create({
      wasm: module.wasm,
      now: scenario.start ?? START,
      onAssignment: ({ url, body }) => {
        this.#callbacks.push({ url, body, fields: [...new URLSearchParams(body)] });
      },
    });
    const { accountSid, authToken, baseUrl, fetch } = emulator;
    this.#emulator = emulator;
    const record = (onExchange) => recordingEmulator(fetch, onExchange);
    await this.connect(module.TaskRouter, { accountSid, authToken, baseUrl, wasm: module.wasm }, { record, fetch });
    this.timeline.action = 0;
    const feed = (sid) => {
      this.#feed = new EventFeed(emulator, sid);
    };
    this.names = await setUp(this, scenario.setup, feed, CALLBACK_URL);
    this.model.begin(this.names);
    await this.settle();
    onProgress(0);
  }

  get now() {
    return this.#emulator.now;
  }

  async advance(milliseconds) {
    const from = this.now;
    this.steps += 1;
    await this.#emulator.advance(milliseconds);
    this.timeline.moved(from, this.now);
  }

  // Reads the events that there are by now. Callbacks come after the event that they tell of.
  async settle() {
    for (let more = this.#feed !== undefined; more; ) {
      const events = await this.#feed.read();
      for (const event of events) this.#happened(event);
      more = events.length === PAGE;
      await this.breathe();
    }
    for (const callback of this.#callbacks.splice(0)) this.timeline.add(this.#callbackEntry(callback));
  }

  #happened(event) {
    this.model.apply(event);
    this.timeline.add(eventEntry(event));
    if (event.event_type === 'reservation.created') this.#addCallback(event.resource_sid);
  }

  #addCallback(reservation) {
    const index = this.#callbacks.findIndex(({ fields }) =>
      fields.some(([name, value]) => name === 'ReservationSid' && value === reservation),
    );
    if (index >= 0) this.timeline.add(this.#callbackEntry(this.#callbacks.splice(index, 1)[0]));
  }

  #callbackEntry({ url, body, fields }) {
    const request = { method: 'POST', url, headers: [], fields };
    return { kind: 'callback', time: this.now, request, body };
  }
}
