// The time that is left to answer a reservation.
import { announce, byId, setText } from '../page/dom.mjs';

const SPOKEN = [60, 30, 10]; // seconds left at which screen readers are told

export class Countdown {
  #last = undefined;

  // remaining: milliseconds, or undefined when nothing is pending; total: seconds.
  show(remaining, total) {
    const seconds = remaining === undefined ? undefined : Math.ceil(remaining / 1000);
    if (seconds === this.#last) return;
    for (const mark of SPOKEN) {
      if (this.#last > mark && seconds <= mark && seconds > 0)
        announce(`${mark} seconds left to answer`);
    }
    this.#last = seconds;
    byId('countdown').hidden = seconds === undefined;
    if (seconds === undefined) return;
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    setText(byId('countdown-time'), text);
    byId('countdown-bar').style.setProperty('--left', String(seconds / total));
  }
}
