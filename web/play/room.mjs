// The room in which the workspace is played with: a living picture of its tasks, workflow, queues and
// workers.
import { announce, button, element, keep, setAttribute, setText } from '../page/dom.mjs';
import { clearFailure, showFailure } from '../page/failure.mjs';
import { writeAddress } from '../page/router.mjs';
import { Guide } from '../scenarios/guide.mjs';
import { ClockView } from './clock_view.mjs';
import { Detail } from './detail.mjs';
import { makeDraggable } from './drag.mjs';
import { Flow } from './flow.mjs';
import { QueueView } from './queue_view.mjs';
import { glyph, number, shapeOf } from './shapes.mjs';
import { sentencesOf } from './sentences.mjs';
import { TaskForm } from './task_form.mjs';
import { Wires } from './wires.mjs';
import { WorkerForm } from './worker_form.mjs';
import { WorkerView } from './worker_view.mjs';
import { WorkflowView } from './workflow_view.mjs';

const RARELY = 150; // milliseconds between two drawings while much is done
const COUNTED = ['pending', 'reserved', 'assigned', 'wrapping', 'completed', 'canceled'];

function column(name, title, ...children) {
  const id = `${name}-title`;
  const heading = element('h2', { id }, title);
  return element('section', { class: `column ${name}`, 'aria-labelledby': id }, heading, ...children);
}

class Play {
  #world;
  #chosen; // what the address names: ['task', '3'] or ['worker', 'Alice']
  #shown = false;
  #due = 0;
  #drawn = 0;
  #flowing = []; // entries whose dots have not started yet
  #parts;
  #failure = element('div', { id: 'play-failure', class: 'failure', role: 'alert', hidden: true });
  #progress = element('progress', { max: 1, 'aria-label': 'Working', hidden: true });
  #title = element('h1');
  #name = element('span', { class: 'scenario-name' });
  #tally = element('ul', { class: 'tally', 'aria-label': 'Tasks by status' });
  #tries = element('ul', { class: 'tries', 'aria-label': 'To try' });
  #activities = element('ul', { class: 'activities', 'aria-label': 'Activities' });

