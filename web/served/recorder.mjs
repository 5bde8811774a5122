// Reads what the server has recorded since it was last asked, of one workspace.
import { callbackEntry, requestEntry, workspaceOfBody, workspaceOfUrl } from './passed.mjs';

export class Recorder {
  #server;
  #workspace;
  #lastRequest; // undefined until the first time
  #lastCallback = 0; // All up to this one are finished.
  #told = new Map(); // of the later ones: whether they were when they were told

  constructor(server, workspace) {
    this.#server = server;
    this.#workspace = workspace;
  }

  // Answers entries.
  async read() {
    const [requests, callbacks] = await Promise.all([this.#requests(), this.#callbacks()]);
    return [...requests, ...callbacks];
  }

  // This page's own are among the entries since they were answered, but for those of its earlier days.
  async #requests() {
    const isFirst = this.#lastRequest === undefined;
    const last = this.#lastRequest ?? 0;
    const requests = await this.#server.requestsAfter(last);
    this.#lastRequest = requests.at(-1)?.id ?? last;
    return requests
      .filter(({ page }) => isFirst || page !== this.#server.page)
      .filter(({ url }) => [undefined, this.#workspace].includes(workspaceOfUrl(url)))
      .map(requestEntry);
  }

  // One that waits for its answer is told, and once more when that is known.
  async #callbacks() {
    const callbacks = await this.#server.callbacksAfter(this.#lastCallback);
    const news = callbacks.filter(({ id, is_finished }) => this.#told.get(id) !== is_finished);
    for (const { id, is_finished } of news) this.#told.set(id, is_finished);
    const waiting = callbacks.find(({ is_finished }) => !is_finished);
    this.#lastCallback = waiting ? waiting.id - 1 : (callbacks.at(-1)?.id ?? this.#lastCallback);
    for (const id of this.#told.keys()) if (id <= this.#lastCallback) this.#told.delete(id);
    return news.filter(({ body }) => workspaceOfBody(body) === this.#workspace).map(callbackEntry);
  }
}
