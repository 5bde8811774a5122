// What happened, oldest first: exchanges, callbacks, events and movements of the clock.

const MOST = 10000; // older ones are dropped

// event: as the Events resource has it.
export function eventEntry(event) {
  return { kind: 'event', time: event.event_date_ms, event };
}

export class Timeline {
  entries = [];
  dropped = 0; // so many entries are no longer kept
  action; // what new entries are for: a number, 0 for setting up

  #taken = 0;
  #changed = []; // ids of those that were replaced since they were taken
  #lastId = 0;

  // Answers its id.
  add(entry) {
    this.#lastId += 1;
    this.entries.push({ id: this.#lastId, action: this.action, ...entry });
    if (this.entries.length >= MOST * 1.25) {
      this.dropped += this.entries.length - MOST;
      this.entries.splice(0, this.entries.length - MOST);
    }
    return this.#lastId;
  }

  // More is known of an entry: another one stands in its place.
  replace(id, entry) {
    const index = this.entries.findLastIndex((old) => old.id === id);
    if (index < 0) return;
    this.entries[index] = { id, action: this.entries[index].action, ...entry };
    if (id <= this.#taken) this.#changed.push(id);
  }

  // The clock has moved. Movements between which nothing happened are one.
  moved(from, to) {
    if (this.isQuiet) this.entries.at(-1).to = to;
    else this.add({ kind: 'clock', time: from, from, to });
  }

  // Whether nothing has happened since the clock was moved.
  get isQuiet() {
    return this.entries.at(-1)?.kind === 'clock';
  }

  // What has been added since it was last asked, and the ids of what has changed.
  take() {
    const added = this.#lastId - this.#taken;
    this.#taken = this.#lastId;
    const entries = added > 0 ? this.entries.slice(-added) : [];
    return { entries, changed: this.#changed.splice(0) };
  }
}
