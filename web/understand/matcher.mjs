// Whether an expression matches a task, remembered, for those who ask of thousands of tasks.

const MOST = 2000;

// Answers undefined until the module has been loaded, which happens when it is asked first.
export class Matcher {
  #workflows;
  #loading;
  #known = new Map();

  matches = (expression, attributes) => {
    const key = `${expression}\n${attributes}`;
    if (!this.#known.has(key)) {
      if (!this.#workflows) {
        this.#loading ??= this.#load();
        return undefined;
      }
      if (this.#known.size >= MOST) this.#known.clear();
      this.#known.set(key, this.#ask(expression, attributes));
    }
    return this.#known.get(key);
  };

  #ask(expression, attributes) {
    try {
      return this.#workflows.explain(expression, { attributes }).matches;
    } catch {
      return false;
    }
  }

  async #load() {
    try {
      const { Workflows } = await import('../workflow.mjs');
      this.#workflows = await Workflows.create();
    } catch {
      this.#loading = undefined;
    }
  }
}
