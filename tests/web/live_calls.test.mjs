// What live mode sent, in the timeline beside what the emulator was asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, LANGUAGES } from '../../web/inspect/code.mjs';
import { searchedText, titleOf } from '../../web/inspect/entry.mjs';
import { filterOf, wanted } from '../../web/inspect/filter.mjs';
import { harOf } from '../../web/inspect/har.mjs';
import { LiveCalls, liveCallsOf } from '../../web/live/calls.mjs';
import { textsOf, valuesOf } from '../../web/live/values.mjs';
import { fieldsFor, operations, requestFor } from './code.mjs';

class SomeWorld {
  entries = [];
  #listeners = [];

  listen(listener) {
    this.#listeners.push(listener);
  }

  // As undo (and opening, with `opened`) makes the entries anew.
  reset(count, change = {}) {
    this.entries = Array.from({ length: count }, (_, index) => ({ id: index + 1, kind: 'event' }));
    for (const listener of this.#listeners) listener({ reset: true, ...change });
  }

  more(count) {
    for (let left = count; left > 0; left -= 1)
      this.entries.push({ id: this.entries.length + 1, kind: 'event' });
    for (const listener of this.#listeners) listener({ reset: false });
  }
}

function call(changes = {}) {
  const url = 'https://taskrouter.twilio.com/v1/Workspaces/WS1/Tasks';
  return {
    operation: 'CreateTask',
    fields: { workspace_sid: 'WS1' },
    base: 'https://taskrouter.twilio.com',
    time: Date.UTC(2026, 0, 2),
    request: { method: 'POST', url, headers: [['Authorization', 'Basic [hidden]']], fields: [] },
    response: { status: 201, reason: 'Created', headers: [], text: '{}' },
    duration: 5,
    ...changes,
  };
}

function inWorld(count) {
  const world = new SomeWorld();
  const calls = new LiveCalls(world);
  world.more(count);
  return { world, calls, ids: () => calls.among(world.entries).map(({ id }) => id) };
}

test('a live call stands where it happened among what the emulator was asked', () => {
  const { world, calls, ids } = inWorld(2);
  assert.equal(calls.among(world.entries), world.entries);
  calls.add('direct', call());
  calls.add('proxy', call());
  world.more(1);
  calls.add('direct', call());
  assert.deepEqual(ids(), [1, 2, 'live-1', 'live-2', 3, 'live-3']);
  assert.equal(calls.find('live-2').live, 'proxy');
  assert.equal(calls.find(null), undefined);
});

test('undo takes no live call back, and keeps their order', () => {
  const { world, calls, ids } = inWorld(1);
  calls.add('direct', call());
  world.more(3);
  calls.add('direct', call());
  world.reset(2);
  assert.deepEqual(ids(), [1, 'live-1', 2, 'live-2']);
  calls.add('direct', call());
  world.more(3);
  assert.deepEqual(ids(), [1, 'live-1', 2, 'live-2', 'live-3', 3, 4, 5]);
});

test('opening a scenario leaves live calls before all of it', () => {
  const { world, calls, ids } = inWorld(1);
  calls.add('direct', call());
  world.reset(3, { opened: true });
  calls.add('direct', call());
  assert.deepEqual(ids(), ['live-1', 1, 2, 3, 'live-2']);
});

test('the oldest of very many are dropped, and all are forgotten when that is asked', () => {
  const { calls, ids } = inWorld(0);
  let told = 0;
  calls.listen(() => (told += 1));
  for (let count = 0; count < 1005; count += 1) calls.add('direct', call());
  assert.deepEqual([ids().length, ids()[0], told], [1000, 'live-6', 1005]);
  calls.forget();
  assert.deepEqual([ids(), told], [[], 1006]);
});

test('a world has one list of live calls', () => {
  const world = new SomeWorld();
  assert.equal(liveCallsOf(world), liveCallsOf(world));
  assert.notEqual(liveCallsOf(world), liveCallsOf(new SomeWorld()));
});

test('no secret is kept: not in the fields, the form, the search, the archive or the code', () => {
  const operation = operations.find(({ name }) => name === 'UpdateTaskReservation');
  const fields = { ...fieldsFor(operation, 'text'), sip_auth_password: 'nobody-may-see' };
  const { calls } = inWorld(0);
  calls.add('direct', call({ operation: operation.name, fields, request: requestFor(operation, fields) }));
  const [kept] = calls.among([]);
  delete kept.request.body; // The page's recorder keeps no body of a form.
  const texts = [
    JSON.stringify(kept),
    searchedText(kept),
    JSON.stringify(harOf([kept])),
    ...LANGUAGES.map(({ id }) => codeOf(id, kept.request, operations).code),
  ];
  for (const text of texts) assert.equal(text.includes('nobody-may-see'), false);
  assert.equal('sip_auth_password' in kept.fields, false);
  assert.equal(kept.fields.sid, fields.sid);
  assert.match(codeOf('curl', kept.request, operations).code, /SIP_AUTH_PASSWORD/);
});

test('the emulator’s entries are not found by a secret either', () => {
  const request = { ...call().request, fields: [['SipAuthPassword', 'nobody-may-see']] };
  assert.equal(searchedText({ kind: 'exchange', request }).includes('nobody'), false);
});

test('live calls are filtered, named with their host, and marked in the archive', () => {
  const { world, calls } = inWorld(2);
  calls.add('proxy', call());
  const all = calls.among(world.entries);
  const found = (search) => all.filter((entry) => wanted(filterOf(new URLSearchParams(search)), entry));
  assert.deepEqual(found('where=live').map(({ id }) => id), ['live-1']);
  assert.deepEqual(found('where=emulator').map(({ id }) => id), [1, 2]);
  assert.equal(titleOf(all[2]).more, 'taskrouter.twilio.com /Tasks');
  const [live, emulated] = harOf([all[2], { ...all[2], live: undefined }]).log.entries;
  assert.match(live.comment, /^live: sent/);
  assert.equal(emulated.comment, undefined);
});

test('what was sent can be filled in again: for every operation with every field', () => {
  for (const operation of operations) {
    const fields = fieldsFor(operation, 'some text', { paged: true });
    assert.deepEqual(valuesOf(operation, textsOf(operation, fields)), fields, operation.name);
  }
});
