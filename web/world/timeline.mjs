// What happened, oldest first: exchanges, callbacks, events and movements of the clock.

const MOST = 10000; // older ones are dropped

export class Timeline {
  entries = [];
  dropped = 0; // so many entries are no longer kept
  action; // what new entries are for: a number, 0 for setting up

  #taken = 0;
  #lastId = 0;

  add(entry) {
    this.#lastId += 1;
    this.entries.push({ id: this.#lastId, action: this.action, ...entry });
    if (this.entries.length < MOST * 1.25) return;
    this.dropped += this.entries.length - MOST;
    this.entries.splice(0, this.entries.length - MOST);
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

  // What has been added since it was last asked.
  take() {
    const added = this.#lastId - this.#taken;
    this.#taken = this.#lastId;
    return { entries: added > 0 ? this.entries.slice(-added) : [] };
  }
}
