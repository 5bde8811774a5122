// A workflow's filters as rows of a picture.

// configuration: with SIDs. Answers the filters, and the default filter as the last.
export function routesOf(configuration) {
  const { filters = [], default_filter: rest } = configuration.task_routing;
  const routes = filters.map((filter, index) => ({
    key: String(index),
    name: filter.filter_friendly_name ?? filter.friendly_name ?? `Filter ${index + 1}`,
    expression: filter.expression,
    targets: filter.targets ?? [],
  }));
  if (rest) {
    const name = filters.length > 0 ? 'Everything else' : 'Every task';
    routes.push({ key: 'default', name, expression: '', targets: [rest] });
  }
  return routes;
}

// The row that a task went through: the first that matches it and leads to the queue that it came to
// first. matches(expression, attributes): answers undefined if that is not known.
export function routeOf(task, routes, matches) {
  const came = task.path.at(0)?.queue ?? task.queue;
  const leading = routes.filter(({ targets }) => targets.some(({ queue }) => queue === came));
  if (leading.length < 2) return leading[0];
  return leading.find(({ expression }) => expression === '' || matches(expression, task.attributes));
}

// What a target says besides its queue, in a few words.
export function conditionsOf({ expression, timeout, priority, skip_if, order_by, ...target }) {
  const known = target.known_worker_sid ?? target.known_worker_friendly_name;
  return [
    expression && `only if ${expression}`,
    known && `only the worker named in ${known}`,
    order_by && `by ${order_by}`,
    priority !== undefined && `priority ${priority}`,
    timeout !== undefined && `for ${timeout} s`,
    skip_if && `skipped if ${skip_if}`,
  ].filter(Boolean);
}
