// The clock: what it says, whether it runs and how fast, and steps by hand. And undo.
import { announce, button, element, setText } from '../page/dom.mjs';
import { chooser, group, Now, Steps } from './clock_parts.mjs';
import { SPEEDS } from '../world/clock.mjs';

export class ClockView {
  root;

  #clock;
  #world;
  #now = new Now();
  #steps;
  #run = button('Run', () => this.#toggle(), { id: 'clock-run', class: 'second small' });
  #speed = chooser('Speed of the clock', SPEEDS.map((speed) => [speed, `${speed}×`]));
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
    this.#steps = new Steps(world, act);
    this.#speed.addEventListener('change', () => {
      clock.speed = Number(this.#speed.value);
    });
    clock.onChange(() => this.draw());
    this.root = element(
      'div',
      { class: 'clock' },
      this.#now.root,
      group('Clock', this.#run, this.#speed),
      this.#steps.root,
      group('History', this.#undo, this.#redo),
    );
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  draw() {
    const { now, can } = this.#world;
    this.#now.draw(now);
    setText(this.#run, this.#clock.isRunning ? 'Pause' : 'Run');
    this.#undo.disabled = !can.undo;
    this.#redo.disabled = !can.redo;
    this.#steps.draw();
  }

  #toggle() {
    if (this.#clock.isRunning) this.#clock.stop();
    else this.#clock.start();
    announce(this.#clock.isRunning ? 'The clock runs.' : 'The clock stands.');
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
