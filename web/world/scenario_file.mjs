// Scenarios as files: a setup, and what is done in it. They may come from anywhere, so that nothing of
// them is taken that is not known here, and nothing that is too large.
import { flag, json, list, oneOf, optional, record, table, text, variant, whole } from './schema.mjs';

export const LARGEST = 1_000_000; // characters
const MOST_TASKS = 20000;
const MONTH = 31 * 24 * 3600 * 1000;

const name = text(64, 1);
const attributes = text(10000);
const nested = 16;

const setup = record({
  multi_tasking: optional(flag),
  activities: optional(list(record({ name, available: flag }), 50)),
  queues: list(
    record({
      name,
      workers: optional(text(4000)),
      reserved: optional(name),
      assigned: optional(name),
      max_reserved: optional(whole(1, 50)),
      order: optional(oneOf('FIFO', 'LIFO')),
    }),
    100,
  ),
  workflow: record({
    name: optional(name),
    reservation_timeout: optional(whole(1, 86400)),
    configuration: json(65536, nested),
  }),
  workers: list(
    record({
      name,
      attributes: optional(json(10000, nested)),
      activity: optional(name),
      capacity: optional(table(whole(0, 50), 20)),
    }),
    1000,
  ),
});

const number = whole(1, 1_000_000);
const priority = optional(whole(0, 2147483647));

const action = variant('do', {
  task: {
    attributes: optional(attributes),
    count: optional(whole(1, 10000)),
    priority,
    timeout: optional(whole(1, 1209600)),
    channel: optional(name),
  },
  answer: {
    reservation: number,
    status: oneOf('accepted', 'rejected', 'canceled', 'completed', 'wrapping', 'rescinded'),
    activity: optional(name),
  },
  'update-task': {
    task: number,
    status: optional(oneOf('pending', 'canceled', 'completed', 'wrapping')),
    reason: optional(text(4096)),
    attributes: optional(attributes),
    priority,
  },
  worker: { worker: name, activity: optional(name), attributes: optional(attributes) },
  'add-worker': { worker: name, activity: optional(name), attributes: optional(attributes) },
  workflow: { configuration: optional(text(65536)), timeout: optional(whole(1, 86400)) },
  call: { operation: text(64, 1), fields: json(65536, nested) },
  advance: { ms: whole(0, MONTH) },
});

const scenario = record({
  taskrouter: oneOf(1),
  name,
  about: optional(text(300)),
  guide: optional(oneOf('quickstart')),
  start: optional(whole(0, Date.UTC(2100, 0, 1))),
  examples: optional(list(record({ label: text(40, 1), attributes }), 12)),
  tries: optional(list(text(400), 12)),
  setup,
  actions: optional(list(action, 5000)),
});

function checkSums({ actions = [] }) {
  const tasks = actions.reduce((sum, { do: what, count = 1 }) => sum + (what === 'task' && count), 0);
  const time = actions.reduce((sum, { ms = 0 }) => sum + ms, 0);
  if (tasks > MOST_TASKS) throw new TypeError(`There should be at most ${MOST_TASKS} tasks.`);
  if (time > MONTH) throw new TypeError('The clock should move by at most 31 days.');
}

// The scenario that a text holds. Throws an error that says what is wrong with it.
export function readScenario(source) {
  if (source.length > LARGEST) throw new TypeError('The scenario is larger than a megabyte.');
  let value;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new TypeError(`The scenario is not JSON: ${error.message}`);
  }
  const copy = scenario(value, '');
  checkSums(copy);
  return copy;
}

export function copyOfScenario(given) {
  return structuredClone({ taskrouter: 1, ...given });
}
