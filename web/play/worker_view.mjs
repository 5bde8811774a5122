// The workers: what each does, and the tasks that each is offered or has.
import { button, element, keep, setAttribute, setText } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';
import { attributesInWords, glyph, minutes, number, shapeOf, showTaskMark, taskMark } from './shapes.mjs';

const SHOWN = 40; // workers
const HELD = 8; // tasks of a worker

function options(activities) {
  return activities.map(({ name }) => element('option', { value: name }, name));
}

export class WorkerView {
  root = element('ol', { class: 'workers' });
  more = element('p', { class: 'more', hidden: true });

  #act;
  #activities = '';
  #countdowns = []; // [element of the time, element of the bar, reservation]

  // act(action): does it, and shows what goes wrong.
  constructor(act) {
    this.#act = act;
  }

  draw(model, selected, now) {
    const activities = [...model.activities.values()];
    const names = activities.map(({ name }) => name).join('\n');
    if (names !== this.#activities) this.root.replaceChildren();
    this.#activities = names;
    this.#countdowns = [];
    const workers = [...model.workers.values()];
    keep(this.root, workers.slice(0, SHOWN), {
      key: ({ sid, name }) => `${sid} ${name}`, // Another scenario's SIDs can be the same.
      make: (worker) => this.#make(worker, activities),
      update: (row, worker) => this.#update(row, worker, model, selected),
    });
    this.more.hidden = workers.length <= SHOWN;
    setText(this.more, `and ${number(workers.length - SHOWN)} more workers`);
    this.tick(now, model.workflow.timeout * 1000);
  }

  // Shows the time that is left.
  tick(now, total) {
    for (const [time, bar, { deadline }] of this.#countdowns) {
      setText(time, minutes(deadline - now));
      bar.style.setProperty('--left', String(Math.max(0, (deadline - now) / total)));
    }
  }

  #make({ name }, activities) {
    const select = element(
      'select',
      { class: 'activity', 'aria-label': `Activity of ${name}` },
      ...options(activities),
    );
    select.addEventListener('change', () =>
      this.#act({ do: 'worker', worker: name, activity: select.value }),
    );
    return element(
      'li',
      { class: 'worker', 'data-worker': name },
      element('div', { class: 'worker-head' }, glyph(), element('a', {}, name), select),
      element('p', { class: 'says' }),
      element('ol', { class: 'held', 'aria-label': `Tasks of ${name}` }),
      element('p', { class: 'more' }),
    );
  }

  #update(row, worker, model, selected) {
    const [head, attributes, held, more] = row.children;
    const [shape, link, select] = head.children;
    const activity = model.activities.get(worker.activity);
    setAttribute(shape, 'data-shape', activity && shapeOf(activity));
    setAttribute(link, 'href', writeAddress('play', ['worker', worker.name]));
    setAttribute(link, 'aria-current', worker.sid === selected?.sid ? 'true' : undefined);
    if (select.value !== activity?.name) select.value = activity?.name;
    setAttribute(row, 'data-available', String(activity?.available === true));
    setText(attributes, attributesInWords(worker.attributes));
    const reservations = [...worker.reservations].map((sid) => model.reservations.get(sid));
    const known = reservations.filter((one) => one && model.tasks.has(one.task));
    keep(held, known.slice(0, HELD), {
      key: ({ sid, status }) => `${sid} ${status}`,
      make: (reservation) => this.#makeHeld(reservation, worker, model),
      update: (item, reservation) => {
        const task = model.tasks.get(reservation.task);
        const mark = item.querySelector('.mark-task');
        showTaskMark(mark, task, task.sid === selected?.sid);
        if (reservation.status !== 'pending') return;
        const [time, bar] = [item.querySelector('.time-left'), item.querySelector('.bar')];
        this.#countdowns.push([time, bar, reservation]);
      },
    });
    more.hidden = known.length <= HELD;
    setText(more, `and ${number(known.length - HELD)} more tasks`);
  }

  #makeHeld(reservation, worker, model) {
    const { number: task } = model.tasks.get(reservation.task);
    const { status } = reservation;
    const item = element('li', { class: 'reservation', 'data-status': status }, taskMark());
    item.dataset.queue = model.tasks.get(reservation.task).queue;
    const name = ` task ${task} of ${worker.name}`;
    if (status === 'pending') item.append(...this.#offer(reservation, name, model));
    else item.append(...this.#work(status, task, name));
    return item;
  }

  #offer({ number: reservation }, name, model) {
    const answer = (status, activity) =>
      this.#act({ do: 'answer', reservation, status, activity: activity || undefined });
    const after = element(
      'select',
      { class: 'small', 'aria-label': `Where the worker goes who rejects${name}` },
      ...options([...model.activities.values()]),
      element('option', { value: '' }, 'as before'),
    );
    const reject = button('Reject', () => answer('rejected', after.value), {
      class: 'second small',
      'aria-label': `Reject${name}`,
    });
    const accept = button('Accept', () => answer('accepted'), {
      class: 'small',
      'aria-label': `Accept${name}`,
    });
    return [
      element(
        'span',
        { class: 'countdown' },
        element('span', { class: 'time-left', role: 'timer', 'aria-label': `Time to answer${name}` }),
        element('span', { class: 'bar', 'aria-hidden': 'true' }),
      ),
      accept,
      element('span', { class: 'reject' }, reject, element('span', { 'aria-hidden': 'true' }, '→'), after),
    ];
  }

  #work(status, task, name) {
    const set = (next, label) =>
      button(label, () => this.#act({ do: 'update-task', task, status: next, reason: 'done' }), {
        class: 'second small',
        'aria-label': `${label}${name}`,
      });
    return [
      element('span', { class: 'held-word' }, status === 'wrapping' ? 'wrapping up' : 'assigned'),
      set('completed', 'Complete'),
      status === 'wrapping' ? undefined : set('wrapping', 'Wrap up'),
    ].filter(Boolean);
  }
}
