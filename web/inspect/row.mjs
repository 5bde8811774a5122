// A row of the timeline.
import { element } from '../page/dom.mjs';
import { KINDS, durationText, isAnswered, timeOfDay, titleOf } from './entry.mjs';

function outcome(entry) {
  const { built, response, duration } = entry;
  if (built) return element('span', { class: 'code-of' }, 'not sent');
  if (!isAnswered(entry)) return element('span', { class: 'code-of' }, entry.sent ? 'waiting' : '');
  const status = response ? String(response.status) : 'no answer';
  const good = response?.status < 400;
  const time = duration === undefined ? '' : durationText(duration);
  return element(
    'span',
    { class: good ? 'code-of' : 'code-of bad' },
    element('b', {}, status),
    ` ${time}`,
  );
}

export function rowOf(entry) {
  const { name, more } = titleOf(entry);
  return [
    element('span', { class: 'kind-sign', 'data-kind': entry.live ? 'live' : entry.kind }),
    element('span', { class: 'visually-hidden' }, KINDS[entry.kind]),
    element('time', {}, timeOfDay(entry.time)),
    element(
      'span',
      { class: 'entry-name' },
      ...(entry.live ? [element('span', { class: 'live-mark' }, 'live'), ' '] : []),
      name,
    ),
    element('span', { class: 'entry-more' }, more),
    outcome(entry),
  ];
}
