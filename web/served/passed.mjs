// What the server recorded, as entries of the timeline.
import { requestOf } from '../world/exchange.mjs';

// A URL without a password that stands in it. A host that can't be one, as programs may send it, is none.
function visible(url) {
  const shown = url.replace(/^(https?:\/\/)[^/?#@]*@/, '$1[hidden]@');
  return URL.canParse(shown) ? shown : shown.replace(/^(https?:\/\/)[^/?#]*/, '$1invalid');
}

function fieldsOf(body) {
  return [...new URLSearchParams(body)];
}

// The program that a request came from: the first word of its User-Agent.
function programOf(headers) {
  const [, agent = ''] = headers.find(([name]) => name.toLowerCase() === 'user-agent') ?? [];
  return agent.split(' ', 1)[0].slice(0, 40) || undefined;
}

export function requestEntry(recorded) {
  const { method, url, headers, body, status, answer_headers, answer } = recorded;
  return {
    kind: 'exchange',
    time: recorded.time_ms,
    request: requestOf(visible(url), { method, headers, body }),
    response: { status, reason: '', headers: answer_headers, text: answer },
    duration: recorded.duration_us / 1000,
    from: programOf(headers),
  };
}

export function callbackEntry(sent) {
  const { status, headers, body } = sent;
  const response = { status, reason: '', headers: sent.answer_headers, text: sent.answer };
  return {
    kind: 'callback',
    time: sent.sent_ms,
    request: { method: 'POST', url: visible(sent.url), headers, fields: fieldsOf(body) },
    response: status > 0 ? response : undefined,
    duration: sent.is_finished ? sent.duration_ms : undefined,
    sent: {
      id: sent.id,
      waits: !sent.is_finished,
      what: sent.kind,
      isFallback: sent.is_fallback,
      problem: sent.error,
      code: sent.error_code,
    },
  };
}

// The workspace that a recorded request or callback is about, if it is about one.
export function workspaceOfUrl(url) {
  return /\/v1\/Workspaces\/(WS[0-9a-f]{32})/.exec(url)?.[1];
}

export function workspaceOfBody(body) {
  return new URLSearchParams(body).get('WorkspaceSid') ?? undefined;
}
