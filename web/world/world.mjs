// The world in the page: an emulator, what was done to it, and what happened. No document.
// Its clock moves when it is told to. It is undone by doing the rest again.
import { AnyWorld } from './any_world.mjs';
import { copyOfScenario } from './scenario_file.mjs';
import { Session } from './session.mjs';

export class World extends AnyWorld {
  log = []; // the actions that led here, oldest first

  #module;
  #scenario;
  #undone = [];

  // module: the exports of taskrouter.mjs; and wasm, a module for both, if not the package's own two.
  constructor(module) {
    super();
    this.#module = module;
  }

  // What was opened: do not change it.
  get scenario() {
    return this.#scenario;
  }

  get can() {
    const undo = this.log.some(({ do: what }) => what !== 'advance');
    return { undo, redo: this.#undone.length > 0 };
  }

  // Opens a scenario in place of the present one. If it can't be, the present one stays.
  open(scenario) {
    return this.next(async () => {
      await this.#replay(scenario, scenario.actions ?? []);
      this.#undone = [];
      this.tell({ reset: true, opened: true });
    });
  }

  // Does something; see actions.mjs for what there is. Rejects if it was refused. What TaskRouter
  // refused is in the log as well, for it can be seen in the entries.
  act(action) {
    return this.next(async () => {
      const entry = await this.#perform(action);
      if (action.do !== 'advance') this.#undone = [];
      return entry;
    });
  }

  // Takes back the last thing that was done, and the time since then.
  undo() {
    return this.next(async () => {
      const index = this.log.findLastIndex(({ do: what }) => what !== 'advance');
      if (index < 0) return undefined;
      const undone = this.log[index];
      await this.#replay(this.#scenario, this.log.slice(0, index));
      this.#undone.push(undone);
      this.tell({ reset: true });
      return undone;
    });
  }

  redo() {
    return this.next(async () => {
      const action = this.#undone.pop();
      if (action) await this.#perform(action);
      return action;
    });
  }

  // The scenario and everything that was done since, to be opened again.
  save(name = this.#scenario.name) {
    return copyOfScenario({ ...this.#scenario, name, actions: this.log });
  }

  async #perform(action) {
    const { session, log } = this;
    const before = session.steps;
    // Movements of the clock between which nothing happened are one action.
    const last = log.at(-1);
    const isMore = action.do === 'advance' && last?.do === 'advance' && session.isQuiet;
    const number = isMore ? log.length : log.length + 1;
    try {
      return await session.perform(action, number, (done) => this.report(session.take(), done));
    } finally {
      if (isMore) last.ms += action.ms;
      else if (session.steps > before) log.push({ ...action });
      this.report(session.take(), undefined);
    }
  }

  async #replay(scenario, actions) {
    const log = [];
    let session;
    try {
      session = await Session.create(this.#module, scenario, (done) => this.report({}, done));
      for (const [index, action] of actions.entries()) {
        const report = (done = 0) => this.report({}, (index + done) / actions.length);
        // What was refused then is refused again.
        await session.perform(action, index + 1, report).catch((error) => {
          if (error.kind !== 'api') throw error;
        });
        log.push({ ...action });
        await session.breathe(report);
      }
    } catch (error) {
      this.report({}, undefined); // What stands, stands as it did.
      throw error;
    }
    session.take();
    this.#scenario = scenario;
    this.session = session;
    this.log = log;
    this.progress = undefined;
  }
}
