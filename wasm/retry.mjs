// A fetch around a fetch, which asks again where that can help and does no harm.

const DAY = 86400000;

// Node says when no connection was made, and nothing was sent. Browsers say nothing.
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

function isUnsent(error) {
  const { cause } = error ?? {};
  return UNSENT.has(cause?.code) || (cause?.errors?.length > 0 && cause.errors.every(({ code }) => UNSENT.has(code)));
}

function askedWait(headers) {
  const text = headers.get('retry-after') ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.parse(headers.get('date'));
  const least = headers.get('x-rate-limit-remaining') === '0' ? 1000 : 0;
  return wait > least ? wait : least;
}

function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

// What a 429 refused was not done, and what was not sent neither. Of other failures nobody knows.
function mayRepeat({ method, signal }, { response, error }, repeatPosts) {
  if (signal?.aborted) return false;
  if (response ? response.status === 429 : isUnsent(error)) return true;
  if (response && !(response.status >= 500 && response.status < 600)) return false;
  return repeatPosts || ['GET', 'DELETE'].includes(method.toUpperCase());
}

export function retrying(fetch = globalThis.fetch, options = {}) {
  const { maxAttempts = 4, baseWait = 200, maxWait = 10000, maxTotal = 60000 } = options;
  const { repeatPosts = false, random = Math.random, onAttempt } = options;

  // Undefined where it is to be left at that.
  function waitAfter(number, asked, outcome, elapsed) {
    if (number >= maxAttempts || !mayRepeat(asked, outcome, repeatPosts)) return undefined;
    const jitter = Math.min(baseWait * 2 ** (number - 1), maxWait) * random();
    const server = outcome.response ? askedWait(outcome.response.headers) : 0;
    const wait = Math.min(server + jitter, maxWait, DAY);
    return maxTotal === 0 || elapsed + wait < maxTotal ? wait : undefined;
  }

  return async (url, init = {}) => {
    const { method = url.method ?? 'GET', signal } = init;
    const start = Date.now();
    for (let number = 1; ; number += 1) {
      const outcome = await fetch(url, init).then(
        (response) => ({ response }),
        (error) => ({ error }),
      );
      const { response, error } = outcome;
      const wait = waitAfter(number, { method, signal }, outcome, Date.now() - start);
      onAttempt?.({ number, status: response?.status, error, wait });
      if (wait === undefined) {
        if (response) return response;
        throw error;
      }
      response?.body?.cancel().catch(() => {});
      await sleep(wait, signal);
    }
  };
}
