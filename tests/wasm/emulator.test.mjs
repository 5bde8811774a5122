// Twilio's quickstart through the package: an emulator, a client, and a task that is accepted,
// rejected or left to its timeout.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emulator, TaskRouter, TaskRouterError } from './package.mjs';

export async function begin(options = {}) {
  const callbacks = [];
  const answer = options.onAssignment ?? (() => undefined);
  const onAssignment = (callback) => {
    callbacks.push(callback);
    return answer(callback);
  };
  const emulator = await Emulator.create({ ...options, onAssignment });
  const { accountSid, authToken, baseUrl, story } = emulator;
  const { fetch } = emulator;
  const client = await TaskRouter.create({ accountSid, authToken, baseUrl, fetch });
  const { workspace_sid, worker_sid, activities } = story;
  const send = (operation, fields) => client.send(operation, { workspace_sid, ...fields });
  const go = (activity) =>
    send('UpdateWorker', { sid: worker_sid, activity_sid: activities[activity] });
  const worker = () => send('FetchWorker', { sid: worker_sid });
  return { emulator, client, callbacks, send, go, worker, story };
}

// Alice is available and a task is there: she is reserved.
async function reserved(options) {
  const scene = await begin(options);
  await scene.go('available');
  const task = await scene.send('CreateTask', { attributes: { selected_language: 'es' } });
  const reservation = (fields) => ({
    task_sid: task.sid,
    sid: scene.callbacks[0].form.ReservationSid,
    ...fields,
  });
  const status = async () =>
    (await scene.send('FetchTaskReservation', reservation())).reservation_status;
  const answer = (reservation_status, fields) =>
    scene.send('UpdateTaskReservation', reservation({ reservation_status, ...fields }));
  const taskStatus = async () =>
    (await scene.send('FetchTask', { sid: task.sid })).assignment_status;
  return { ...scene, task, status, answer, taskStatus };
}

test('begins with the story', async () => {
  const { emulator, story, worker } = await begin({ now: Date.UTC(2026, 0, 2) });
  assert.match(emulator.accountSid, /^AC[0-9a-f]{32}$/);
  assert.equal(emulator.accountSid, story.account_sid);
  assert.equal(emulator.authToken, story.auth_token);
  assert.equal(emulator.baseUrl, 'https://taskrouter.twilio.com');
  assert.equal(emulator.now, Date.UTC(2026, 0, 2));
  assert.deepEqual(Object.keys(story.activities), ['offline', 'available', 'reserved', 'busy']);
  assert.equal(story.task_reservation_timeout, 120);
  const alice = await worker();
  assert.equal(alice.friendly_name, 'Alice');
  assert.equal(alice.activity_name, 'Offline');
  assert.equal(alice.date_created, '2026-01-02T00:00:00Z');
});

test('accept', async () => {
  const { callbacks, task, answer, status, taskStatus, worker } = await reserved();
  assert.equal(callbacks.length, 1);
  assert.equal(callbacks[0].url, 'https://example.com/assignment');
  assert.equal(callbacks[0].form.TaskSid, task.sid);
  assert.equal(callbacks[0].form.TaskAttributes, '{"selected_language":"es"}');
  assert.equal(new URLSearchParams(callbacks[0].body).get('WorkerSid'), (await worker()).sid);
  assert.equal((await worker()).activity_name, 'Reserved');
  assert.equal((await answer('accepted')).reservation_status, 'accepted');
  assert.equal(await status(), 'accepted');
  assert.equal(await taskStatus(), 'assigned');
  assert.equal((await worker()).activity_name, 'Busy');
});

test('reject', async () => {
  const { callbacks, answer, status, taskStatus, worker, story } = await reserved();
  await answer('rejected', { worker_activity_sid: story.activities.offline });
  assert.equal(await status(), 'rejected');
  assert.equal(await taskStatus(), 'pending');
  assert.equal((await worker()).activity_name, 'Offline');
  assert.equal(callbacks.length, 1);
});

