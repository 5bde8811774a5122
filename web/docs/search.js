// The search: a list of names that narrows as one types. The index is in search_index.js.
'use strict';

const field = document.getElementById('search');
const list = document.getElementById('found');
const MOST = 12;
let chosen = -1;

// Lower is better; undefined is no match. The last part of a name counts most.
function rank(name, words) {
  const low = name.toLowerCase();
  if (!words.every((word) => low.includes(word))) return undefined;
  const last = low.split(/::|\.|: /).pop();
  const whole = words.join(' ');
  const place = last === whole ? 0 : last.startsWith(whole) ? 1 : last.includes(whole) ? 2 : 3;
  return place * 1000 + name.length;
}

function find(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return globalThis.searchIndex
    .map((entry) => [rank(entry[0], words), entry])
    .filter(([score]) => score !== undefined)
    .sort(([a], [b]) => a - b)
    .slice(0, MOST)
    .map(([, entry]) => entry);
}

function item([name, kind, url], number) {
  const option = document.createElement('li');
  option.id = `found-${number}`;
  option.setAttribute('role', 'option');
  const link = document.createElement('a');
  link.href = url;
  link.tabIndex = -1;
  link.append(name);
  const label = document.createElement('span');
  label.textContent = kind;
  option.append(link, label);
  return option;
}

function choose(number) {
  const options = [...list.children].filter((option) => option.getAttribute('role') === 'option');
  chosen = options.length === 0 ? -1 : (number + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute('aria-selected', String(at === chosen)));
  if (chosen < 0) field.removeAttribute('aria-activedescendant');
  else field.setAttribute('aria-activedescendant', options[chosen].id);
  options[chosen]?.scrollIntoView({ block: 'nearest' });
}

function show() {
  const entries = find(field.value);
  const isOpen = field.value.trim() !== '';
  list.replaceChildren(...entries.map(item));
  if (isOpen && entries.length === 0) {
    const nothing = document.createElement('li');
    nothing.className = 'nothing';
    nothing.setAttribute('role', 'option');
    nothing.setAttribute('aria-disabled', 'true');
    nothing.textContent = 'Nothing is called so.';
    list.append(nothing);
  }
  list.hidden = !isOpen;
  field.setAttribute('aria-expanded', String(isOpen));
  choose(0);
}

function close() {
  list.hidden = true;
  field.setAttribute('aria-expanded', 'false');
  field.removeAttribute('aria-activedescendant');
}

field.addEventListener('input', show);
field.addEventListener('focus', show);
field.addEventListener('keydown', (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (steps[event.key]) {
    event.preventDefault();
    choose(chosen + steps[event.key]);
  } else if (event.key === 'Enter') {
    list.querySelector('[aria-selected="true"] a')?.click();
    close();
  } else if (event.key === 'Escape') {
    close();
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  event.preventDefault();
  field.focus();
});
document.addEventListener('click', (event) => {
  if (!event.target.closest('.search')) close();
});
