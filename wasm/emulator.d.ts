import type { TaskRouterError, WasmSource } from './taskrouter.js';

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

/** What an emulator begins with. */
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
  /** Where emulator.wasm comes from, if not from beside this file. */
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

  /** The account's SID. Requests with another one are refused. */
  readonly accountSid: string;
  /** The account's auth token, which is no secret. */
  readonly authToken: string;
  /** Twilio's own. The emulator answers for any other as well. */
  readonly baseUrl: string;
  /** What it started with. */
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
