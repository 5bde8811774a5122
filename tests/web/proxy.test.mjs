// The proxy of live mode: whom it serves, and what it passes on.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { ACCOUNT, BASIC, TOKEN, ask, withProxy } from './upstream.mjs';

const TASKS = `/v1/Workspaces/WS${'0'.repeat(32)}/Tasks`;

test(
  'a call of the page is passed on with the credentials, and its answer comes back',
  withProxy(
    async ({ call, origin, seen, logged }) => {
      const body = 'Attributes=%7B%7D';
      const headers = {
        Origin: origin,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': body.length,
        'If-Match': '3',
        Authorization: 'Basic of-the-page',
        Cookie: 'of=other-servers',
      };
      const answer = await call({ method: 'POST', path: `${TASKS}?a=b`, headers, body });
      assert.deepEqual([answer.status, answer.body], [201, '{"sid":"WT1"}']);
      assert.equal(answer.headers.etag, '"4"');
      assert.equal(answer.headers['cache-control'], 'no-store');
      assert.equal(answer.headers['set-cookie'], undefined);
      const [{ method, url, headers: sent, body: passed }] = seen;
      assert.deepEqual([method, url, passed], ['POST', `${TASKS}?a=b`, body]);
      assert.equal(sent.authorization, `Basic ${BASIC}`);
      assert.equal(sent['if-match'], '3');
      assert.deepEqual(
        [sent.cookie, sent.origin, sent['x-proxy-secret']],
        [undefined, undefined, undefined],
      );
      assert.match(logged.join('\n'), /^POST \/v1\/Workspaces\/WS0{32}\/Tasks 201 \d+ ms$/);
    },
    (request, response) => {
      response.writeHead(201, {
        ETag: '"4"',
        'Set-Cookie': 'a=b',
        'Content-Type': 'application/json',
      });
      response.end('{"sid":"WT1"}');
    },
  ),
);

test(
  'who is not the page gets nothing, and Twilio hears nothing of it',
  withProxy(async ({ call, origin, secret, seen }) => {
    const strangers = {
      'without the secret': { 'X-Proxy-Secret': '' },
      'with another secret': { 'X-Proxy-Secret': `${secret.slice(1)}x` },
      'with the secret twice': { 'X-Proxy-Secret': [secret, secret] },
      'another origin': { Origin: 'http://example.com' },
      'an origin on another port': { Origin: 'http://127.0.0.1:1' },
      'the origin null': { Origin: 'null' },
      'the origin with https': { Origin: origin.replace('http:', 'https:') },
      'another site without an Origin': { 'Sec-Fetch-Site': 'cross-site' },
      'another port of this host': { 'Sec-Fetch-Site': 'same-site' },
      'a name that leads here (rebinding)': { Host: `evil.example:${new URL(origin).port}` },
      'another name of this host': { Host: `localhost:${new URL(origin).port}` },
      'no port in the Host': { Host: '127.0.0.1' },
    };
    for (const [who, headers] of Object.entries(strangers)) {
      for (const path of ['/v1/Workspaces', '/proxy.json']) {
        const answer = await call({ headers, path });
        assert.equal(answer.status, 403, who);
        assert.equal(answer.body.includes(ACCOUNT), false, who);
        assert.equal(answer.headers['access-control-allow-origin'], undefined, who);
      }
    }
    assert.deepEqual(seen, []);
  }),
);

test(
  'another page may not even ask whether it may call',
  withProxy(async ({ call, seen }) => {
    const headers = {
      Origin: 'http://example.com',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'x-proxy-secret',
    };
    const { status, headers: answered } = await call({ method: 'OPTIONS', headers });
    assert.equal(status, 403);
    assert.equal(answered['access-control-allow-origin'], undefined);
    assert.deepEqual(seen, []);
  }),
);

test(
  "only TaskRouter's paths and methods are let through",
  withProxy(async ({ call, seen }) => {
    const targets = [
      ['GET', '/v1'],
      ['GET', '/v1/'],
      ['GET', '/v1/Services'],
      ['GET', '/v1/Workspaces/'],
      ['GET', '/v1/Workspaces/../Services'],
      ['GET', '/v1/Workspaces/%2e%2e/Services'],
      ['GET', '/v1/Workspaces/..%2fServices/Tasks'],
      ['GET', '/v1/Workspaces/%2E/Tasks'],
      ['GET', '/v1/Workspaces/%zz/Tasks'],
      ['GET', '/v1/Workspaces/a\\b'],
      ['GET', '/v1/Workspaces//Tasks'],
      ['GET', '/v1/Workspaces/WS1/Tasks/WT1/More'],
      ['GET', '/v1/v1/Workspaces'],
      ['GET', '/v1.json'],
      ['DELETE', '/v1/Workspaces'],
      ['PUT', '/v1/Workspaces'],
      ['PATCH', '/v1/Workspaces'],
      ['HEAD', '/v1/Workspaces'],
      ['POST', '/proxy.json'],
    ];
    for (const [method, path] of targets) {
      const { status } = await call({ method, path, headers: { 'Content-Length': 0 } });
      assert.ok([404].includes(status), `${method} ${path}: ${status}`);
    }
    assert.deepEqual(seen, []);
  }),
);

