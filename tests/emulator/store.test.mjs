// What is acknowledged survives kill -9.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fail, start, until } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'taskrouter-store-'));
let stores = 0;
const newStore = () => join(folder, `store${(stores += 1)}`);
after(() => rmSync(folder, { recursive: true }));

const stateOf = async (server) => (await server.admin('state')).json;

// Keeps a client busy until the server is gone; resolves to what was acknowledged.
async function work(server, name, task_sids, refused) {
  for (let i = 0; ; i += 1) {
    try {
      const { status, json } = await server.send('POST', '/Tasks', { Attributes: JSON.stringify({ name, i }), Priority: `${i % 7}` });
      if (status !== 201) return;
      task_sids.set(json.sid, json.attributes);
      if (i % 3 === 0) await server.send('DELETE', `/Tasks/${json.sid}`).then((gone) => gone.status === 204 && task_sids.set(json.sid, undefined));
      if (i % 5 === 0) refused.push((await server.send('POST', '/Tasks', { Priority: 'high' })).status);
      if (i % 4 === 0) {
        const activity = i % 8 === 0 ? server.env.TWILIO_AVAILABLE_ACTIVITY_SID : server.env.TWILIO_OFFLINE_ACTIVITY_SID;
        await server.send('POST', `/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: activity });
      }
    } catch {
      return; // Killed: what was asked last was not acknowledged.
    }
  }
}

test('kill -9 under load loses no acknowledged change', async () => {
  for (const clock of [['--virtual-clock'], []]) {
    const store = newStore();
    const server = await start(...clock, '--store', store);
    const before = new Map();
    const refused = [];
    const clients = Array.from({ length: 8 }, (_, i) => work(server, `client ${i}`, before, refused));
    await until(() => before.size > 300);
    await server.kill();
    await Promise.all(clients);
    assert.ok(refused.length > 0 && refused.every((status) => status === 400));
    const again = await start(...clock, '--store', store);
    for (const [sid, attributes] of before) {
      const { status, json } = await again.send('GET', `/Tasks/${sid}`);
      // What was being deleted may be gone without having been acknowledged as such.
      if (attributes === undefined) assert.equal(status, 404);
      else if (status !== 404 || JSON.parse(attributes).i % 3 !== 0) assert.equal(json?.attributes, attributes, `${sid} ${status}`);
    }
    const state = await stateOf(again);
    await again.kill();
    const onceMore = await start(...clock, '--store', store);
    if (clock.length > 0) assert.deepEqual(await stateOf(onceMore), state, 'the same state, and not only the same tasks');
    await onceMore.stop();
  }
});

test('the wall clock goes on where it is now, and what was due in between has happened', async () => {
  const store = newStore();
  const server = await start('--store', store);
  const task = await server.post('/Tasks', { Timeout: '1' });
  const other = await server.post('/Tasks', { Timeout: '1000' });
  await server.kill();
  const time = Date.now();
  const again = await start('--store', store);
  assert.ok((await again.admin('clock')).json.now_ms >= time);
  await until(async () => (await again.get(`/Tasks/${task.sid}`)).assignment_status === 'canceled');
  assert.equal((await again.get(`/Tasks/${other.sid}`)).assignment_status, 'pending');
  assert.equal((await again.get(`/Tasks/${other.sid}`)).date_created, other.date_created);
  await again.stop();
});

test('a virtual clock stands where it was', async () => {
  const store = newStore();
  const server = await start('--virtual-clock', '--store', store);
  const { json } = await server.admin('clock', { advance_ms: 12_345 });
  await server.kill();
  const again = await start('--virtual-clock', '--store', store);
  const { begun_ms: began, ...clock } = json;
  const { begun_ms: beganAgain, ...clockAgain } = (await again.admin('clock')).json;
  assert.deepEqual(clockAgain, clock);
  assert.ok(beganAgain > began, 'a server that was started anew says so');
  await again.stop();
});

test('a record that was being written is cut off, and what comes then is kept', async () => {
  const store = newStore();
  let server = await start('--virtual-clock', '--store', store);
  const tasks = [await server.post('/Tasks'), await server.post('/Tasks'), await server.post('/Tasks')];
  await server.kill();
  const whole = readFileSync(store);
  const lastLine = whole.lastIndexOf('\n', whole.length - 2) + 1;
  for (const size of [whole.length - 1, lastLine + 20, lastLine + 1]) {
    writeFileSync(store, whole.subarray(0, size));
    server = await start('--virtual-clock', '--store', store);
    assert.equal((await server.send('GET', `/Tasks/${tasks[1].sid}`)).status, 200);
    assert.equal((await server.send('GET', `/Tasks/${tasks[2].sid}`)).status, 404);
    assert.equal(statSync(store).size, lastLine);
    assert.equal((await server.post('/Tasks')).sid, tasks[2].sid);
    await server.kill();
  }
  server = await start('--virtual-clock', '--store', store);
  assert.equal((await server.send('GET', `/Tasks/${tasks[2].sid}`)).status, 200);
  await server.stop();
});

test('a store that is broken otherwise is refused, and left as it is', async () => {
  const store = newStore();
  const server = await start('--virtual-clock', '--store', store);
  await server.post('/Tasks');
  await server.post('/Tasks');
  const inUse = await fail('--virtual-clock', '--store', store);
  assert.deepEqual([inUse.code, /another taskrouter-emulator uses it/.test(inUse.text)], [1, true], inUse.text);
  await server.stop();
  const good = readFileSync(store);
  const flags = ['--virtual-clock', '--store', store];
  const cases = [
    ['a byte changed', (bytes) => { bytes[300] ^= 1; return bytes; }, /line 2: its checksum does not fit/],
    ['a line is missing', (bytes) => Buffer.from(`${bytes}`.split('\n').filter((line, i) => i !== 1).join('\n')), /line 2: this version/],
    ['lines are swapped', (bytes) => { const lines = `${bytes}`.split('\n'); return Buffer.from([lines[1], lines[0], ...lines.slice(2)].join('\n')); }, /line 1: is not where/],
    ['no beginning', (bytes) => bytes.subarray(0, 10), /is none of the emulator's stores/],
    ['another file', () => Buffer.from('#!/bin/sh\necho hello\n'), /line 1: its checksum does not fit/],
  ];
  for (const [name, change, message] of cases) {
    const bytes = change(Buffer.from(good));
    writeFileSync(store, bytes);
    const { code, text } = await fail(...flags);
    assert.equal(code, 1, name);
    assert.match(text, message, name);
    assert.equal(text.split('\n').length, 2, name);
    assert.deepEqual(readFileSync(store), bytes, name);
  }
  writeFileSync(store, good);
  assert.match((await fail('--store', store)).text, /it was written with --virtual-clock/);
  assert.match((await fail('--virtual-clock', '--store', folder)).text, /: Is a directory/);
});

test('an empty file becomes a store, and a seed is sown once', async () => {
  const store = newStore();
  const seed = join(folder, 'seed.jsonl');
  writeFileSync(store, '');
  writeFileSync(seed, '{"post": "/v1/Workspaces", "form": {"FriendlyName": "Seeded"}}\n');
  const workspaces = async (server) => (await server.get('/v1/Workspaces')).workspaces.map((one) => one.friendly_name);
  for (let round = 0; round < 3; round += 1) {
    const server = await start('--store', store, '--seed', seed);
    assert.equal((await workspaces(server)).filter((name) => name === 'Seeded').length, 1);
    await server.kill();
  }
});

test('a store that was half seeded begins anew', async () => {
  const store = newStore();
  const seed = join(folder, 'wrong.jsonl');
  writeFileSync(seed, '{"post": "/v1/Workspaces", "form": {"FriendlyName": "Seeded"}}\n{"get": "/v1/Workspaces/none"}\n');
  assert.equal((await fail('--store', store, '--seed', seed)).code, 1);
  const server = await start('--store', store);
  assert.equal((await server.get('/v1/Workspaces')).workspaces.length, 1);
  await server.stop();
});

test('a reset is kept', async () => {
  const store = newStore();
  const server = await start('--virtual-clock', '--store', store);
  await server.post('/Tasks');
  await server.admin('reset', {});
  const task = await server.post('/Tasks', { Priority: '7' });
  const state = await stateOf(server);
  await server.kill();
  const again = await start('--virtual-clock', '--store', store);
  assert.deepEqual(await stateOf(again), state);
  assert.equal((await again.get(`/Tasks/${task.sid}`)).priority, 7);
  await again.stop();
});

test('answers to callbacks are kept, and a callback without one is sent again', async () => {
  const got = [];
  const target = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      got.push(new URLSearchParams(body).get('ReservationSid'));
      if (got.length > 1) response.setHeader('Content-Type', 'application/json').end('{"instruction":"accept"}');
    });
  });
  await new Promise((resolve) => target.listen(0, '127.0.0.1', resolve));
  const store = newStore();
  let server = await start('--store', store);
  await server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`, { AssignmentCallbackUrl: `http://127.0.0.1:${target.address().port}/` });
  await server.post(`/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: server.env.TWILIO_AVAILABLE_ACTIVITY_SID });
  const task = await server.post('/Tasks');
  await until(() => got.length === 1);
  await server.kill();
  server = await start('--store', store);
  const isAssigned = async () => (await server.get(`/Tasks/${task.sid}`)).assignment_status === 'assigned';
  await until(isAssigned);
  assert.deepEqual(got, [got[0], got[0]]);
  await server.kill();
  server = await start('--store', store);
  assert.ok(await isAssigned());
  assert.equal((await server.admin('callbacks')).json.callbacks.length, 0);
  await server.stop();
  target.closeAllConnections();
  target.close();
});

test('text that is not UTF-8 leads to the same state again', async () => {
  const store = newStore();
  let server = await start('--virtual-clock', '--store', store);
  const bytes = Buffer.concat([Buffer.from('Attributes={"a":"'), Buffer.from([0xff, 0xe2, 0x82, 0x41, 0xc0, 0x80]), Buffer.from('%ff%e2%82%0a"}')]);
  const response = await fetch(`${server.url}/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}/Tasks`, { method: 'POST', body: bytes,
    headers: { Authorization: server.authorization, 'Content-Type': 'application/x-www-form-urlencoded' } });
  const state = await stateOf(server);
  await server.kill();
  server = await start('--virtual-clock', '--store', store);
  assert.deepEqual(await stateOf(server), state, `${response.status}`);
  await server.stop();
});

test('a store that can not be written any more ends the server, and the change is not acknowledged', { skip: process.platform !== 'linux' }, async () => {
  const store = newStore();
  const server = await start('--virtual-clock', '--store', store);
  const { execFileSync } = await import('node:child_process');
  execFileSync('prlimit', [`--pid=${server.child.pid}`, `--fsize=${statSync(store).size + 100}`]);
  const { status } = await server.send('POST', '/Tasks', {}).catch(() => ({ status: 500 }));
  assert.equal(status, 500);
  assert.deepEqual(await server.exited, { code: 1, signal: null });
  assert.match(server.errors(), /File too large/);
  const again = await start('--virtual-clock', '--store', store);
  assert.equal((await again.get('/Tasks')).tasks.length, 0);
  await again.stop();
});
