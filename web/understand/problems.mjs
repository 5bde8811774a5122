// What is wrong with the text of a workflow's configuration, and at which characters.
import { withSids } from '../world/set_up.mjs';
import { readJson } from './json_places.mjs';

// The places of `path`, or of what is around it.
function placeOf(places, path) {
  const steps = path.split('/');
  for (; steps.length > 0; steps.pop()) {
    const place = places.get(steps.join('/'));
    if (place) return place;
  }
  return places.get('');
}

function pathOf({ filter, target, key, place }) {
  const steps = ['task_routing'];
  if (filter !== null) steps.push('filters', filter);
  else if (place.startsWith('the default filter')) steps.push('default_filter');
  if (target !== null) steps.push('targets', target);
  if (key !== '') steps.push(key);
  return steps.join('/');
}

function rangeOf({ begin, end, inside }, span) {
  if (!span || !inside) return { begin, end };
  const from = inside[Math.min(span.begin, inside.length - 1)];
  const to = inside[Math.min(span.end, inside.length - 1)];
  return { begin: from, end: Math.max(to, from + 1) };
}

// A queue is named here, so that it is not for the checker of SIDs to complain about its name.
function messageOf(problem, value, queues) {
  if (problem.key !== 'queue' || typeof value !== 'string') return problem.message;
  return `'${value}' is none of the queues here: ${[...queues.keys()].join(', ')}`;
}

function valueAt(value, path) {
  return path.split('/').reduce((inner, step) => inner?.[step], value);
}

// workflows: the module. queues: SIDs by name. Answers [{ severity, begin, end, place, message }].
export function problemsOf(text, workflows, queues) {
  const { value, places, failure } = readJson(text);
  if (failure) {
    const { at, message } = failure;
    return [{ severity: 'error', begin: at, end: at + 1, place: '', message: `This is not JSON: ${message}` }];
  }
  try {
    const sids = { queues: [...queues.values()] };
    return workflows.check(withSids(value, queues), sids).map((problem) => {
      const path = pathOf(problem);
      const { severity, place } = problem;
      const message = messageOf(problem, valueAt(value, path), queues);
      return { severity, place, message, ...rangeOf(placeOf(places, path), problem.span) };
    });
  } catch (error) {
    const path = String(error.field ?? '').replaceAll('[', '/').replaceAll(/[\].]+/g, '/');
    const { begin, end } = placeOf(places, path.replaceAll('//', '/').replace(/\/$/, ''));
    return [{ severity: 'error', begin, end, place: '', message: error.message }];
  }
}
