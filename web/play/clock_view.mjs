// The clock: what it says, whether it runs and how fast, and steps by hand. And undo.
import { announce, button, element, setAttribute, setText } from '../page/dom.mjs';
import { SPEEDS } from '../world/clock.mjs';

const STEPS = [
  [1000, '1 second'],
  [10000, '10 seconds'],
  [60000, '1 minute'],
  [600000, '10 minutes'],
];
const TIMES = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });
const DAYS = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

function chooser(label, pairs) {
  const options = pairs.map(([value, text]) => element('option', { value }, text));
  return element('select', { class: 'small', 'aria-label': label }, ...options);
}

export class ClockView {
  root;

  #clock;
  #world;
  #time = element('time', { class: 'time' });
  #day = element('span', { class: 'day' });
  #run = button('Run', () => this.#toggle(), { id: 'clock-run', class: 'second small' });
  #step = button('Step', () => this.#advance(Number(this.#length.value)), {
    id: 'clock-step',
    class: 'second small',
  });
  #length = chooser('Length of a step', STEPS);
  #speed = chooser('Speed of the clock', SPEEDS.map((speed) => [speed, `${speed}×`]));
  #jump = button('To the next timeout', () => this.#advance(this.#untilTimeout()), {
    id: 'clock-jump',
    class: 'second small',
  });
  #undo = button('Undo', () => this.#change('undo'), {
    id: 'undo',
    class: 'second small',
    title: 'Ctrl+Z',
  });
  #redo = button('Redo', () => this.#change('redo'), {
    id: 'redo',
    class: 'second small',
    title: 'Ctrl+Shift+Z',
  });
  #act;

  // act(work): waits for it, and shows what goes wrong.
  constructor(world, clock, act) {
    this.#world = world;
    this.#clock = clock;
    this.#act = act;
    this.#length.value = 10000;
    this.#speed.addEventListener('change', () => {
      clock.speed = Number(this.#speed.value);
    });
    clock.onChange(() => this.draw());
    const group = (label, ...children) =>
      element('div', { class: 'group', role: 'group', 'aria-label': label }, ...children);
    this.root = element(
      'div',
      { class: 'clock' },
      element('p', { class: 'now' }, this.#time, ' ', this.#day),
      group('Clock', this.#run, this.#speed),
      group('Steps', this.#step, this.#length, this.#jump),
      group('History', this.#undo, this.#redo),
    );
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  draw() {
    const { now, can } = this.#world;
    setText(this.#time, TIMES.format(now));
    setAttribute(this.#time, 'datetime', new Date(now).toISOString());
    setText(this.#day, DAYS.format(now));
    setText(this.#run, this.#clock.isRunning ? 'Pause' : 'Run');
    this.#undo.disabled = !can.undo;
    this.#redo.disabled = !can.redo;
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

  #toggle() {
    if (this.#clock.isRunning) this.#clock.stop();
    else this.#clock.start();
    announce(this.#clock.isRunning ? 'The clock runs.' : 'The clock stands.');
  }

  #advance(milliseconds) {
    if (milliseconds !== undefined) this.#act(() => this.#world.advance(milliseconds));
  }

  #change(what) {
    this.#clock.stop();
    this.#act(async () => {
      const action = await this.#world[what]();
      if (action) announce(what === 'undo' ? 'Undone.' : 'Done again.');
    });
  }

  // Ctrl+Z and Ctrl+Shift+Z, where the clock is to be seen and nothing is being typed.
  #key(event) {
    const typing = event.target.closest?.('input, textarea, select');
    if (typing || this.root.closest('[hidden]') || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    this.#change(event.shiftKey ? 'redo' : 'undo');
  }
}
