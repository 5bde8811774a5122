// The emulator's fetch, as a fetch: what it takes, and when assignment callbacks are answered.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Emulator } from './package.mjs';

async function begin(options) {
  const emulator = await Emulator.create(options);
  const { accountSid, authToken, baseUrl, story, fetch } = emulator;
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  const base = `${baseUrl}/v1/Workspaces/${story.workspace_sid}`;
  const post = (path, form) =>
    fetch(base + path, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    });
  const get = async (path) => (await fetch(base + path, { headers: { authorization } })).json();
  const goAvailable = () =>
    post(`/Workers/${story.worker_sid}`, { ActivitySid: story.activities.available });
  return { emulator, fetch, authorization, base, post, get, goAvailable };
}

test('takes requests in every form', async () => {
  const { fetch, authorization, base } = await begin();
  const url = `${base}/Tasks`;
  const type = 'application/x-www-form-urlencoded';
  const form = 'Priority=7';
  const headers = { Authorization: authorization, 'content-type': type };
  const post = { method: 'POST', headers };
  const requests = [
    [url, { ...post, body: form }],
    [new URL(url), { ...post, method: 'post', body: new TextEncoder().encode(form) }],
    [new Request(url, { ...post, body: form })],
    [new Request(url, post), { body: new URLSearchParams(form) }],
    [url, { ...post, headers: Object.entries(headers), body: new Blob([form]) }],
    [url, { ...post, headers: new Headers(headers), body: new TextEncoder().encode(form).buffer }],
    [url.replace('taskrouter.twilio.com', '127.0.0.1:1'), { ...post, body: form }],
  ];
  for (const request of requests) {
    const response = await fetch(...request);
    assert.ok(response instanceof Response);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('content-type'), 'application/json');
    const task = await response.json();
    assert.equal(task.priority, 7);
    assert.ok(task.url.startsWith(new URL(request[0].url ?? request[0]).origin));
  }
});

test('refuses what TaskRouter refuses', async () => {
  const { fetch, authorization, base } = await begin();
  const status = async (url, init) => (await fetch(url, init)).status;
  const headers = { authorization };
  assert.equal(await status(`${base}/Tasks`), 401);
  assert.equal(await status(`${base}/Nothing`, { headers }), 404);
  assert.equal(await status(`${base}/Tasks`, { method: 'PUT', headers, body: 'x' }), 405);
});

test('an aborted call changes nothing', async () => {
  const { fetch, authorization, base, get } = await begin();
  const init = { method: 'POST', headers: { authorization }, body: '' };
  const signal = AbortSignal.abort();
  await assert.rejects(fetch(`${base}/Tasks`, { ...init, signal }), { name: 'AbortError' });
  const request = new Request(`${base}/Tasks`, { ...init, signal: AbortSignal.abort('why') });
  await assert.rejects(fetch(request), (reason) => reason === 'why');
  const controller = new AbortController();
  const call = fetch(`${base}/Tasks`, { ...init, signal: controller.signal });
  controller.abort();
  await assert.rejects(call, { name: 'AbortError' });
  assert.equal((await get('/Tasks')).tasks.length, 0);
});

const answers = [
  ['an object', () => ({ instruction: 'accept' })],
  ['text', () => '{"instruction":"accept"}'],
  ['a promise', async () => ({ instruction: 'accept' })],
];
for (const [name, onAssignment] of answers) {
  test(`onAssignment may answer ${name}`, async () => {
    const { get, post, goAvailable } = await begin({ onAssignment });
    await goAvailable();
    await post('/Tasks', {});
    const [task] = (await get('/Tasks')).tasks;
    assert.equal(task.assignment_status, 'assigned');
  });
}

test('a promise that needs no timer is waited for', async () => {
  let answered = false;
  const onAssignment = async () => {
    for (let i = 0; i < 100; i += 1) await undefined;
    answered = true;
  };
  const { post, goAvailable } = await begin({ onAssignment });
  await goAvailable();
  await post('/Tasks', {});
  assert.ok(answered);
});

