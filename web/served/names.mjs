// What a workspace's parts are called now: as set_up.mjs has it, but it follows the model.

function sidsByName(things) {
  return new Map([...things.values()].map(({ name, sid }) => [name, sid]));
}

export class LiveNames {
  workspace;

  #model;

  constructor(model, workspace) {
    this.#model = model;
    this.workspace = workspace;
  }

  get workflow() {
    return this.#model.workflow;
  }

  get activities() {
    return sidsByName(this.#model.activities);
  }

  get queues() {
    return sidsByName(this.#model.queues);
  }
}
