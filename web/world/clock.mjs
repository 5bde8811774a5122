// Lets a world's clock run, faster than ours if that is wanted.

const TICK = 100; // milliseconds
const LONGEST = 1000; // A page in the background is not told the time: it does not make up for hours.

export const SPEEDS = [1, 10, 60, 600];

export class Clock {
  speed = 1;

  #world;
  #timer;
  #last;
  #busy = false;
  #changed = () => {};

  constructor(world) {
    this.#world = world;
  }

  get isRunning() {
    return this.#timer !== undefined;
  }

  // changed: called when the clock starts or stops.
  onChange(changed) {
    this.#changed = changed;
  }

  start() {
    if (this.isRunning) return;
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK);
    this.#changed();
  }

  stop() {
    if (!this.isRunning) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#changed();
  }

  // While the world is busy its time stands still.
  async #tick() {
    const now = performance.now();
    const elapsed = Math.min(now - this.#last, LONGEST);
    this.#last = now;
    if (this.#busy || this.#world.progress !== undefined) return;
    this.#busy = true;
    try {
      await this.#world.advance(Math.round(elapsed * this.speed));
    } catch {
      this.stop();
    } finally {
      this.#busy = false;
    }
  }
}
