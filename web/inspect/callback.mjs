// The assignment callback, decoded, one row a parameter.
import { copyButton } from '../page/copy.mjs';
import { element } from '../page/dom.mjs';

// callback: { url, fields: [[name, value], ...] }
export function callbackView({ url, fields }) {
  const rows = fields.map(([name, value]) => {
    const chosen = name === 'ReservationSid';
    const text = element('span', { class: 'value' }, value);
    const copy = () => copyButton({ name: 'ReservationSid', text: () => value });
    return element(
      'tr',
      { class: chosen ? 'chosen' : undefined },
      element('th', { scope: 'row' }, name),
      element('td', {}, chosen ? element('div', {}, text, copy()) : text),
    );
  });
  return [
    element('p', { class: 'request-line' }, element('b', {}, 'POST'), ` ${url}`),
    element(
      'table',
      { class: 'fields', id: 'callback-fields', 'aria-labelledby': 'callback-title' },
      element('tbody', {}, ...rows),
    ),
  ];
}
