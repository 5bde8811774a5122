// The unmodified npm package twilio-taskrouter, as an agent on taskrouter-emulator.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import { api, cuttable, optionsFor, ready, sdk, skip, startServer, tokenFor, tokenOfAlice, until } from './agent.mjs';

const limit = { skip, timeout: 60_000 };
let server;
let workers = [];

before(async () => { if (!skip) server = await startServer(); });
after(async () => { await server?.stop(); });

// Every test begins with Alice offline and no task.
afterEach(async () => {
  if (skip) return;
  for (const worker of workers) worker.disconnect();
  workers = [];
  const { tasks } = await api(server, 'GET', '/Tasks');
  for (const { sid } of tasks) await api(server, 'DELETE', `/Tasks/${sid}`);
  await api(server, 'POST', `/Workers/${server.env.WORKER_SID}`, { ActivitySid: server.env.OFFLINE_ACTIVITY_SID });
});

async function agent(token = tokenOfAlice(server), more, Kind) {
  const worker = await ready(server, token, more, Kind);
  workers.push(worker);
  return worker;
}

const createTask = (attributes = {}) => api(server, 'POST', '/Tasks', { Attributes: JSON.stringify(attributes) });
const activity = (worker, name) => [...worker.activities.values()].find((one) => one.name === name);
const task = (sid) => api(server, 'GET', `/Tasks/${sid}`);

// A task that is offered to the worker: its reservation.
async function offer(worker, attributes) {
  const created = once(worker, 'reservationCreated');
  await createTask(attributes);
  if (!worker.activity.available) await activity(worker, 'Available').setAsCurrent();
  return (await created)[0];
}

test('an agent connects, becomes available, accepts, wraps up and completes', limit, async () => {
  const alice = await agent();
  assert.equal(alice.name, 'Alice');
  assert.deepEqual(alice.attributes, { selected_language: 'es' });
  assert.deepEqual([...alice.activities.values()].map(({ name }) => name).sort(), ['Available', 'Busy', 'Offline', 'Reserved']);
  assert.ok([...alice.channels.values()].some(({ taskChannelUniqueName, capacity }) => taskChannelUniqueName === 'default' && capacity === 1));
  assert.equal(alice.reservations.size, 0);
  assert.equal(alice.activity.name, 'Offline');

  const moved = once(alice, 'activityUpdated');
  await activity(alice, 'Available').setAsCurrent();
  await moved;
  assert.equal(alice.activity.name, 'Available');

  const reservation = await offer(alice, { selected_language: 'es', name: 'Zoë' });
  assert.equal(reservation.status, 'pending');
  assert.equal(reservation.timeout, 120);
  assert.deepEqual(reservation.task.attributes, { selected_language: 'es', name: 'Zoë' });
  assert.equal(reservation.task.queueName, 'Everyone');
  assert.equal(alice.reservations.get(reservation.sid), reservation);

  const accepted = once(reservation, 'accepted');
  await reservation.accept();
  await accepted;
  assert.equal(reservation.status, 'accepted');
  assert.equal(reservation.task.status, 'assigned');
  await until(() => alice.activity.name === 'Busy');

  const updated = once(reservation.task, 'updated');
  await reservation.task.setAttributes({ solved: true });
  await updated;
  assert.deepEqual(JSON.parse((await task(reservation.task.sid)).attributes), { solved: true });

  const wrapped = Promise.all([once(reservation, 'wrapup'), once(reservation.task, 'wrapup')]);
  await reservation.task.wrapUp({ reason: 'notes' });
  await wrapped;
  assert.equal(reservation.status, 'wrapping');

  const completed = Promise.all([once(reservation, 'completed'), once(reservation.task, 'completed')]);
  await reservation.task.complete('solved');
  await completed;
  assert.equal(reservation.status, 'completed');
  const { assignment_status, reason } = await task(reservation.task.sid);
  assert.deepEqual({ assignment_status, reason }, { assignment_status: 'completed', reason: 'solved' });
  await until(() => alice.reservations.size === 0);
});

