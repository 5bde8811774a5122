// An entry of the timeline, opened.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';
import { statusLine } from '../world/exchange.mjs';
import { operationOf } from './code_call.mjs';
import { codeView } from './code_view.mjs';
import { KINDS, durationText, hostOf, pathOf, span, timeOfDay, titleOf } from './entry.mjs';
import { jsonView } from './json_view.mjs';
import { withSids } from './sids.mjs';
import { headerTable, pairTable } from './tables.mjs';

function statusChip(response) {
  if (!response) return element('span', { class: 'status bad' }, 'no answer');
  return element(
    'span',
    { class: response.status < 400 ? 'status good' : 'status bad' },
    statusLine(response),
  );
}

function bodyOf({ headers, fields, body }) {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (type.startsWith('application/json')) return jsonView(body ?? '', 'Request body');
  return pairTable('Form, decoded', fields);
}

function requestPart(request) {
  return element(
    'section',
    { class: 'http-part', 'aria-label': 'Request' },
    element('h3', {}, 'Request'),
    element(
      'p',
      { class: 'request-line' },
      element('b', {}, request.method),
      ' ',
      ...withSids(request.url),
    ),
    headerTable('Headers', request.headers),
    pairTable('Query, decoded', [...new URL(request.url).searchParams]),
    bodyOf(request),
  );
}

function responsePart({ response, sent }) {
  const copy = response?.text
    ? copyButton({ name: 'the response body', text: () => response.text })
    : undefined;
  const head = element(
    'div',
    { class: 'panel-head' },
    element('h3', {}, 'Response'),
    element('div', { class: 'buttons' }, sent?.waits ? '' : statusChip(response), copy),
  );
  const awaited = 'The server waits for the answer, for five seconds at most.';
  const nobody = sent ? 'No answer came.' : 'No response reached the page.';
  const nothing = element('p', { class: 'hint' }, sent?.waits ? awaited : nobody);
  const parts = response
    ? [
        headerTable('Headers', response.headers ?? []),
        response.text
          ? jsonView(response.text)
          : element('p', { class: 'hint' }, 'It has no body.'),
      ]
    : [nothing];
  return element('section', { class: 'http-part', 'aria-label': 'Response' }, head, ...parts);
}

function exchangeParts(entry, settings) {
  return [
    element(
      'div',
      { class: 'both' },
      requestPart(entry.request),
      entry.built ? '' : responsePart(entry),
    ),
    codeView(entry.request, { ...settings, usesKey: entry.usesKey }),
  ];
}

// What a server sent, and what it thought of the answer.
function sentParts(entry, settings) {
  const { what, isFallback, problem, code } = entry.sent;
  const where = {
    assignment: `the workflow’s ${isFallback ? 'fallback ' : ''}assignment callback URL`,
    event: 'the workspace’s event callback URL',
  };
  const about = isFallback ? ' The first URL gave no good answer.' : '';
  return [
    element('p', { class: 'hint' }, `The server posted this to ${where[what]}.${about}`),
    problem
      ? element(
          'div',
          { class: 'failure' },
          element('p', { class: 'failure-title' }, code ? `Error ${code}` : 'Error'),
          element('p', {}, problem),
        )
      : '',
    element('div', { class: 'both' }, requestPart(entry.request), responsePart(entry)),
    codeView(entry.request, settings),
  ];
}

function callbackParts(entry, settings) {
  if (entry.sent) return sentParts(entry, settings);
  const { request } = entry;
  return [
    element(
      'p',
      { class: 'hint' },
      'TaskRouter posts this to the workflow’s assignment callback URL. Here nobody is called: the reservation waits ' +
        'for you. As curl it can be sent to a server of yours.',
    ),
    requestPart(request),
    codeView(request, settings),
  ];
}

function flat(value) {
  return Object.entries(value ?? {}).map(([name, inner]) => [
    name,
    typeof inner === 'string' ? inner : JSON.stringify(inner),
  ]);
}

