// What the timeline says of an entry, and what it is found by; what live mode makes of what was typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resourceOf, shortened, span, titleOf } from '../../web/inspect/entry.mjs';
import { filterOf, isEmpty, wanted } from '../../web/inspect/filter.mjs';
import { Search } from '../../web/inspect/search.mjs';
import { groupsOf, hintOf, partsOf, valuesOf } from '../../web/live/values.mjs';
import { operations } from './code.mjs';
import { HOSTILE } from './hostile.mjs';

const DIGITS = '0123456789abcdef'.repeat(2);

function exchange(path, { status = 200, method = 'GET', fields = [], text = '' } = {}) {
  const url = `https://taskrouter.twilio.com/v1/Workspaces/WS${DIGITS}${path}`;
  const response = status ? { status, text } : undefined;
  return {
    kind: 'exchange',
    operation: 'Op',
    request: { method, url, headers: [], fields },
    response,
  };
}

function found(search, entries) {
  const filter = filterOf(new URLSearchParams(search));
  return entries.filter((entry) => wanted(filter, entry));
}

test('every operation is about a resource that can be filtered by', () => {
  for (const { path, method } of operations) {
    const url = `https://a.example${path.replace(/\{\w+\}/g, 'X')}`;
    assert.ok(resourceOf({ kind: 'exchange', request: { method, url } }), path);
  }
  assert.equal(resourceOf(exchange(`/Tasks/WT${DIGITS}/Reservations`)), 'reservation');
  assert.equal(resourceOf(exchange('/TaskQueues/Statistics')), 'statistics');
  assert.equal(
    resourceOf({ kind: 'event', event: { event_type: 'task-queue.entered' } }),
    'task queue',
  );
});

test('a row tells SIDs apart by their kind and their end', () => {
  assert.equal(shortened(`a WT${DIGITS}, b`), 'a WT…cdef, b');
  assert.equal(shortened(`WT${DIGITS}0`), `WT${DIGITS}0`);
  assert.deepEqual(titleOf(exchange('/Tasks', { method: 'POST' })), {
    name: 'POST',
    more: '/Tasks',
  });
  assert.deepEqual(titleOf(exchange('')), { name: 'GET', more: '/Workspaces/WS…cdef' });
});

test('a span of time is said in two units at most', () => {
  assert.deepEqual([500, 59_900, 61_000, 3_660_000].map(span), [
    '0.5 s',
    '59.9 s',
    '1 min 1 s',
    '1 h 1 min',
  ]);
});

test('filters are joined, and every word of the text must be there', () => {
  const create = exchange('/Tasks', {
    method: 'POST',
    status: 201,
    fields: [['Attributes', '{"topic":"Rhubarb"}']],
  });
  const refused = exchange('/Workers', { status: 404, text: '{"code":20404}' });
  const lost = exchange('/Workers', { status: 0 });
  const event = { kind: 'event', event: { event_type: 'task.created', description: 'Rhubarb' } };
  const clock = { kind: 'clock', from: 0, to: 1 };
  const all = [create, refused, lost, event, clock];
  assert.deepEqual(found('', all), all);
  assert.deepEqual(found('kind=event', all), [event]);
  assert.deepEqual(found('method=POST', all), [create]);
  assert.deepEqual(found('status=4', all), [refused]);
  assert.deepEqual(found('status=none', all), [lost]);
  assert.deepEqual(found('resource=task', all), [create, event]);
  assert.deepEqual(found('text=RHUBARB', all), [create, event]);
  assert.deepEqual(found('text=rhubarb+topic', all), [create]);
  assert.deepEqual(found('text=20404&resource=worker', all), [refused]);
  assert.deepEqual(found('kind=toString', all), all);
  assert.deepEqual(found('text=__proto__', all), []);
});

test('a filter that filters nothing is empty', () => {
  assert.equal(isEmpty(filterOf(new URLSearchParams('other=1'))), true);
  assert.equal(isEmpty(filterOf(new URLSearchParams('text=a'))), false);
});

test('a text that anybody typed can be looked for', () => {
  for (const text of HOSTILE) {
    const entry = exchange('/Tasks', { fields: [['Attributes', text]] });
    const search = new URLSearchParams({ text });
    assert.deepEqual(found(search, [entry]), [entry], text.slice(0, 60));
  }
  const strange = {
    ...exchange('/Tasks'),
    request: { method: 'GET', url: 'https://a.example/%zz', headers: [], fields: [] },
  };
  assert.deepEqual(found('text=zz', [strange]), [strange]);
});

test('a new search ends the one before, and the newest entries are found first', async () => {
  const search = new Search();
  const entries = Array.from({ length: 2000 }, (_, id) => ({ id }));
  const calls = [];
  const slow = () => {
    const end = performance.now() + 0.05;
    while (performance.now() < end);
    return true;
  };
  const first = search.run(entries, slow, (_, isDone) => calls.push(['first', isDone]));
  const second = search.run(
    entries,
    ({ id }) => id % 1000 === 0,
    (some, isDone) => isDone && calls.push(['second', some.map(({ id }) => id)]),
  );
  await Promise.all([first, second]);
  assert.deepEqual(calls.at(-1), ['second', [1000, 0]]);
  assert.equal(
    calls.some(([name, isDone]) => name === 'first' && isDone),
    false,
  );
});

test('what was typed becomes values of the right type; what is empty is left out', () => {
  const operation = operations.find(({ name }) => name === 'UpdateTaskReservation');
  const texts = new Map([
    ['sid', ' WR1 '],
    ['dequeue_timeout', '30'],
    ['timeout', '1e3'],
    ['record', 'true'],
    ['muted', 'false'],
    ['from', '   '],
    ['status_callback_event', 'ringing\n\n answered '],
    ['of_another_operation', 'x'],
  ]);
  assert.deepEqual(valuesOf(operation, texts), {
    sid: 'WR1',
    dequeue_timeout: 30,
    timeout: '1e3',
    record: true,
    muted: false,
    status_callback_event: ['ringing', 'answered'],
  });
});

test('a form has every field of its operation once, what is required first', () => {
  for (const operation of operations) {
    const { required, optional, more } = partsOf(operation);
    const names = [...required, ...optional, ...more].map(({ name }) => name);
    assert.deepEqual([...names].sort(), operation.fields.map(({ name }) => name).sort());
    assert.ok(
      required.every((field) => field.required) &&
        ![...optional, ...more].some((field) => field.required),
    );
  }
  const create = partsOf(operations.find(({ name }) => name === 'CreateTask'));
  assert.equal(create.optional[0].name, 'attributes');
});

test('every operation stands in one group', () => {
  const groups = groupsOf(operations);
  assert.equal(groups.flatMap(([, some]) => some).length, 61);
  assert.ok(groups.some(([name]) => name === 'Task Queues'));
  assert.equal(hintOf({ kind: 'integer', lowest: 0, highest: 9 }), '0 to 9');
});
