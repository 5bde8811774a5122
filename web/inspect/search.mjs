// Looks for the wanted entries without keeping the page from drawing: a little at a time.

const SLICE = 8; // milliseconds of work at a stretch

export class Search {
  #turn = 0;

  // Calls found(entries, isDone) again and again with more of what `accepts`, newest first. A new
  // search ends the one before.
  async run(entries, accepts, found) {
    this.#turn += 1;
    const turn = this.#turn;
    const results = [];
    let since = performance.now();
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      if (accepts(entries[at])) results.push(entries[at]);
      if (performance.now() - since < SLICE) continue;
      found(results, false);
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      if (turn !== this.#turn) return;
      since = performance.now();
    }
    found(results, true);
  }
}
