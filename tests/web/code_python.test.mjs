// The code for Python, run with Twilio's library: it sends the request that it was made from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../web/inspect/code.mjs';
import { ENVIRONMENT, essence, fieldsFor, inFolder, operations, requestFor } from './code.mjs';
import { HOSTILE } from './hostile.mjs';
import { played, skip } from './python.mjs';
import { recordedBy } from './recorder.mjs';

// What version 7.7.1 of the library, which is Debian 12's, lacks. Version 9.11 lacks nothing.
const NEWER = [
  'CreateTask ignore_capacity',
  'CreateTask routing_target',
  'CreateTask task_queue_sid',
  'CreateTask virtual_start_time',
  'FetchWorkersCumulativeStatistics cumulative_statistics',
  'FetchWorkersRealTimeStatistics real_time_statistics',
  'ListTask routing_target',
  'ListTaskQueue ordering',
  'ListTaskReservation worker_sid',
  'ListWorker ordering',
  'UpdateTask virtual_start_time',
  'UpdateTaskReservation jitter_buffer_size',
  'UpdateWorkerReservation jitter_buffer_size',
];

const UNKNOWN = /unexpected keyword argument '(\w+)'/;
const LACKING = /^AttributeError: '\w+' object has no attribute '(\w+)'$/;

// A library before version 9 writes a boolean as Python does.
function written(value) {
  return value === 'True' || value === 'False' ? value.toLowerCase() : value;
}

function asRequest({ method, url, headers, body }) {
  const target = new URL(url);
  const query = new URLSearchParams([...target.searchParams].map(([name, value]) => [name, written(value)]));
  const fields = [...new URLSearchParams(body)].map(([name, value]) => [name, written(value)]);
  return { method, url: `${target.origin}${target.pathname}?${query}`, headers, fields };
}

test('the Python programs compile', () =>
  inFolder(async ({ write, run }) => {
    const files = operations.flatMap((operation, index) => {
      const text = HOSTILE[index % HOSTILE.length];
      const request = requestFor(operation, fieldsFor(operation, text, { paged: true }));
      const { code } = codeOf('python', request, operations);
      return code ? [write(`p${index}.py`, code)] : [];
    });
    await run('python3', '-m', 'py_compile', ...files);
  }));

test('every operation of TaskRouter reaches the server as it was', { skip }, () =>
  recordedBy(
    async (origin, seen) => {
      let waiting = operations.flatMap((operation, index) => {
        const text = HOSTILE[index % HOSTILE.length];
        const pages = operation.name.startsWith('List') ? [false, true] : [false];
        return pages.map((paged) => ({ operation, fields: fieldsFor(operation, text, { paged }) }));
      });
      const unknown = new Set();
      const judged = new Set();
      while (waiting.length > 0) {
        const calls = waiting.flatMap((call) => {
          const request = requestFor(call.operation, call.fields);
          const { code } = codeOf('python', request, operations);
          return code ? [{ ...call, request, code }] : [];
        });
        waiting = [];
        seen.length = 0;
        const results = await played(origin, calls.map(({ code }) => code), ENVIRONMENT);
        let next = 0;
        for (const [index, { sent, error }] of results.entries()) {
          const { operation, fields, request, code } = calls[index];
          const [, name] = UNKNOWN.exec(error) ?? [];
          const own = name && Object.keys(fields).find((field) => name === field || name === `${field}_`);
          if (own) {
            unknown.add(`${operation.name} ${name}`);
            const { [own]: _, ...rest } = fields;
            waiting.push({ operation, fields: rest });
            continue;
          }
          if (LACKING.test(error)) {
            unknown.add(`${operation.name} ${LACKING.exec(error)[1]}`);
            continue;
          }
          assert.equal(error, '', `${operation.name}\n${code.slice(0, 2000)}`);
          assert.equal(sent.length, 1, operation.name);
          const got = seen[next];
          next += 1;
          let { ifMatch, ...whole } = essence(asRequest(got));
          const expected = essence(request);
          if (code.includes('drops if_match')) ifMatch ??= expected.ifMatch;
          assert.deepEqual({ ifMatch, ...whole }, expected, operation.name);
          judged.add(operation.name);
        }
        assert.equal(seen.length, next);
      }
      assert.deepEqual([...unknown].filter((name) => !NEWER.includes(name)), []);
      assert.ok(judged.size >= 58 && judged.size <= 60, `${judged.size} operations`); // The library lacks the bulk.
    },
    { meta: { key: 'items', page_size: 50, url: '' }, items: [] },
  ));
