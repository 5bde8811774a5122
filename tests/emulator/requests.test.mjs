// The requests that the server recorded, for its page to show.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { start } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'taskrouter-requests-'));
let server;

before(async () => {
  writeFileSync(join(folder, 'index.html'), '<p>Page');
  server = await start('--page', folder);
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
afterEach(() => server.admin('reset', {}));

const recorded = async (after = 0) => (await server.admin(`requests?after=${after}`)).json.requests;

test('a request to the API is recorded with its answer, and its secrets are not', async () => {
  const attributes = '{"text":"<b>\u{1F600} & \\u0000"}';
  const task = await server.post('/Tasks', { Attributes: attributes });
  await server.send('GET', '/Tasks/nothing');
  const [created, missing, ...others] = await recorded();
  assert.deepEqual(others, []);
  const { method, url, status, body, answer, headers, page } = created;
  assert.deepEqual([method, status, page], ['POST', 201, '']);
  assert.equal(url, `${server.url}/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}/Tasks`);
  assert.equal(new URLSearchParams(body).get('Attributes'), attributes);
  assert.equal(JSON.parse(answer).sid, task.sid);
  assert.equal(new Map(headers.map(([name, value]) => [name.toLowerCase(), value])).get('authorization'), 'Basic [hidden]');
  assert.deepEqual([missing.method, missing.status], ['GET', 404]);
  assert.deepEqual((await recorded(created.id)).map(({ id }) => id), [missing.id]);
});

test('no password, cookie or token is recorded', async () => {
  const secrets = ['geheim1', 'geheim2', 'geheim3', 'geheim4'];
  const path = '/Tasks/WT00000000000000000000000000000000/Reservations/WR00000000000000000000000000000000';
  const form = { SipAuthPassword: secrets[0], Instruction: 'redirect' };
  await server.send('POST', path, form, { Cookie: secrets[1], 'Proxy-Authorization': `Basic ${secrets[2]}` });
  await server.send('POST', '/Tasks', {}, { Authorization: secrets[3] });
  const text = JSON.stringify(await recorded());
  for (const secret of [...secrets, server.env.TWILIO_AUTH_TOKEN, server.authorization]) {
    assert.ok(!text.includes(secret), secret);
  }
  assert.match(text, /SipAuthPassword=%5Bhidden%5D&Instruction=redirect/);
});

test('a page names itself, and what it reads to follow is not recorded', async () => {
  await server.send('GET', '/Tasks', undefined, { 'Emulator-Page': 'watch' });
  await server.send('GET', '/Workers', undefined, { 'Emulator-Page': 'mine' });
  const requests = await recorded();
  assert.deepEqual(requests.map(({ page, url }) => [page, url.split('/').at(-1)]), [['mine', 'Workers']]);
});

test('the last thousand are kept, and no more than eight megabytes of them', async () => {
  for (let i = 0; i < 1005; i += 1) await server.send('GET', `/Tasks?PageSize=1&Priority=${i}`);
  const small = await recorded();
  assert.equal(small.length, 1000);
  assert.match(small[0].url, /Priority=5$/);
  const large = 'x'.repeat(100_000);
  for (let i = 0; i < 200; i += 1) await server.send('POST', '/Tasks', { Attributes: large });
  const text = JSON.stringify(await recorded());
  assert.ok(text.length < 12e6, `${text.length}`);
  const [last] = (await recorded()).slice(-1);
  assert.ok(last.body.length <= 65536);
  assert.equal((await recorded()).at(-1).id, small.at(-1).id + 200);
});

test('a reset forgets them, and without a page there are none', async () => {
  await server.post('/Tasks');
  assert.equal((await recorded()).length, 1);
  await server.admin('reset', {});
  assert.deepEqual(await recorded(), []);
  const other = await start();
  await other.post('/Tasks');
  assert.deepEqual((await other.admin('requests')).json, { requests: [] });
  await other.stop();
});
