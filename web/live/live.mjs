// Live mode: sends the same call to a real server. Credentials live in two inputs and in one
// client, no longer than the call or the visit to this mode.
import { copyButton } from '../page/copy.mjs';
import { announce, element } from '../page/dom.mjs';
import { recordingFetch } from '../world/exchange.mjs';
import { showExchanges } from '../inspect/exchange_view.mjs';
import { clearFailure, clearFieldFailure, showFailure, showFieldFailure } from '../page/failure.mjs';
import { FIELDS, FIELD_OF_ARGUMENT, liveForm, REQUIRED } from './live_form.mjs';

const OPERATION = 'UpdateTaskReservation';

export class Live {
  #module;
  #form;
  #visit = 0; // answers that arrive after the visit has ended are dropped

  constructor(module, place) {
    this.#module = module;
    this.#form = liveForm();
    place.replaceChildren(this.#form.root);
    this.#form.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  // Forgets everything that was typed and shown.
  leave() {
    this.#visit += 1;
    const { form, busy } = this.#form;
    form.reset();
    form.elements.token.value = '';
    busy(false);
    this.#clear();
    this.#form.calls.replaceChildren(this.#form.empty());
    this.#form.update();
  }

  #clear() {
    for (const { id } of FIELDS) clearFieldFailure(...this.#form.field(id));
    clearFailure(this.#form.failure);
    this.#form.offer.replaceChildren();
    this.#form.offer.hidden = true;
  }

  #fields() {
    const value = (id) => this.#form.field(id)[0].value.trim();
    const accepted = this.#form.form.elements['live-answer'].value === 'accepted';
    const fields = {
      workspace_sid: value('workspace'),
      task_sid: value('task'),
      sid: value('reservation'),
      reservation_status: accepted ? 'accepted' : 'rejected',
    };
    if (!accepted && value('activity')) fields.worker_activity_sid = value('activity');
    return fields;
  }

  async #client(onExchange) {
    const value = (id) => this.#form.field(id)[0].value;
    return this.#module.TaskRouter.create({
      baseUrl: value('base').trim(),
      accountSid: value('account').trim(),
      authToken: value('token'),
      fetch: recordingFetch((url, init) => window.fetch(url, init), onExchange),
    });
  }

  // The client would say the same of an empty field, in the words of a program's author.
  #isFilledIn() {
    this.#clear();
    const missing = REQUIRED.find(({ id }) => this.#form.field(id)[0].value.trim() === '');
    if (!missing) return true;
    const [input, place] = this.#form.field(missing.id);
    showFieldFailure(input, place, { kind: 'argument', message: 'Please fill this in.' });
    input.focus();
    return false;
  }

  async #send() {
    if (this.#form.isBusy() || !this.#isFilledIn()) return;
    const visit = this.#visit;
    const fields = this.#fields();
    const exchanges = [];
    let curl = '';
    this.#form.busy(true);
    try {
      const client = await this.#client((exchange) => exchanges.push(exchange));
      curl = client.curl(OPERATION, fields);
      const reservation = await client.send(OPERATION, fields);
      if (visit === this.#visit)
        announce(`Answered: the reservation is ${reservation.reservation_status}.`);
    } catch (error) {
      if (visit === this.#visit) this.#failed(error, curl);
    }
    if (visit !== this.#visit) return;
    this.#form.busy(false);
    for (const exchange of exchanges) exchange.curl = curl;
    if (exchanges.length > 0) showExchanges(this.#form.calls, exchanges);
  }

  #failed(error, curl) {
    const id = FIELD_OF_ARGUMENT[error.field];
    if (error.kind === 'argument' && id) {
      const [input, place] = this.#form.field(id);
      showFieldFailure(input, place, error);
      input.focus();
      return;
    }
    showFailure(this.#form.failure, error);
    if (error.kind === 'transport') this.#offerCurl(curl);
  }

  #offerCurl(curl) {
    this.#form.offer.replaceChildren(
      element(
        'p',
        {},
        'You can send the same call from a terminal. Put your credentials into the variables ' +
          'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN first.',
      ),
      element('pre', { class: 'code' }, curl),
      copyButton({
        label: 'Copy the curl command',
        name: 'to send it from a terminal',
        text: () => curl,
      }),
    );
    this.#form.offer.hidden = false;
  }
}
