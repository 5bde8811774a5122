// A list of exchanges, and the request and the response of the chosen one.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';
import { statusLine } from '../world/exchange.mjs';
import { jsonView } from './json_view.mjs';

function fieldTable(caption, rows) {
  return element(
    'table',
    { class: 'fields' },
    element('caption', {}, caption),
    element(
      'tbody',
      {},
      ...rows.map(([name, value]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, name),
          element('td', {}, element('span', { class: 'value' }, value)),
        ),
      ),
    ),
  );
}

function requestView({ request, curl }) {
  return element(
    'section',
    { class: 'panel', 'aria-label': 'Request' },
    element(
      'div',
      { class: 'panel-head' },
      element('h3', {}, 'Request'),
      copyButton({ label: 'Copy as curl', name: 'for a terminal', text: () => curl }),
    ),
    element('p', { class: 'request-line' }, element('b', {}, request.method), ` ${request.url}`),
    fieldTable('Headers', request.headers),
    request.fields.length > 0 ? fieldTable('Form fields, decoded', request.fields) : undefined,
    element(
      'details',
      {},
      element('summary', {}, 'As curl'),
      element('pre', { class: 'code' }, curl),
    ),
  );
}

function responseView({ response }) {
  if (!response) {
    return element(
      'section',
      { class: 'panel', 'aria-label': 'Response' },
      element('div', { class: 'panel-head' }, element('h3', {}, 'Response')),
      element('p', {}, 'No response reached the page.'),
    );
  }
  const good = response.status < 400;
  return element(
    'section',
    { class: 'panel', 'aria-label': 'Response' },
    element(
      'div',
      { class: 'panel-head' },
      element('h3', {}, 'Response'),
      element('span', { class: good ? 'status good' : 'status bad' }, statusLine(response)),
    ),
    jsonView(response.text),
  );
}

// Fills place with the list and the chosen exchange; the newest is chosen first.
export function showExchanges(place, exchanges, chosen = exchanges.at(-1)) {
  const details = element('div', {}, requestView(chosen), responseView(chosen));
  const list = element('ol', { class: 'exchanges', 'aria-label': 'Calls, newest first' });
  for (const exchange of [...exchanges].reverse()) {
    const { request, response } = exchange;
    const path = new URL(request.url).pathname.replace(/^\/v1\/Workspaces\/[^/]+/, '');
    const button = element(
      'button',
      { type: 'button', class: 'exchange', 'aria-pressed': String(exchange === chosen) },
      element('b', {}, request.method),
      element('span', { class: 'path' }, path || '/'),
      element('span', {}, response ? statusLine(response) : 'no response'),
    );
    button.addEventListener('click', () => {
      for (const other of list.querySelectorAll('button'))
        other.setAttribute('aria-pressed', 'false');
      button.setAttribute('aria-pressed', 'true');
      details.replaceChildren(requestView(exchange), responseView(exchange));
    });
    list.append(element('li', {}, button));
  }
  place.replaceChildren(exchanges.length > 1 ? list : '', details);
}
