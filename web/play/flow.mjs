// Shows tasks on their way: a dot runs from filter to queue, from queue to queue, to a worker.
import { element } from '../page/dom.mjs';
import { Matcher } from '../understand/matcher.mjs';
import { routeOf } from './routes.mjs';

const MOST = 24; // dots at a time
const EACH = 8; // dots for one change
const LASTS = 600; // milliseconds from one column to the next

// Along the curve of a line.
function stepsBetween(a, b) {
  return [0, 0.25, 0.5, 0.75, 1].map((t) => {
    const eased = t * t * (3 - 2 * t);
    const [x, y] = [a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * eased];
    return { transform: `translate(${x}px, ${y}px)` };
  });
}

export class Flow {
  #picture;
  #wires;
  #still = matchMedia('(prefers-reduced-motion: reduce)');
  #running = 0;
  #matcher = new Matcher();

  constructor(picture, wires) {
    this.#picture = picture;
    this.#wires = wires;
  }

  // entries: what has just happened. routes: the workflow's rows.
  show(entries, model, routes) {
    if (this.#still.matches || document.hidden || !this.#wires.isWide) return;
    let shown = 0;
    for (const { kind, event } of entries) {
      if (shown === EACH || this.#running >= MOST) return;
      const way = kind === 'event' && this.#wayOf(event, model, routes);
      if (way && this.#run(way)) shown += 1;
    }
  }

  #wayOf({ event_type: type, event_data: data }, model, routes) {
    const { task_queue_sid: queue, reservation_sid } = data;
    const queueRow = this.#find('.queue', 'queue', queue)?.firstElementChild;
    const task = model.tasks.get(data.task_sid);
    if (type === 'workflow.target-matched' && task) {
      const previous = task.path.at(-2)?.queue;
      if (previous) return [this.#find('.queue', 'queue', previous)?.firstElementChild, queueRow];
      const route = routeOf(task, routes, this.#matcher.matches);
      const form = this.#picture.querySelector('#create-task');
      return [form, this.#find('.route', 'route', route?.key), queueRow];
    }
    if (type !== 'reservation.created') return undefined;
    return [queueRow, this.#find('.reservation', 'key', `${reservation_sid} pending`)];
  }

  #find(selector, name, value) {
    return [...this.#picture.querySelectorAll(selector)].find(
      ({ dataset }) => dataset[name] === value,
    );
  }

  // Runs from the first element to the last; those that there are not are passed over.
  #run(way) {
    const stops = way.filter(Boolean);
    if (stops.length < 2) return false;
    const steps = stops.slice(1).flatMap((to, index) => {
      const [a, b] = [this.#wires.at(stops[index], 'end'), this.#wires.at(to, 'start')];
      return stepsBetween(a, b);
    });
    const dot = element('span', { class: 'dot', 'aria-hidden': 'true' });
    this.#picture.append(dot);
    this.#running += 1;
    const duration = LASTS * (stops.length - 1);
    dot.animate(steps, { duration, easing: 'ease-in-out' }).finished.finally(() => {
      this.#running -= 1;
      dot.remove();
    });
    return true;
  }
}
