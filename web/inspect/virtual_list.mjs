// A list of which only the visible rows are elements: thousands cost what a dozen does. It has the
// focus as a whole; the arrow keys choose a row.
import { element } from '../page/dom.mjs';

const BEYOND = 6; // rows above and below the visible ones

let count = 0; // of lists: their rows' ids differ

export class VirtualList {
  root;

  #number = (count += 1);
  #canvas = element('div', { role: 'presentation', class: 'entry-rows' });
  #items = [];
  #chosen;
  #rows = new Map(); // the elements, by item
  #height = 0; // of a row, as the style sheet has it
  #draw;
  #choose;
  #drawing = false;
  #held = false; // It would be at its top, were it not for the pointer.

  // name: what the list is called. draw(item): the children of a row. choose(item): a person chose it.
  constructor({ name, draw, choose }) {
    this.#draw = draw;
    this.#choose = choose;
    this.root = element(
      'div',
      { class: 'timeline', role: 'listbox', tabindex: '0', 'aria-label': name },
      this.#canvas,
    );
    this.root.addEventListener('scroll', () => this.#soon(), { passive: true });
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('click', (event) => this.#click(event));
    this.root.addEventListener('mouseleave', () => this.#release());
    this.root.addEventListener('wheel', () => (this.#held = false), { passive: true });
    new ResizeObserver(() => this.#measure()).observe(this.root);
  }

  // What is above the visible rows does not push them down, nor away from under the pointer.
  show(items, chosen) {
    const { scrollTop } = this.root;
    const top = this.#items[Math.floor(scrollTop / (this.#height || 1))];
    const offset = scrollTop % (this.#height || 1);
    const stays = top && (scrollTop > 0 || this.root.matches(':hover'));
    const index = stays ? items.indexOf(top) : -1;
    this.#held ||= scrollTop === 0 && index > 0;
    this.#items = items;
    this.#chosen = chosen;
    this.#layOut();
    if (index >= 0) this.root.scrollTop = index * this.#height + offset;
    this.#drawRows();
  }

  // Where the newest item was seen before the pointer came, it is seen again.
  #release() {
    if (this.#held) this.root.scrollTop = 0;
    this.#held = false;
  }

  // Draws a row anew, of an item that has changed.
  refresh(item) {
    this.#rows.get(item)?.remove();
    if (this.#rows.delete(item)) this.#drawRows();
  }

  reveal(item) {
    const index = this.#items.indexOf(item);
    if (index < 0 || this.#height === 0) return;
    const { scrollTop, clientHeight } = this.root;
    const top = index * this.#height;
    if (top < scrollTop) this.root.scrollTop = top;
    else if (top + this.#height > scrollTop + clientHeight)
      this.root.scrollTop = top + this.#height - clientHeight;
  }

  #measure() {
    if (this.root.offsetWidth === 0) return; // The room is not shown.
    const probe = element('div', { class: 'entry-row', role: 'presentation' }, '\u00a0');
    this.#canvas.append(probe);
    this.#height = probe.offsetHeight;
    probe.remove();
    this.#layOut();
    this.#rows.forEach((row) => row.remove());
    this.#rows.clear();
    this.#drawRows();
  }

  #layOut() {
    this.root.style.setProperty('--content', `${this.#items.length * this.#height}px`);
  }

  #soon() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#drawRows();
    });
  }

  #drawRows() {
    if (this.#height === 0) return;
    const first = Math.max(0, Math.floor(this.root.scrollTop / this.#height) - BEYOND);
    const last = Math.min(
      this.#items.length,
      Math.ceil((this.root.scrollTop + this.root.clientHeight) / this.#height) + BEYOND,
    );
    const visible = this.#items.slice(first, last);
    const kept = new Set(visible);
    for (const [item, row] of this.#rows) {
      if (kept.has(item)) continue;
      row.remove();
      this.#rows.delete(item);
    }
    visible.forEach((item, index) => this.#place(item, first + index));
    const chosen = this.#rows.get(this.#chosen);
    if (chosen) this.root.setAttribute('aria-activedescendant', chosen.id);
    else this.root.removeAttribute('aria-activedescendant');
  }

  #place(item, index) {
    let row = this.#rows.get(item);
    if (!row) {
      row = element(
        'div',
        { class: 'entry-row', role: 'option', id: `row-${this.#number}-${item.id}` },
        ...this.#draw(item),
      );
      this.#rows.set(item, row);
      this.#canvas.append(row);
    }
    row.style.transform = `translateY(${index * this.#height}px)`;
    row.setAttribute('aria-posinset', index + 1);
    row.setAttribute('aria-setsize', this.#items.length);
    row.setAttribute('aria-selected', String(item === this.#chosen));
  }

  #click({ target }) {
    const row = target.closest('.entry-row');
    for (const [item, own] of this.#rows) if (own === row) this.#choose(item);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || this.#items.length === 0) return;
    const page = Math.max(1, Math.floor(this.root.clientHeight / this.#height) - 1);
    const last = this.#items.length - 1;
    const at = this.#items.indexOf(this.#chosen);
    const targets = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: last,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    const item = this.#items[Math.min(last, Math.max(0, targets[event.key]))];
    this.#choose(item, { byKey: true });
    this.reveal(item);
    this.#drawRows();
  }
}
