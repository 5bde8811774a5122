import type { Operations, PageMeta } from './operations.js';

export { Emulator } from './emulator.js';
export type * from './emulator.js';
export type * from './operations.js';
export { retrying } from './retry.js';
export type * from './retry.js';

/** The name of an operation, as Twilio's API description has it: `UpdateTaskReservation`. */
export type OperationName = keyof Operations;

/** The fields that an operation takes. */
export type FieldsOf<Name extends OperationName> = Operations[Name]['fields'];

/** What an operation answers. */
export type OutputOf<Name extends OperationName> = Operations[Name]['output'];

/** The name of an operation that answers with a page of a list: `ListTask`. */
export type ListName = {
  [Name in OperationName]: OutputOf<Name> extends { meta: PageMeta } ? Name : never;
}[OperationName];

/** What a list is of: `Task`. */
export type ItemOf<Name extends ListName> =
  OutputOf<Name>[Exclude<keyof OutputOf<Name>, 'meta'>] extends Array<infer Item> ? Item : never;

/**
 * Where a WebAssembly module comes from, if not from beside this file: a URL, a Response, the bytes,
 * or a WebAssembly.Module.
 */
export type WasmSource = string | URL | Response | ArrayBuffer | ArrayBufferView | object;

/** What `fetch` is, as far as a client needs it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Who calls, and where. */
export interface ClientOptions {
  /** The account's SID (`AC...`), or an API key's (`SK...`). */
  accountSid: string;
  /** The account's auth token, or the API key's secret. Do not ship it in a web page. */
  authToken: string;
  /** Scheme, host and port, no slash at the end. Default: `https://taskrouter.twilio.com`. */
  baseUrl?: string | URL;
  /** Sends the requests. Default: `globalThis.fetch`. An emulator's `fetch` fits. */
  fetch?: Fetch;
  /** Where taskrouter.wasm comes from, if not from beside this file. */
  wasm?: WasmSource | Promise<WasmSource>;
}

/** How one call is made. */
export interface SendOptions {
  /** Gives the call up: `AbortSignal.timeout(5000)` after 5 seconds. */
  signal?: AbortSignal;
}

/** How far to walk over a list. */
export interface EachOptions extends SendOptions {
  /** Elements at most: 0 asks for nothing. Default: all. */
  limit?: number;
}

/** A complete HTTP request. Its headers hold the secret: do not print them. */
export interface BuiltRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Array<[name: string, value: string]>;
  /** Empty for GET and DELETE. */
  body: string;
}

/** An HTTP response as it arrived. */
export interface ReceivedResponse {
  status: number;
  headers?: Headers | Iterable<[string, string]> | Record<string, string>;
  body?: string | Uint8Array | ArrayBuffer;
}

/** A client for one account. The secret is in none of its properties. */
export class TaskRouter {
  private constructor();

  /** Rejects only if the WebAssembly module can't be loaded: wrong options show at the first call. */
  static create(options: ClientOptions): Promise<TaskRouter>;

  /**
   * Performs an operation and answers with its output, `null` if it has none. A redirect is not
   * followed, an answer larger than 16 MiB not read.
   * @throws {TaskRouterError}
   */
  send<Name extends OperationName>(
    operation: Name,
    fields: FieldsOf<Name>,
    options?: SendOptions,
  ): Promise<OutputOf<Name>>;

  /**
   * Everything that a list holds, over all its pages, for `for await`. A page is asked for when its first
   * element is needed. Of the answers only the place in the list is taken: the credentials go to `baseUrl`
   * and nowhere else.
   * @throws {TaskRouterError} also of kind `body`, where a page comes twice or the list has over 10,000 pages
   */
  each<Name extends ListName>(
    operation: Name,
    fields: FieldsOf<Name>,
    options?: EachOptions,
  ): AsyncGenerator<ItemOf<Name>, void, undefined>;

  /**
   * The request that `send` would send.
   * @throws {TaskRouterError} of kind `argument`
   */
  build<Name extends OperationName>(operation: Name, fields: FieldsOf<Name>): BuiltRequest;

  /**
   * The output that a response to an operation holds.
   * @throws {TaskRouterError} of kind `api` or `body`
   */
  parse<Name extends OperationName>(operation: Name, response: ReceivedResponse): OutputOf<Name>;

  /**
   * The same request as a curl command. The credentials stand in it as the environment variables
   * TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
   * @throws {TaskRouterError} of kind `argument`
   */
  curl<Name extends OperationName>(operation: Name, fields: FieldsOf<Name>): string;
}

/** What went wrong, and whose turn it is to do something about it. Its message holds no secret. */
export class TaskRouterError extends Error {
  private constructor();

  /** Its class. */
  readonly name: 'TaskRouterError';
  /**
   * `argument`: the caller's, nothing was sent. `transport`: the network's, no usable answer
   * arrived. `api`: TaskRouter's, it answered with another status than 200 to 299. `body`: it
   * succeeded, but the answer can't be read; or a callback can't be read or is not Twilio's.
   */
  readonly kind: 'argument' | 'transport' | 'api' | 'body';
  /** The field that is to blame, for `argument` and `body`. */
  readonly field?: string;
  /** HTTP status, if there was an answer. */
  readonly status?: number;
  /** Twilio's error code, such as 20404. */
  readonly code?: number;
  /** The address of Twilio's page about `code`. */
  readonly moreInfo?: string;
  /** What Twilio added. */
  readonly details?: unknown;
  /** Twilio's name for the request, to tell their support. */
  readonly requestId?: string;
  /** What `fetch` rejected with, for `transport`: an `AbortError` if the call was aborted. */
  readonly cause?: unknown;
}
