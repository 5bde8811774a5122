// Exchanges as an HTTP archive (HAR 1.2), which browsers' and other tools open. Secrets are not in it.
// http://www.softwareishard.com/blog/har-12-spec/
import { SECRET_FIELDS, SECRET_HEADERS } from './code_call.mjs';

const HIDDEN = '[hidden]';

function pair([name, value]) {
  return { name, value: String(value) };
}

function header([name, value]) {
  return pair([name, SECRET_HEADERS.includes(name.toLowerCase()) ? HIDDEN : value]);
}

function headerValue(headers, wanted) {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function size(text) {
  return new TextEncoder().encode(text).length;
}

function postData({ headers, fields, body }) {
  const mimeType = headerValue(headers, 'content-type') ?? 'application/x-www-form-urlencoded';
  if (!mimeType.startsWith('application/x-www-form-urlencoded'))
    return { mimeType, params: [], text: body ?? '' };
  const visible = fields.map(([name, value]) => [name, SECRET_FIELDS[name] ? HIDDEN : value]);
  return { mimeType, params: visible.map(pair), text: String(new URLSearchParams(visible)) };
}

function requestOf(request) {
  const { method, url, headers } = request;
  const data = method === 'POST' ? postData(request) : undefined;
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(header),
    queryString: [...new URL(url).searchParams].map(pair),
    ...(data ? { postData: data } : {}),
    headersSize: -1,
    bodySize: data ? size(data.text) : 0,
  };
}

// What no answer came to has status 0, as in browsers.
function responseOf(response) {
  const { status = 0, reason = '', headers = [], text = '' } = response ?? {};
  return {
    status,
    statusText: reason,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(header),
    content: {
      size: size(text),
      mimeType: headerValue(headers, 'content-type') ?? 'application/json',
      text,
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: size(text),
  };
}

// What was really sent is said, and what was not.
function commentOf({ kind, live, sent }) {
  if (live) return { comment: 'live: sent to this address' };
  const isSent = kind !== 'callback' || sent;
  return isSent ? {} : { comment: 'assignment callback, not sent: an emulator made it' };
}

function entryOf({ kind, live, time, duration = 0, request, response, sent }) {
  return {
    startedDateTime: new Date(time).toISOString(),
    time: duration,
    request: requestOf(request),
    response: responseOf(response),
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...commentOf({ kind, live, sent }),
  };
}

// entries: of the timeline; those that are no request are left out.
export function harOf(entries) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'taskrouter', version: '1' },
      entries: entries.filter(({ request }) => request).map(entryOf),
    },
  };
}
