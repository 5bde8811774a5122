// The callbacks that the server posts, to targets that answer well, badly and not at all.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { start, until } from './server.mjs';

let server;
let target; // answers as each test says, and keeps what it got
const ACCEPT = { body: '{"instruction":"accept"}' };

before(async () => {
  server = await start();
  target = { got: [], answers: {} };
  target.http = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => { body += part; });
    request.on('end', () => {
      const form = Object.fromEntries(new URLSearchParams(body));
      target.got.push({ path: request.url, headers: request.headers, form, response });
      const { status = 200, type = 'application/json', body: text = '', hang } = target.answers[request.url] ?? {};
      if (!hang) response.writeHead(status, { 'Content-Type': type }).end(text);
    });
  });
  await new Promise((resolve) => target.http.listen(0, '127.0.0.1', resolve));
  target.url = `http://127.0.0.1:${target.http.address().port}`;
});
after(async () => {
  target.http.closeAllConnections();
  target.http.close();
  await server.stop();
});
beforeEach(() => {
  target.got = [];
  target.answers = {};
});
afterEach(() => server.admin('reset', {}));

const path = (reservation) => `/Tasks/${reservation.task_sid}/Reservations/${reservation.sid}`;

// A task that is offered to Alice while the workflow has these callback URLs.
async function offer(url, fallback = '') {
  await server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`,
    { AssignmentCallbackUrl: url, FallbackAssignmentCallbackUrl: fallback });
  await server.post(`/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: server.env.TWILIO_AVAILABLE_ACTIVITY_SID });
  const task = await server.post('/Tasks', { Attributes: '{"tag":"<b>&\u{1F600}"}' });
  const { reservations: [reservation] } = await server.get(`/Tasks/${task.sid}/Reservations`);
  return { task, reservation };
}
// What the server says it has sent, once all of it is finished.
const sent = () => until(async () => {
  const { json } = await server.admin('callbacks');
  return json.unfinished === 0 && json.callbacks.length > 0 ? json.callbacks : undefined;
});
const status = async ({ reservation }) => (await server.get(path(reservation))).reservation_status;

function signature(url, form) {
  const text = url + Object.keys(form).sort().map((name) => name + form[name]).join('');
  return createHmac('sha1', server.env.TWILIO_AUTH_TOKEN).update(text).digest('base64');
}

test('an assignment callback is posted and signed, and its instruction is carried out', async () => {
  target.answers['/assign?x=1'] = ACCEPT;
  const offered = await offer(`${target.url}/assign?x=1`);
  const [callback] = await sent();
  const [{ headers, form }] = target.got;
  assert.equal(form.ReservationSid, offered.reservation.sid);
  assert.equal(form.TaskAttributes, '{"tag":"<b>&\u{1F600}"}');
  assert.match(headers['content-type'], /^application\/x-www-form-urlencoded/);
  assert.equal(headers['x-twilio-signature'], signature(`${target.url}/assign?x=1`, form));
  assert.equal(await status(offered), 'accepted');
  const { headers: said, answer_headers: answered, ...rest } = callback;
  assert.deepEqual({ ...rest, body: '', duration_ms: 0, sent_ms: 0, signature: '' }, {
    id: 1, kind: 'assignment', sid: offered.reservation.sid, sent_ms: 0, url: `${target.url}/assign?x=1`,
    is_fallback: false, signature: '', body: '', is_finished: true, duration_ms: 0, status: 200, answer: ACCEPT.body,
    error_code: 0, error: '',
  });
  assert.equal(callback.signature, headers['x-twilio-signature']);
  for (const [name, value] of said) assert.equal(headers[name.toLowerCase()], value, name);
  assert.ok(said.length >= 4);
  assert.equal(Object.fromEntries(answered)['Content-Type'], 'application/json');
});

test('an answer that instructs nothing leaves the reservation pending', async () => {
  const offered = await offer(`${target.url}/nothing`);
  const [callback] = await sent();
  assert.equal(callback.error, '');
  assert.equal(await status(offered), 'pending');
});

test('an instruction that can not be carried out is recorded, and the reservation stays pending', async () => {
  const cases = [
    [{ body: '<html>' }, 40001], [{ body: '{"instruction":"dance"}' }, 55555], [{ body: '{}' }, 40005],
    [{ body: '{"instruction":"accept"}', type: 'text/html' }, 40000],
    [{ body: '{"instruction":"reject","activity_sid":"WA00000000000000000000000000000000"}' }, 40100],
  ];
  for (const [answer, code] of cases) {
    target.answers['/bad'] = answer;
    const offered = await offer(`${target.url}/bad`);
    const [callback] = await sent();
    assert.equal(callback.error_code, code, answer.body);
    assert.notEqual(callback.error, '');
    assert.equal(await status(offered), 'pending', answer.body);
    await server.admin('reset', {});
  }
});

