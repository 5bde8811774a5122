// The server that answers callbacks, called by an emulator and by hand.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const { ASSIGNMENT_SERVER, CALL_ASSIGNMENT_SERVER } = process.env;
let token;
const SIDS = {
  WorkspaceSid: `WS${'1'.repeat(32)}`,
  TaskSid: `WT${'1'.repeat(32)}`,
  ReservationSid: `WR${'1'.repeat(32)}`,
};
let server;
let url;
let printed = '';

/// Waits until the server has printed what the pattern says.
async function prints(pattern) {
  while (!pattern.test(printed)) await once(server.stdout, 'data');
}

const emulate = async (...words) => (await promisify(execFile)(CALL_ASSIGNMENT_SERVER, words)).stdout;

before(async () => {
  token = (await emulate()).trim();
  assert.match(token, /^\w{32}$/);
  server = spawn(ASSIGNMENT_SERVER, [], { env: { TWILIO_AUTH_TOKEN: token } });
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => (printed += text));
  }
  await prints(/answers (http:\S+)\/assignment/);
  [, url] = printed.match(/answers (http:\S+)\/assignment/);
});
after(async () => {
  server.kill();
  await once(server, 'exit');
  assert.ok(!printed.includes(token), 'the token is printed');
});

/// Posts a form as Twilio would.
function post(path, form, key = token) {
  const text = Object.keys(form).sort().map((name) => name + form[name]).join('');
  const signature = createHmac('sha1', key).update(`${url}${path}${text}`).digest('base64');
  return fetch(url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature },
    body: new URLSearchParams(form).toString(),
  });
}

test('an emulator that calls it sees the reservation accepted, and its SID is printed', async () => {
  const [, sid, status] = (await emulate(url)).match(/^(WR\w{32}) (\w+)\n$/);
  assert.equal(status, 'accepted');
  await prints(new RegExp(`^${sid}$`, 'm'));
});

test('a callback that another token signed is refused, and the reservation canceled', async () => {
  const [, sid, status] = (await emulate(url, '2')).match(/^(WR\w{32}) (\w+)\n$/);
  assert.equal(status, 'canceled');
  await prints(/X-Twilio-Signature is not of this URL and body/);
  assert.ok(!printed.includes(sid));
});

test('an instruction is JSON, whatever the size of the attributes', async () => {
  const attributes = JSON.stringify({ text: 'ü'.repeat(4000) });
  const response = await post('/assignment', { ...SIDS, TaskAttributes: attributes, WorkerAttributes: attributes });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.deepEqual(await response.json(), { instruction: 'accept' });
});

test('an event is printed and answered with no content', async () => {
  const response = await post('/event', { EventType: 'task.created', ResourceSid: SIDS.TaskSid });
  assert.equal(response.status, 204);
  assert.equal(await response.text(), '');
  await prints(new RegExp(`^task.created ${SIDS.TaskSid}$`, 'm'));
});

test('what is forged or unreadable is refused, and the server lives on', async () => {
  assert.equal((await post('/assignment', SIDS, 'canary-other')).status, 403);
  assert.equal((await post('/event', { EventType: 'task.created' }, 'canary-other')).status, 403);
  assert.equal((await post('/event', { ResourceSid: 'WT1' })).status, 400);
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`a${i}`, '']));
  assert.equal((await post('/assignment', many)).status, 400);
  assert.ok((await fetch(`${url}/assignment`)).status >= 400);
  assert.equal((await post('/assignment', SIDS)).status, 200);
});

test('without a token it does not start', async () => {
  await assert.rejects(promisify(execFile)(ASSIGNMENT_SERVER, [], { env: {} }), (error) => {
    assert.equal(error.code, 2);
    assert.match(error.stderr, /TWILIO_AUTH_TOKEN is not set/);
    return true;
  });
  await assert.rejects(promisify(execFile)(ASSIGNMENT_SERVER, ['--port'], { env: {} }), { code: 2 });
});
