// The workflow: a row a filter, a line a target.
import { element, keep, setAttribute, setText } from '../page/dom.mjs';
import { conditionsOf, routesOf } from './routes.mjs';

function makeTarget() {
  const parts = [
    element('b', { class: 'target-queue' }),
    element('span', { class: 'target-conditions' }),
  ];
  return element('li', { class: 'target' }, ...parts);
}

function makeRoute() {
  return element(
    'li',
    { class: 'route' },
    element('p', { class: 'route-name' }),
    element('code', { class: 'expression' }),
    element('ol', { class: 'targets' }),
  );
}

export class WorkflowView {
  root = element('ol', { class: 'routes' });
  routes = [];

  #shown;

  // Draws it if it has changed.
  draw({ workflow, queues }) {
    if (this.#shown === workflow.configuration) return;
    this.#shown = workflow.configuration;
    this.routes = routesOf(workflow.configuration);
    const nameOf = (target) => queues.get(target.queue)?.name ?? target.queue ?? 'the same queue';
    keep(this.root, this.routes, {
      key: ({ key }) => key,
      make: makeRoute,
      update: (row, route) => {
        setAttribute(row, 'data-route', route.key);
        const [name, expression, targets] = row.children;
        setText(name, route.name);
        setText(expression, route.expression);
        expression.hidden = route.expression === '';
        const numbered = route.targets.map((target, index) => ({ target, index }));
        keep(targets, numbered, {
          key: ({ index }) => String(index),
          make: makeTarget,
          update: (line, { target }) => {
            setAttribute(line, 'data-queue', target.queue);
            setText(line.children[0], nameOf(target));
            setText(line.children[1], conditionsOf(target).join(', '));
          },
        });
      },
    });
  }
}
