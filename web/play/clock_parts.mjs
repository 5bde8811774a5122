// Parts of a clock: what it says, and steps by hand.
import { button, element, setAttribute, setText } from '../page/dom.mjs';

const STEPS = [
  [1000, '1 second'],
  [10000, '10 seconds'],
  [60000, '1 minute'],
  [600000, '10 minutes'],
];
export const TIMES = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });
const DAYS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

export function chooser(label, pairs) {
  const options = pairs.map(([value, text]) => element('option', { value }, text));
  return element('select', { class: 'small', 'aria-label': label }, ...options);
}

export function group(label, ...children) {
  return element('div', { class: 'group', role: 'group', 'aria-label': label }, ...children);
}

export class Now {
  root;

  #time = element('time', { class: 'time' });
  #day = element('span', { class: 'day' });

  constructor() {
    this.root = element('p', { class: 'now' }, this.#time, ' ', this.#day);
  }

  draw(now) {
    setText(this.#time, TIMES.format(now));
    setAttribute(this.#time, 'datetime', new Date(now).toISOString());
    setText(this.#day, DAYS.format(now));
  }
}

export class Steps {
  root;

  #world;
  #act;
  #step = button('Step', () => this.#advance(Number(this.#length.value)), {
    id: 'clock-step',
    class: 'second small',
  });
  #length = chooser('Length of a step', STEPS);
  #jump = button('To the next timeout', () => this.#advance(this.#untilTimeout()), {
    id: 'clock-jump',
    class: 'second small',
  });

  // act(work): waits for it, and shows what goes wrong.
  constructor(world, act) {
    this.#world = world;
    this.#act = act;
    this.#length.value = 10000;
    this.root = group('Steps', this.#step, this.#length, this.#jump);
  }

  draw() {
    this.#jump.disabled = this.#untilTimeout() === undefined;
  }

  // Milliseconds until the next reservation times out.
  #untilTimeout() {
    const { model, now } = this.#world;
    let next;
    for (const { reservations } of model.workers.values()) {
      for (const sid of reservations) {
        const { status, deadline } = model.reservations.get(sid) ?? {};
        if (status === 'pending' && !(deadline >= next)) next = deadline;
      }
    }
    return next === undefined ? undefined : Math.max(0, next - now);
  }

  #advance(milliseconds) {
    if (milliseconds !== undefined) this.#act(() => this.#world.advance(milliseconds));
  }
}
