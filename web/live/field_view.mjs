// A field of live mode's form: its label, its input and the place for what is wrong with it.
import { element } from '../page/dom.mjs';
import { SECRET_FIELDS } from '../inspect/code_call.mjs';
import { hintOf } from './values.mjs';

function options(texts) {
  return texts.map((text) => element('option', { value: text }, text));
}

function inputOf({ kind, wire, names, list }, common) {
  if (kind === 'enum' && !list)
    return element('select', common, element('option', { value: '' }, ''), ...options(names));
  if (kind === 'boolean')
    return element(
      'select',
      common,
      element('option', { value: '' }, ''),
      ...options(['true', 'false']),
    );
  if (kind === 'json' || list) return element('textarea', { ...common, rows: '2' });
  const type = SECRET_FIELDS[wire] ? 'password' : 'text';
  return element('input', {
    ...common,
    type,
    inputmode: kind === 'integer' ? 'numeric' : undefined,
  });
}

// field: as operations.json has it. Answers { row, input, failure }.
export function fieldView(field, { hint = hintOf(field), value } = {}) {
  const id = `live-${field.name}`;
  const input = inputOf(field, {
    id,
    name: field.name,
    value,
    class: field.kind === 'text' ? undefined : 'sid',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    'aria-describedby': hint ? `${id}-hint ${id}-failure` : `${id}-failure`,
    'aria-required': field.required ? 'true' : undefined,
  });
  const failure = element('div', {
    id: `${id}-failure`,
    class: 'failure',
    role: 'alert',
    hidden: true,
  });
  const head = element('div', { class: 'label-line' }, element('label', { for: id }, field.wire));
  if (hint) head.append(element('span', { class: 'hint', id: `${id}-hint` }, hint));
  return { row: element('div', { class: 'field' }, head, input, failure), input, failure };
}
