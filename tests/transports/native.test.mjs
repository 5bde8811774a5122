// The native transports against servers that behave, and some that do not: see faults.test.mjs for the rest.
import assert from 'node:assert/strict';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp } from 'node:net';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CAUSE, TRANSPORT, closeAll, listen, raw, send, withCertificate } from './servers.mjs';

after(closeAll);

const HTTPLIB = TRANSPORT === 'httplib';

test('the connection is kept for the next request', async () => {
  let connections = 0;
  const server = createHttp((request, response) => response.end('ok'));
  server.on('connection', () => (connections += 1));
  const url = `http://127.0.0.1:${await listen(server)}/`;
  const outcomes = await send([url, url, url]);
  assert.deepEqual(outcomes.map((outcome) => outcome.status), [200, 200, 200]);
  assert.equal(connections, 1);
});

test('a POST arrives with its body and without a 100-continue round trip', async () => {
  let seen;
  const url = `http://127.0.0.1:${await listen(createHttp((request, response) => {
    let bytes = 0;
    request.on('data', (chunk) => (bytes += chunk.length));
    request.on('end', () => {
      seen = { method: request.method, url: request.url, headers: request.headers, bytes };
      response.end();
    });
  }))}`;
  await send(['--post', '3000000', `${url}/a/../b`]);
  assert.equal(seen.method, 'POST');
  assert.equal(seen.url, '/a/../b', 'the path is sent as it is');
  assert.equal(seen.bytes, 3000000);
  assert.equal(seen.headers.expect, undefined);
  assert.equal(seen.headers.authorization, 'Basic c2VjcmV0');
});

test('a redirect is an answer, and is not followed', async () => {
  let thief = 0;
  const there = await listen(createHttp((request, response) => { thief += 1; response.end(); }));
  const here = await listen(createHttp((request, response) => {
    response.writeHead(302, { Location: `http://127.0.0.1:${there}/` }).end();
  }));
  const [outcome] = await send([`http://127.0.0.1:${here}/`]);
  assert.equal(outcome.status, 302);
  assert.equal(thief, 0);
});

test('a compressed answer is unpacked, and its unpacked size is what counts', async () => {
  const bomb = gzipSync(Buffer.alloc(1 << 20));
  const url = `http://127.0.0.1:${await listen(createHttp((request, response) => {
    assert.match(request.headers['accept-encoding'], /gzip/);
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(request.url === '/bomb' ? bomb : gzipSync('hello'));
  }))}`;
  const [small, large] = await send(['--limit', '10000', `${url}/`, `${url}/bomb`]);
  assert.equal(small.body, 'hello');
  assert.equal(large.cause, CAUSE.too_large);
});

test('an answer larger than the limit is refused, headers included, and the next one is fine', async () => {
  const port = await listen(createHttp((request, response) => {
    if (request.url === '/headers') for (let i = 0; i < 40; i += 1) response.setHeader(`X-${i}`, 'y'.repeat(100));
    response.end(request.url === '/body' ? 'z'.repeat(3000) : 'ok');
  }));
  const url = `http://127.0.0.1:${port}`;
  const [body, headers, fine] = await send(['--limit', '2000', `${url}/body`, `${url}/headers`, `${url}/`]);
  assert.equal(body.cause, CAUSE.too_large);
  assert.match(body.message, /larger than 2000 bytes/);
  assert.equal(headers.cause, CAUSE.too_large);
  assert.equal(fine.status, 200);
});

test('an endless answer ends at the limit', async () => {
  const url = `http://127.0.0.1:${await listen(createHttp((request, response) => {
    const pour = () => { while (!response.destroyed && response.write('x'.repeat(65536))); };
    response.on('drain', pour);
    pour();
  }))}/`;
  const [outcome] = await send([url]);
  assert.equal(outcome.cause, CAUSE.too_large);
});

test('a server that says nothing, or stops in the middle, is a timeout', async () => {
  const silent = `http://127.0.0.1:${await listen(createTcp(() => {}))}/`;
  const stuck = await raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', { close: false });
  const started = Date.now();
  const outcomes = await send(['--timeout', '300', silent, stuck]);
  assert.deepEqual(outcomes.map((outcome) => outcome.cause), [CAUSE.timeout, CAUSE.timeout]);
  assert.ok(Date.now() - started < 5000);
});

test('a host without an address, a closed port and a foreign protocol are told apart', async () => {
  const server = createTcp();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const [dns, connect, other] = await send(
    ['http://no-such-host.invalid/', `http://127.0.0.1:${port}/`, 'file:///etc/hostname']);
  assert.equal(dns.cause, HTTPLIB ? CAUSE.connect : CAUSE.dns, 'cpp-httplib does not say');
  assert.equal(connect.cause, CAUSE.connect);
  assert.equal(other.cause, CAUSE.other);
});

test('a connection cut short, and bytes that are not HTTP, are errors', async () => {
  const outcomes = await send([
    await raw('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'),
    await raw('SSH-2.0-OpenSSH_9.2\r\n'),
    await raw(''),
  ]);
  assert.deepEqual(outcomes.map((outcome) => outcome.cause), Array(3).fill(CAUSE.other));
});

test('the headers are trimmed', async () => {
  const url = await raw('HTTP/1.1 200 OK\r\nTwilio-Request-Id:   RQ1  \r\nX-Empty:\r\nContent-Length: 0\r\n\r\n');
  const [outcome] = await send([url]);
  const empty = HTTPLIB ? [] : ['X-Empty: '];  // cpp-httplib leaves it out.
  assert.deepEqual(outcome.headers.sort(), ['Content-Length: 0', 'Twilio-Request-Id: RQ1', ...empty]);
});

test('an interim answer is not the answer', async () => {
  const url = await raw('HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  const [outcome] = await send([url]);
  if (HTTPLIB) assert.equal(outcome.cause, CAUSE.other, 'cpp-httplib takes it for one');
  else assert.deepEqual([outcome.status, outcome.headers], [200, ['Content-Length: 0']]);
});

test('the proxy comes from the environment', { skip: HTTPLIB && 'cpp-httplib does not look there' }, async () => {
  const seen = [];
  const proxy = await listen(createHttp((request, response) => { seen.push(request.url); response.end('proxied'); }));
  const [outcome] = await send(['http://taskrouter.example/v1'], {
    http_proxy: `http://127.0.0.1:${proxy}`, no_proxy: '',
  });
  assert.equal(outcome.body, 'proxied');
  assert.deepEqual(seen, ['http://taskrouter.example/v1']);
});

test('a certificate that nobody vouches for is refused, and taken once it is trusted', () =>
  withCertificate(async ({ key, cert, file }) => {
    const secure = createHttps({ key, cert }, (request, response) => response.end('private'));
    secure.on('tlsClientError', () => {});
    const port = await listen(secure);
    const [refused] = await send([`https://localhost:${port}/`]);
    const [trusted] = await send(['--ca-file', file, `https://localhost:${port}/`]);
    const [misnamed] = await send(['--ca-file', file, `https://127.0.0.1:${port}/`]);
    assert.equal(refused.cause, CAUSE.tls);
    assert.equal(trusted.body, 'private');
    assert.equal(misnamed.cause, CAUSE.tls);
  }));
