// The form of live mode: how to send, what to send, and its fields.
import { element, setText } from '../page/dom.mjs';
import { bannerOf } from './banner.mjs';
import { TWILIO } from './connection.mjs';
import { fieldView } from './field_view.mjs';
import { groupsOf, partsOf, textsOf } from './values.mjs';

const FIRST = 'UpdateTaskReservation';
const ENDPOINT = [
  [
    { name: 'base', wire: 'Base URL', kind: 'sid', required: true },
    { hint: '', value: TWILIO },
  ],
  [
    { name: 'account', wire: 'Account SID or API key SID', kind: 'sid', required: true },
    { hint: 'AC… or SK…' },
  ],
  [
    { name: 'token', wire: 'Auth token or API key secret', kind: 'sid', required: true },
    { hint: '' },
  ],
];
const MODES = { proxy: 'Through the proxy', direct: 'Straight from the page', build: 'Build only' };

function modeChoices(modes) {
  const choices = modes.map((mode, index) =>
    element(
      'label',
      {},
      element('input', { type: 'radio', name: 'mode', value: mode, checked: index === 0 }),
      element('span', {}, MODES[mode]),
    ),
  );
  return element(
    'fieldset',
    {},
    element('legend', {}, 'How to send'),
    element('div', { class: 'choices' }, ...choices),
  );
}

function picker(operations) {
  const groups = groupsOf(operations).map(([name, some]) =>
    element(
      'optgroup',
      { label: name },
      ...some.map((operation) => element('option', { value: operation.name }, operation.name)),
    ),
  );
  return element('select', { id: 'live-operation', name: 'operation' }, ...groups);
}

// A task's Sid is not a worker's.
function keyOf({ name, prefix }) {
  return `${name} ${prefix}`;
}

export class LiveForm {
  root;
  banner = element('p', { class: 'banner' });

