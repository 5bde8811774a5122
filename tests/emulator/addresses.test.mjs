// Where the server listens, and how long it keeps who asks nothing.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { fail, start } from './server.mjs';

test('without a word it listens on the loopback address alone', async () => {
  const server = await start();
  const { hostname, port } = new URL(server.url);
  assert.equal(hostname, '127.0.0.1');
  const elsewhere = connect(port, '127.0.0.2');
  const [error] = await once(elsewhere, 'error');
  assert.equal(error.code, 'ECONNREFUSED');
  await server.stop();
});

test('it listens on the address that it is given, and says so', async () => {
  for (const [address, host] of [['127.0.0.2', '127.0.0.2'], ['::1', '[::1]']]) {
    const server = await start('--bind', address).catch((error) => error);
    // Not every machine has IPv6.
    if (address === '::1' && server instanceof Error && /Cannot assign|not supported/.test(server.message)) continue;
    assert.equal(new URL(server.url).hostname, host);
    assert.match((await server.get('')).url, new RegExp(`^${server.url.replaceAll(/[[\]]/g, '\\$&')}/v1/`));
    if (address !== '::1') {
      const [error] = await once(connect(new URL(server.url).port, '127.0.0.1'), 'error');
      assert.equal(error.code, 'ECONNREFUSED');
    }
    await server.stop();
  }
});

test('an address that is not of this machine, or a port that is taken, is refused with the reason', async () => {
  const foreign = await fail('--bind', '192.0.2.1', '--port', '8080');
  assert.equal(foreign.code, 1);
  assert.equal(foreign.text, "taskrouter-emulator: can't listen on port 8080 of 192.0.2.1: Cannot assign requested address\n");
  const server = await start('--bind', '127.0.0.2');
  const { port } = new URL(server.url);
  const taken = await fail('--bind', '127.0.0.2', '--port', port);
  assert.equal(taken.code, 1);
  assert.equal(taken.text, `taskrouter-emulator: can't listen on port ${port} of 127.0.0.2: Address already in use\n`);
  await server.stop();
});

test('a connection on which nothing is asked is closed after the idle time, and others are not', async (context) => {
  const server = await start('--idle-time', '1');
  const ask = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  const open = () => {
    const socket = connect(new URL(server.url).port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => { text += part; });
    const closed = once(socket, 'close');
    return { socket, closed, answers: () => text.split('HTTP/1.1 ').length - 1 };
  };
  const silent = open();
  const asked = open();
  asked.socket.write(ask);
  const busy = open();
  const began = performance.now();
  let last = began;
  let widest = 0; // milliseconds in which this program, on a busy machine, did not come to ask
  const asking = setInterval(() => {
    widest = Math.max(widest, performance.now() - last);
    last = performance.now();
    busy.socket.write(ask);
  }, 100);
  context.after(() => clearInterval(asking));
  await silent.closed;
  await asked.closed;
  assert.ok(performance.now() - began >= 900, 'not before its time');
  assert.deepEqual([silent.answers(), asked.answers()], [0, 1]);
  if (widest < 900) assert.equal(busy.socket.closed, false);
  clearInterval(asking);
  await busy.closed;
  assert.ok(busy.answers() > 1);
  await server.stop();
});

test('an idle time that is none is refused', async () => {
  for (const time of ['0', '-1', '1.5', 'long', '86401']) {
    const { code, text } = await fail('--idle-time', time);
    assert.equal(code, 2, time);
    assert.match(text, /--idle-time should be a number from 1 to 86400/);
  }
});
