// The queues, and the tasks that wait in them: the first ones each for itself, the rest as a number.
import { element, keep, setAttribute, setText } from '../page/dom.mjs';
import { number, showTaskMark, taskMark } from './shapes.mjs';

const SHOWN = 24; // tasks of a queue

function firstOf(tasks) {
  const first = [];
  for (const task of tasks) {
    if (first.length === SHOWN) break;
    first.push(task);
  }
  return first;
}

function makeQueue() {
  return element(
    'li',
    { class: 'queue' },
    element('p', { class: 'queue-name' }, element('b'), element('span', { class: 'count' })),
    element('code', { class: 'expression' }),
    element('ol', { class: 'waiting' }),
    element('p', { class: 'more' }),
  );
}

export class QueueView {
  root = element('ol', { class: 'queues' });

  draw(model, selected) {
    keep(this.root, [...model.queues.values()], {
      key: ({ sid }) => sid,
      make: makeQueue,
      update: (row, queue) => {
        const [name, expression, waiting, more] = row.children;
        const { size } = queue.tasks;
        setAttribute(row, 'data-queue', queue.sid);
        setText(name.children[0], queue.name);
        setText(name.children[1], size === 0 ? 'empty' : `${number(size)} waiting`);
        setText(expression, queue.expression === '1==1' ? 'everybody' : queue.expression);
        setAttribute(waiting, 'aria-label', `Tasks in ${queue.name}`);
        const first = firstOf(queue.tasks);
        keep(waiting, first, {
          key: ({ sid }) => sid,
          make: () => element('li', {}, taskMark()),
          update: (item, task) =>
            showTaskMark(item.firstElementChild, task, task.sid === selected?.sid),
        });
        more.hidden = size <= first.length;
        setText(more, `and ${number(size - first.length)} more`);
      },
    });
  }
}
