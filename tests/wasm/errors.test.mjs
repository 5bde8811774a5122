// Whatever goes wrong is a TaskRouterError that says whose turn it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TASK, TaskRouterError, UPDATE, clientOf, json } from './package.mjs';

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof TaskRouterError, String(error));
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'TaskRouterError');
    return error;
  }
  return assert.fail('nothing went wrong');
}

const unreachable = async () => assert.fail('something was sent');

test('argument: names the field, and nothing is sent', async () => {
  const client = await clientOf({ fetch: unreachable });
  const cases = [
    ['UpdateTaskReservation', { ...UPDATE, task_sid: 'WT1' }, 'task_sid'],
    ['UpdateTaskReservation', { ...UPDATE, reservation_status: 'acepted' }, 'reservation_status'],
    ['UpdateTaskReservation', { ...UPDATE, status: 'accepted' }, 'status'],
    ['FetchTask', { workspace_sid: TASK.workspace_sid }, 'sid'],
    ['FetchTask', undefined, 'workspace_sid'],
    ['FetchTsk', TASK, 'operation'],
  ];
  for (const [operation, fields, field] of cases) {
    const error = await failure(client.send(operation, fields));
    assert.equal(error.kind, 'argument');
    assert.equal(error.field, field);
    assert.equal(error.status, undefined);
  }
});

test('argument: fields that are not JSON', async () => {
  const client = await clientOf({ fetch: unreachable });
  const circle = {};
  circle.circle = circle;
  for (const attributes of [circle, 1n]) {
    const error = await failure(client.send('CreateTask', { ...TASK, attributes }));
    assert.equal(error.kind, 'argument');
    assert.match(error.message, /the fields are not JSON/);
  }
});

test('argument: credentials and base URL', async () => {
  const cases = [
    [{ accountSid: undefined }, 'account_sid'],
    [{ accountSid: 'AC12' }, 'account_sid'],
    [{ authToken: undefined }, 'auth_token'],
    [{ authToken: '' }, 'auth_token'],
    [{ authToken: 12345 }, 'auth_token'],
    [{ baseUrl: 'ftp://example.com' }, 'base_url'],
    [{ baseUrl: 'https://user@example.com' }, 'base_url'],
    [{ baseUrl: null }, 'base_url'],
  ];
  for (const [options, field] of cases) {
    const client = await clientOf({ ...options, fetch: unreachable });
    const error = await failure(client.send('FetchTask', TASK));
    assert.equal(error.kind, 'argument');
    assert.equal(error.field, field);
    assert.doesNotMatch(error.message, /12345/);
  }
});

test('api: status, code, page and request', async () => {
  const body = {
    code: 20404,
    message: 'The requested resource was not found',
    more_info: 'https://www.twilio.com/docs/errors/20404',
    status: 404,
    details: { seen: ['nothing'] },
  };
  const headers = { 'Twilio-Request-Id': 'RQ1234' };
  const client = await clientOf({ fetch: async () => json(body, { status: 404, headers }) });
  const error = await failure(client.send('FetchTask', TASK));
  assert.equal(error.kind, 'api');
  assert.equal(error.status, 404);
  assert.equal(error.code, 20404);
  assert.equal(error.message, body.message);
  assert.equal(error.moreInfo, body.more_info);
  assert.deepEqual(error.details, body.details);
  assert.equal(error.requestId, 'RQ1234');
  assert.equal(error.field, undefined);
});

test('api: a body that says nothing', async () => {
  const fetch = async () => new Response('<h1>Bad Gateway</h1>', { status: 502 });
  const error = await failure((await clientOf({ fetch })).send('FetchTask', TASK));
  assert.equal(error.kind, 'api');
  assert.equal(error.status, 502);
  assert.equal(error.code, undefined);
});

test('body: not JSON, of another shape, not UTF-8', async () => {
  const bodies = [
    ['{"sid":', 'sid'],
    ['[]', undefined],
    ['', undefined],
    ['{"age":"old"}', 'age'],
    [Uint8Array.of(...new TextEncoder().encode('{"reason":"'), 0xff, 0xfe, 0x22, 0x7d), 'reason'],
  ];
  for (const [body, field] of bodies) {
    const headers = { 'Twilio-Request-Id': 'RQ5' };
    const client = await clientOf({ fetch: async () => new Response(body, { headers }) });
    const error = await failure(client.send('FetchTask', TASK));
    assert.equal(error.kind, 'body');
    assert.equal(error.status, 200);
    assert.equal(error.field, field);
    assert.equal(error.requestId, 'RQ5');
  }
});

test('transport: what fetch rejects with is the cause', async () => {
  const reason = new TypeError('fetch failed');
  const fetch = async () => Promise.reject(reason);
  const client = await clientOf({ fetch });
  const error = await failure(client.send('FetchTask', TASK));
  assert.equal(error.kind, 'transport');
  assert.equal(error.cause, reason);
  assert.match(error.message, /^no answer from taskrouter\.twilio\.com: fetch failed$/);
});

test('transport: nobody listens', async () => {
  const client = await clientOf({ baseUrl: 'http://127.0.0.1:9' });
  const error = await failure(client.send('FetchTask', TASK));
  assert.equal(error.kind, 'transport');
  assert.match(error.message, /no answer from 127\.0\.0\.1:9/);
});

test('transport: a body that breaks off', async () => {
  const pull = (controller) => controller.error(new Error('the line is cut'));
  const fetch = async () => new Response(new ReadableStream({ pull }));
  const error = await failure((await clientOf({ fetch })).send('FetchTask', TASK));
  assert.equal(error.kind, 'transport');
  assert.match(error.message, /the line is cut/);
});

test('transport: aborted before and during the call', async () => {
  const fetch = (url, { signal }) =>
    new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      signal.aborted ? abort() : signal.addEventListener('abort', abort);
    });
  const client = await clientOf({ fetch });
  const later = new AbortController();
  setTimeout(() => later.abort(), 5);
  for (const signal of [AbortSignal.abort(), later.signal]) {
    const error = await failure(client.send('FetchTask', TASK, { signal }));
    assert.equal(error.kind, 'transport');
    assert.equal(error.cause, signal.reason);
    assert.equal(error.message, 'the call was aborted');
  }
});

test('transport: a body beyond 16 MiB is not read to its end', async () => {
  let chunks = 0;
  const pull = (controller) => {
    chunks += 1;
    controller.enqueue(new Uint8Array(1 << 20));
  };
  const fetch = async () => new Response(new ReadableStream({ pull }));
  const error = await failure((await clientOf({ fetch })).send('FetchTask', TASK));
  assert.equal(error.kind, 'transport');
  assert.match(error.message, /16 MiB/);
  assert.ok(chunks < 20, String(chunks));
});
