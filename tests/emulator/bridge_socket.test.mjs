// The event bridge as strangers, pages and slow clients meet it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

import { WebSocket, api, skip, startServer, tokenFor, until } from './agent.mjs';

const limit = { skip, timeout: 60_000 };
const PATH = '/v1/wschannels';
let server;

before(async () => { if (!skip) server = await startServer('--log-level', 'info'); });
after(async () => { await server?.stop(); });

// Opens a WebSocket: itself, or the status it was refused with.
async function open(token, { path = PATH, ...options } = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${path}?token=${token}`, options);
  socket.heard = [];
  socket.on('message', (text) => socket.heard.push(`${text}`)).on('error', () => {});
  return Promise.race([
    once(socket, 'open').then(() => socket),
    once(socket, 'unexpected-response').then(([, response]) => response.statusCode),
  ]);
}

const command = (body, headers) => fetch(`${server.url}${PATH}`, { method: 'POST', body, headers });
const setAttributes = (attributes) =>
  api(server, 'POST', `/Workers/${server.env.WORKER_SID}`, { Attributes: JSON.stringify(attributes) });

test('a page of any origin gets in with a token, and none without', limit, async () => {
  for (const origin of [undefined, 'https://example.com', 'null']) {
    const socket = await open(tokenFor(server), { origin });
    await until(() => socket.heard.length > 0);
    assert.equal(JSON.parse(socket.heard[0]).event_type, 'init');
    socket.close();
  }
  assert.equal(await open(''), 401);
  assert.equal(await open(tokenFor(server, { secret: 'guess' }), { origin: server.url }), 401);
  assert.equal(await open(tokenFor(server, { worker: '', role: 'supervisor' })), 403);
  assert.equal(await open(tokenFor(server), { path: '/v1/Workspaces' }), 404);
});

test('a page of another origin may post commands, and read the answers', limit, async () => {
  const preflight = await fetch(`${server.url}${PATH}`, { method: 'OPTIONS', headers: {
    Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'apiversion,clientversion,content-type,if-match',
  } });
  const allowed = preflight.headers.get('access-control-allow-headers').toLowerCase().split(/, */);
  for (const name of ['apiversion', 'clientversion', 'content-type', 'if-match']) assert.ok(allowed.includes(name), name);
  const { WORKSPACE_SID, WORKER_SID } = server.env;
  const url = `Workspaces/${WORKSPACE_SID}/Workers/${WORKER_SID}`;
  const answer = await command(JSON.stringify({ url, method: 'GET', params: {}, token: tokenFor(server) }),
    { Origin: 'https://example.com', 'Content-Type': 'application/x-www-form-urlencoded' });
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal((await answer.json()).payload.friendly_name, 'Alice');
  const refused = await command(JSON.stringify({ url, method: 'GET', params: {}, token: 'x.y.z' }));
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('access-control-allow-origin'), '*');
});

test('what is no command is refused', limit, async () => {
  for (const [body, status] of [['', 400], ['[]', 400], ['{"url":', 400], ['{}', 401], ['x'.repeat(2 << 20), 413]]) {
    assert.equal((await command(body).catch(() => ({ status: 413 }))).status, status);
  }
  assert.equal((await fetch(`${server.url}${PATH}`)).status, 405);
  assert.equal((await fetch(`${server.url}${PATH}/AC1/WK1`)).status, 404);
});

test('the API key that signs tokens is one for the API too', limit, async () => {
  const { API_KEY, API_SECRET } = server.env;
  assert.equal((await api(server, 'GET', `/Workers/${server.env.WORKER_SID}`, undefined, `${API_KEY}:${API_SECRET}`)).friendly_name, 'Alice');
  await assert.rejects(api(server, 'GET', '/Workers', undefined, `${API_KEY}:guess`), /20003/);
});

test('what a client says is thrown away, if it is short', limit, async () => {
  const socket = await open(tokenFor(server));
  socket.send('{"event_type":"reservation.accepted"}');
  socket.ping();
  await once(socket, 'pong');
  await setAttributes({ still: 'here' });
  await until(() => socket.heard.some((text) => text.includes('worker.attributes.update')));
  socket.send('x'.repeat(2000));
  const [code] = await once(socket, 'close');
  assert.equal(code, 1009);
});

test('who does not read is let go, and the others hear everything', limit, async () => {
  const { hostname, port } = new URL(server.url);
  const sleeper = connect(port, hostname);
  sleeper.write(`GET ${PATH}?token=${tokenFor(server)} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade\r\n`
    + 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  await once(sleeper, 'readable');
  const socket = await open(tokenFor(server));
  const changes = 700;  // 2.8 MB: a megabyte, and what the system keeps for a socket that nobody reads.
  for (let i = 0; i < changes; i += 50) {
    await Promise.all(Array.from({ length: 50 }, () => setAttributes({ text: 'x'.repeat(4000) })));
  }
  await until(() => socket.heard.length > changes);
  sleeper.on('error', () => {}).resume();
  await once(sleeper, 'close');
  socket.close();
});

test('a reset closes every socket, and a stop too', limit, async () => {
  const socket = await open(tokenFor(server));
  const closed = once(socket, 'close');
  const reset = await fetch(`${server.url}/_emulator/reset`,
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' });
  assert.ok(reset.ok, await reset.text());
  assert.equal((await closed)[0], 1001);
  const other = await startServer();
  const left = new WebSocket(`${other.url.replace('http', 'ws')}${PATH}?token=${tokenFor(other)}`);
  await once(left, 'open');
  const end = once(left, 'close');
  await other.stop();
  assert.equal((await end)[0], 1001);
});

test('no token and no secret is logged', limit, async () => {
  await command('{"token":"canary"}');
  await fetch(`${server.url}${PATH}?token=canary`);
  assert.match(server.errors(), /UPGRADE \/v1\/wschannels 101/);
  assert.match(server.errors(), /POST \/v1\/wschannels 401/);
  for (const secret of ['eyJ', 'canary', server.env.API_SECRET, server.env.AUTH_TOKEN]) assert.ok(!server.errors().includes(secret), secret);
});
