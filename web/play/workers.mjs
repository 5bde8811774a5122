// The table of workers: who she is, what she does now, and how she came there.
import { byId, element } from '../page/dom.mjs';

const SHOWN = 8;

function activity(name) {
  return element('span', { class: 'activity', 'data-activity': name.toLowerCase() }, name);
}

function trailView(trail) {
  const shown = trail.slice(-SHOWN);
  return element(
    'ol',
    { class: 'trail' },
    trail.length > SHOWN ? element('li', {}, 'earlier') : undefined,
    ...shown.map((name, index) =>
      element('li', { 'aria-current': index === shown.length - 1 ? 'true' : undefined }, name),
    ),
  );
}

export function showWorkers({ worker, trail }) {
  const row = element(
    'tr',
    {},
    element('th', { scope: 'row' }, worker.friendly_name),
    element('td', { id: 'worker-activity' }, activity(worker.activity_name)),
    element('td', {}, worker.available ? 'yes' : 'no'),
    element('td', { id: 'worker-trail' }, trailView(trail)),
  );
  byId('workers-body').replaceChildren(row);
}
