// The emulator's server that this page came from: its own part, below /_emulator/, and its clock.
import { TaskRouterError } from '../error.mjs';
import { basic } from '../world/event_feed.mjs';

const WATCH = 'watch'; // Requests that only look are recorded nowhere.

// A fetch whose requests name their page to the server.
function naming(page) {
  return (url, init = {}) => {
    const headers = new Headers(init.headers ?? {});
    headers.set('Emulator-Page', page);
    return fetch(url, { ...init, headers });
  };
}

// What ask() is answered, if that is a success.
async function read(host, ask) {
  let response;
  try {
    response = await ask();
  } catch (cause) {
    throw new TaskRouterError('transport', `no answer from ${host}`, { cause });
  }
  const { ok, status } = response;
  const answer = await response.json().catch(() => ({}));
  if (ok) return answer;
  throw new TaskRouterError('api', answer.message ?? `The server answered ${status}.`, { status });
}

export class EmulatorServer {
  account; // { accountSid, authToken, baseUrl }
  story; // the SIDs that it started with
  page = crypto.getRandomValues(new Uint32Array(2)).join('-'); // tells this page's requests from others
  fetch = naming(this.page);
  watch = naming(WATCH);

  #health;
  #heard = 0; // when that was, by this page's clock
  #now = 0;

  constructor(origin = location.origin) {
    this.origin = origin;
  }

  get host() {
    return new URL(this.origin).host;
  }

  get hasVirtualClock() {
    return this.#health?.clock === 'virtual';
  }

  // Another number after each start and reset.
  get begun() {
    return this.#health?.begun_ms;
  }

  // The wall clock goes on between two answers, and never back.
  get now() {
    const { now_ms: told = 0 } = this.#health ?? {};
    const passed = this.hasVirtualClock ? 0 : Math.round(performance.now() - this.#heard);
    this.#now = Math.max(this.#now, told + passed);
    return this.#now;
  }

  // Asks how it is. Rejects if there is no answer.
  async look() {
    this.#take(await this.#ask('health'));
  }

  async readStory() {
    this.story = await this.#ask('story');
    const { account_sid: accountSid, auth_token: authToken } = this.story;
    this.account = { accountSid, authToken, baseUrl: this.origin };
  }

  // Callbacks, and requests to the API, that came after the one of that number.
  async callbacksAfter(id) {
    return (await this.#ask(`callbacks?after=${id}`)).callbacks;
  }

  async requestsAfter(id) {
    return (await this.#ask(`requests?after=${id}`)).requests;
  }

  // The workspaces of the account, 1,000 at most.
  async workspaces() {
    const headers = { Authorization: basic(this.account) };
    const url = `${this.origin}/v1/Workspaces?PageSize=1000`;
    const { workspaces } = await read(this.host, () => this.watch(url, { headers }));
    return workspaces;
  }

  async advance(milliseconds) {
    this.#take(await this.#ask('clock', JSON.stringify({ advance_ms: milliseconds })));
  }

  async reset() {
    await this.#ask('reset', '{}');
  }

  // steps: the text of a seed file.
  async seed(steps) {
    await this.#ask('seed', steps, 'application/x-ndjson');
  }

  #take(health) {
    if (health.begun_ms !== this.begun) this.#now = 0;
    this.#health = health;
    this.#heard = performance.now();
  }

  async #ask(name, body, type = 'application/json') {
    const post = { method: 'POST', headers: { 'Content-Type': type }, body };
    const init = { cache: 'no-store', credentials: 'omit', ...(body === undefined ? {} : post) };
    return read(this.host, () => fetch(`${this.origin}/_emulator/${name}`, init));
  }
}
