// The world on the server: one of its workspaces at a time, and what anybody does there. No document.
import { AnyWorld } from '../world/any_world.mjs';
import { setUp } from '../world/set_up.mjs';
import { oldestFirst } from './lists.mjs';
import { ServerSession } from './session.mjs';

const ABOUT = {
  started: 'The server began anew: this is what it holds now.',
  deleted: 'The workspace that was shown here was deleted.',
};

export class ServerWorld extends AnyWorld {
  server;
  workspaces = []; // { sid, friendly_name }, oldest first
  workspace; // the one that is shown, undefined if there is none
  lost; // when the server stopped answering, by its clock; undefined while it answers
  news = ''; // what happened to the server as a whole, until something is done: a sentence

  #module;
  #begun; // what the server said of its beginning when the session began
  #actions = 0;

  // module: { TaskRouter, wasm }: the client, and what it is compiled to.
  constructor(module, server) {
    super();
    this.#module = module;
    this.server = server;
  }

  get scenario() {
    const name = this.workspace?.friendly_name ?? 'No workspace';
    return { name, about: '', examples: [] };
  }

  // Other programs work on the server as well: what they did can't be taken back.
  get can() {
    return { undo: false, redo: false };
  }

  // Shows a workspace, or the server's own if that is not there.
  open(sid) {
    return this.next(() => {
      this.news = '';
      return this.#open(sid);
    });
  }

  act(action) {
    return this.next(() => this.#perform(action));
  }

  // Sends a request of the timeline once more.
  resend(request) {
    return this.next(() =>
      this.#do(async () => {
        this.session.timeline.action = this.#actions;
        await this.session.resend(request);
        await this.session.settle();
      }),
    );
  }

  useWorkflow(sid) {
    this.session.useWorkflow(sid);
    this.tell({});
  }

  // Makes a workspace of a scenario, and shows it.
  setUp({ name, setup, actions = [] }) {
    return this.next(async () => {
      this.news = '';
      const session = await ServerSession.create(this.#module, this.server);
      const { workspace } = await setUp(session, { ...setup, workspace: name }, () => {});
      await this.#open(workspace);
      // Its clock moves for everybody: what a scenario does is done without waiting.
      for (const action of actions.filter(({ do: what }) => what !== 'advance')) {
        await this.#perform(action);
      }
    });
  }

  reset() {
    return this.next(async () => {
      await this.server.reset();
      await this.#look();
    });
  }

  // steps: the text of a seed file.
  seed(steps) {
    return this.next(async () => {
      await this.server.seed(steps);
      await this.#look();
    });
  }

  // Reads what has happened on the server since. Rejects if it does not answer.
  follow() {
    return this.next(async () => {
      try {
        await this.#look();
      } catch (error) {
        if (this.lost === undefined) {
          this.lost = this.now;
          this.tell({});
        }
        throw error;
      }
    });
  }

  async #look() {
    await this.server.look();
    const hasBegun = this.server.begun !== this.#begun;
    if (hasBegun) await this.server.readStory();
    const changed = await this.#readWorkspaces();
    const isLost = this.lost !== undefined;
    this.lost = undefined;
    const isThere = this.workspaces.some(({ sid }) => sid === this.workspace?.sid);
    if (hasBegun || (this.workspace && !isThere) || (!this.workspace && this.workspaces.length > 0)) {
      this.news = hasBegun ? ABOUT.started : this.workspace ? ABOUT.deleted : '';
      return this.#open(this.workspace?.sid);
    }
    await this.session.follow();
    const taken = this.session.take();
    const isMore = taken.entries.length + taken.changed.length > 0;
    if (isMore || changed || isLost) this.report(taken, undefined);
    return undefined;
  }

  #perform(action) {
    return this.#do((report) => this.session.perform(action, this.#actions, report));
  }

  async #do(work) {
    this.#actions += 1;
    this.news = '';
    try {
      return await work((done) => this.report(this.session.take(), done));
    } finally {
      this.report(this.session.take(), undefined);
    }
  }

  async #open(wanted) {
    await this.#readWorkspaces();
    const find = (sid) => this.workspaces.find((workspace) => workspace.sid === sid);
    const own = this.server.story.workspace_sid;
    const workspace = find(wanted) ?? find(own) ?? this.workspaces[0];
    const session = await ServerSession.create(this.#module, this.server, workspace?.sid);
    session.take();
    this.#begun = this.server.begun;
    this.session = session;
    this.workspace = workspace;
    this.tell({ reset: true, opened: true });
  }

  // Answers whether there are others than before, or by other names.
  async #readWorkspaces() {
    const essence = () => JSON.stringify(this.workspaces.map(({ sid, friendly_name }) => [sid, friendly_name]));
    const before = essence();
    this.workspaces = (await this.server.workspaces()).sort(oldestFirst);
    this.workspace = this.workspaces.find(({ sid }) => sid === this.workspace?.sid) ?? this.workspace;
    return essence() !== before;
  }
}