  // clockView(act): a view of the clock in place of the usual one.
  constructor(place, { world, clock, clockView }) {
    this.#world = world;
    const act = (action) => this.#try(() => world.act(action));
    const picture = element('div', { class: 'picture' });
    const wires = new Wires(picture);
    this.#parts = {
      clock: clockView?.((work) => this.#try(work)) ?? new ClockView(world, clock, (work) => this.#try(work)),
      guide: new Guide(world, act),
      form: new TaskForm((action) => world.act(action)),
      workflow: new WorkflowView(),
      queues: new QueueView(),
      workers: new WorkerView(act),
      detail: new Detail((action) => world.act(action)),
      flow: new Flow(picture, wires),
      wires,
    };
    const adding = new WorkerForm((action) => world.act(action));
    const { guide, form, workflow, queues, workers, detail } = this.#parts;
    picture.append(
      wires.root,
      column('tasks', 'Tasks', form.root, this.#tally),
      column('workflow', 'Workflow', workflow.root),
      column('in-queues', 'Queues', queues.root),
      column('people', 'Workers', this.#activities, workers.root, workers.more, adding.root),
    );
    const others = element('a', { href: writeAddress('scenarios') }, 'Other scenarios');
    const top = element('p', { class: 'scene-top' }, this.#name, others);
    const head = element('div', { class: 'scene' }, top, this.#title);
    place.replaceChildren(
      element('div', { class: 'scene-head' }, head, this.#parts.clock.root),
      this.#progress,
      guide.root,
      this.#tries,
      this.#failure,
      picture,
      detail.root,
    );
    makeDraggable(workers.root, this.#activities, (worker, activity) =>
      act({ do: 'worker', worker, activity }),
    );
    new ResizeObserver(() => this.#parts.wires.draw()).observe(picture);
    world.listen((change) => this.#changed(change));
    this.#begin();
  }

  show({ path }) {
    this.#shown = true;
    this.#chosen = ['task', 'worker'].includes(path[0]) && path[1] ? path : undefined;
    this.#draw();
    if (this.#chosen) this.#parts.detail.root.focus({ preventScroll: false });
  }

  hide() {
    this.#shown = false;
    clearFailure(this.#failure);
  }

  async #try(work) {
    clearFailure(this.#failure);
    try {
      await work();
    } catch (error) {
      showFailure(this.#failure, error);
      this.#failure.append(button('Dismiss', () => clearFailure(this.#failure), { class: 'quiet' }));
    }
  }

  #begin() {
    const { name, about, examples, tries = [] } = this.#world.scenario;
    setText(this.#name, name);
    setText(this.#title, about || name);
    this.#name.hidden = !about;
    this.#tries.hidden = tries.length === 0;
    this.#tries.replaceChildren(...tries.map((text) => element('li', {}, text)));
    this.#parts.form.begin(examples);
    clearFailure(this.#failure);
    this.#draw();
  }

  #changed({ reset, entries, progress }) {
    if (reset) this.#begin();
    this.#progress.hidden = progress === undefined;
    if (progress !== undefined) this.#progress.value = progress;
    if (entries.length === 0) return this.#soon();
    for (const sentence of sentencesOf(entries, this.#world.model)) announce(sentence);
    return this.#soon(entries);
  }

  // Draws once a frame at most, however much happens meanwhile.
  #soon(entries = []) {
    if (!this.#shown) return;
    this.#flowing = [...this.#flowing, ...entries].slice(-40);
    const busy = this.#world.progress !== undefined;
    if (this.#due || (busy && performance.now() - this.#drawn < RARELY)) return;
    this.#due = requestAnimationFrame(() => {
      this.#due = 0;
      this.#drawn = performance.now();
      this.#draw();
      this.#parts.flow.show(this.#flowing, this.#world.model, this.#parts.workflow.routes);
      this.#flowing = [];
    });
  }

  #draw() {
    const { model, now } = this.#world;
    const { clock, guide, workflow, queues, workers, detail, wires } = this.#parts;
    const chosen = this.#find();
    clock.draw();
    guide.draw();
    workflow.draw(model);
    queues.draw(model, chosen?.one);
    workers.draw(model, chosen?.one, now);
    this.#drawTally(model);
    this.#drawActivities(model);
    detail.draw(chosen, this.#world);
    wires.draw();
  }

  #find() {
    if (!this.#chosen) return undefined;
    const [kind, key] = this.#chosen;
    const { model } = this.#world;
    return { kind, key, one: kind === 'task' ? model.taskOf(Number(key)) : model.workerOf(key) };
  }

  #drawTally({ counts }) {
    keep(this.#tally, COUNTED, {
      key: (status) => status,
      make: (status) => element('li', { 'data-status': status }, element('b'), ` ${status}`),
      update: (item, status) => setText(item.firstElementChild, number(counts[status])),
    });
  }

  #drawActivities({ activities, workers }) {
    const numbers = new Map();
    for (const { activity } of workers.values()) {
      numbers.set(activity, (numbers.get(activity) ?? 0) + 1);
    }
    keep(this.#activities, [...activities.values()], {
      key: ({ sid, name }) => `${sid} ${name}`,
      make: ({ name }) => element('li', { 'data-activity': name }, glyph(), name, ' ', element('b')),
      update: (item, activity) => {
        setAttribute(item.firstElementChild, 'data-shape', shapeOf(activity));
        setText(item.lastElementChild, number(numbers.get(activity.sid) ?? 0));
      },
    });
  }
}

export function mount(place, page) {
  const play = new Play(place, page);
  return { show: (address) => play.show(address), hide: () => play.hide() };
}
