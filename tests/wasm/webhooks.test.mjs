// Callbacks and their answers through the package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emulator, TaskRouter, Webhooks, clientOf, sid } from './package.mjs';

const webhooks = await Webhooks.create({ authToken: 'secret' });
const SIDS = { workspace_sid: sid('WS', 1), task_sid: sid('WT', 2), reservation_sid: sid('WR', 3) };
const ASSIGNMENT = {
  WorkspaceSid: SIDS.workspace_sid,
  TaskSid: SIDS.task_sid,
  ReservationSid: SIDS.reservation_sid,
  TaskAttributes: '{"skill":"caf\u00e9 & tax"}',
  TaskAge: '12',
  Later: 'new',
};
const form = (fields) => new URLSearchParams(fields).toString();

test('an assignment callback is read from text, bytes and pairs', () => {
  const text = form(ASSIGNMENT);
  const bytes = new TextEncoder().encode(text);
  for (const body of [text, bytes, bytes.buffer, new URLSearchParams(ASSIGNMENT)]) {
    const callback = webhooks.readAssignment(body);
    assert.equal(callback.reservation_sid, SIDS.reservation_sid);
    assert.equal(JSON.parse(callback.task_attributes).skill, 'caf\u00e9 & tax');
    assert.equal(callback.task_age, 12);
    assert.equal(callback.worker_sid, null);
    assert.deepEqual(callback.others, [{ name: 'Later', value: 'new' }]);
  }
});

test('a body that is no callback is an error of kind body', () => {
  const { ReservationSid, ...without } = ASSIGNMENT;
  const wrong = { kind: 'body', field: 'reservation_sid', message: /ReservationSid/ };
  assert.throws(() => webhooks.readAssignment(form(without)), wrong);
  assert.throws(() => webhooks.readEvent(''), { kind: 'body', field: 'event_type' });
  const large = 'a'.repeat((1 << 20) + 1);
  assert.throws(() => webhooks.readAssignment(large), { kind: 'body', message: /larger/ });
  const tooLarge = new Uint8Array(300 << 20);
  assert.throws(() => webhooks.readEvent(tooLarge), { kind: 'body', message: /too large/ });
  assert.equal(webhooks.readEvent('EventType=a.b').event_type, 'a.b'); // And the module goes on.
});

test('an event is the same from a callback and from the list', async () => {
  const fields = { worker_sid: sid('WK', 4), worker_name: 'Alice', worker_version: '7' };
  const event = webhooks.readEvent(
    form({ EventType: 'worker.created', WorkerSid: fields.worker_sid, WorkerName: 'Alice', WorkerVersion: '7' }),
  );
  const client = await clientOf({});
  const listed = client.parse('FetchEvent', {
    status: 200,
    body: JSON.stringify({ event_type: 'worker.created', event_data: fields }),
  });
  const again = webhooks.readListedEvent(listed);
  for (const each of [event, again]) {
    assert.equal(each.event_type, 'worker.created');
    assert.equal(each.worker_sid, fields.worker_sid);
    assert.equal(each.worker_name, 'Alice');
    assert.equal(each.worker_version, 7);
    assert.equal(each.task_sid, null);
  }
  assert.throws(() => webhooks.readListedEvent({ ...listed, event_data: [] }), { kind: 'body' });
});

const INSTRUCTIONS = [
  [{ instruction: 'accept' }, { reservation_status: 'accepted' }],
  [
    { instruction: 'reject', activity_sid: sid('WA', 5) },
    { reservation_status: 'rejected', worker_activity_sid: sid('WA', 5) },
  ],
  [
    { instruction: 'dequeue', to: '+15550100', timeout: 20, record: 'record-from-answer' },
    { instruction: 'dequeue', dequeue_to: '+15550100', dequeue_timeout: 20, dequeue_record: 'record-from-answer' },
  ],
  [
    { instruction: 'call', from: '+15550101', url: 'https://example.com/', accept: true },
    { instruction: 'call', call_from: '+15550101', call_url: 'https://example.com/', call_accept: true },
  ],
  [
    { instruction: 'redirect', call_sid: sid('CA', 6), url: 'https://example.com/' },
    { instruction: 'redirect', redirect_call_sid: sid('CA', 6), redirect_url: 'https://example.com/' },
  ],
  [
    { instruction: 'conference', to: '+15550100', end_conference_on_exit: true },
    { instruction: 'conference', to: '+15550100', end_conference_on_exit: true },
  ],
];

test('an instruction is JSON, and an update that does the same', async () => {
  const client = await clientOf({});
  const { workspace_sid, task_sid, reservation_sid } = SIDS;
  for (const [instruction, update] of INSTRUCTIONS) {
    assert.deepEqual(JSON.parse(webhooks.writeInstruction(instruction)), instruction);
    const fields = webhooks.updateFields(webhooks.readAssignment(form(ASSIGNMENT)), instruction);
    assert.deepEqual(fields, { workspace_sid, task_sid, sid: reservation_sid, ...update });
    assert.equal(client.build('UpdateTaskReservation', fields).method, 'POST');
  }
  const list = { instruction: 'dequeue', status_callback_events: ['initiated', 'completed'] };
  assert.equal(JSON.parse(webhooks.writeInstruction(list)).status_callback_events, 'initiated,completed');
});

test('an instruction that is wrong names its field', () => {
  const circle = { instruction: 'accept' };
  circle.circle = circle;
  const cases = [
    [{ instruction: 'acept' }, 'instruction'],
    [{}, 'instruction'],
    [{ instruction: 'accept', activity_sid: sid('WA', 5) }, 'activity_sid'],
    [{ instruction: 'reject', activity_sid: 'WA5' }, 'activity_sid'],
    [{ instruction: 'dequeue', timeout: 1000 }, 'timeout'],
    [{ instruction: 'dequeue', record: 'always' }, 'record'],
    [{ instruction: 'call', url: 'https://example.com/' }, 'from'],
    [{ instruction: 'redirect', call_sid: sid('CA', 6) }, 'url'],
    [{ instruction: 'conference', max_participants: 1 }, 'max_participants'],
    [circle, undefined],
  ];
  for (const [instruction, field] of cases) {
    assert.throws(() => webhooks.writeInstruction(instruction), { kind: 'argument', field });
    assert.throws(() => webhooks.updateFields(SIDS, instruction), { kind: 'argument', field });
  }
});

test('the emulator obeys what is written for it', async () => {
  const onAssignment = ({ body }) => {
    assert.match(webhooks.readAssignment(body).reservation_sid, /^WR/);
    return webhooks.writeInstruction({ instruction: 'accept' });
  };
  const emulator = await Emulator.create({ onAssignment });
  const { accountSid, authToken, fetch, story } = emulator;
  const client = await TaskRouter.create({ accountSid, authToken, fetch });
  const { workspace_sid, worker_sid, activities } = story;
  await client.send('UpdateWorker', { workspace_sid, sid: worker_sid, activity_sid: activities.available });
  const task = await client.send('CreateTask', { workspace_sid });
  const { assignment_status } = await client.send('FetchTask', { workspace_sid, sid: task.sid });
  assert.equal(assignment_status, 'assigned');
  assert.deepEqual(emulator.alerts, []);
});