test('what does not arrive goes to the fallback URL', async () => {
  target.answers = { '/broken': { status: 500 }, '/fallback': ACCEPT };
  const offered = await offer(`${target.url}/broken`, `${target.url}/fallback`);
  const [first, second] = await sent();
  assert.deepEqual([first.status, first.error_code, first.is_fallback], [500, 11200, false]);
  assert.deepEqual([second.status, second.error_code, second.is_fallback], [200, 0, true]);
  assert.equal(target.got[1].headers['x-twilio-signature'], signature(`${target.url}/fallback`, target.got[1].form));
  assert.equal(await status(offered), 'accepted');
});

test('a redirect is a failure, and what arrives nowhere cancels the reservation', async () => {
  target.answers = { '/moved': { status: 302 }, '/broken': { status: 503 } };
  await server.post(`/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: server.env.TWILIO_AVAILABLE_ACTIVITY_SID });
  const offered = await offer(`${target.url}/moved`, `${target.url}/broken`);
  await until(async () => (await status(offered)) === 'canceled');
});

test('targets that hang, reset or talk nonsense hurt nobody', async () => {
  const resetting = createRawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  const nonsense = createRawServer((socket) => socket.once('data', () => socket.end('\0\xff nonsense\r\n\r\n')));
  const endless = createRawServer((socket) => {
    socket.on('error', () => {});
    socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1 << 20)}`);
  });
  const urls = [];
  for (const one of [resetting, nonsense, endless]) {
    await new Promise((resolve) => one.listen(0, '127.0.0.1', resolve));
    urls.push(`http://127.0.0.1:${one.address().port}/`);
  }
  target.answers['/hang'] = { hang: true };
  const wrong = [...urls, `${target.url}/hang`, 'http://127.0.0.1:1/', 'http://nowhere.invalid/', 'file:///etc/passwd', 'gopher://127.0.0.1/'];
  for (const url of wrong) {
    target.answers['/fallback'] = ACCEPT;
    const offered = await offer(url, `${target.url}/fallback`).catch((error) => error);
    if (offered instanceof Error) continue; // A URL that the emulator refuses.
    const began = performance.now();
    await server.get(`/Tasks/${offered.task.sid}`);
    assert.ok(performance.now() - began < 4000, 'the server answers while a target hangs');
    const [first] = await sent();
    assert.notEqual(first.error, '', url);
    assert.notEqual(first.error_code, 0, url);
    assert.equal(first.answer, '', url);
    if (url.endsWith('/hang')) assert.ok(first.duration_ms >= 4900 && first.duration_ms < 15_000, `${first.duration_ms}`);
    assert.equal(await status(offered), 'accepted', url);
    await server.admin('reset', {});
  }
  for (const one of [resetting, nonsense, endless]) one.close();
});

test('event callbacks come signed and in the order of what happened, as far as the filter lets them', async () => {
  target.answers['/assign'] = ACCEPT;
  await server.post('', { EventCallbackUrl: `${target.url}/events`, EventsFilter: 'task.created,reservation.created,reservation.accepted,task.completed' });
  const { task } = await offer(`${target.url}/assign`);
  const event = (type) => until(() => target.got.some(({ form }) => form.EventType === type));
  await event('reservation.accepted');
  await server.post(`/Tasks/${task.sid}`, { AssignmentStatus: 'completed', Reason: 'done' });
  await event('task.completed');
  const events = target.got.filter((one) => one.path === '/events');
  assert.deepEqual(events.map(({ form }) => form.EventType),
    ['task.created', 'reservation.created', 'reservation.accepted', 'task.completed']);
  for (const { headers, form } of events) {
    assert.equal(headers['x-twilio-signature'], signature(`${target.url}/events`, form));
  }
  const callbacks = await sent();
  const last = callbacks.at(-1);
  assert.equal(last.kind, 'event');
  assert.deepEqual((await server.admin(`callbacks?after=${last.id - 1}`)).json.callbacks, [last]);
});

test('an answer that comes after a reset is not carried out', async () => {
  target.answers['/late'] = { hang: true };
  const before = await offer(`${target.url}/late`);
  const late = await until(() => target.got[0]);
  await server.admin('reset', {});
  const again = await offer('');
  assert.equal(again.reservation.sid, before.reservation.sid, 'the same SIDs come again');
  late.response.writeHead(200).end(ACCEPT.body);
  target.answers['/events'] = {};
  await server.post('', { EventCallbackUrl: `${target.url}/events` });
  await sent(); // What came to the server meanwhile has been looked at.
  await until(() => target.got.some((one) => one.path === '/events'));
  await until(async () => (await server.admin('callbacks')).json.callbacks.every((one) => one.is_finished));
  assert.equal((await server.admin('callbacks')).json.unfinished, 0);
  assert.equal(await status(again), 'pending');
});
