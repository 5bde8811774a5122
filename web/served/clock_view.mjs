// The server's clock. It stands still until it is moved, or it follows real time.
import { element } from '../page/dom.mjs';
import { Now, Steps } from '../play/clock_parts.mjs';

export class ServerClockView {
  root = element('div', { class: 'clock' });

  #world;
  #act;
  #now = new Now();
  #steps;
  #kind; // what is shown: whether the clock is virtual

  // act(work): waits for it, and shows what goes wrong.
  constructor(world, act) {
    this.#world = world;
    this.#act = act;
  }

  draw() {
    const { now, server } = this.#world;
    if (this.#kind !== server.hasVirtualClock) this.#make(server.hasVirtualClock);
    this.#now.draw(now);
    this.#steps?.draw();
  }

  #make(isVirtual) {
    this.#kind = isVirtual;
    this.#steps = isVirtual ? new Steps(this.#world, this.#act) : undefined;
    const text = isVirtual
      ? 'The server’s clock moves for all who use it. What is done there can’t be undone.'
      : 'The server’s clock follows real time. What is done there can’t be undone.';
    const parts = [this.#now.root, this.#steps?.root, element('p', { class: 'hint' }, text)];
    this.root.replaceChildren(...parts.filter(Boolean));
  }
}
