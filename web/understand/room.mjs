// The room in which it is explained why a task went where it went, and in which the workflow is changed.
import { element, setText } from '../page/dom.mjs';
import { writeAddress } from '../page/router.mjs';
import { loadStyle } from '../page/style.mjs';
import { Editor } from './editor.mjs';
import { reasonsFor } from './reasons.mjs';
import { historyView } from './history_view.mjs';
import { taskView } from './task_view.mjs';

const MOST = 100; // tasks to choose from
const WAIT = 120; // milliseconds at least between two explanations

class Understand {
  #world;
  #go;
  #workflows;
  #editor;
  #chosen; // number of a task; undefined: the newest
  #reservation; // number of one of its reservations
  #visible = false;
  #timer;
  #drawing = 0;
  #task = element('select', { id: 'why-task' });
  #reservations = element('select', { id: 'why-reservation' });
  #when = element('div', { class: 'field' });
  #answer = element('div', { class: 'why' });
  #history = element('div');

  constructor(place, { world, go }, workflows) {
    this.#world = world;
    this.#go = go;
    this.#workflows = workflows;
    this.#editor = new Editor(world, workflows);
    this.#when.append(element('label', { for: 'why-reservation' }, 'At which moment'), this.#reservations);
    const pick = element(
      'div',
      { class: 'pick' },
      element('div', { class: 'field' }, element('label', { for: 'why-task' }, 'Task'), this.#task),
      this.#when,
    );
    place.replaceChildren(
      element('h1', {}, 'Why did it go there?'),
      element(
        'div',
        { class: 'two' },
        element('section', { 'aria-label': 'Explanation' }, pick, this.#answer, this.#history),
        this.#editor.root,
      ),
    );
    this.#task.addEventListener('change', () => this.#goTo(this.#task.value));
    this.#reservations.addEventListener('change', () => this.#goTo(this.#task.value, this.#reservations.value));
    world.listen(() => this.#soon());
  }

  show({ path: [kind, task, reservation] }) {
    this.#chosen = kind === 'task' && task ? Number(task) : undefined;
    this.#reservation = reservation ? Number(reservation) : undefined;
    this.#visible = true;
    return this.#draw();
  }

  hide() {
    this.#visible = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #goTo(task, reservation) {
    this.#go('understand', ['task', task, reservation].filter(Boolean));
  }

  #soon() {
    if (!this.#visible || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, WAIT);
  }

  async #draw() {
    this.#drawing += 1;
    const drawing = this.#drawing;
    const { model } = this.#world;
    this.#editor.draw();
    const task = model.taskOf(this.#chosen ?? model.taskCount);
    this.#drawChoice(task, model);
    if (!task) {
      const play = element('a', { href: writeAddress('play') }, 'create one');
      const text = this.#chosen === undefined ? 'There is no task yet: ' : 'There is no such task, or no longer: ';
      this.#answer.replaceChildren(element('p', { class: 'answer', id: 'answer' }, text, play, '.'));
      this.#history.replaceChildren();
      return;
    }
    const reasons = await reasonsFor(task, this.#world, this.#workflows, this.#reservation);
    if (drawing !== this.#drawing) return;
    this.#replace(taskView(reasons));
    this.#history.replaceChildren(...historyView(task, this.#world));
  }

  // What is open stays open.
  #replace(parts) {
    const keyOf = (details) => details.closest('[data-worker]')?.dataset.worker;
    const open = new Set([...this.#answer.querySelectorAll('details[open]')].map(keyOf));
    const before = this.#answer.textContent;
    const next = element('div', {}, ...parts);
    if (next.textContent === before) return;
    for (const details of next.querySelectorAll('details')) details.open = open.has(keyOf(details));
    this.#answer.replaceChildren(...next.childNodes);
  }

  #drawChoice(task, model) {
    const numbers = [];
    for (let number = model.taskCount; number > 0 && numbers.length < MOST; number -= 1) {
      if (model.taskOf(number)) numbers.push(number);
    }
    if (task && !numbers.includes(task.number)) numbers.push(task.number);
    const tasks = numbers.map((number) => {
      const { status, queue } = model.taskOf(number);
      return [number, `Task ${number}, ${status}, ${model.queues.get(queue)?.name ?? ''}`];
    });
    this.#fill(this.#task, tasks, task?.number);
    const sids = (task?.reservations ?? []).slice(-MOST);
    const asked = sids.map((sid) => model.reservations.get(sid)).filter(Boolean);
    const moments = asked.map(({ number, worker, status }) => [
      number,
      `${model.workers.get(worker)?.name} was asked: ${status}`,
    ]);
    const now = task?.status === 'pending' ? [['', 'Now']] : [['', 'When it was offered last']];
    this.#fill(this.#reservations, [...now, ...moments], this.#reservation ?? '');
    this.#when.hidden = moments.length === 0;
  }

  #fill(select, pairs, value) {
    const texts = pairs.map(([, text]) => text).join('\n');
    if (select.dataset.texts !== texts) {
      select.dataset.texts = texts;
      select.replaceChildren(...pairs.map(([key, text]) => element('option', { value: key }, text)));
    }
    select.value = String(value ?? '');
    if (pairs.length === 0) setText(select, '');
  }
}

export async function mount(place, page) {
  const [{ Workflows }] = await Promise.all([
    import('../workflow.mjs'),
    loadStyle('styles/understand.css'),
  ]);
  const room = new Understand(place, page, await Workflows.create());
  return { show: (address) => room.show(address), hide: () => room.hide() };
}
