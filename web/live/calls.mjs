// The calls that live mode has sent, for the timeline: beside what the emulator was asked, in the order in
// which things happened. They can't be undone: undo and other scenarios leave them where they are. They are
// in no scenario, file or link, and are forgotten when the page is left. No document.
import { SECRET_FIELDS } from '../inspect/code_call.mjs';

const MOST = 1000; // older ones are dropped

// By the names that forms have, and by those of the client's arguments.
const SECRET_ARGUMENTS = Object.keys(SECRET_FIELDS).map((name) =>
  name.replace(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase(),
);

function withoutSecrets({ request, fields, ...rest }) {
  const visible = ([name]) => !SECRET_ARGUMENTS.includes(name);
  const hidden = ([name, value]) => [name, SECRET_FIELDS[name] ? '[hidden]' : value];
  return {
    ...rest,
    request: { ...request, fields: request.fields.map(hidden) },
    fields: Object.fromEntries(Object.entries(fields).filter(visible)),
  };
}

export class LiveCalls {
  #world;
  #calls = []; // oldest first; `after` is the number of the emulator's entry that came before
  #lastId = 0;
  #listeners = new Set();

  constructor(world) {
    this.#world = world;
    world.listen(({ reset, opened }) => reset && this.#keepWithin(opened ? 0 : this.#lastOfWorld));
  }

  // mode: 'direct' or 'proxy'. exchange: { operation, fields, base, usesKey, time, request, response, duration }.
  // Secrets among the fields are not kept.
  add(mode, exchange) {
    this.#lastId += 1;
    this.#calls.push({
      ...withoutSecrets(exchange),
      id: `live-${this.#lastId}`,
      kind: 'exchange',
      live: mode,
      after: this.#lastOfWorld,
    });
    if (this.#calls.length > MOST) this.#calls.shift();
    this.#tell();
  }

  find(id) {
    return this.#calls.find((call) => call.id === id);
  }

  // The world's entries and the live calls, oldest first.
  among(entries) {
    if (this.#calls.length === 0) return entries;
    const all = [];
    let next = 0;
    for (const entry of entries) {
      while (this.#calls[next]?.after < entry.id) all.push(this.#calls[next++]);
      all.push(entry);
    }
    return [...all, ...this.#calls.slice(next)];
  }

  forget() {
    this.#calls = [];
    this.#tell();
  }

  // Calls listener() after each change.
  listen(listener) {
    this.#listeners.add(listener);
  }

  get #lastOfWorld() {
    return this.#world.entries.at(-1)?.id ?? 0;
  }

  #keepWithin(last) {
    for (const call of this.#calls) call.after = Math.min(call.after, last);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }
}

const all = new WeakMap();

// The live calls beside a world.
export function liveCallsOf(world) {
  if (!all.has(world)) all.set(world, new LiveCalls(world));
  return all.get(world);
}
