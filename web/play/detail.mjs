// What is known about the task or the worker that is chosen, and what can be done with it.
import { button, element } from '../page/dom.mjs';
import { clearFieldFailure, showFieldFailure } from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { minutes } from './shapes.mjs';

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function facts(pairs) {
  const rows = pairs
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value)));
  return element('dl', { class: 'facts' }, ...rows);
}

export class Detail {
  root = element('section', {
    class: 'detail',
    id: 'detail',
    tabindex: '-1',
    'aria-labelledby': 'detail-title',
    hidden: true,
  });

  #act;
  #shown = '';
  #live; // the facts that change with the clock: [node, () => text]

  // act(action): does it, and rejects if it is refused.
  constructor(act) {
    this.#act = act;
  }

  // chosen: { kind: 'task' or 'worker', one: the task or worker, if it is still there }
  draw(chosen, world) {
    this.root.hidden = !chosen;
    const state = chosen ? JSON.stringify(this.#stateOf(chosen, world.model)) : '';
    if (state !== this.#shown) {
      this.#shown = state;
      this.#live = undefined;
      this.root.replaceChildren(...(chosen ? this.#partsOf(chosen, world) : []));
    }
    if (this.#live) this.#live[0].textContent = this.#live[1](world.now);
  }

  #stateOf({ kind, key, one }, model) {
    if (!one) return [kind, key];
    const { reservations = [], ...rest } = one;
    const answers = [...reservations].map((sid) => model.reservations.get(sid)?.status);
    return [kind, key, rest, answers];
  }

  #partsOf({ kind, key, one }, world) {
    const title = element('h2', { id: 'detail-title' }, kind === 'task' ? `Task ${key}` : key);
    const close = element('a', { href: writeAddress('play'), class: 'close' }, 'Close');
    const head = element('div', { class: 'detail-head' }, title, close);
    if (!one) return [head, element('p', {}, 'It is not here, or no longer.')];
    const parts = kind === 'task' ? this.#task(one, world.model) : this.#worker(one, world.model);
    return [head, element('div', { class: 'detail-body' }, ...parts)];
  }

  #task(task, model) {
    const age = element('span');
    this.#live = [age, (now) => minutes((task.ended ?? now) - task.created)];
    const path = task.path.map(({ queue }) => model.queues.get(queue)?.name ?? queue);
    const history = task.reservations.slice(-12).map((sid) => {
      const { worker, status } = model.reservations.get(sid) ?? {};
      const name = model.workers.get(worker)?.name ?? 'a worker';
      return element('li', {}, `${name}: ${status}`);
    });
    const set = (status, label, reason) =>
      button(label, () => this.#act({ do: 'update-task', task: task.number, status, reason }), {
        class: 'second small',
      });
    const buttons = {
      pending: [set('canceled', 'Cancel the task', 'no longer wanted')],
      reserved: [set('canceled', 'Cancel the task', 'no longer wanted')],
      assigned: [set('completed', 'Complete', 'done'), set('wrapping', 'Wrap up', 'done')],
      wrapping: [set('completed', 'Complete', 'done')],
    };
    const why = element(
      'a',
      { href: writeAddress('understand', ['task', String(task.number)]) },
      task.status === 'pending' ? 'Why is it waiting?' : 'Why did it go this way?',
    );
    return [
      element(
        'div',
        {},
        facts([
          ['Status', task.status],
          ['Age', age],
          ['Priority', String(task.priority)],
          ['Channel', task.channel],
          ['Way', path.join(', then ')],
          ['Reason', task.reason],
          ['SID', element('span', { class: 'sid' }, task.sid)],
        ]),
        element('p', { class: 'buttons' }, ...(buttons[task.status] ?? []), why),
      ),
      element(
        'div',
        {},
        element('h3', {}, 'Reservations'),
        history.length > 0
          ? element('ol', { class: 'history' }, ...history)
          : element('p', { class: 'hint' }, 'None yet.'),
      ),
      this.#attributes(task.attributes, { do: 'update-task', task: task.number }),
    ];
  }

  #worker(worker, model) {
    const since = element('span');
    this.#live = [since, (now) => minutes(now - worker.since)];
    const activity = model.activities.get(worker.activity);
    return [
      facts([
        ['Activity', activity?.name],
        ['Available', activity?.available ? 'yes' : 'no'],
        ['Since', since],
        ['Tasks', String(worker.reservations.size)],
        ['SID', element('span', { class: 'sid' }, worker.sid)],
      ]),
      this.#attributes(worker.attributes, { do: 'worker', worker: worker.name }),
    ];
  }

  #attributes(text, action) {
    const input = element('textarea', {
      id: 'detail-attributes',
      rows: 5,
      spellcheck: 'false',
      'aria-describedby': 'detail-failure',
    });
    input.value = pretty(text);
    const failure = element('div', {
      id: 'detail-failure',
      class: 'failure',
      role: 'alert',
      hidden: true,
    });
    const save = async (event) => {
      event.preventDefault();
      clearFieldFailure(input, failure);
      try {
        await this.#act({ ...action, attributes: input.value });
      } catch (error) {
        showFieldFailure(input, failure, error);
      }
    };
    return element(
      'form',
      { class: 'attributes', onsubmit: save },
      element('label', { for: 'detail-attributes' }, 'Attributes (JSON)'),
      input,
      element('button', { type: 'submit', class: 'second small' }, 'Save the attributes'),
      failure,
    );
  }
}
