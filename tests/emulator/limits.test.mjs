// What clients can't do to the server: too large, too many, too slow, and not HTTP at all.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { start } from './server.mjs';

let server;
before(async () => { server = await start('--log-level', 'error'); });
after(async () => {
  await server.stop();
  assert.equal(server.errors(), '', 'nothing failed inside');
});

// Sends bytes on a connection of its own; resolves to all that came back once the server closed it.
function talk(bytes, { end = false, late = false } = {}) {
  return new Promise((resolve) => {
    const socket = connect(new URL(server.url).port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => { text += part; });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    if (late) socket.pause();
    socket.write(bytes, (problem) => {
      if (late && problem) text = `not sent: ${problem.code}`;
      socket.resume();
    });
    if (end) socket.end();
  });
}
const isWell = async () => assert.equal((await server.send('GET', '')).status, 200);
const statusOf = (text) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

test('what is not HTTP gets 400, and the connection is closed', async () => {
  const wrong = ['NONSENSE\r\n\r\n', 'GET / HTTP/1.1\r\nno colon\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET /\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET /a b HTTP/1.1\r\nHost: a\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n', `\x16\x03\x01\x02${'\0'.repeat(100)}\r\n\r\n`];
  for (const bytes of wrong) {
    const text = await talk(bytes);
    assert.equal(statusOf(text), 400, `${JSON.stringify(bytes)}: ${text}`);
    assert.match(text, /\r\nConnection: close\r\n/);
    assert.equal(text.match(/HTTP\/1\.1 /g).length, 1, text);
  }
  assert.equal(statusOf(await talk('GET / HTTP/2.7\r\nHost: a\r\n\r\n')), 400);
  await isWell();
});

test('random bytes do no harm', async () => {
  let seed = 1;
  const random = () => { seed = (seed * 48271) % 2147483647; return seed; };
  const valid = Buffer.from(`POST /v1/Workspaces HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\nFriendlyName=x`);
  const all = Array.from({ length: 300 }, () => {
    const bytes = Buffer.from(valid);
    for (let i = 0; i < 1 + (random() % 4); i += 1) bytes[random() % bytes.length] = random() % 256;
    return talk(bytes, { end: true });
  });
  await Promise.all(all);
  await isWell();
});

test('a body over 1 MiB is refused before it is there', async () => {
  const head = 'POST /v1/Workspaces HTTP/1.1\r\nHost: a\r\n';
  const text = await talk(`${head}Content-Length: 10485760\r\n\r\n`, { end: true });
  assert.equal(statusOf(text), 413);
  const whole = await talk(Buffer.concat([Buffer.from(`${head}Content-Length: 10485760\r\n\r\n`), Buffer.alloc(10485760, 'x')]), { end: true, late: true });
  assert.equal(statusOf(whole), 413, 'a client that reads only after it has sent everything comes to do so');
  const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
  assert.equal(statusOf(await talk(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`, { end: true })), 413);
  const response = await fetch(`${server.url}/v1/Workspaces`, { method: 'POST', body: 'x'.repeat(10 << 20) }).catch(() => ({ status: 413 }));
  assert.equal(response.status, 413);
  await isWell();
});

test('a body of 1 MiB is read', async () => {
  const body = `FriendlyName=${'x'.repeat((1 << 20) - 13)}`;
  const response = await fetch(`${server.url}/v1/Workspaces`, { method: 'POST', body,
    headers: { Authorization: server.authorization, 'Content-Type': 'application/x-www-form-urlencoded' } });
  assert.equal(response.status, 400, 'its name is too long');
  assert.match((await response.json()).message, /FriendlyName/);
});

test('headers over 16 KiB are refused', async () => {
  assert.equal(statusOf(await talk(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)), 431);
  assert.equal(statusOf(await talk(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)), 431);
  await isWell();
});

test('a client that waits to be told to go on is told so', async () => {
  const answer = await talk('POST /v1/Workspaces HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx');
  assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 401 /);
});

test('requests that come at once are answered in their order, and HTTP/1.0 is understood', async () => {
  const text = await talk('GET /a HTTP/1.1\r\nHost: a\r\n\r\nPUT /b HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS /c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  assert.deepEqual([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), ['401', '405', '204']);
  assert.equal(statusOf(await talk('GET / HTTP/1.0\r\n\r\n')), 401);
});

test('whoever comes beyond the 1,000th connection is turned away, and the others are served', async () => {
  const port = new URL(server.url).port;
  const open = () => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => {});
  });
  const held = await open();
  const idle = await Promise.all(Array.from({ length: 999 }, open));
  const more = await Promise.all(Array.from({ length: 10 }, () => talk('', { end: true })));
  for (const text of more) assert.equal(statusOf(text), 503);
  held.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  const answer = await new Promise((resolve) => held.once('data', resolve));
  assert.equal(statusOf(String(answer)), 401);
  // The server has closed its end, too, when a socket closes.
  await Promise.all([held, ...idle].map((socket) => new Promise((resolve) => socket.resume().on('close', resolve).end())));
});

test('slow clients are let go, and starve nobody', async () => {
  const port = new URL(server.url).port;
  let gone = 0;
  const slow = Array.from({ length: 50 }, (_, i) => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const bytes = i % 2 === 0 ? 'GET / HTTP/1.1\r\nHost: a\r\nX: ' : 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n';
    socket.write(bytes);
    const dripping = setInterval(() => socket.write('x'), 500);
    let text = '';
    socket.on('data', (part) => { text += part; });
    socket.on('error', () => {});
    socket.on('close', () => { gone += 1; clearInterval(dripping); resolve(text); });
  }));
  for (let i = 0; i < 10; i += 1) await isWell();
  assert.equal(gone, 0, 'others are served while all of them are there');
  for (const text of await Promise.all(slow)) assert.equal(statusOf(text), 408);
});

test('a client that never reads its answers is let go', async () => {
  const socket = connect(new URL(server.url).port, '127.0.0.1');
  socket.on('error', () => {});
  socket.pause();
  const request = `GET /v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}/Activities HTTP/1.1\r\nHost: a\r\nAuthorization: ${server.authorization}\r\n\r\n`;
  const closed = new Promise((resolve) => socket.on('close', resolve));
  const fill = setInterval(() => socket.write(request.repeat(1000)), 5);
  await closed;
  clearInterval(fill);
  await isWell();
});