test('nobody waits for an answer that does not come', async () => {
  const { get, post, goAvailable } = await begin({ onAssignment: () => new Promise(() => {}) });
  await goAvailable();
  await post('/Tasks', {});
  assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'reserved');
});

test('a late answer counts, unless it is too late', async () => {
  const delays = [5, 30];
  const onAssignment = async () => {
    await pause(delays.shift());
    return { instruction: 'accept' };
  };
  const { emulator, get, post, goAvailable } = await begin({ onAssignment });
  await goAvailable();
  await post('/Tasks', {});
  assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'reserved');
  await pause(20);
  assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'assigned');
  await goAvailable();
  await post('/Tasks', {});
  await emulator.advance(120000);
  assert.deepEqual(emulator.alerts, []);
  await pause(60);
  assert.equal(emulator.alerts.length, 1);
  const statuses = (await get('/Tasks')).tasks.map((task) => task.assignment_status);
  assert.deepEqual(statuses.sort(), ['assigned', 'pending']);
});

test('an instruction that cannot be carried out is an alert', async () => {
  const onAssignment = () => ({ instruction: 'frobnicate' });
  const { emulator, get, post, goAvailable } = await begin({ onAssignment });
  await goAvailable();
  await post('/Tasks', {});
  assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'reserved');
  assert.equal(emulator.alerts.length, 1);
  assert.equal(emulator.alerts[0].kind, 'api');
  assert.ok(emulator.alerts[0].code > 0);
});

test('what is rejected again and again comes to an end', async () => {
  let calls = 0;
  const onAssignment = () => {
    calls += 1;
    return { instruction: 'reject' };
  };
  const { get, post, goAvailable } = await begin({ onAssignment });
  await goAvailable();
  await post('/Tasks', {});
  assert.equal(calls, 1000);
  assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'canceled');
});

test('onAssignment may use the emulator', async () => {
  const times = [];
  const onAssignment = () => {
    times.push(scene.emulator.now);
    if (times.length === 1) scene.emulator.advance(1000);
    return times.length === 1 ? { instruction: 'reject' } : { instruction: 'accept' };
  };
  const scene = await begin({ now: 0, onAssignment });
  await scene.goAvailable();
  await scene.post('/Tasks', {});
  assert.deepEqual(times, [0, 1000]);
  assert.equal((await scene.get('/Tasks')).tasks[0].assignment_status, 'assigned');
});

test('one callback is answered before the next one is delivered', async () => {
  const trail = [];
  const onAssignment = () => {
    trail.push('call');
    if (trail.length === 1) scene.emulator.advance(120000); // Now it is offered to Bob.
    trail.push('answer');
  };
  const scene = await begin({ onAssignment });
  const { activities } = scene.emulator.story;
  await scene.goAvailable();
  await scene.post('/Workers', { FriendlyName: 'Bob', ActivitySid: activities.available });
  await scene.post('/Tasks', {});
  assert.deepEqual(trail, ['call', 'answer', 'call', 'answer']);
});

const mistakes = [
  ['throws', () => assert.fail('a mistake')],
  ['rejects with', async () => assert.fail('a mistake')],
];
for (const [verb, onAssignment] of mistakes) {
  test(`what onAssignment ${verb} shows as an unhandled rejection`, async () => {
    const { get, post, goAvailable } = await begin({ onAssignment });
    await goAvailable();
    const { listeners } = process;
    const others = listeners.call(process, 'unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    const shown = once(process, 'unhandledRejection');
    const response = await post('/Tasks', {});
    const [reason] = await shown;
    for (const other of others) process.on('unhandledRejection', other);
    assert.match(reason.message, /a mistake/);
    assert.equal(response.status, 201);
    assert.equal((await get('/Tasks')).tasks[0].assignment_status, 'reserved');
  });
}
