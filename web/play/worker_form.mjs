// Adds a worker.
import { element } from '../page/dom.mjs';
import { clearFieldFailure, showFieldFailure } from '../page/failure.mjs';

export class WorkerForm {
  root;

  #name = element('input', { id: 'worker-name', type: 'text', autocomplete: 'off' });
  #attributes = element('textarea', { id: 'worker-attributes', rows: 3, spellcheck: 'false' });
  #failure = element('div', { id: 'worker-failure', class: 'failure', role: 'alert', hidden: true });

  // add(action): does it, and rejects if it is refused.
  constructor(add) {
    const field = (input, label) =>
      element('div', { class: 'field' }, element('label', { for: input.id }, label), input);
    for (const input of [this.#name, this.#attributes]) {
      input.setAttribute('aria-describedby', this.#failure.id);
    }
    const form = element(
      'form',
      { id: 'worker-form', novalidate: true },
      field(this.#name, 'Name'),
      field(this.#attributes, 'Attributes (JSON)'),
      element('button', { type: 'submit', class: 'second small' }, 'Add the worker'),
      this.#failure,
    );
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      this.#clear();
      try {
        const action = { do: 'add-worker', worker: this.#name.value.trim() };
        await add({ ...action, attributes: this.#attributes.value.trim() || '{}' });
        this.#name.value = '';
        this.#name.focus();
      } catch (error) {
        const input = error.field === 'attributes' ? this.#attributes : this.#name;
        showFieldFailure(input, this.#failure, error);
        input.focus();
      }
    });
    this.root = element(
      'details',
      { class: 'add' },
      element('summary', {}, 'Add a worker'),
      form,
    );
  }

  #clear() {
    for (const input of [this.#name, this.#attributes]) clearFieldFailure(input, this.#failure);
  }
}
