// The server's own part, below /_emulator/, the seed file and the page.
import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fail, start } from './server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'taskrouter-emulator-'));
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const SEED = `# Two workers.
{"post": "/v1/Workspaces/{workspace_sid}/Workers", "form": {"FriendlyName": "Bob", "Attributes": {"languages": ["es"]}}, "save": {"bob": "sid"}}
{"get": "/v1/Workspaces/{workspace_sid}/Workers/{bob}", "expect": {"friendly_name": "Bob", "attributes": "{\\"languages\\":[\\"es\\"]}"}}
`;
let server;

before(async () => {
  server = await start('--virtual-clock', '--seed', file('seed.jsonl', SEED));
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

// A request whose headers fetch would not let through.
function raw(path, { method = 'GET', headers = {}, body = '' } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (part) => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

test('health says which clock there is, what it says, and since when the server has run', async () => {
  const { status, json } = await server.admin('health');
  assert.equal(status, 200);
  const { begun_ms, ...rest } = json;
  assert.deepEqual(rest, { status: 'ok', clock: 'virtual', now_ms: Date.UTC(2025, 0, 1) });
  assert.ok(Math.abs(Date.now() - begun_ms) < 60_000);
  assert.equal((await server.admin('health')).json.begun_ms, begun_ms);
  assert.ok((await server.admin('reset', {})).json.begun_ms > begun_ms, 'a reset is a beginning');
});

test('the story is what is printed at the start', async () => {
  const { json } = await server.admin('story');
  const printed = Object.entries(server.env).map(([name, value]) => [name.replace('TWILIO_', '').toLowerCase(), value]);
  assert.deepEqual(json, Object.fromEntries(printed));
});

test('what the seed file says was done', async () => {
  const { workers } = await server.get('/Workers');
  assert.deepEqual(workers.map((worker) => worker.friendly_name).sort(), ['Alice', 'Bob']);
});

test('the virtual clock moves when it is told to, and what is due happens', async () => {
  const task = await server.post('/Tasks', { Timeout: '60' });
  const { json: before } = await server.admin('clock');
  const { json: after } = await server.admin('clock', { advance_ms: 59_000 });
  assert.equal(after.now_ms - before.now_ms, 59_000);
  assert.equal((await server.get(`/Tasks/${task.sid}`)).assignment_status, 'pending');
  await server.admin('clock', { advance_ms: 1_000 });
  assert.equal((await server.get(`/Tasks/${task.sid}`)).assignment_status, 'canceled');
});

test('a clock that is wrong, and one that is the wall clock, stand still', async () => {
  for (const body of [{ advance_ms: -1 }, { advance_ms: 'soon' }, {}, '{', [], { advance_ms: 1e300 }]) {
    assert.equal((await server.admin('clock', body)).status, 400, JSON.stringify(body));
  }
  const other = await start();
  assert.equal((await other.admin('clock', { advance_ms: 1 })).status, 409);
  await other.stop();
});

test('a reset leads back to the beginning, the seed included', async () => {
  await server.admin('reset', {});
  const { json: first } = await server.admin('state');
  await server.post('/Tasks');
  await server.admin('clock', { advance_ms: 5 });
  assert.notDeepEqual((await server.admin('state')).json, first);
  assert.equal((await server.admin('reset', {})).status, 200);
  assert.deepEqual((await server.admin('state')).json, first);
});

test('steps can be posted, and the one that goes wrong is named', async () => {
  const steps = [{ post: '/v1/Workspaces', form: { FriendlyName: 'New' }, save: { new: 'sid' } },
    { get: '/v1/Workspaces/{new}', expect: { friendly_name: 'Old' } }];
  const { status, json } = await server.admin('seed', steps);
  assert.equal(status, 400);
  assert.equal(json.message, 'step 2: friendly_name should be "Old" and is "New"');
  const lines = await server.admin('seed', '\n{"post": "/v1/Workspaces"}', { 'Content-Type': 'application/x-ndjson' });
  assert.match(lines.json.message, /^line 2: answered 400 .*FriendlyName/);
  assert.match((await server.admin('seed', [{ push: 1 }])).json.message, /^step 1: there is no 'push' in a step/);
});

test('a page of another origin can do nothing', async () => {
  const { host } = new URL(server.url);
  const json = { 'Content-Type': 'application/json' };
  const { json: first } = await server.admin('state');
  const reset = (headers) => raw('/_emulator/reset', { method: 'POST', headers, body: '{}' });
  assert.equal((await reset({ 'Content-Type': 'text/plain' })).status, 415, 'what a form can send');
  assert.equal((await reset({})).status, 415);
  assert.equal((await reset({ ...json, Origin: 'https://example.com' })).status, 403);
  assert.equal((await reset({ ...json, Origin: 'null' })).status, 403);
  assert.equal((await reset({ ...json, Host: 'rebound.example.com', Origin: 'http://rebound.example.com' })).status, 403);
  assert.equal((await raw('/_emulator/state', { headers: { Host: 'rebound.example.com:80' } })).status, 403);
  const preflight = await raw('/_emulator/reset', { method: 'OPTIONS', headers: { Origin: 'https://example.com' } });
  assert.equal(preflight.status, 403);
  for (const response of [preflight, await raw('/_emulator/health')]) {
    assert.equal(response.headers['access-control-allow-origin'], undefined);
  }
  assert.deepEqual((await server.admin('state')).json, first);
  assert.equal((await reset({ ...json, Origin: `http://${host}` })).status, 200, 'its own page may');
});

test('the page is served, and nothing outside of its folder', async () => {
  const page = join(folder, 'page');
  mkdirSync(join(page, 'sub'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<p>Hello');
  writeFileSync(join(page, 'sub', 'index.html'), '<p>Sub');
  writeFileSync(join(page, 'a b.wasm'), 'wasm');
  writeFileSync(join(page, 'a b.wasm.br'), 'br');
  writeFileSync(join(page, 'index.html.br'), 'never');
  file('secret.txt', 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(page, 'link.txt'));
  const other = server;
  server = await start('--page', page);
  try {
    const index = await raw('/?x=1');
    assert.deepEqual([index.status, index.headers['content-type'], index.text], [200, 'text/html; charset=utf-8', '<p>Hello']);
    assert.equal((await raw('/a%20b.wasm')).text, 'wasm');
    const headers = { 'Accept-Encoding': 'gzip, br' };
    const small = await raw('/a%20b.wasm', { headers });
    assert.deepEqual([small.headers['content-type'], small.headers['content-encoding'], small.text], ['application/wasm', 'br', 'br']);
    assert.equal((await raw('/', { headers })).text, '<p>Hello', 'documents go as they are');
    assert.equal((await raw('/sub/')).text, '<p>Sub');
    assert.equal((await raw('//example.com/..//sub')).headers.location, undefined);
    assert.equal((await raw('//sub')).headers.location, '/sub/');
    assert.equal((await raw('/', { method: 'HEAD' })).text, '');
    assert.equal((await raw('/', { method: 'POST' })).status, 405);
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/link.txt', '/none', '/a%00b', '/sub\\']) {
      assert.equal((await raw(path)).status, 404, path);
    }
    assert.equal((await server.send('GET', '')).status, 200, 'the API is where it was');
  } finally {
    await server.stop();
    server = other;
  }
});

test('a page learns whose it is, and one that was kept is replaced', async () => {
  const page = join(folder, 'marked');
  mkdirSync(page);
  writeFileSync(join(page, 'index.html'), '<html data-served="no"><p>data-served="no"');
  writeFileSync(join(page, 'service_worker.js'), 'keep');
  const other = server;
  server = await start('--page', page);
  try {
    const index = await raw('/');
    assert.equal(index.text, '<html data-served="yes"><p>data-served="no"');
    assert.equal(Number(index.headers['content-length']), index.text.length);
    assert.equal((await raw('/service_worker.js')).text, 'keep');
    writeFileSync(join(page, 'retire.js'), 'retire');
    const { headers, text } = await raw('/service_worker.js?x');
    assert.deepEqual([headers['content-type'], text], ['text/javascript; charset=utf-8', 'retire']);
  } finally {
    await server.stop();
    server = other;
  }
});

test('what can not be used is told in one line', async () => {
  const { code, text } = await fail('--seed', file('bad.jsonl', '{"get": "/v1/Workspaces/nothing"}\n'));
  assert.equal(code, 1);
  assert.match(text, /^taskrouter-emulator: .*bad\.jsonl: line 1: answered 404 .*\n$/);
  const flags = [['--page', join(folder, 'none')], ['--seed', join(folder, 'none')], ['--store', join(folder, 'none', 'store')],
    ['--seed', file('later.jsonl', '{"advance": 1}')]];
  for (const words of flags) {
    const failed = await fail(...words);
    assert.equal(failed.code, 1, words.join(' '));
    assert.equal(failed.text.split('\n').length, 2, failed.text);
  }
  for (const words of [['--bind', 'everywhere'], ['--port'], ['--port=x'], ['--log-level', 'loud'], ['--store', ''], ['x'], ['--virtual-clock=1']]) {
    const failed = await fail(...words);
    assert.equal(failed.code, 2, words.join(' '));
    assert.match(failed.text, /^taskrouter-emulator: .* \(see --help\)\n$/);
  }
});
