// Puts the story on the page, and the person's clicks into the story.
import { callbackView } from '../inspect/callback.mjs';
import { Countdown } from './countdown.mjs';
import { announce, byId, element, setText } from '../page/dom.mjs';
import { showExchanges } from '../inspect/exchange_view.mjs';
import { clearFailure, clearFieldFailure, showFailure, showFieldFailure } from '../page/failure.mjs';
import { showLifecycle } from './lifecycle.mjs';
import { outcomeText } from './outcome.mjs';
import { Story } from './story.mjs';
import { showWorkers } from './workers.mjs';

const DEFAULT_ATTRIBUTES = '{"selected_language": "es"}';
const WAITING =
  'When the task and Alice meet, TaskRouter reserves her and calls your assignment callback.';
const CALLED = 'TaskRouter reserved Alice and called your assignment callback.';
const STATUS_TONES = { accepted: 'good', rejected: 'bad', timeout: 'bad' };

export class StoryView {
  #module;
  #story;
  #countdown;
  #busy = false;
  #callback; // the callback that is shown
  #shownExchanges = 0;

  constructor(module) {
    this.#module = module;
    this.#on('task-form', 'submit', () => this.#createTask());
    this.#on('activity-form', 'submit', () => this.#setActivity());
    this.#on('answer-form', 'submit', () => {});
    this.#on('accept', 'click', () => this.#answer('accepted'));
    this.#on('reject', 'click', () => this.#answer('rejected'));
    this.#on('jump', 'click', () => this.#jump());
    this.#on('start-over', 'click', () => this.start());
    let last = performance.now();
    setInterval(() => {
      const elapsed = Math.floor(performance.now() - last);
      last += elapsed;
      this.#story?.tick(elapsed);
      this.#showCountdown();
    }, 250);
  }

  async start() {
    this.#story?.close();
    this.#countdown = new Countdown();
    this.#callback = undefined;
    this.#shownExchanges = 0;
    byId('attributes').value = DEFAULT_ATTRIBUTES;
    byId('callback-body').replaceChildren(
      element('p', { class: 'empty' }, 'It arrives when Alice is reserved.'),
    );
    byId('calls').replaceChildren(
      element('p', { class: 'empty' }, 'Each request and its response appear here.'),
    );
    const again = this.#story !== undefined;
    this.#story = undefined;
    const story = await Story.create(this.#module, {
      changed: () => this.#show(),
      happened: announce,
    });
    this.#story = story;
    this.#showActivities();
    this.#clearFailures();
    this.#show();
    if (again) {
      announce('Started over.');
      byId('attributes').focus();
    }
  }

  #on(id, type, handler) {
    byId(id).addEventListener(type, async (event) => {
      if (type === 'submit') event.preventDefault();
      if (this.#busy || !this.#story) return;
      this.#busy = true;
      try {
        await handler();
      } finally {
        this.#busy = false;
      }
    });
  }

  #clearFailures() {
    clearFieldFailure(byId('attributes'), byId('attributes-failure'));
    clearFieldFailure(byId('reservation-sid'), byId('reservation-sid-failure'));
    clearFailure(byId('activity-failure'));
    clearFailure(byId('answer-failure'));
  }

  async #createTask() {
    this.#clearFailures();
    try {
      await this.#story.createTask(byId('attributes').value);
    } catch (error) {
      showFieldFailure(byId('attributes'), byId('attributes-failure'), error);
      byId('attributes').focus();
    }
  }

  async #setActivity() {
    this.#clearFailures();
    const chosen = byId('activity-choices').querySelector('input:checked');
    try {
      await this.#story.setActivity(chosen.value);
    } catch (error) {
      showFailure(byId('activity-failure'), error);
    }
  }

  async #answer(status) {
    this.#clearFailures();
    const input = byId('reservation-sid');
    const activity = status === 'rejected' ? byId('reject-activity').value : '';
    try {
      await this.#story.answer(status, input.value.trim(), activity || undefined);
      announce(byId('outcome').textContent);
    } catch (error) {
      if (error.kind === 'argument' && error.field === 'sid') {
        showFieldFailure(input, byId('reservation-sid-failure'), error);
        input.focus();
      } else {
        showFailure(byId('answer-failure'), error);
      }
    }
  }

  async #jump() {
    this.#clearFailures();
    await this.#story.jumpToTimeout();
    this.#show();
    byId('outcome').focus();
  }

  #showActivities() {
    const { activities } = this.#story.names;
    const names = Object.values(activities).map((sid) => [sid, this.#story.activityName(sid)]);
    byId('activity-choices').replaceChildren(
      ...names.map(([sid, name]) =>
        element(
          'label',
          {},
          element('input', {
            type: 'radio',
            name: 'activity',
            value: sid,
            checked: name === 'Available',
          }),
          element('span', {}, name),
        ),
      ),
    );
    byId('reject-activity').replaceChildren(
      ...names.map(([sid, name]) => element('option', { value: sid }, name)),
      element('option', { value: '' }, 'where she was (no WorkerActivitySid)'),
    );
  }

  #show() {
    const story = this.#story;
    if (!story) return;
    showLifecycle(story);
    showWorkers(story);
    this.#showTasks(story);
    this.#showCallback(story);
    this.#showAnswer(story);
    this.#showCountdown();
    this.#showNext(story);
    if (story.exchanges.length > this.#shownExchanges) {
      this.#shownExchanges = story.exchanges.length;
      showExchanges(byId('calls'), story.exchanges);
    }
  }

  // The button that carries the story on is filled; the others are outlined.
  #showNext({ task, worker, reservation }) {
    const waits = task?.assignment_status === 'pending' && !worker.available;
    const pending = reservation?.status === 'pending';
    byId('create-task').classList.toggle('second', waits || pending);
    byId('set-activity').classList.toggle('second', !waits);
    byId('accept').classList.toggle('second', !pending);
  }

  #showTasks({ tasks }) {
    byId('tasks').hidden = tasks.length === 0;
    byId('tasks').replaceChildren(
      ...tasks.map(({ sid, assignment_status }) =>
        element(
          'li',
          {},
          element('span', { class: 'sid' }, sid),
          ' ',
          element('b', {}, assignment_status),
        ),
      ),
    );
  }

  #showCallback({ reservation }) {
    const state = byId('callback-state');
    state.className = `status ${STATUS_TONES[reservation?.status] ?? ''}`;
    setText(state, reservation?.status ?? '');
    if (!reservation || reservation.callback === this.#callback) return;
    this.#callback = reservation.callback;
    byId('callback-body').replaceChildren(...callbackView(reservation.callback));
    byId('reservation-sid').value = reservation.sid;
  }

  #showAnswer({ reservation, outcome, timeout }) {
    byId('answer-form').hidden = !reservation;
    setText(byId('answer-lead'), reservation ? CALLED : WAITING);
    const place = byId('outcome');
    place.hidden = !outcome;
    if (!outcome) return;
    place.dataset.kind = outcome.kind;
    const [title, ...sentences] = outcomeText(outcome, timeout);
    place.replaceChildren(
      element('p', { class: 'outcome-title' }, title),
      ...sentences.map((sentence) => element('p', {}, sentence)),
    );
  }

  #showCountdown() {
    if (this.#story) this.#countdown.show(this.#story.remaining, this.#story.timeout);
  }
}
