// Records what passes through a fetch: the exact request and response, without the secret.

const HIDDEN = '[hidden]';

function headerList(headers) {
  if (!headers) return [];
  if (Array.isArray(headers)) return headers;
  if (typeof headers.entries === 'function') return [...headers.entries()];
  return Object.entries(headers);
}

function withoutSecret([name, value]) {
  if (name.toLowerCase() !== 'authorization') return [name, value];
  return [name, `${String(value).split(' ', 1)[0]} ${HIDDEN}`];
}

// A request as it is shown: without the secret.
export function requestOf(url, init) {
  const body = init.body === undefined || init.body === null ? '' : String(init.body);
  const headers = headerList(init.headers);
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return {
    method: (init.method ?? 'GET').toUpperCase(),
    url: String(url),
    headers: headers.map(withoutSecret),
    // A form is kept as its fields, another body as it is.
    ...(type.startsWith('application/json')
      ? { fields: [], body }
      : { fields: [...new URLSearchParams(body)] }),
  };
}

async function responseOf(response) {
  const headers = [...response.headers];
  const { status, statusText: reason } = response;
  return { status, reason, headers, text: await response.clone().text() };
}

// Returns a fetch that hands each exchange to onExchange before its caller sees the answer. Its
// duration is in milliseconds.
export function recordingFetch(inner, onExchange) {
  return async (url, init = {}) => {
    const exchange = { request: requestOf(url, init), response: undefined, duration: undefined };
    const begin = performance.now();
    try {
      const response = await inner(url, init);
      exchange.duration = performance.now() - begin;
      exchange.response = await responseOf(response);
      return response;
    } finally {
      exchange.duration ??= performance.now() - begin;
      onExchange(exchange);
    }
  };
}

// A response that has been read already, as far as a client reads it. Streams cost a millisecond each,
// which is a lot for ten thousand tasks.
function answerOf({ status, headers, text }) {
  const chunks = text === '' ? [] : [new TextEncoder().encode(text)];
  const read = async () => ({ done: chunks.length === 0, value: chunks.pop() });
  const body = { getReader: () => ({ read, cancel: async () => {} }) };
  return { status, ok: status < 300, headers: new Headers(headers), body };
}

// The same around an emulator, which can't fail to answer.
export function recordingEmulator(inner, onExchange) {
  return async (url, init = {}) => {
    const begin = performance.now();
    const response = await inner(url, init);
    const text = await response.text();
    const duration = performance.now() - begin;
    const { status, statusText: reason } = response;
    const answer = { status, reason, headers: [...response.headers], text };
    onExchange({ request: requestOf(url, init), response: answer, duration });
    return answerOf(answer);
  };
}

const REASONS = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function statusLine({ status, reason }) {
  return `${status} ${reason || REASONS[status] || ''}`.trim();
}
