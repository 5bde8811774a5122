// What is asked again, and when.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { PACKAGE, TASK, UPDATE, clientOf, json } from './package.mjs';

const { retrying } = await import(PACKAGE);
const URL_ = 'https://taskrouter.twilio.com/v1/';

// Plays these outcomes, the last one for ever, and tells of the attempts. No wait lasts.
async function play(outcomes, init, options) {
  const waits = [];
  const fetch = async () => {
    const outcome = outcomes[Math.min(waits.length, outcomes.length - 1)];
    if (outcome instanceof Error) throw outcome;
    return json({}, typeof outcome === 'number' ? { status: outcome } : outcome);
  };
  const onAttempt = ({ wait }) => waits.push(wait);
  const ask = retrying(fetch, { baseWait: 0, onAttempt, ...options });
  const last = await ask(URL_, init).then(({ status }) => status, (error) => error.message);
  return [last, waits.length];
}

const unknown = new TypeError('fetch failed');
const unsent = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
const unsentTwice = new TypeError('fetch failed', { cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENOTFOUND' }] } });
const half = new TypeError('fetch failed', { cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] } });

test('what was not done is asked again, whatever it is', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    for (const outcome of [429, unsent, unsentTwice]) {
      assert.deepEqual(await play([outcome, outcome, 200], { method }), [200, 3], `${method} ${outcome}`);
    }
  }
});

test('what may have been done is asked again for GET and DELETE', async () => {
  for (const outcome of [500, 503, 599, unknown, half]) {
    assert.deepEqual(await play([outcome, 200]), [200, 2]);
    assert.deepEqual(await play([outcome, 200], { method: 'DELETE' }), [200, 2]);
    for (const method of ['POST', 'post', 'PATCH']) {
      const [, attempts] = await play([outcome, 200], { method });
      assert.equal(attempts, 1, `${method} ${outcome}`);
    }
    assert.deepEqual(await play([outcome, 201], { method: 'POST' }, { repeatPosts: true }), [201, 2]);
  }
  const request = new Request(URL_, { method: 'POST', body: 'x' });
  const posts = [];
  const answer = await retrying(async (asked) => json({}, { status: posts.push(asked) && 503 }))(request);
  assert.deepEqual([answer.status, posts.length], [503, 1]);
});

test('other answers are left at that, and so is a fourth attempt', async () => {
  for (const status of [200, 301, 400, 401, 404, 412]) assert.deepEqual(await play([status]), [status, 1]);
  assert.deepEqual(await play([429]), [429, 4]);
  assert.deepEqual(await play([unknown]), ['fetch failed', 4]);
  assert.deepEqual(await play([503], {}, { maxAttempts: 1 }), [503, 1]);
  assert.deepEqual(await play([503], {}, { maxTotal: 0 }), [503, 4]);
});

test('the waits grow, and follow Retry-After up to a limit', async () => {
  const waitsFor = async (outcome, options) => {
    const waits = [];
    const controller = new AbortController();
    const onAttempt = ({ wait }) => waits.push(wait) && wait > 0 && controller.abort();
    await retrying(async () => json({}, outcome), { random: () => 0.5, onAttempt, ...options })(URL_, controller).catch(() => {});
    return waits[0];
  };
  const after = (value, more) => ({ status: 429, headers: { 'retry-after': value, ...more } });
  assert.equal(await waitsFor({ status: 429 }), 100);
  assert.equal(await waitsFor(after('3')), 3100);
  assert.equal(await waitsFor(after('99999999999')), 10000);
  assert.equal(await waitsFor(after('3'), { maxTotal: 2000 }), undefined);
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  assert.equal(await waitsFor(after('Thu, 01 Jan 2026 00:00:02 GMT', { date })), 2100);
  assert.equal(await waitsFor({ status: 429, headers: { 'x-rate-limit-remaining': '0' } }), 1100);
  for (const bad of ['-5', 'soon', '', '1e3']) assert.equal(await waitsFor(after(bad)), 100, bad);

  const spans = [];
  const onAttempt = ({ wait }) => spans.push(wait);
  await retrying(async () => json({}, { status: 503 }), { baseWait: 4, maxWait: 10, maxAttempts: 5, random: () => 1, onAttempt })(URL_);
  assert.deepEqual(spans, [4, 8, 10, 10, undefined]);
});

test('an abort ends the wait, and asks no more', async () => {
  const controller = new AbortController();
  let calls = 0;
  const fetch = async () => json({}, { status: (calls += 1) && 503 });
  const promise = retrying(fetch, { baseWait: 1e6, maxWait: 1e6, maxTotal: 1e9 })(URL_, controller);
  setTimeout(() => controller.abort(new Error('enough')), 5);
  await assert.rejects(promise, /enough/);
  assert.equal(calls, 1);
});

test('a client sends through it, to a server that is busy at first', async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    if (calls < 3) response.writeHead(429, { 'Retry-After': '0' }).end('{"code":20429,"message":"slow down"}');
    else response.end('{"reservation_status":"accepted"}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  try {
    const client = await clientOf({ baseUrl, fetch: retrying(fetch, { baseWait: 1 }) });
    assert.equal((await client.send('UpdateTaskReservation', UPDATE)).reservation_status, 'accepted');
    assert.equal(calls, 3);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  const attempts = [];
  const client = await clientOf({ baseUrl, fetch: retrying(fetch, { baseWait: 1, onAttempt: (one) => attempts.push(one) }) });
  await assert.rejects(client.send('DeleteTask', TASK), { kind: 'transport' });
  assert.equal(attempts.length, 4); // Nobody listens there any more.
});
