// The form that creates tasks: one, or several at once.
import { button, element } from '../page/dom.mjs';
import { clearFieldFailure, showFieldFailure } from '../page/failure.mjs';

const MOST = 10000; // tasks at once

function field(id, label, input) {
  return element('div', { class: 'field' }, element('label', { for: id }, label), input);
}

function numberInput(id, min, max, value) {
  return element('input', { id, type: 'number', min, max, step: 1, value, inputmode: 'numeric' });
}

// A whole number from an input, or an error that names it.
function wholeOf(input, name, min, max) {
  const value = Number(input.value);
  if (input.value !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw Object.assign(new Error(`${name} should be a whole number from ${min} to ${max}.`), {
    kind: 'argument',
    input,
  });
}

export class TaskForm {
  root;

  #attributes = element('textarea', {
    id: 'attributes',
    rows: 4,
    spellcheck: 'false',
    'aria-describedby': 'task-failure',
  });
  #count = numberInput('task-count', 1, MOST, 1);
  #priority = numberInput('task-priority', 0, 2147483647, 0);
  #channel = element('select', { id: 'task-channel' });
  #examples = element('div', { class: 'examples' });
  #failure = element('div', { id: 'task-failure', class: 'failure', role: 'alert', hidden: true });
  #submit = element('button', { type: 'submit', id: 'create-task' }, 'Create task');

  // create(action): does it, and rejects if it is refused.
  constructor(create) {
    this.#channel.append(
      ...['default', 'chat', 'voice', 'sms', 'video'].map((name) => element('option', {}, name)),
    );
    this.root = element(
      'form',
      { id: 'task-form', autocomplete: 'off', novalidate: true },
      field('attributes', 'Attributes (JSON)', this.#attributes),
      this.#examples,
      element(
        'div',
        { class: 'numbers' },
        field('task-count', 'Count', this.#count),
        field('task-priority', 'Priority', this.#priority),
        field('task-channel', 'Channel', this.#channel),
      ),
      this.#submit,
      this.#failure,
    );
    this.#count.addEventListener('input', () => {
      this.#submit.textContent = Number(this.#count.value) > 1 ? 'Create tasks' : 'Create task';
    });
    this.root.addEventListener('submit', async (event) => {
      event.preventDefault();
      await this.#create(create);
    });
  }

  // examples: [{ label, attributes }] of the scenario.
  begin(examples = []) {
    this.#attributes.value = examples[0]?.attributes ?? '{}';
    const fill = (text) => () => {
      this.#attributes.value = text;
      this.#clear();
    };
    const buttons = examples.map(({ label, attributes }) =>
      button(label, fill(attributes), { class: 'quiet' }),
    );
    this.#examples.replaceChildren(...(buttons.length > 1 ? buttons : []));
    this.#count.value = 1;
    this.#submit.textContent = 'Create task';
    this.#clear();
  }

  #clear() {
    for (const input of [this.#attributes, this.#count, this.#priority]) {
      clearFieldFailure(input, this.#failure);
    }
  }

  async #create(create) {
    this.#clear();
    try {
      const priority = wholeOf(this.#priority, 'The priority', 0, 2147483647);
      const count = wholeOf(this.#count, 'The count', 1, MOST);
      const action = { do: 'task', attributes: this.#attributes.value };
      if (count > 1) action.count = count;
      if (priority > 0) action.priority = priority;
      if (this.#channel.value !== 'default') action.channel = this.#channel.value;
      await create(action);
    } catch (error) {
      const input = error.input ?? this.#attributes;
      showFieldFailure(input, this.#failure, error);
      input.focus();
    }
  }
}