test('an offer can be rejected, run out, or be withdrawn', limit, async () => {
  const alice = await agent();
  let reservation = await offer(alice);
  const rejected = once(reservation, 'rejected');
  await reservation.reject({ activitySid: activity(alice, 'Offline').sid });
  await rejected;
  await until(() => alice.activity.name === 'Offline');

  const workflow = `/Workflows/${server.env.WORKFLOW_SID}`;
  await api(server, 'POST', workflow, { TaskReservationTimeout: 1 });
  const created = once(alice, 'reservationCreated');
  await activity(alice, 'Available').setAsCurrent();
  [reservation] = await created;
  await once(reservation, 'timeout');
  assert.equal(reservation.status, 'timeout');
  await api(server, 'POST', workflow, { TaskReservationTimeout: 120 });
  await until(() => alice.activity.name === 'Offline');

  const again = once(alice, 'reservationCreated');
  await activity(alice, 'Available').setAsCurrent();
  [reservation] = await again;
  const canceled = Promise.all([once(reservation, 'canceled'), once(reservation.task, 'canceled')]);
  await api(server, 'POST', `/Tasks/${reservation.task.sid}`, { AssignmentStatus: 'canceled', Reason: 'gone' });
  await canceled;
  await assert.rejects(reservation.accept(), /400.*not in expected state/);
});

test('who was slower hears that the offer was rescinded', limit, async () => {
  const queue = `/TaskQueues/${server.env.TASK_QUEUE_SID}`;
  await api(server, 'POST', queue, { MaxReservedWorkers: 2 });
  const { sid } = await api(server, 'POST', '/Workers', { FriendlyName: 'Bob', ActivitySid: server.env.AVAILABLE_ACTIVITY_SID });
  const alice = await agent();
  const bob = await agent(tokenFor(server, { worker: sid }));
  await activity(alice, 'Available').setAsCurrent();
  const offers = Promise.all([alice, bob].map((worker) => once(worker, 'reservationCreated')));
  await createTask();
  const [[first], [second]] = await offers;
  const rescinded = once(second, 'rescinded');
  await first.accept();
  await rescinded;
  await assert.rejects(second.accept(), /410/);
  await first.complete();
  await api(server, 'POST', queue, { MaxReservedWorkers: 1 });
  await api(server, 'DELETE', `/Workers/${sid}`);
});

test('attributes, channels and versions are kept up to date', limit, async () => {
  const alice = await agent(undefined, { enableVersionCheck: true });
  const updated = once(alice, 'attributesUpdated');
  await alice.setAttributes({ selected_language: 'es', level: 3 });
  await updated;
  assert.deepEqual(alice.attributes, { selected_language: 'es', level: 3 });
  const [channel] = [...alice.channels.values()].filter((one) => one.taskChannelUniqueName === 'default');
  const changed = Promise.all([once(channel, 'capacityUpdated'), once(channel, 'availabilityUpdated')]);
  await api(server, 'POST', `/Workers/${alice.sid}/Channels/default`, { Capacity: 2, Available: false });
  await changed;
  assert.deepEqual([channel.capacity, channel.available], [2, false]);
  await api(server, 'POST', `/Workers/${alice.sid}/Channels/default`, { Capacity: 1, Available: true });
  await api(server, 'POST', `/Workers/${alice.sid}`, { Attributes: '{"selected_language":"es"}' });
  alice.version = '0';
  await assert.rejects(alice.setAttributes({}), /412/);
  await alice.fetchLatestVersion();
  await alice.setAttributes({ selected_language: 'es' });
});

test('an agent can create a task for itself, and call, dequeue and redirect', limit, async () => {
  const alice = await agent(undefined, { connectActivitySid: server.env.AVAILABLE_ACTIVITY_SID });
  const created = once(alice, 'reservationCreated');
  const sid = await alice.createTask('+15551234', '+15550000', server.env.WORKFLOW_SID, server.env.TASK_QUEUE_SID,
    { attributes: { call_sid: 'CA00000000000000000000000000000001' }, taskChannelUniqueName: 'voice' });
  const [reservation] = await created;
  assert.equal(reservation.task.sid, sid);
  assert.equal(reservation.task.routingTarget, alice.sid);
  assert.deepEqual(reservation.task.attributes,
    { call_sid: 'CA00000000000000000000000000000001', outbound_to: '+15551234', from: '+15550000' });
  await reservation.call('+15550000', 'https://example.com/twiml', { to: '+15551234' });
  await reservation.redirect('CA00000000000000000000000000000001', 'https://example.com/twiml');
  const accepted = once(reservation, 'accepted');
  await reservation.dequeue({ from: '+15550000', statusCallbackEvents: 'ringing' });
  await accepted;
  await assert.rejects(reservation.task.hold(alice.sid, true, {}), /no calls/);
  await reservation.task.complete('done');
});

