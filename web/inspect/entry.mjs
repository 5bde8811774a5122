// What a row of the timeline says of an entry, and what it can be found by. No document.
import { SECRET_FIELDS } from './code_call.mjs';

export const KINDS = { exchange: 'request', callback: 'callback', event: 'event', clock: 'clock' };

// Where a request went: to the emulator in the page, or to a real server.
export const PLACES = ['emulator', 'live'];

export function whereOf({ live }) {
  return live ? 'live' : 'emulator';
}

export function hostOf({ request }) {
  return new URL(request.url).host;
}

// What an entry can be about: the last collection of its path, or what its event names.
export const RESOURCES = [
  'workspace',
  'workflow',
  'task queue',
  'task channel',
  'activity',
  'worker',
  'task',
  'reservation',
  'event',
  'statistics',
];

const COLLECTIONS = {
  Workspaces: 'workspace',
  Workflows: 'workflow',
  TaskQueues: 'task queue',
  TaskChannels: 'task channel',
  Channels: 'task channel',
  Activities: 'activity',
  Workers: 'worker',
  Tasks: 'task',
  Reservations: 'reservation',
  Events: 'event',
};

export const METHODS = ['GET', 'POST', 'DELETE'];
export const STATUSES = { 2: 'succeeded', 4: 'refused', 5: 'failed', none: 'no answer' };

export function pathOf({ request }) {
  try {
    return new URL(request.url).pathname;
  } catch {
    return request.url;
  }
}

function resourceOfPath(path) {
  const segments = path.split('/').reverse();
  if (segments[0].endsWith('Statistics')) return 'statistics';
  return COLLECTIONS[segments.find((segment) => Object.hasOwn(COLLECTIONS, segment))];
}

export function resourceOf(entry) {
  if (entry.kind === 'exchange') return resourceOfPath(pathOf(entry));
  if (entry.kind === 'callback') return entry.sent?.what === 'event' ? 'event' : 'reservation';
  if (entry.kind === 'event') return entry.event.event_type.split('.')[0].replace(/[-_]/g, ' ');
  return undefined;
}

// Whether it is something that an answer came to, or should have come to.
export function isAnswered({ kind, sent }) {
  return kind === 'exchange' || sent?.waits === false;
}

// The first digit of the status, `none` where there was no answer; undefined for what has no status.
export function statusClassOf(entry) {
  if (!isAnswered(entry)) return undefined;
  const { response } = entry;
  return response ? String(response.status)[0] : 'none';
}

// A SID in a row: its kind and its end are enough to tell it from its neighbours.
export function shortened(text) {
  return text.replace(/\b([A-Z]{2})[0-9a-f]{28}([0-9a-f]{4})\b/g, '$1…$2');
}

export function span(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

// The row: { name, more }.
export function titleOf(entry) {
  if (entry.kind === 'exchange') {
    const path = pathOf(entry)
      .replace(/^\/v1\/Workspaces\/[^/]+(?=\/)/, '')
      .replace(/^\/v1/, '');
    const host = entry.live ? `${hostOf(entry)} ` : '';
    return { name: entry.request.method, more: `${host}${shortened(path)}` };
  }
  if (entry.kind === 'callback') {
    const { fields } = entry.request;
    const valueOf = (wanted) => fields.find(([name]) => name === wanted)?.[1];
    const { what = 'assignment', isFallback } = entry.sent ?? {};
    const name = isFallback ? `${what} again` : what;
    const about = [what === 'event' && valueOf('EventType'), valueOf('ReservationSid')];
    return { name, more: shortened(about.filter(Boolean).join(' ')) };
  }
  if (entry.kind === 'event') {
    const { event_type: name, description } = entry.event;
    return { name, more: shortened((description ?? '').replace(`: ${name}`, '')) };
  }
  return { name: `+${span(entry.to - entry.from)}`, more: 'the clock moved' };
}

function readable(url) {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

// What was measured in whole milliseconds is not told in tenths.
export function durationText(duration) {
  if (Number.isInteger(duration)) return `${duration} ms`;
  return duration < 10 ? `${duration.toFixed(1)} ms` : `${Math.round(duration)} ms`;
}

export function timeOfDay(milliseconds) {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

// Everything that a person may look for, in lower case.
export function searchedText({ kind, operation = '', request, response, event }) {
  if (kind === 'event') return JSON.stringify(event).toLowerCase();
  if (!request) return '';
  const visible = request.fields.filter(([name]) => !SECRET_FIELDS[name]);
  const fields = visible.map((pair) => pair.join('=')).join('\n');
  const texts = [
    operation,
    request.method,
    readable(request.url),
    fields,
    request.body ?? '',
    response?.text ?? '',
  ];
  return texts.join('\n').toLowerCase();
}
