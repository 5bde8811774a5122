// The lines between the columns: from each target to its queue, from each queue, beside the task that
// is offered, to the worker. They repeat what the words say, and are there for the eye only.
import { drawing, keep, setAttribute } from '../page/dom.mjs';

const MOST = 120; // lines
const GAP = 6; // pixels between a line and what it leads to
const LINE = 26; // pixels: of what is higher, the first line is met

// A curve that leaves and arrives level.
function curve(from, to) {
  const bend = (to.x - from.x) / 2;
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

export class Wires {
  root = drawing('svg', { class: 'wires', 'aria-hidden': 'true', focusable: 'false' });

  #picture;
  #isBackwards;

  constructor(picture) {
    this.#picture = picture;
  }

  // Whether the columns stand side by side.
  get isWide() {
    return getComputedStyle(this.root).display !== 'none';
  }

  // Where a line meets the middle of an element's side: 'end' is the right one, in English.
  at(node, side) {
    const frame = this.#picture.getBoundingClientRect();
    const box = node.getBoundingClientRect();
    const right = (side === 'end') !== this.#isBackwards;
    return {
      x: Math.round((right ? box.right + GAP : box.left - GAP) - frame.left),
      y: Math.round(box.top + Math.min(box.height, LINE) / 2 - frame.top),
    };
  }

  draw() {
    if (!this.isWide) return;
    this.#isBackwards = getComputedStyle(this.#picture).direction === 'rtl';
    const queues = new Map();
    for (const queue of this.#picture.querySelectorAll('.queue')) {
      queues.set(queue.dataset.queue, queue.firstElementChild);
    }
    const lines = [];
    // beside: an element at whose height the line begins.
    const connect = (from, to, kind, key, beside = from) => {
      if (!from || !to || lines.length === MOST) return;
      const begin = { x: this.at(from, 'end').x, y: this.at(beside, 'end').y };
      lines.push({ key, kind, d: curve(begin, this.at(to, 'start')) });
    };
    for (const [index, target] of [...this.#picture.querySelectorAll('.target')].entries()) {
      connect(target, queues.get(target.dataset.queue), 'route', `route ${index}`);
    }
    const marks = new Map();
    for (const mark of this.#picture.querySelectorAll('.waiting .mark-task')) {
      marks.set(mark.dataset.task, mark);
    }
    for (const held of this.#picture.querySelectorAll('.reservation')) {
      const { status, queue, key } = held.dataset;
      if (status !== 'pending') continue;
      const mark = marks.get(held.querySelector('.mark-task').dataset.task);
      connect(queues.get(queue), held, 'pending', key, mark);
    }
    keep(this.root, lines, {
      key: ({ key }) => key,
      make: () => drawing('path', { class: 'wire' }),
      update: (path, { kind, d }) => {
        setAttribute(path, 'data-kind', kind);
        setAttribute(path, 'd', d);
      },
    });
  }
}