test('the workspace can be looked at', limit, async () => {
  const { sid } = await createTask({ number: 1 });
  const workspace = new sdk.Workspace(tokenOfAlice(server), optionsFor(server));
  const all = await workspace.fetchWorkersInfo();
  assert.deepEqual([...all.values()].map(({ friendlyName }) => friendlyName), ['Alice']);
  assert.equal((await workspace.fetchWorkersInfo({ ActivityName: 'Busy' })).size, 0);
  assert.equal((await workspace.fetchWorkersInfo({ Ordering: 'DateCreated:asc' })).size, 1);
  assert.equal((await workspace.fetchWorkerInfo(server.env.WORKER_SID)).name, 'Alice');
  assert.deepEqual([...(await workspace.fetchTaskQueues()).values()].map(({ queueName }) => queueName), ['Everyone']);
  assert.equal((await workspace.fetchTaskQueue(server.env.TASK_QUEUE_SID)).assignmentActivityName, 'Busy');
  assert.deepEqual((await workspace.fetchTask(sid)).attributes, { number: 1 });
});

test('a supervisor changes other workers, an agent does not', limit, async () => {
  const { sid } = await api(server, 'POST', '/Workers', { FriendlyName: 'Bob' });
  const boss = await agent(tokenFor(server, { role: 'supervisor' }), {}, sdk.Supervisor);
  await boss.setWorkerAttributes(sid, { level: 2 });
  await boss.setWorkerActivity(sid, server.env.BUSY_ACTIVITY_SID);
  const bob = await api(server, 'GET', `/Workers/${sid}`);
  assert.deepEqual([bob.attributes, bob.activity_name], ['{"level":2}', 'Busy']);
  const alice = await agent(undefined, {}, sdk.Supervisor);
  await assert.rejects(alice.setWorkerAttributes(sid, {}), /403/);
  const reservation = await offer(alice, { call_sid: 'CA00000000000000000000000000000001' });
  await reservation.accept();
  await boss.monitor(reservation.task.sid, reservation.sid);
  await assert.rejects(alice.monitor(reservation.task.sid, reservation.sid), /403/);
  await api(server, 'DELETE', `/Workers/${sid}`);
});

test('who loses the connection comes back, and finds what happened meanwhile', limit, async () => {
  const way = await cuttable(server);
  const alice = await agent(undefined, { wsServer: `${way.url.replace('http', 'ws')}/v1/wschannels` });
  const lost = once(alice, 'disconnected'), back = once(alice, 'ready');
  way.cut();
  await lost;
  await createTask();
  await api(server, 'POST', `/Workers/${alice.sid}`, { ActivitySid: server.env.AVAILABLE_ACTIVITY_SID });
  await back;
  assert.equal(alice.reservations.size, 1);
  const [reservation] = alice.reservations.values();
  const accepted = once(reservation, 'accepted');
  await reservation.accept();
  await accepted;
  way.close();
});

test('a token that ends is told before, and a new one goes on', limit, async () => {
  const alice = await agent(tokenFor(server, { lifetime: 7 }));
  await once(alice, 'tokenExpired');
  await once(alice, 'disconnected');
  await assert.rejects(alice.fetchLatestVersion(), /401.*expired/);
  const back = once(alice, 'ready');
  alice.updateToken(tokenOfAlice(server));
  await back;
  await alice.fetchLatestVersion();
});

test('a worker is let in with a token that is good, and by nothing else', limit, async () => {
  for (const token of [tokenFor(server, { secret: 'guess' }), tokenFor(server, { lifetime: -1 }), 'x']) {
    await assert.rejects(agent(token), { name: 'GATEWAY_CONNECTION_FAILED' });
  }
});

test('a new session can close the others', limit, async () => {
  const first = await agent();
  const closed = once(first, 'disconnected');
  await agent(undefined, { closeExistingSessions: true });
  await closed;
});

test('what an agent did is kept when the server dies, and its clock can be turned', limit, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-bridge-'));
  const flags = ['--virtual-clock', '--store', join(folder, 'store')];
  let kept = await startServer(...flags);
  const advance = (seconds) => fetch(`${kept.url}/_emulator/clock`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ advance_ms: seconds * 1000 }),
  });
  try {
    let alice = await ready(kept, tokenOfAlice(kept));
    await api(kept, 'POST', '/Tasks', {});
    let created = once(alice, 'reservationCreated');
    await activity(alice, 'Available').setAsCurrent();
    const [late] = await created;
    const timeout = once(late, 'timeout');
    assert.ok((await advance(120)).ok);
    await timeout;
    created = once(alice, 'reservationCreated');
    await activity(alice, 'Available').setAsCurrent();
    const [reservation] = await created;
    await reservation.accept();
    await kept.kill();
    alice.disconnect();

    kept = await startServer(...flags);
    alice = await ready(kept, tokenOfAlice(kept));
    assert.equal(alice.reservations.get(reservation.sid).status, 'accepted');
    assert.equal(alice.activity.name, 'Busy');
    alice.disconnect();
  } finally {
    await kept.stop();
    rmSync(folder, { recursive: true });
  }
});
