// Live mode: sends any operation to a real server. Credentials live in two inputs and in one client, no
// longer than the call or the visit to this mode.
import { detailView } from '../inspect/detail.mjs';
import { rowOf } from '../inspect/row.mjs';
import { VirtualList } from '../inspect/virtual_list.mjs';
import { announce, element } from '../page/dom.mjs';
import {
  clearFailure,
  clearFieldFailure,
  showFailure,
  showFieldFailure,
} from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { requestOf } from '../world/exchange.mjs';
import { clientOptions, isReachable } from './connection.mjs';
import { LiveForm } from './form.mjs';
import { offerOf, reasonOf } from './offer.mjs';
import { valuesOf } from './values.mjs';

// The name that the client gives to an argument -> the field of the form.
const FIELD_OF_ARGUMENT = {
  baseUrl: 'base',
  base_url: 'base',
  accountSid: 'account',
  account_sid: 'account',
  username: 'account',
  authToken: 'token',
  auth_token: 'token',
  password: 'token',
};

const NARROW = '(max-width: 59.99rem)'; // What was sent stands below the form.

export class Live {
  #module;
  #operations;
  #proxy;
  #calls;
  #form;
  #visit = 0; // answers that arrive after the visit has ended are dropped
  #entries = []; // newest first
  #lastId = 0;
  #failure = element('div', { id: 'live-failure', class: 'failure', role: 'alert', hidden: true });
  #offer = element('div', { id: 'live-offer', class: 'offer', hidden: true });
  #list = new VirtualList({
    name: 'Your calls, newest first',
    draw: rowOf,
    choose: (entry) => this.#open(entry),
  });
  #detail = element('article', {
    class: 'entry',
    id: 'live-detail',
    'aria-label': 'The chosen call',
  });

  // calls: where those that are sent are kept for the timeline.
  constructor(module, place, { operations, proxy, calls }) {
    this.#module = module;
    this.#calls = calls;
    this.#operations = operations;
    this.#proxy = proxy;
    this.#form = new LiveForm({
      operations,
      proxy,
      send: () => this.#send(),
      changed: ({ name }) => history.replaceState(null, '', writeAddress('live', [name])),
    });
    this.#form.root.append(this.#failure, this.#offer);
    place.replaceChildren(
      element('h1', {}, 'Send a real call.'),
      this.#form.banner,
      element(
        'div',
        { class: 'live' },
        this.#form.root,
        element(
          'section',
          { class: 'live-calls', id: 'live-calls', 'aria-label': 'Your calls' },
          this.#list.root,
          this.#detail,
        ),
      ),
    );
    this.#showNothing();
  }

  show({ path, search }) {
    const call = this.#calls.find(search.get('again'));
    if (!call) {
      if (path[0]) this.#form.choose(path[0]);
      return;
    }
    this.#form.fill(call);
    history.replaceState(null, '', writeAddress('live', [call.operation]));
    announce('Filled in. Nothing is sent before you send it.');
  }

  // Forgets everything that was typed and shown. What was sent stays in the timeline.
  leave() {
    this.#visit += 1;
    this.#form.forget();
    this.#form.busy(false);
    this.#clear();
    this.#entries = [];
    this.#showNothing();
  }

  #clear() {
    for (const { input, failure } of this.#form.views()) clearFieldFailure(input, failure);
    clearFailure(this.#failure);
    this.#offer.replaceChildren();
    this.#offer.hidden = true;
  }

  // The client would say the same of an empty field, in the words of a program's author.
  #isFilledIn() {
    this.#clear();
    const missing = this.#form.required().find(({ input }) => input.value.trim() === '');
    if (!missing) return true;
    showFieldFailure(missing.input, missing.failure, {
      kind: 'argument',
      message: 'Please fill this in.',
    });
    this.#form.reveal(missing);
    return false;
  }

  async #send() {
    if (this.#form.isBusy || !this.#isFilledIn()) return;
    const visit = this.#visit;
    const { mode, operation, endpoint } = this.#form;
    const fields = valuesOf(operation, this.#form.texts);
    const about = {
      operation: operation.name,
      fields,
      base: mode === 'proxy' ? this.#proxy.address : endpoint.base,
      usesKey: mode !== 'proxy' && endpoint.account.startsWith('SK'),
    };
    const record = (exchange) => {
      const sent = { ...about, time: Date.now() - exchange.duration, ...exchange };
      this.#calls.add(mode, sent);
      if (visit === this.#visit) this.#add(sent);
    };
    let client;
    this.#form.busy(true);
    try {
      client = await this.#module.TaskRouter.create(
        clientOptions(mode, endpoint, this.#proxy, record),
      );
      if (mode === 'build')
        this.#add({
          ...about,
          time: Date.now(),
          built: true,
          request: this.#built(client, about),
        });
      else await client.send(operation.name, fields);
      if (visit === this.#visit)
        announce(mode === 'build' ? 'Built. Nothing was sent.' : 'Sent and answered.');
    } catch (error) {
      if (visit === this.#visit)
        await this.#failed(error, () => client.curl(operation.name, fields));
    }
    if (visit === this.#visit) this.#form.busy(false);
  }

  #built(client, { operation, fields }) {
    const { url, ...init } = client.build(operation, fields);
    return requestOf(url, init);
  }

  async #failed(error, curl) {
    const view = this.#form.view(FIELD_OF_ARGUMENT[error.field] ?? error.field);
    if (error.kind === 'argument' && view) {
      showFieldFailure(view.input, view.failure, error);
      this.#form.reveal(view);
      return undefined;
    }
    if (error.kind !== 'transport') return showFailure(this.#failure, error);
    const { mode, endpoint } = this.#form;
    const visit = this.#visit;
    let { message } = error;
    const isUnexplained = mode === 'direct' && error.cause instanceof TypeError; // As fetch has it.
    if (isUnexplained)
      message = reasonOf(new URL(endpoint.base).host, await isReachable(endpoint.base));
    if (visit !== this.#visit) return undefined;
    showFailure(this.#failure, { kind: error.kind, message });
    this.#offer.replaceChildren(offerOf({ curl: curl(), mode }));
    this.#offer.hidden = false;
    return undefined;
  }

  #add(entry) {
    this.#lastId += 1;
    this.#entries.unshift({ id: this.#lastId, kind: 'exchange', ...entry });
    this.#open(this.#entries[0]);
    if (matchMedia(NARROW).matches) this.#detail.scrollIntoView();
  }

  #showNothing() {
    this.#list.root.hidden = true;
    this.#detail.replaceChildren(
      element('p', { class: 'empty' }, 'The request and its response appear here.'),
    );
  }

  #open(entry) {
    this.#list.root.hidden = this.#entries.length < 2;
    this.#detail.replaceChildren(...detailView(entry, [], { operations: this.#operations }));
    this.#list.show(this.#entries, entry);
  }
}
