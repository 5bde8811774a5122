import type { Operations } from './operations.js';

export type * from './operations.js';

/** The name of an operation, as Twilio's API description has it: `UpdateTaskReservation`. */
export type OperationName = keyof Operations;

/**
 * Where a WebAssembly module comes from, if not from beside this file: a URL, a Response, the bytes,
 * or a WebAssembly.Module.
 */
export type WasmSource = string | URL | Response | ArrayBuffer | ArrayBufferView | object;

/** What `fetch` is, as far as a client needs it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** The account's SID (`AC...`), or an API key's (`SK...`). */
  accountSid: string;
  /** The account's auth token, or the API key's secret. Do not ship it in a web page. */
  authToken: string;
  /** Scheme, host and port, no slash at the end. Default: `https://taskrouter.twilio.com`. */
  baseUrl?: string | URL;
  /** Sends the requests. Default: `globalThis.fetch`. An emulator's `fetch` fits. */
  fetch?: Fetch;
  wasm?: WasmSource | Promise<WasmSource>;
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
    fields: Operations[Name]['fields'],
    options?: { signal?: AbortSignal },
  ): Promise<Operations[Name]['output']>;

  /**
   * The request that `send` would send.
   * @throws {TaskRouterError} of kind `argument`
   */
  build<Name extends OperationName>(
    operation: Name,
    fields: Operations[Name]['fields'],
  ): BuiltRequest;

  /**
   * The output that a response to an operation holds.
   * @throws {TaskRouterError} of kind `api` or `body`
   */
  parse<Name extends OperationName>(
    operation: Name,
    response: ReceivedResponse,
  ): Operations[Name]['output'];

  /**
   * The same request as a curl command. The credentials stand in it as the environment variables
   * TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
   * @throws {TaskRouterError} of kind `argument`
   */
  curl<Name extends OperationName>(operation: Name, fields: Operations[Name]['fields']): string;
}

/** What went wrong, and whose turn it is to do something about it. Its message holds no secret. */
export class TaskRouterError extends Error {
  private constructor();

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

/** What answers an assignment callback: the instruction `accept` or `reject`. */
export interface AssignmentInstruction {
  instruction: 'accept' | 'reject';
  /** With `reject`: where the worker goes. */
  activity_sid?: string;
}

/** An assignment callback, as it would be posted to the workflow's callback URL. */
export interface AssignmentCallback {
  url: string;
  /** The form, encoded. */
  body: string;
  /** The form's fields: `ReservationSid`, `TaskSid`, `WorkerSid`, `TaskAttributes` and others. */
  form: Record<string, string>;
}

type AssignmentAnswer = AssignmentInstruction | string | null | undefined | void;

export interface EmulatorOptions {
  /** What the clock says at first, in milliseconds since 1970. Default: `Date.now()`. */
  now?: number;
  /**
   * Called for each assignment callback, after the request or the advance of the clock that caused
   * it. What it answers at once is carried out at once. A promise may take its time: the request
   * that caused it waits for one turn of the event loop and no longer. To answer nothing leaves the
   * reservation pending. What it throws is an unhandled rejection.
   */
  onAssignment?: (callback: AssignmentCallback) => AssignmentAnswer | Promise<AssignmentAnswer>;
  /** The workflow's, in seconds: 1 to 86400. Default: 120. */
  taskReservationTimeout?: number;
  /** The queue's: how many workers a task is offered to at once, 1 to 50. Default: 1. */
  maxReservedWorkers?: number;
  /** The workflow's. Empty means that nothing is called. */
  assignmentCallbackUrl?: string;
  /** A whole number. Emulators of one seed make the same SIDs and auth token. Default: 1. */
  seed?: number;
  wasm?: WasmSource | Promise<WasmSource>;
}

/** What an emulator starts with: one workflow, one queue, and one worker, Alice, who is offline. */
export interface Story {
  account_sid: string;
  auth_token: string;
  workspace_sid: string;
  workflow_sid: string;
  task_queue_sid: string;
  worker_sid: string;
  activities: { offline: string; available: string; reserved: string; busy: string };
  /** Seconds. */
  task_reservation_timeout: number;
}

/** TaskRouter in memory, to try and to test programs with. Its clock stands until it is advanced. */
export class Emulator {
  private constructor();

  /** @throws {TaskRouterError} of kind `argument`, {RangeError} for a time beyond 1900 to 9999 */
  static create(options?: EmulatorOptions): Promise<Emulator>;

  readonly accountSid: string;
  readonly authToken: string;
  readonly baseUrl: string;
  readonly story: Story;
  /** Answers to assignment callbacks that could not be carried out, the latest 100. */
  readonly alerts: TaskRouterError[];
  /** The clock, in milliseconds since 1970. */
  readonly now: number;

  /** Answers as TaskRouter does, whatever the host. It can be handed on without its emulator. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

  /**
   * Moves the clock. What was due on the way has happened when the call returns; the promise waits
   * as `onAssignment` says.
   */
  advance(milliseconds: number): Promise<void>;
}