function eventParts({ event }) {
  const { event_data: data, ...rest } = event;
  const parsed = typeof data === 'string' ? JSON.parse(data || '{}') : data;
  return [
    element('p', {}, ...withSids(event.description ?? '')),
    element(
      'div',
      { class: 'both' },
      pairTable('Event data', flat(parsed)) ?? '',
      pairTable('The event itself', flat(rest)),
    ),
  ];
}

function clockParts({ from, to }) {
  return [
    element(
      'p',
      {},
      `The clock moved by ${span(to - from)}, from ${timeOfDay(from)} to ${timeOfDay(to)} UTC.`,
    ),
  ];
}

const PARTS = {
  exchange: exchangeParts,
  callback: callbackParts,
  event: eventParts,
  clock: clockParts,
};

// What another program sent is named by what it did.
function heading(entry, operations) {
  const { name } = titleOf(entry);
  if (entry.kind === 'exchange') {
    const operation = entry.operation ?? operationOf(entry.request, operations);
    return operation ?? `${name} ${pathOf(entry)}`;
  }
  if (entry.kind === 'callback') {
    const { what = 'assignment', isFallback } = entry.sent ?? {};
    const name = what === 'event' ? 'Event callback' : 'Assignment callback';
    return isFallback ? `${name}, to the fallback URL` : name;
  }
  return name;
}

function facts(entry) {
  return [
    entry.built ? 'built, not sent' : `${entry.live ? 'live ' : ''}${KINDS[entry.kind]}`,
    entry.time === undefined ? undefined : `${timeOfDay(entry.time)} UTC`,
    entry.duration === undefined ? undefined : durationText(entry.duration),
    entry.from && `from ${entry.from}`,
  ].filter(Boolean);
}

const WAYS = { direct: 'straight from the page', proxy: 'through the proxy on your machine' };

function livePart({ live, ...entry }) {
  if (!live) return undefined;
  return element(
    'p',
    { class: 'went', id: 'went' },
    element('strong', {}, 'Live. '),
    'This went to ',
    element('b', {}, hostOf(entry)),
    ` ${WAYS[live]}. What it changed there stays changed: neither undo nor another scenario takes it back.`,
  );
}

// What happened in the same step: a request, and the events and callbacks that came of it.
function stepPart(entry, step, open) {
  if (step.length < 2) return undefined;
  const rows = step.map((other) => {
    const { name, more } = titleOf(other);
    const button = element(
      'button',
      { type: 'button', class: 'step-row', 'aria-current': other === entry ? 'true' : undefined },
      element('span', { class: 'kind-sign', 'data-kind': other.kind }),
      element('span', { class: 'entry-name' }, name),
      element('span', { class: 'entry-more' }, more),
    );
    button.addEventListener('click', () => open(other));
    return element('li', {}, button);
  });
  return element(
    'section',
    { class: 'same-step', 'aria-label': 'The same step' },
    element('h3', {}, 'In the same step'),
    element('ol', {}, ...rows),
  );
}

// settings: { operations, replay(entry), open(entry) }; step: the entries of the same step.
export function detailView(entry, step, settings) {
  const actions = element('div', { class: 'buttons' });
  if (entry.request) {
    actions.append(
      copyButton({ label: 'Copy the URL', name: 'of this request', text: () => entry.request.url }),
    );
  }
  if (entry.kind === 'exchange' && settings.replay) {
    const label = entry.live ? 'Send again in Live…' : 'Replay';
    const button = element('button', { type: 'button', class: 'quiet', id: 'replay' }, label);
    button.addEventListener('click', () => settings.replay(entry));
    actions.append(button);
  }
  return [
    element(
      'header',
      { class: 'entry-head' },
      element(
        'div',
        {},
        element('h2', { tabindex: '-1' }, heading(entry, settings.operations)),
        element('p', { class: 'hint' }, facts(entry).join(' · ')),
      ),
      actions,
    ),
    livePart(entry) ?? '',
    ...PARTS[entry.kind](entry, settings),
    stepPart(entry, step, settings.open) ?? '',
  ];
}
