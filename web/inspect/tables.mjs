// Names and values, one row each.
import { element } from '../page/dom.mjs';
import { SECRET_FIELDS, SECRET_HEADERS } from './code_call.mjs';
import { jsonView } from './json_view.mjs';
import { withSids } from './sids.mjs';

function isObject(text) {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

// JSON inside a value, such as a task's attributes, is laid out like any other.
function valueNodes(name, value) {
  if (SECRET_FIELDS[name]) return [element('span', { class: 'hint' }, '[hidden]')];
  if (isObject(value)) return [jsonView(value, name)];
  return [element('span', { class: 'value' }, ...withSids(value))];
}

// A long name breaks where its words meet.
function nameNodes(name) {
  return name.split(/(?<=_)|(?=[A-Z][a-z])/).flatMap((word) => [word, element('wbr')]);
}

export function pairTable(caption, pairs, { id } = {}) {
  if (pairs.length === 0) return undefined;
  const rows = pairs.map(([name, value]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, ...nameNodes(name)),
      element('td', {}, ...valueNodes(name, String(value))),
    ),
  );
  return element(
    'table',
    { class: 'fields', id },
    element('caption', {}, caption),
    element('tbody', {}, ...rows),
  );
}

export function headerTable(caption, headers) {
  const visible = headers.map(([name, value]) => {
    if (!SECRET_HEADERS.includes(name.toLowerCase())) return [name, value];
    return [
      name,
      name.toLowerCase() === 'authorization'
        ? `${String(value).split(' ', 1)[0]} [hidden]`
        : '[hidden]',
    ];
  });
  return pairTable(caption, visible);
}
