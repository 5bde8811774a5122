// A workspace of the server, followed: what it holds, and what this page and others do in it.
import { basic, EventFeed, PAGE } from '../world/event_feed.mjs';
import { recordingFetch } from '../world/exchange.mjs';
import { Model } from '../world/model.mjs';
import { eventEntry } from '../world/timeline.mjs';
import { WorkspaceSession } from '../world/workspace_session.mjs';
import { readLists, readQueues, readWorkflows } from './lists.mjs';
import { LiveNames } from './names.mjs';
import { Recorder } from './recorder.mjs';

const MOST_EVENTS = 6000; // A workspace with more is read from its lists.
const CHANGES_OF_WORKFLOWS = ['workflow.created', 'workflow.updated', 'workflow.deleted'];
const NO_WORKFLOW = { name: 'no workflow', timeout: 120, configuration: { task_routing: {} } };
const RANK = { exchange: 0, event: 1, callback: 2 };

export class ServerSession extends WorkspaceSession {
  // workspace: a SID; undefined: there is none, and nothing in it.
  static async create(module, server, workspace) {
    const session = new ServerSession(server, workspace);
    const { account, fetch, watch } = server;
    const record = (onExchange) => recordingFetch(fetch, onExchange);
    await session.connect(module.TaskRouter, { ...account, wasm: module.wasm }, { record, fetch: watch });
    if (workspace !== undefined) await session.#begin();
    return session;
  }

  #server;
  #feed;
  #recorder;
  #fresh = []; // entries that are not in the timeline yet
  #waiting = new Map(); // ids of entries, by those of callbacks that wait for their answers
  #unread; // events that were fetched, and not looked at yet
  #at; // what the clock said last

  constructor(server, workspace) {
    super();
    this.#server = server;
    this.#at = server.now;
    this.#clear(workspace);
    if (workspace === undefined) return;
    this.#feed = new EventFeed({ ...server.account, fetch: server.watch }, workspace);
    this.#recorder = new Recorder(server, workspace);
  }

  get now() {
    return this.#server.now;
  }

  async advance(milliseconds) {
    await this.#server.advance(milliseconds);
  }

  // Shows another of its workflows.
  useWorkflow(sid) {
    this.model.workflow = this.model.workflows.get(sid) ?? this.model.workflow;
  }

  // Sends the request of an entry once more.
  async resend({ method, url, headers, fields, body }) {
    const kept = headers.filter(([name]) => /^(content-type|if-match)$/i.test(name));
    const text = body ?? String(new URLSearchParams(fields));
    await this.transmit(url, {
      method,
      headers: [['Authorization', basic(this.#server.account)], ...kept],
      body: method === 'POST' ? text : undefined,
    });
  }

  // After something was done. What can't be read now is read when the server is followed.
  async settle() {
    await this.follow().catch(() => {});
  }

  // Reads what there is by now.
  async follow() {
    if (!this.#feed) return;
    await this.#readEvents();
    await this.#finish();
  }

  async #begin() {
    this.timeline.action = 0;
    await this.#readWorkflows();
    const count = await this.#readEvents(MOST_EVENTS);
    if (count >= MOST_EVENTS || this.#fresh[0]?.event.event_type !== 'workspace.created') {
      this.#clear(this.names.workspace);
      await this.#readWorkflows();
      this.#fresh = (await this.#feed.skip()).map(eventEntry);
      await readLists(this);
    } else {
      await readQueues(this);
    }
    await this.#finish();
  }

  // Answers how many there were.
  async #readEvents(most = Infinity) {
    for (let count = 0; ; ) {
      this.#unread ??= await this.#feed.read();
      const events = this.#unread;
      const isChange = ({ event_type: type }) => CHANGES_OF_WORKFLOWS.includes(type);
      if (events.some(isChange)) await this.#readWorkflows();
      this.#unread = undefined;
      for (const event of events) this.model.apply(event);
      this.#fresh.push(...events.map(eventEntry));
      count += events.length;
      if (events.length < PAGE || count >= most) return count;
      await this.breathe();
    }
  }

  async #finish() {
    this.#fresh.push(...(await this.#recorder.read()));
    const { now, hasVirtualClock } = this.#server;
    if (hasVirtualClock && now > this.#at) this.timeline.moved(this.#at, now);
    this.#at = now;
    // Of what happened in the same millisecond the cause comes first.
    this.#fresh.sort((one, other) => one.time - other.time || RANK[one.kind] - RANK[other.kind]);
    for (const entry of this.#fresh.splice(0)) this.#tell(entry);
  }

  // A callback stands in the timeline while it waits for its answer, and in the same place afterwards.
  #tell(entry) {
    const { id, waits } = entry.sent ?? {};
    const before = this.#waiting.get(id);
    if (before !== undefined) this.timeline.replace(before, entry);
    const now = before ?? this.timeline.add(entry);
    if (waits) this.#waiting.set(id, now);
    else this.#waiting.delete(id);
  }

  async #readWorkflows() {
    const workflows = await readWorkflows(this);
    const { model } = this;
    const there = new Set(workflows.map(({ sid }) => sid));
    for (const sid of model.workflows.keys()) if (!there.has(sid)) model.workflows.delete(sid);
    for (const workflow of workflows) model.addWorkflow(workflow);
    if (model.workflows.has(model.workflow.sid)) return;
    const { workflow_sid: first } = this.#server.story;
    model.workflow = model.workflows.get(there.has(first) ? first : workflows[0]?.sid) ?? NO_WORKFLOW;
  }

  #clear(workspace) {
    this.model = new Model();
    this.model.workflow = NO_WORKFLOW;
    this.names = new LiveNames(this.model, workspace);
  }
}
