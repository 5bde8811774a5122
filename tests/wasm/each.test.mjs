// Lists, over all their pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emulator, TaskRouter, TaskRouterError, clientOf, json, recorder, sid } from './package.mjs';

const LIST = { workspace_sid: sid('WS', 1) };
const HERE = 'https://taskrouter.twilio.com/v1/Workspaces/W/Tasks?PageSize=2';

// A fetch that answers with these pages, one after the other: names of tasks, and the next page's URL.
function pages(...list) {
  return recorder((number) => {
    const [names, next_page_url = null] = list[Math.min(number, list.length) - 1];
    return json({ meta: { key: 'tasks', next_page_url }, tasks: names.map((reason) => ({ reason })) });
  });
}

async function collect(client, options, fields = LIST) {
  const names = [];
  try {
    for await (const task of client.each('ListTask', fields, options)) names.push(task.reason);
  } catch (error) {
    assert.ok(error instanceof TaskRouterError, String(error));
    names.push(error);
  }
  return names;
}

test('walks over all pages of a list in the emulator, and as far as the limit', async () => {
  const { accountSid, authToken, fetch, story } = await Emulator.create();
  const asked = [];
  const counted = (url, init) => fetch(asked[asked.push(url) - 1], init);
  const client = await TaskRouter.create({ accountSid, authToken, fetch: counted });
  const { workspace_sid } = story;
  const sids = [];
  for (let i = 0; i < 23; i += 1) sids.push((await client.send('CreateTask', { workspace_sid })).sid);

  const walk = async (fields, options) => {
    asked.length = 0;
    const found = [];
    for await (const task of client.each('ListTask', { workspace_sid, ...fields }, options)) found.push(task.sid);
    return [found, asked.length];
  };
  assert.deepEqual(await walk({}), [sids, 1]);
  assert.deepEqual(await walk({ page_size: 10 }), [sids, 3]);
  assert.deepEqual(await walk({ page_size: 10 }, { limit: 12 }), [sids.slice(0, 12), 2]);
  assert.deepEqual(await walk({ page_size: 10 }, { limit: 10 }), [sids.slice(0, 10), 1]);
  assert.deepEqual(await walk({}, { limit: 3 }), [sids.slice(0, 3), 1]);
  assert.match(asked[0], /PageSize=3$/);
  await walk({}, { limit: 5000 });
  assert.match(asked.at(-1), /PageSize=1000$/);
  assert.deepEqual(await walk({}, { limit: 0 }), [[], 0]);
  assert.deepEqual(await walk({ priority: 5 }), [[], 1]);
});

test('a page is asked for when its first element is needed', async () => {
  const { calls, fetch } = pages([['a', 'b'], `${HERE}&Page=1&PageToken=x`], [['c']]);
  const client = await clientOf({ fetch });
  const walk = client.each('ListTask', LIST);
  assert.equal(calls.length, 0);
  await walk.next();
  await walk.next();
  assert.equal(calls.length, 1);
  assert.equal((await walk.next()).value.reason, 'c');
  assert.equal(calls.length, 2);
  assert.equal((await walk.next()).done, true);
});

test('the fields stay, and the credentials go nowhere else', async () => {
  const elsewhere = 'https://elsewhere.example/v1/x?PageSize=2&Page=1&PageToken=PAWT7&Reason=injected';
  const { calls, fetch } = pages([['a'], elsewhere], [['b']]);
  const client = await clientOf({ fetch });
  assert.deepEqual(await collect(client, {}, { ...LIST, priority: 5 }), ['a', 'b']);
  const first = `https://taskrouter.twilio.com/v1/Workspaces/${LIST.workspace_sid}/Tasks?Priority=5`;
  assert.deepEqual(calls.map(({ url }) => url), [first, `${first}&Page=1&PageToken=PAWT7`]);
});

test('a list that does not end ends with an error', async () => {
  const again = await clientOf(pages([['a'], `${HERE}&Page=1`], [['b'], `${HERE}&Page=1`]));
  const found = await collect(again);
  assert.deepEqual(found.slice(0, 2), ['a', 'b']);
  assert.deepEqual([found[2].kind, found[2].field], ['body', 'meta.next_page_url']);
  assert.match(found[2].message, /a page comes twice/);

  let page = 0;
  const endless = await clientOf({
    fetch: async () => json({ meta: { key: 'tasks', next_page_url: `${HERE}&Page=${(page += 1)}` }, tasks: [] }),
  });
  assert.match((await collect(endless))[0].message, /more than 10000 pages/);
  assert.equal(page, 10000);

  const [, error] = await collect(await clientOf(pages([['a'], 'no URL'])));
  assert.equal(error.kind, 'body');
});

test('what goes wrong on a page ends the walk with its error', async () => {
  const failing = await clientOf({ fetch: async () => json({ code: 20404, message: 'no' }, { status: 404 }) });
  assert.equal((await collect(failing))[0].code, 20404);
  let calls = 0;
  const misused = await clientOf({ fetch: async () => json({ sid: 'WT', calls: (calls += 1) }) });
  await assert.rejects(misused.each('FetchTask', { ...LIST, sid: sid('WT', 2) }).next(), { kind: 'argument' });
  assert.equal(calls, 0);
  await assert.rejects(misused.each('ListTask', {}).next(), { kind: 'argument', field: 'workspace_sid' });
  const aborted = await clientOf({ fetch: async (url, { signal }) => signal.throwIfAborted() });
  await assert.rejects(aborted.each('ListTask', LIST, { signal: AbortSignal.abort() }).next(), { kind: 'transport' });
});
