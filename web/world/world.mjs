// The world that the page shows: an emulator, what was done to it, and what happened. No document.
// Whatever changes it waits for what changed it before. It is undone by doing the rest again.
import { copyOfScenario } from './scenario_file.mjs';
import { Session } from './session.mjs';

export class World {
  session; // the emulator and what has happened in it; another one after open(), undo() and redo()
  log = []; // the actions that led here, oldest first
  progress; // how much of a long action is done, 0 to 1; undefined when there is none

  #module;
  #scenario;
  #undone = [];
  #listeners = new Set();
  #last = Promise.resolve();

  // module: the exports of taskrouter.mjs.
  constructor(module) {
    this.#module = module;
  }

  get model() {
    return this.session.model;
  }

  get entries() {
    return this.session.entries;
  }

  // The emulator's clock, in milliseconds since 1970. It moves when it is told to.
  get now() {
    return this.session.now;
  }

  // What was opened: do not change it.
  get scenario() {
    return this.#scenario;
  }

  get can() {
    const undo = this.log.some(({ do: what }) => what !== 'advance');
    return { undo, redo: this.#undone.length > 0 };
  }

  // Calls listener(change) after each change, until the function that it answers is called.
  // change.reset: everything is new. change.entries: what was added. change.progress: see above.
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // Opens a scenario in place of the present one. If it can't be, the present one stays.
  open(scenario) {
    return this.#next(async () => {
      await this.#replay(scenario, scenario.actions ?? []);
      this.#undone = [];
      this.#tell({ reset: true });
    });
  }

  // Does something; see actions.mjs for what there is. Rejects if it was refused. What TaskRouter
  // refused is in the log as well, for it can be seen in the entries.
  act(action) {
    return this.#next(async () => {
      const entry = await this.#perform(action);
      if (action.do !== 'advance') this.#undone = [];
      return entry;
    });
  }

  advance(milliseconds) {
    return this.act({ do: 'advance', ms: milliseconds });
  }

  // Takes back the last thing that was done, and the time since then.
  undo() {
    return this.#next(async () => {
      const index = this.log.findLastIndex(({ do: what }) => what !== 'advance');
      if (index < 0) return undefined;
      const undone = this.log[index];
      await this.#replay(this.#scenario, this.log.slice(0, index));
      this.#undone.push(undone);
      this.#tell({ reset: true });
      return undone;
    });
  }

  redo() {
    return this.#next(async () => {
      const action = this.#undone.pop();
      if (action) await this.#perform(action);
      return action;
    });
  }

  // The scenario and everything that was done since, to be opened again.
  save(name = this.#scenario.name) {
    return copyOfScenario({ ...this.#scenario, name, actions: this.log });
  }

  // A call of one's own, by the name of an operation. It changes what it changes, and is logged.
  send(operation, fields) {
    return this.act({ do: 'call', operation, fields });
  }

  // The same as a curl command.
  curl(operation, fields) {
    return this.session.client.curl(operation, fields);
  }

  #next(work) {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #perform(action) {
    const { session, log } = this;
    const before = session.steps;
    // Movements of the clock between which nothing happened are one action.
    const last = log.at(-1);
    const isMore = action.do === 'advance' && last?.do === 'advance' && session.isQuiet;
    const number = isMore ? log.length : log.length + 1;
    try {
      return await session.perform(action, number, (done) => this.#report(session.take(), done));
    } finally {
      if (isMore) last.ms += action.ms;
      else if (session.steps > before) log.push({ ...action });
      this.#report(session.take(), undefined);
    }
  }

  #report(change, progress) {
    this.progress = progress;
    this.#tell({ ...change, progress });
  }

  async #replay(scenario, actions) {
    const log = [];
    let session;
    try {
      session = await Session.create(this.#module, scenario, (done) => {
        this.progress = done;
        this.#tell({ progress: done });
      });
      for (const [index, action] of actions.entries()) {
        const report = (done = 0) => {
          this.progress = (index + done) / actions.length;
          this.#tell({ progress: this.progress });
        };
        // What was refused then is refused again.
        await session.perform(action, index + 1, report).catch((error) => {
          if (error.kind !== 'api') throw error;
        });
        log.push({ ...action });
        await session.breathe(report);
      }
    } catch (error) {
      this.#report({}, undefined); // What stands, stands as it did.
      throw error;
    }
    session.take();
    this.#scenario = scenario;
    this.session = session;
    this.log = log;
    this.progress = undefined;
  }

  #tell(change) {
    const whole = { reset: false, entries: [], progress: undefined, ...change };
    for (const listener of this.#listeners) listener(whole);
  }
}
