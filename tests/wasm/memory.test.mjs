// The module's memory: it holds no secret between calls, grows when it must, and not without need.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { ACCOUNT, TASK, UPDATE, clientOf, json } from './package.mjs';

const CANARY = 'canary-0123456789abcdef-canary';

// The memories of all instances that are made from here on.
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const instance = await instantiate(...args);
  memories.push(instance.exports.memory);
  return instance;
};
after(() => {
  WebAssembly.instantiate = instantiate;
});

async function watchedClient(options) {
  const client = await clientOf({ authToken: CANARY, ...options });
  return { client, memory: memories.at(-1) };
}

// What may be left of a secret: itself, in base64 at each of its three offsets, or a part of it.
function traces(memory) {
  const haystack = Buffer.from(memory.buffer);
  const header = Buffer.from(`${ACCOUNT}:${CANARY}`).toString('base64');
  const parts = (text) => [text, text.slice(0, 12), text.slice(-12)];
  return [...parts(CANARY), header.slice(-28), header].filter((text) => haystack.includes(text));
}

test('the secret is not left in memory by any call', async () => {
  const fetch = async () => json({ reservation_status: 'accepted' });
  const { client, memory } = await watchedClient({ fetch });
  const calls = [
    () => client.build('UpdateTaskReservation', UPDATE),
    () => client.curl('UpdateTaskReservation', UPDATE),
    () => client.send('UpdateTaskReservation', UPDATE),
    () => client.send('UpdateTaskReservation', { ...UPDATE, if_match: '"1"' }),
    () => client.build('UpdateTaskReservation', { ...UPDATE, sid: 'x' }),
    () => client.build('NoSuchOperation', UPDATE),
    () => client.build('CreateTask', { ...UPDATE, attributes: 'x'.repeat(100000) }),
    () => client.parse('FetchTask', { status: 200, body: '' }),
  ];
  for (const call of calls) {
    try {
      await call();
    } catch (error) {
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(CANARY));
    }
    assert.deepEqual(traces(memory), [], String(call));
  }
});

test('wrong settings leave no secret behind either', async () => {
  for (const options of [{ accountSid: 'AC1' }, { baseUrl: 'nowhere' }]) {
    const { client, memory } = await watchedClient(options);
    assert.throws(() => client.build('FetchTask', TASK), { kind: 'argument' });
    assert.deepEqual(traces(memory), []);
  }
  const { client, memory } = await watchedClient({ authToken: [CANARY] });
  assert.throws(() => client.build('FetchTask', TASK), { kind: 'argument', field: 'auth_token' });
  assert.deepEqual(traces(memory), []);
});

test('the search finds a secret that is there', async () => {
  const { memory } = await watchedClient({});
  Buffer.from(memory.buffer).write(CANARY, 500000);
  assert.notDeepEqual(traces(memory), []);
});

test('nothing prints the secret of a client', async () => {
  const { client } = await watchedClient({ fetch: async () => Promise.reject(new Error('no')) });
  const error = await client.send('FetchTask', TASK).catch((reason) => reason);
  assert.equal(error.kind, 'transport');
  for (const value of [client, error]) {
    const seen = inspect(value, { depth: 9, showHidden: true, getters: true });
    const text = seen + JSON.stringify(value) + String(value) + Object.keys(value);
    assert.ok(!text.includes(CANARY));
    assert.ok(!text.includes('Basic'));
  }
});

test('large texts pass both ways', async () => {
  const attributes = JSON.stringify({ text: '\u00e9'.repeat(1 << 19) }); // 1 MiB
  const { client, memory } = await watchedClient({});
  const before = memory.buffer.byteLength;
  const { body } = client.build('CreateTask', { workspace_sid: TASK.workspace_sid, attributes });
  assert.equal(body.length, `Attributes=${encodeURIComponent(attributes)}`.length);
  const task = client.parse('FetchTask', { status: 200, body: JSON.stringify({ attributes }) });
  assert.equal(task.attributes, attributes);
  assert.ok(memory.buffer.byteLength > before);
  assert.deepEqual(traces(memory), []);
});

test('10,000 sends do not make the memory grow', async () => {
  const workers = Array.from({ length: 20 }, (_, i) => ({ friendly_name: `worker ${i}` }));
  const fetch = async () => json({ meta: { page_size: 50 }, workers });
  const { client, memory } = await watchedClient({ fetch });
  const send = () => client.send('ListWorker', { workspace_sid: TASK.workspace_sid });
  await send();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 10000; i += 1) assert.equal((await send()).workers.length, 20);
  assert.equal(memory.buffer.byteLength, before);
});

test('an answer that needs more than the memory is an error, and the next one is read', async () => {
  const hostile = `{"tasks":[${'{},'.repeat(3000000)}{}]}`;
  const { client } = await watchedClient({});
  const parse = (body) => client.parse('ListTask', { status: 200, body });
  assert.throws(() => parse(hostile), { kind: 'body', message: /too large/ });
  assert.equal(parse('{"tasks":[{}]}').tasks.length, 1);
  assert.equal(client.build('FetchTask', TASK).method, 'GET');
});

test('a call that needs more than the memory leaves no secret behind', async () => {
  const { client, memory } = await watchedClient({});
  const attributes = JSON.stringify('x'.repeat(135000000));
  const { workspace_sid } = TASK;
  const call = () => client.build('CreateTask', { workspace_sid, attributes });
  assert.throws(call, { kind: 'argument', message: /too large/ });
  assert.deepEqual(traces(memory), []);
  assert.equal(client.build('FetchTask', TASK).method, 'GET');
});
