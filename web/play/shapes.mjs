// The words and shapes of tasks, workers and time. A state is never told by its colour alone.
import { element, setAttribute, setText } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';

// The shape of an activity: disc, ring, half, square or diamond.
export function shapeOf({ name, available }) {
  if (available) return 'disc';
  if (/offline/i.test(name)) return 'ring';
  if (/reserv/i.test(name)) return 'half';
  return /busy|assigned|talk|call/i.test(name) ? 'square' : 'diamond';
}

export function glyph(activity) {
  const shape = activity && shapeOf(activity);
  return element('span', { class: 'glyph', 'data-shape': shape, 'aria-hidden': 'true' });
}

// 65000 is 1:05.
export function minutes(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${Math.floor(seconds / 60) % 60}:${String(seconds % 60).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${rest.padStart(5, '0')}` : rest;
}

const NUMBERS = new Intl.NumberFormat('en');

export function number(count) {
  return NUMBERS.format(count);
}

// A task as a small mark with its number, which leads to what is known about it.
export function taskMark() {
  return element('a', { class: 'mark-task' });
}

export function showTaskMark(mark, task, selected = false) {
  setAttribute(mark, 'href', writeAddress('play', ['task', String(task.number)]));
  setAttribute(mark, 'data-status', task.status);
  setAttribute(mark, 'data-task', task.number);
  setAttribute(mark, 'aria-label', `Task ${task.number}, ${task.status}`);
  setAttribute(mark, 'aria-current', selected ? 'true' : undefined);
  setText(mark, String(task.number));
}

function worded(value) {
  if (Array.isArray(value)) return value.map(worded).join(', ');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

// {"languages":["en","es"],"level":2} is `languages en, es · level 2`.
export function attributesInWords(text, most = 160) {
  let words = text;
  try {
    const pairs = Object.entries(JSON.parse(text));
    words = pairs.map(([name, value]) => `${name} ${worded(value)}`).join(' · ');
  } catch {
    // Then it is shown as it is.
  }
  return words.length > most ? `${words.slice(0, most)}…` : words;
}
