// Which entries of the timeline are wanted. It stands in the address, so that a view can be linked to.
import { KINDS, resourceOf, searchedText, statusClassOf, whereOf } from './entry.mjs';

const NAMES = ['kind', 'where', 'method', 'status', 'resource', 'text'];

const texts = new WeakMap(); // what entries are found by, made when it is first needed

function textOf(entry) {
  if (!texts.has(entry)) texts.set(entry, searchedText(entry));
  return texts.get(entry);
}

// search: URLSearchParams, as the room's address has them.
export function filterOf(search) {
  const filter = Object.fromEntries(NAMES.map((name) => [name, search.get(name) ?? '']));
  if (!Object.hasOwn(KINDS, filter.kind)) filter.kind = '';
  return filter;
}

export function isEmpty(filter) {
  return NAMES.every((name) => filter[name] === '');
}

// Every word of the text must be there.
export function wanted(filter, entry) {
  if (filter.kind && entry.kind !== filter.kind) return false;
  if (filter.where && whereOf(entry) !== filter.where) return false;
  if (filter.method && entry.request?.method !== filter.method) return false;
  if (filter.status && statusClassOf(entry) !== filter.status) return false;
  if (filter.resource && resourceOf(entry) !== filter.resource) return false;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 || words.every((word) => textOf(entry).includes(word));
}
