// Keeps the world on the server up to date while somebody looks at the page.

const PAUSE = 500; // milliseconds from one look to the next
const LONGEST = 4000; // the same while the server does not answer
const TICK = 200; // between two drawings of a clock that runs

export class Follower {
  #world;
  #timer;
  #ticking;
  #pause = PAUSE;
  #busy = false;

  constructor(world) {
    this.#world = world;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.#turn());
    // A page that is left may be kept in memory and shown again.
    window.addEventListener('pageshow', () => this.#turn());
    window.addEventListener('pagehide', () => this.#stop());
    window.addEventListener('online', () => this.#turn());
    this.#turn();
  }

  #turn() {
    this.#stop();
    if (document.hidden) return;
    this.#ticking = setInterval(() => this.#tick(), TICK);
    this.#look();
  }

  #stop() {
    clearTimeout(this.#timer);
    clearInterval(this.#ticking);
  }

  #tick() {
    const { server, progress, lost } = this.#world;
    if (!server.hasVirtualClock && progress === undefined && lost === undefined) this.#world.tell({});
  }

  async #look() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#world.follow();
      this.#pause = PAUSE;
    } catch {
      this.#pause = Math.min(this.#pause * 2, LONGEST); // The world says so, and it is tried again.
    } finally {
      this.#busy = false;
      clearTimeout(this.#timer);
      if (!document.hidden) this.#timer = setTimeout(() => this.#look(), this.#pause);
    }
  }
}
