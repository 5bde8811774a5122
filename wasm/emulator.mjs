// TaskRouter in memory. Its face is a fetch.
import { TaskRouterError } from './error.mjs';
import { headersText, TextModule } from './loader.mjs';

const WASM = new URL('./emulator.wasm', import.meta.url);
const FIRST_TIME = Date.UTC(1900, 0, 1);
const LAST_TIME = Date.UTC(9999, 11, 31);
const ALERTS = 100; // so many are kept
const nothing = () => {};

function checkedTime(now) {
  if (now >= FIRST_TIME && now <= LAST_TIME) return Math.trunc(now);
  throw new RangeError('the clock should stand between the years 1900 and 9999, in milliseconds');
}

function responseOf(text) {
  const end = text.indexOf('\n\n');
  const [status, ...lines] = text.slice(0, end).split('\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const body = status === '204' ? null : text.slice(end + 2);
  return new Response(body, { status: Number(status), headers });
}

export class Emulator {
  baseUrl = 'https://taskrouter.twilio.com';
  alerts = []; // instructions that could not be carried out, as TaskRouterErrors

  #module;
  #onAssignment;
  #isDelivering = false;

  static async create(options = {}) {
    return new Emulator(await TextModule.load(WASM, options.wasm), options);
  }

  constructor(module, options) {
    const { now = Date.now(), onAssignment = nothing } = options;
    this.#module = module;
    this.#onAssignment = onAssignment;
    const settings = {
      now: checkedTime(now),
      seed: options.seed,
      task_reservation_timeout: options.taskReservationTimeout,
      max_reserved_workers: options.maxReservedWorkers,
      assignment_callback_url: options.assignmentCallbackUrl,
    };
    this.story = JSON.parse(this.#call('create', [JSON.stringify(settings)]));
    this.accountSid = this.story.account_sid;
    this.authToken = this.story.auth_token;
  }

  get now() {
    return this.#module.number('now');
  }

  // An arrow function, so that it can be handed on.
  fetch = async (input, init) => {
    const request = new Request(input, init);
    const { method, url, headers, signal } = request;
    const body = new Uint8Array(await request.arrayBuffer());
    signal.throwIfAborted();
    const texts = [method, url, headersText(headers), body];
    const response = responseOf(this.#call('send', texts));
    await this.#deliver();
    return response;
  };

  // The clock has moved, and what was due is done, when it returns. The promise waits for answers.
  advance(milliseconds) {
    if (!(milliseconds >= 0)) throw new RangeError('the clock can only be advanced');
    checkedTime(this.now + milliseconds);
    this.#call('advance', [], milliseconds);
    return this.#deliver();
  }

  // Hands out the assignment callbacks. Answers that come at once are carried out at once, and what
  // follows from them is handed out as well. The promise gives the others one turn of the event loop.
  #deliver() {
    const promised = [];
    if (!this.#isDelivering) {
      this.#isDelivering = true;
      for (let calls = this.#take(); calls.length > 0; calls = this.#take()) {
        for (const call of calls) promised.push(this.#assign(call));
      }
      this.#isDelivering = false;
    }
    const pending = promised.filter((answer) => answer !== undefined);
    if (pending.length === 0) return Promise.resolve();
    const turn = new Promise((resolve) => setTimeout(resolve));
    return Promise.race([Promise.all(pending), turn]).then(nothing);
  }

  #take() {
    return JSON.parse(this.#call('take_callbacks', []));
  }

  // Answers undefined, or a promise that is kept when a promised answer has been carried out. What
  // onAssignment throws or rejects with is an unhandled rejection: a mistake in a test shall show.
  #assign({ reservation_sid, url, body }) {
    const form = Object.fromEntries(new URLSearchParams(body));
    let answer;
    try {
      answer = this.#onAssignment({ url, body, form });
    } catch (error) {
      Promise.reject(error);
      return undefined;
    }
    if (typeof answer?.then !== 'function') return this.#answer(reservation_sid, answer);
    const promise = Promise.resolve(answer);
    promise.then((late) => {
      this.#answer(reservation_sid, late);
      return this.#deliver();
    });
    return promise.then(nothing, nothing);
  }

  #answer(reservation_sid, answer) {
    if (answer === undefined || answer === null || answer === '') return;
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const { ok, text } = this.#module.call('answer', [reservation_sid, body]);
    if (ok) return;
    this.alerts.push(TaskRouterError.fromJson(text));
    if (this.alerts.length > ALERTS) this.alerts.shift();
  }

  #call(name, texts, ...numbers) {
    const { ok, text } = this.#module.call(name, texts, ...numbers);
    if (!ok) throw TaskRouterError.fromJson(text);
    return text;
  }
}