test(
  'every operation is let through',
  withProxy(async ({ call, seen, origin }) => {
    const list = await ask(origin, { path: '/operations.json' });
    const { operations } = JSON.parse(list.body);
    assert.equal(operations.length, 61);
    for (const { method, path } of operations) {
      const target = path.replace(/\{\w+\}/g, 'default%20%C3%A9-_.~');
      assert.equal(
        (await call({ method, path: target, headers: { 'Content-Length': 0 } })).status,
        200,
        path,
      );
    }
    assert.equal(seen.length, 61);
  }),
);

test(
  'the page learns where calls go and as whom, and no secret',
  withProxy(async ({ call, address, origin }) => {
    const { body } = await call({ path: '/proxy.json' });
    assert.deepEqual(JSON.parse(body), { address, account: ACCOUNT });
    const page = await ask(origin, {});
    assert.equal(page.status, 200);
    assert.equal(page.headers['x-frame-options'], 'DENY');
    assert.match(page.body, /^<!doctype html>/);
  }),
);

test(
  'the page itself is kept from other names of this address',
  withProxy(async ({ origin }) => {
    const { status } = await ask(origin, { headers: { Host: 'evil.example' } });
    assert.equal(status, 403);
  }),
);

test(
  'a body must have a length, and not too much of it',
  withProxy(async ({ call, seen }) => {
    const post = (headers, body) => call({ method: 'POST', path: TASKS, headers, body });
    assert.equal((await post({ 'Transfer-Encoding': 'chunked' }, 'a=b')).status, 411);
    const chunked = { 'Transfer-Encoding': 'chunked' };
    const path = `${TASKS}/WT1`;
    assert.equal((await call({ method: 'DELETE', path, headers: chunked, body: 'a' })).status, 411);
    assert.equal((await post({ 'Content-Length': 1024 * 1024 + 1 })).status, 413);
    assert.deepEqual(seen, []);
  }),
);

test(
  'an answer that is too large is broken off',
  withProxy(
    async ({ call }) => {
      const { error, body } = await call();
      assert.ok(error, `${body?.length} bytes arrived`);
    },
    (request, response) => {
      response.writeHead(200);
      response.end(Buffer.alloc(17 * 1024 * 1024, 'x'));
    },
  ),
);

test(
  'no answer in time is an error of the proxy, and the call is given up',
  withProxy(
    async ({ call }) => {
      const { status, body } = await call();
      assert.equal(status, 504);
      assert.match(JSON.parse(body).message, /in time/);
    },
    () => {},
    { patience: 50 },
  ),
);

test(
  'a connection that breaks is an error of the proxy',
  withProxy(
    async ({ call }) => assert.equal((await call()).status, 502),
    (request) => request.socket.destroy(),
  ),
);

test(
  'a redirect is neither followed nor passed on',
  withProxy(
    async ({ call }) => {
      const { status, headers } = await call();
      assert.deepEqual([status, headers.location], [502, undefined]);
    },
    (request, response) => {
      response.writeHead(302, { Location: 'http://example.com/' });
      response.end();
    },
  ),
);

test(
  'what is logged holds no secret and no parameter',
  withProxy(async ({ call, secret, logged }) => {
    await call({ path: '/v1/Workspaces?FriendlyName=private' });
    await call({ headers: { 'X-Proxy-Secret': 'wrong-one' } });
    const log = logged.join('\n');
    assert.equal(logged.length, 2);
    for (const hidden of [TOKEN, BASIC, secret, 'private', 'wrong-one'])
      assert.equal(log.includes(hidden), false);
  }),
);

test(
  'other machines can not reach it',
  withProxy(async ({ origin }) => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find(({ internal, family }) => !internal && family === 'IPv4');
    if (!outside) return;
    const socket = new Socket();
    socket.connect(Number(new URL(origin).port), outside.address);
    const [error] = await once(socket, 'error');
    assert.equal(error.code, 'ECONNREFUSED');
  }),
);
