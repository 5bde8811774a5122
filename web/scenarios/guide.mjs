// The guide through the quickstart: five steps of a task on its way to a worker. Each state of a step
// has a word and a shape of its own. It can be left, and comes back when it is asked for.
import { button, element, setAttribute, setText } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';

const NAME = 'taskrouter.guide';
const ANSWERS = { rejected: 'Rejected', timeout: 'Timed out', canceled: 'Canceled' };

// A browser may refuse to keep things for a page.
function remember(left) {
  try {
    if (left) localStorage.setItem(NAME, 'left');
    else localStorage.removeItem(NAME);
  } catch {
    // Then the guide comes back next time.
  }
}

function wasLeft() {
  try {
    return localStorage.getItem(NAME) === 'left';
  } catch {
    return false;
  }
}

// Where the newest task stands.
export function placeOf(model) {
  const task = model.taskOf(model.taskCount);
  const last = task && model.reservations.get(task.reservations.at(-1));
  const worker = [...model.workers.values()][0];
  const available = worker !== undefined && model.isAvailable(worker);
  if (!task) return { step: 0 };
  if (task.ended) return { step: 5, task, last, worker };
  if (['assigned', 'wrapping'].includes(task.status)) return { step: 4, task, last, worker };
  if (last?.status === 'pending') return { step: 3, task, last, worker };
  return { step: available ? 2 : 1, task, last, worker };
}

export class Guide {
  root = element('section', { class: 'guide', 'aria-label': 'Guide' });

  #act;
  #world;
  #left = wasLeft();
  #items;
  #text = element('p', { class: 'guide-text', 'aria-live': 'polite' });
  #buttons = element('p', { class: 'buttons' });
  #state = '';

  // act(action): does it.
  constructor(world, act) {
    this.#world = world;
    this.#act = act;
    const names = ['Task created', 'Worker available', 'Reserved', 'Answered', 'Assigned'];
    this.#items = names.map((name) =>
      element(
        'li',
        {},
        element('span', { class: 'step-name' }, name),
        ' ',
        element('span', { class: 'step-word' }),
      ),
    );
    const rail = element('ol', { class: 'lifecycle' }, ...this.#items);
    const leave = button('Leave the guide', () => this.#leave(true), {
      id: 'guide-leave',
      class: 'quiet',
    });
    const back = button('Show the guide', () => this.#leave(false), {
      id: 'guide-show',
      class: 'quiet',
    });
    const now = element('div', { class: 'guide-now' }, this.#text, this.#buttons, leave);
    this.root.append(rail, now, back);
  }

  draw() {
    this.root.hidden = this.#world.scenario.guide !== 'quickstart';
    const [rail, now, back] = this.root.children;
    rail.hidden = now.hidden = this.#left;
    back.hidden = !this.#left;
    if (this.root.hidden || this.#left) return;
    const place = placeOf(this.#world.model);
    const state = JSON.stringify([place.step, place.last?.status, place.last?.number]);
    if (state === this.#state) return;
    this.#state = state;
    this.#drawRail(place);
    const [sentence, ...buttons] = this.#stepOf(place);
    setText(this.#text, sentence);
    this.#buttons.replaceChildren(...buttons);
  }

  #leave(left) {
    this.#left = left;
    this.#state = '';
    remember(left);
    this.draw();
    this.root.querySelector(left ? '#guide-show' : '#guide-leave').focus();
  }

  #drawRail({ step, last }) {
    const ended = step < 3 ? ANSWERS[last?.status] : undefined;
    this.#items.forEach((item, index) => {
      const state = index < step ? 'done' : index === step ? 'now' : 'later';
      const isEnded = index === 3 && ended !== undefined;
      item.dataset.state = isEnded ? 'ended' : state;
      setAttribute(item, 'aria-current', state === 'now' ? 'step' : undefined);
      const [name, word] = [item.querySelector('.step-name'), item.querySelector('.step-word')];
      if (index === 3) setText(name, isEnded ? ended : step > 3 ? 'Accepted' : 'Answered');
      setText(word, isEnded ? 'not assigned' : state === 'now' ? 'next' : state);
    });
  }

  // A sentence, and buttons that do what it says.
  #stepOf({ step, task, last, worker }) {
    const name = worker?.name ?? 'the worker';
    const does = (label, action, properties) =>
      button(label, () => this.#act(action), { class: 'small', ...properties });
    const link = (label, room, ...path) =>
      element('a', { href: writeAddress(room, path) }, label);
    const available = { do: 'worker', worker: name, activity: 'Available' };
    if (step === 0) {
      const attributes = this.#world.scenario.examples?.[0].attributes;
      return [
        'A task is work that waits for a worker. Its attributes are yours; the workflow reads them.',
        does('Create a task', { do: 'task', attributes }, { id: 'guide-do' }),
      ];
    }
    if (step === 1 && last?.status === 'timeout') {
      return [
        `Nobody answered in time: ${name} went to the timeout activity, and the task is pending ` +
          'again. A longer reservation timeout in the workflow would prevent this.',
        does(`Make ${name} available again`, available, { id: 'guide-do' }),
      ];
    }
    if (step === 1) {
      return [
        `TaskRouter offers ${name} a task only while the activity is an available one. Drag ` +
          `${name} to Available, or choose it beside the name.`,
        does(`Make ${name} available`, available, { id: 'guide-do' }),
      ];
    }
    if (step === 2) return [`${name} is available. The task waits for a match.`];
    if (step === 3) {
      const answer = { do: 'answer', reservation: last.number };
      const again = task.reservations.length > 1;
      return [
        again
          ? `${name} is reserved again, for the task is still pending and ${name} available. ` +
            'Every reservation is a callback of its own.'
          : `TaskRouter reserved ${name} and called your assignment callback. It waits for an ` +
            'answer: accept, reject, or let the time run out.',
        does('Accept', { ...answer, status: 'accepted' }, { id: 'guide-do' }),
        link('See the callback', 'inspect'),
      ];
    }
    if (step === 4) {
      return [
        `The task is assigned. ${name} is busy and gets no other task meanwhile.`,
        does('Complete the task', {
          do: 'update-task',
          task: task.number,
          status: 'completed',
          reason: 'done',
        }, { id: 'guide-do' }),
        link('Why this worker?', 'understand', 'task', String(task.number)),
      ];
    }
    return [
      `The task has ended, and ${name} is free to be made available again. Undo takes you back ` +
        'to every moment, and there is more to try.',
      link('Other scenarios', 'scenarios'),
    ];
  }
}
