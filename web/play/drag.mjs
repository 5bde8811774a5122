// Dragging a worker to an activity. Whoever can't drag has the choice beside the worker's name.
import { element } from '../page/dom.mjs';

const SLOP = 6; // pixels that a press may wander before it is a drag

// workers: the list of workers. activities: the list of activities.
// drop(worker, activity): called with two names.
export function makeDraggable(workers, activities, drop) {
  let drag;

  function targetAt({ clientX, clientY }) {
    return document.elementFromPoint(clientX, clientY)?.closest('[data-activity]');
  }

  function end() {
    drag?.ghost?.remove();
    drag?.over?.removeAttribute('data-over');
    activities.removeAttribute('data-wanted');
    drag = undefined;
  }

  function begin(event) {
    const head = event.target.closest('.worker-head');
    if (!head || event.button !== 0 || event.target.closest('select')) return;
    if (event.pointerType === 'touch') return; // A finger scrolls the page.
    const name = head.closest('.worker').dataset.worker;
    drag = { name, x: event.clientX, y: event.clientY, id: event.pointerId, head };
  }

  function move(event) {
    if (!drag || event.pointerId !== drag.id) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.ghost) {
      if (far < SLOP) return;
      drag.head.setPointerCapture(drag.id);
      drag.ghost = element('div', { class: 'ghost', 'aria-hidden': 'true' }, drag.name);
      document.body.append(drag.ghost);
      activities.setAttribute('data-wanted', '');
    }
    event.preventDefault();
    drag.ghost.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
    const over = targetAt(event);
    if (over === drag.over) return;
    drag.over?.removeAttribute('data-over');
    over?.setAttribute('data-over', '');
    drag.over = over;
  }

  function finish(event) {
    if (!drag || event.pointerId !== drag.id) return;
    const { ghost, name } = drag;
    const activity = ghost && targetAt(event)?.dataset.activity;
    end();
    if (!ghost) return;
    if (activity !== undefined) drop(name, activity);
  }

  workers.addEventListener('pointerdown', begin);
  // A quick pointer is outside the list before the drag has begun.
  document.addEventListener('pointermove', move);
  document.addEventListener('pointerup', finish);
  document.addEventListener('pointercancel', end);
  workers.addEventListener('dragstart', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => event.key === 'Escape' && end());
}
