// The client: operations by their names, sent with fetch.
import { readBody } from './body.mjs';
import { each } from './each.mjs';
import { TaskRouterError } from './error.mjs';
import { headersText, TextModule } from './loader.mjs';

const WASM = new URL('./taskrouter.wasm', import.meta.url);
const IN_BROWSER = globalThis.document !== undefined || globalThis.WorkerGlobalScope !== undefined;

function fieldsText(fields) {
  try {
    return JSON.stringify(fields ?? {});
  } catch (cause) {
    throw new TaskRouterError('argument', `the fields are not JSON: ${cause.message}`, { cause });
  }
}

function bodyBytes(body = '') {
  return typeof body === 'string' || body instanceof Uint8Array ? body : new Uint8Array(body);
}

function transportError(cause, url, signal) {
  if (cause instanceof TaskRouterError) return cause;
  if (signal?.aborted) return new TaskRouterError('transport', 'the call was aborted', { cause });
  const hint = IN_BROWSER
    ? '. A browser says no more: either the network failed, or the server does not allow calls ' +
      'from web pages (CORS)'
    : '';
  const reason = cause?.cause?.message || cause?.message || String(cause);
  const message = `no answer from ${new URL(url).host}: ${reason}${hint}`;
  return new TaskRouterError('transport', message, { cause });
}

export class TaskRouter {
  #module;
  #endpoint; // JSON text. Holds the secret, so it stays where nothing can print it.
  #fetch;

  static async create(options = {}) {
    return new TaskRouter(await TextModule.load(WASM, options.wasm), options);
  }

  constructor(module, options) {
    const { accountSid, authToken, baseUrl = 'https://taskrouter.twilio.com' } = options;
    this.#module = module;
    this.#endpoint = JSON.stringify({
      account_sid: accountSid,
      auth_token: authToken,
      base_url: String(baseUrl),
    });
    this.#fetch = options.fetch ?? globalThis.fetch;
  }

  build(operation, fields) {
    return JSON.parse(this.#call('build', [operation, fieldsText(fields), this.#endpoint]));
  }

  curl(operation, fields) {
    return this.#call('curl', [operation, fieldsText(fields), this.#endpoint]);
  }

  parse(operation, { status, headers, body }) {
    const texts = [operation, headersText(headers), bodyBytes(body)];
    return JSON.parse(this.#call('parse', texts, status));
  }

  async send(operation, fields, { signal } = {}) {
    const { method, url, headers, body } = this.build(operation, fields);
    const fetch = this.#fetch;
    const init = {
      method,
      headers,
      body: body === '' ? undefined : body,
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
    };
    if (signal) init.signal = signal;
    let response;
    let bytes;
    try {
      response = await fetch(url, init);
      bytes = await readBody(response);
    } catch (error) {
      throw transportError(error, url, signal);
    }
    return this.parse(operation, {
      status: response.status,
      headers: response.headers,
      body: bytes,
    });
  }

  each(operation, fields, options) {
    return each(this, operation, fields, options);
  }

  #call(name, texts, ...numbers) {
    let answer;
    try {
      answer = this.#module.call(name, texts, ...numbers);
    } catch (cause) {
      if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
      const [kind, what] = name === 'parse' ? ['body', 'answer'] : ['argument', 'call'];
      throw new TaskRouterError(kind, `the ${what} is too large for the module's memory`, {
        cause,
      });
    }
    if (!answer.ok) throw TaskRouterError.fromJson(answer.text);
    return answer.text;
  }
}
