// From what was typed into an operation's fields to the values that the client takes. No document.

const SHOWN_OPTIONAL = 4; // so many optional fields are seen at once

const HINTS = {
  json: 'JSON',
  time: 'such as 2026-01-02T03:04:05Z',
};

// What is said beside a field's name.
export function hintOf({ kind, prefix, lowest, highest, list, place }) {
  const several = list ? ', one a line' : '';
  if (kind === 'sid') return `${prefix}…${several}`;
  if (kind === 'integer' && highest !== undefined) return `${lowest} to ${highest}`;
  if (kind === 'integer' && lowest !== undefined) return `${lowest} or more`;
  if (place === 'header') return 'an ETag';
  return (HINTS[kind] ?? '') + (list ? 'one a line' : '');
}

// The parts of a form: what must be filled in, what may be, and the rest of that.
export function partsOf({ fields }) {
  const optional = fields
    .filter(({ required, place }) => !required && place !== 'header')
    .sort((a, b) => Number(b.kind === 'json') - Number(a.kind === 'json'));
  const headers = fields.filter(({ place }) => place === 'header');
  return {
    required: fields.filter(({ required }) => required),
    optional: optional.slice(0, SHOWN_OPTIONAL),
    more: [...optional.slice(SHOWN_OPTIONAL), ...headers],
  };
}

function valueOf({ kind }, text) {
  if (kind === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (kind === 'boolean') return text === 'true';
  return text;
}

// texts: what was typed, by field name. What was left empty is left out. A number that is none is
// handed on, for the client says what is wrong with it.
export function valuesOf({ fields }, texts) {
  const values = {};
  for (const field of fields) {
    const text = (texts.get(field.name) ?? '').trim();
    if (text === '') continue;
    const all = field.list ? text.split('\n').map((line) => line.trim()) : [text];
    const some = all.filter(Boolean).map((line) => valueOf(field, line));
    values[field.name] = field.list ? some : some[0];
  }
  return values;
}

// The other way round: what is typed into the fields for these values, by field name.
export function textsOf({ fields }, values) {
  return new Map(
    fields.map(({ name }) => [name, name in values ? [values[name]].flat().join('\n') : '']),
  );
}

// Operations by what they are about, as a path names it: [['Activities', [operation, ...]], ...].
export function groupsOf(operations) {
  const groups = new Map();
  for (const operation of operations) {
    const names = operation.path
      .split('/')
      .slice(2)
      .filter((part) => !part.startsWith('{'));
    const name = names
      .slice(names.length > 1 ? 1 : 0)
      .join(' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2');
    groups.set(name, [...(groups.get(name) ?? []), operation]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en'));
}
