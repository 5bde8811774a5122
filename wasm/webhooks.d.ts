import type { AssignmentCallback, EventCallback, Instruction } from './callbacks.js';
import type { Event, Operations } from './operations.js';
import type { WasmSource } from './taskrouter.js';

export type * from './callbacks.js';

/** Who signs, and where the module is. */
export interface WebhookOptions {
  /**
   * The account's auth token, or two of them while it is changed. A subaccount's requests are signed
   * with the subaccount's token. Only `verify` and the `handle...` functions need it.
   */
  authToken?: string | Array<string>;
  /** Where webhooks.wasm comes from, if not from beside this file. */
  wasm?: WasmSource | Promise<WasmSource>;
}

/** A body as it arrived. A framework that has read it already has to hand over its text. */
export type Body = string | Uint8Array | ArrayBuffer | URLSearchParams;

/** What Twilio signed, and how. */
export interface SignedRequest {
  /** The URL that Twilio was given, with scheme, host and query. Behind a proxy it is not what the server sees. */
  url: string | URL;
  /** The header `X-Twilio-Signature`. */
  signature: string | null | undefined;
  body?: Body;
}

/** How a request is handled. */
export interface HandleOptions {
  /** The URL that Twilio was given, if it is not the request's own: behind a proxy. */
  url?: string | URL;
  /** Is told why an answer was no success: a TaskRouterError, or what your function threw. */
  onProblem?: (error: unknown) => void;
}

type Nothing = null | undefined | void;

/**
 * What TaskRouter calls a program with, and how it is answered.
 * https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
 */
export class Webhooks {
  private constructor();

  /** Rejects only if the WebAssembly module can't be loaded: a missing token shows at the first call. */
  static create(options?: WebhookOptions): Promise<Webhooks>;

  /**
   * Keeps its promise if Twilio sent the request: its URL and its body, be it a form or of another
   * type. Do not forget to await it.
   * @throws {TaskRouterError} of kind `body` where the request is not known to be Twilio's (answer 403), of
   * kind `argument` where a token is missing
   */
  verify(request: SignedRequest): Promise<void>;

  /**
   * An assignment callback from its body. It is read as leniently as an answer.
   * @throws {TaskRouterError} of kind `body`: too large, or about no workspace, task or reservation
   */
  readAssignment(body: Body): AssignmentCallback;

  /**
   * An event callback from its body.
   * @throws {TaskRouterError} of kind `body`: too large, or without a type
   */
  readEvent(body: Body): EventCallback;

  /**
   * A listed or fetched event as the callback that told of it.
   * @throws {TaskRouterError} of kind `body`: its `event_data` is no object
   */
  readListedEvent(event: Event): EventCallback;

  /**
   * An instruction as the JSON that answers an assignment callback.
   * @throws {TaskRouterError} of kind `argument`, naming the field that is wrong or missing
   */
  writeInstruction(instruction: Instruction): string;

  /**
   * The fields with which `send('UpdateTaskReservation', ...)` does by request what the instruction says.
   * @throws {TaskRouterError} of kind `argument`
   */
  updateFields(
    callback: Pick<AssignmentCallback, 'workspace_sid' | 'task_sid' | 'reservation_sid'>,
    instruction: Instruction,
  ): Operations['UpdateTaskReservation']['fields'];

  /**
   * Answers an assignment callback with what `onAssignment` gives: an instruction, or nothing to leave
   * the reservation pending and answer it later by request. TaskRouter waits 5 seconds.
   *
   * Statuses: 200, 400 (unreadable), 403 (not Twilio's), 405 (not a POST), and 500 where the program
   * failed. After all but 200 TaskRouter asks the workflow's fallback URL. Never rejects.
   */
  handleAssignment(
    request: Request,
    onAssignment: (callback: AssignmentCallback) => Instruction | Nothing | Promise<Instruction | Nothing>,
    options?: HandleOptions,
  ): Promise<Response>;

  /** Answers an event callback: 204, or as `handleAssignment` does. TaskRouter waits 15 seconds. */
  handleEvent(
    request: Request,
    onEvent: (event: EventCallback) => unknown,
    options?: HandleOptions,
  ): Promise<Response>;
}