  #proxy;
  #operations;
  #endpoint = Object.fromEntries(
    ENDPOINT.map(([field, settings]) => [field.name, fieldView(field, settings)]),
  );
  #endpointRows = element('div', { class: 'stack-of-fields' });
  #picker;
  #route = element('p', { class: 'request-line', id: 'live-route' });
  #fieldRows = element('div', { class: 'stack-of-fields' });
  #fields = new Map(); // the views of the operation's fields, by name
  #typed = new Map(); // what was typed into a path: another operation may need the same SIDs
  #send = element('button', { type: 'submit', id: 'live-send' });

  // proxy: what findProxy() answered. send() is called when the person wants it.
  constructor({ operations, proxy, send, changed }) {
    this.#operations = operations;
    this.#proxy = proxy;
    this.#picker = picker(operations);
    this.#endpoint.token.input.type = 'password';
    this.#endpointRows.append(...Object.values(this.#endpoint).map(({ row }) => row));
    this.root = element(
      'form',
      { id: 'live-form', autocomplete: 'off', novalidate: true },
      modeChoices(proxy ? ['proxy', 'direct', 'build'] : ['direct', 'build']),
      this.#endpointRows,
      element(
        'div',
        { class: 'field' },
        element(
          'div',
          { class: 'label-line' },
          element('label', { for: 'live-operation' }, 'Operation'),
        ),
        this.#picker,
        this.#route,
      ),
      this.#fieldRows,
      this.#send,
    );
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      send();
    });
    this.root.addEventListener('input', ({ target }) => this.#input(target));
    this.#picker.addEventListener('change', () => changed(this.operation));
    this.choose(FIRST);
  }

  get mode() {
    return this.root.elements.mode.value;
  }

  get operation() {
    return this.#operations.find(({ name }) => name === this.#picker.value);
  }

  get texts() {
    return new Map([...this.#fields].map(([name, { input }]) => [name, input.value]));
  }

  get endpoint() {
    const typed = (name) => this.#endpoint[name].input.value;
    return { base: typed('base').trim(), account: typed('account').trim(), token: typed('token') };
  }

  // The view that has a name, of the operation's fields or of the endpoint's.
  view(name) {
    return this.#fields.get(name) ?? (this.mode === 'proxy' ? undefined : this.#endpoint[name]);
  }

  // The views whose fields must be filled in.
  required() {
    const endpoint = { direct: ['base', 'account', 'token'], build: ['base'], proxy: [] }[
      this.mode
    ];
    const own = this.operation.fields
      .filter(({ required }) => required)
      .map(({ name }) => this.#fields.get(name));
    return [...endpoint.map((name) => this.#endpoint[name]), ...own];
  }

  views() {
    return [...Object.values(this.#endpoint), ...this.#fields.values()];
  }

  choose(name) {
    if (!this.#operations.some((operation) => operation.name === name)) return;
    this.#picker.value = name;
    this.#showFields();
  }

  // Fills in what a call was made of, but for its secrets. Nothing is sent.
  fill({ live, base, operation, fields }) {
    const mode = this.root.querySelector(`input[name="mode"][value="${live}"]`);
    if (mode) mode.checked = true;
    this.#endpoint.base.input.value = base;
    this.choose(operation);
    for (const [name, text] of textsOf(this.operation, fields)) {
      const { input } = this.#fields.get(name);
      input.value = text;
      this.#keep(input);
    }
    const folded = this.#fieldRows.querySelector('details');
    if (folded) folded.open = [...folded.querySelectorAll('[name]')].some(({ value }) => value);
    const missing = this.required().find(({ input }) => input.value === '');
    (missing?.input ?? this.#send).focus();
  }

  // Forgets everything that was typed.
  forget() {
    this.root.reset();
    for (const { input } of this.views()) input.value = '';
    this.#endpoint.base.input.value = TWILIO;
    this.#typed.clear();
    this.choose(FIRST);
  }

  reveal({ input }) {
    const details = input.closest('details');
    if (details) details.open = true;
    input.focus();
  }

  busy(busy) {
    this.root.setAttribute('aria-busy', String(busy));
  }

  get isBusy() {
    return this.root.getAttribute('aria-busy') === 'true';
  }

  #input(target) {
    if (target === this.#picker) this.#showFields();
    else this.#keep(target);
    this.#update();
  }

  #keep({ name, value }) {
    const field = this.operation.fields.find((own) => own.name === name);
    if (field?.place === 'path') this.#typed.set(keyOf(field), value);
  }

  #showFields() {
    const { required, optional, more } = partsOf(this.operation);
    this.#fields.clear();
    const rows = (fields) => fields.map((field) => this.#fieldRow(field));
    const nodes = [...rows(required), ...rows(optional)];
    if (more.length > 0) {
      const summary = element(
        'summary',
        {},
        more.length === 1 ? 'One more field' : `${more.length} more fields`,
      );
      nodes.push(
        element(
          'details',
          {},
          summary,
          element('div', { class: 'stack-of-fields' }, ...rows(more)),
        ),
      );
    }
    this.#fieldRows.replaceChildren(...nodes);
    this.#update();
  }

  #fieldRow(field) {
    const view = fieldView(field);
    if (field.place === 'path') view.input.value = this.#typed.get(keyOf(field)) ?? '';
    this.#fields.set(field.name, view);
    return view.row;
  }

  #update() {
    const { mode, operation } = this;
    this.#endpointRows.hidden = mode === 'proxy';
    for (const name of ['account', 'token']) this.#endpoint[name].row.hidden = mode !== 'direct';
    setText(this.#route, `${operation.method} ${operation.path}`);
    setText(this.#send, mode === 'build' ? `Build ${operation.name}` : `Send ${operation.name}`);
    this.banner.dataset.mode = mode;
    this.banner.replaceChildren(...bannerOf(mode, this.endpoint.base, this.#proxy));
  }
}
