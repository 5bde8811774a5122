// What every world has: a session, who hears of its changes, and one thing done after the other.

export class AnyWorld {
  session; // the workspace and what has happened in it; another one after a reset
  progress; // how much of a long action is done, 0 to 1; undefined when there is none

  #listeners = new Set();
  #last = Promise.resolve();

  get model() {
    return this.session.model;
  }

  get entries() {
    return this.session.entries;
  }

  // The emulator's clock, in milliseconds since 1970.
  get now() {
    return this.session.now;
  }

  // Calls listener(change) after each change, until the function that it answers is called.
  // change.reset: everything is new; change.opened: because another scenario was opened.
  // change.entries: what was added. change.changed: the ids of entries of which more is known.
  // change.progress: see above.
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  advance(milliseconds) {
    return this.act({ do: 'advance', ms: milliseconds });
  }

  // A call of one's own, by the name of an operation. It changes what it changes.
  send(operation, fields) {
    return this.act({ do: 'call', operation, fields });
  }

  // The same as a curl command.
  curl(operation, fields) {
    return this.session.client.curl(operation, fields);
  }

  // For who extends this: does something as soon as what was begun before is done.
  next(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  // Likewise: says how far something is, and what came of it so far.
  report(change, progress) {
    this.progress = progress;
    this.tell({ ...change, progress });
  }

  tell(change) {
    const whole = { reset: false, entries: [], changed: [], progress: undefined, ...change };
    for (const listener of this.#listeners) listener(whole);
  }
}