test('reject into an available activity: offered again at once', async () => {
  const { callbacks, answer, story } = await reserved();
  await answer('rejected', { worker_activity_sid: story.activities.available });
  assert.equal(callbacks.length, 2);
  assert.notEqual(callbacks[1].form.ReservationSid, callbacks[0].form.ReservationSid);
});

test('timeout: the clock moves at once', async () => {
  const { emulator, status, taskStatus, worker } = await reserved({ taskReservationTimeout: 30 });
  const start = emulator.now;
  emulator.advance(29999);
  assert.equal(emulator.now, start + 29999);
  assert.equal(await status(), 'pending');
  await emulator.advance(1);
  assert.equal(await status(), 'timeout');
  assert.equal(await taskStatus(), 'pending');
  assert.equal((await worker()).activity_name, 'Offline');
});

test('refusals are errors of kind api with their codes', async () => {
  const { answer, client } = await reserved();
  await answer('accepted');
  await assert.rejects(answer('accepted'), (error) => {
    assert.ok(error instanceof TaskRouterError);
    assert.equal(error.kind, 'api');
    assert.ok(error.status >= 400 && error.code > 0 && error.message !== '', error);
    return true;
  });
  const nowhere = { workspace_sid: `WS${'0'.repeat(32)}`, sid: `WT${'0'.repeat(32)}` };
  const missing = await client.send('FetchTask', nowhere).catch((error) => error);
  assert.equal(missing.status, 404);
  assert.equal(missing.code, 20404);
  assert.equal(missing.moreInfo, 'https://www.twilio.com/docs/errors/20404');
});

test('an answer without content, and 401 for a stranger', async () => {
  const { task, send, emulator, story } = await reserved();
  const { workspace_sid } = story;
  const stranger = await TaskRouter.create({
    accountSid: emulator.accountSid,
    authToken: 'guessed',
    fetch: emulator.fetch,
  });
  const refused = stranger.send('FetchTask', { workspace_sid, sid: task.sid });
  await assert.rejects(refused, { kind: 'api', status: 401, code: 20003 });
  assert.equal(await send('DeleteTask', { sid: task.sid }), null);
  await assert.rejects(send('FetchTask', { sid: task.sid }), { status: 404 });
});

test('two emulators do not share anything', async () => {
  const [first, second] = [await begin({ seed: 1 }), await begin({ seed: 2, now: 0 })];
  assert.notEqual(first.emulator.accountSid, second.emulator.accountSid);
  await first.send('CreateTask', {});
  assert.equal((await first.send('ListTask', {})).tasks.length, 1);
  assert.equal((await second.send('ListTask', {})).tasks.length, 0);
  await second.emulator.advance(1000);
  assert.equal(second.emulator.now, 1000);
  assert.equal((await begin({ seed: 1 })).emulator.accountSid, first.emulator.accountSid);
});

test('pages can be followed by their token', async () => {
  const { send } = await begin();
  for (let i = 0; i < 5; i += 1) await send('CreateTask', { attributes: { i } });
  const first = await send('ListTask', { page_size: 2 });
  assert.equal(first.tasks.length, 2);
  const next = new URL(first.meta.next_page_url).searchParams;
  const fields = {
    page_size: 2,
    page: Number(next.get('Page')),
    page_token: next.get('PageToken'),
  };
  const second = await send('ListTask', fields);
  assert.equal(second.tasks.length, 2);
  assert.notEqual(second.tasks[0].sid, first.tasks[0].sid);
});

test('settings that are wrong', async () => {
  const wrong = { kind: 'argument', field: 'task_reservation_timeout' };
  await assert.rejects(Emulator.create({ taskReservationTimeout: 0 }), wrong);
  await assert.rejects(Emulator.create({ taskReservationTimeout: '2' }), wrong);
  const field = 'max_reserved_workers';
  await assert.rejects(Emulator.create({ maxReservedWorkers: 51 }), { field });
  for (const now of [NaN, Infinity, 1e15, 'today']) {
    await assert.rejects(Emulator.create({ now }), RangeError);
  }
  const emulator = await Emulator.create();
  for (const time of [-1, NaN, Infinity, 1e15, undefined]) {
    assert.throws(() => emulator.advance(time), RangeError);
  }
});
