import type { Fetch } from './taskrouter.js';

/** What became of one attempt. */
export interface Attempt {
  /** 1 is the first. */
  number: number;
  /** The status of the answer, if there was one. */
  status?: number;
  /** What `fetch` rejected with, if it did. */
  error?: unknown;
  /** Milliseconds until the next attempt; undefined if this was the last. */
  wait?: number;
}

/** How often and how patiently a request is sent again. */
export interface RetryOptions {
  /** The first one counts. Default: 4. */
  maxAttempts?: number;
  /** Milliseconds: the first wait lasts up to this, each further one up to twice as long. Default: 200. */
  baseWait?: number;
  /** Milliseconds: the longest wait, whatever the server asks for. A day at most. Default: 10000. */
  maxWait?: number;
  /** Milliseconds for all attempts and waits; 0 is without end. Default: 60000. */
  maxTotal?: number;
  /** Sends a POST again that may have been done: for those that do no harm twice. Default: false. */
  repeatPosts?: boolean;
  /** 0 up to 1. Default: `Math.random`. */
  random?: () => number;
  /** Told of every attempt, before the wait. */
  onAttempt?: (attempt: Attempt) => void;
}

/**
 * A `fetch` that asks again where that can help and does no harm: after a 429, after a connection that was
 * never made (which only Node tells), and for GET and DELETE also after a status of 500 to 599 and other
 * failures. It waits as long as `Retry-After` says, for a second
 * at least where `X-Rate-Limit-Remaining` is 0, and for a random time on top that grows. What fails
 * while a body is read is not asked again.
 */
export function retrying(fetch?: Fetch, options?: RetryOptions): Fetch;
