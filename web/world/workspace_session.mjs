// A workspace that is worked in: what was sent for it, and what came of it. Where it is, and how its
// clock moves, is for who extends this: `now`, advance(milliseconds) and settle(), which reads what there
// is by now.
import { PERFORM } from './actions.mjs';
import { Model } from './model.mjs';
import { Timeline } from './timeline.mjs';

const SLICE = 8; // milliseconds of work at a stretch

// A timer would make each slice wait for milliseconds.
function pause() {
  if (globalThis.scheduler?.yield) return globalThis.scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}

export class WorkspaceSession {
  steps = 0; // calls and movements of the clock so far
  model = new Model();
  timeline = new Timeline();
  client;
  names; // what the workspace's parts are called: see set_up.mjs

  #recorded; // a fetch whose exchanges are entries
  #reader; // a client whose calls are no entries
  #operation; // what is being sent
  #since = performance.now();

  // account: { accountSid, authToken, baseUrl }. record(onExchange): a fetch that hands on what passes.
  async connect(TaskRouter, account, { record, fetch }) {
    this.#recorded = record((exchange) => this.#exchanged(exchange));
    this.client = await TaskRouter.create({ ...account, fetch: this.#recorded });
    this.#reader = await TaskRouter.create({ ...account, fetch });
  }

  get entries() {
    return this.timeline.entries;
  }

  get dropped() {
    return this.timeline.dropped;
  }

  get isQuiet() {
    return this.timeline.isQuiet;
  }

  take() {
    return this.timeline.take();
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

  // All items of a list, or the first ones. No entry either.
  async list(operation, fields, options) {
    const items = [];
    const asked = { workspace_sid: this.names.workspace, page_size: 1000, ...fields };
    for await (const item of this.#reader.each(operation, asked, options)) items.push(item);
    return items;
  }

  // Sends a request that is no operation's.
  async transmit(url, init) {
    this.#operation = undefined;
    await this.#recorded(url, init);
  }

  // number: of the action, from 1.
  async perform(action, number, onProgress) {
    this.timeline.action = number;
    try {
      return await PERFORM[action.do](this, action, onProgress);
    } finally {
      await this.settle();
    }
  }

  // Lets the page draw if it was kept waiting. between: called before, to show how far things are.
  async breathe(between = () => {}) {
    if (performance.now() - this.#since < SLICE) return;
    between();
    await pause();
    this.#since = performance.now();
  }

  #exchanged(exchange) {
    this.steps += 1;
    this.timeline.add({ kind: 'exchange', time: this.now, ...this.#operation, ...exchange });
  }
}
