// A connection that is used more than once, and what may go wrong between.
import assert from 'node:assert/strict';
import { createServer as createTcp } from 'node:net';
import { after, test } from 'node:test';
import { CAUSE, TRANSPORT, closeAll, listen, send } from './servers.mjs';

after(closeAll);

const answer = (body) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

// A server that calls answers[i] for the request i, counted over all connections, with its socket.
async function serve(...answers) {
  const seen = [];
  const port = await listen(createTcp((socket) => {
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (end < 0 || text.length < end + 4 + length) return;
      seen.push({ line: text.slice(0, text.indexOf('\r\n')), socket });
      text = '';
      answers[seen.length - 1]?.(socket);
    });
  }));
  return { seen, url: `http://127.0.0.1:${port}/` };
}

const good = (body) => (socket) => socket.write(answer(body));
const leave = (socket) => socket.end();
const reset = (socket) => socket.resetAndDestroy();

test('a connection that the server closed meanwhile is replaced', async () => {
  const closes = (socket) => socket.write(answer('a'), () => socket.end());
  for (const bytes of ['--post=0', '--post=10']) {
    const { seen, url } = await serve(closes, good('b'));
    const outcomes = await send(['--pause', '200', ...bytes.split('='), url, url]);
    assert.deepEqual(outcomes.map((outcome) => outcome.body), ['a', 'b']);
    assert.notEqual(seen[0].socket, seen[1].socket);
  }
});

for (const [end, how] of [['closes', leave], ['is reset', reset]]) {
  for (const bytes of [0, 10, 100000]) {
    test(`a POST of ${bytes} bytes is not sent again when its connection ${end} without an answer`, async () => {
      const { seen, url } = await serve(good('a'), how, good('c'), good('d'));
      const outcomes = await send(['--post', String(bytes), url, url, url]);
      assert.deepEqual(outcomes.map((outcome) => outcome.body), ['a', '', 'c']);
      assert.equal(outcomes[1].cause, CAUSE.other);
      assert.equal(seen.length, 3);
    });
  }
}

test('bytes after an answer are not the next answer', async () => {
  const evil = answer('evil');
  const afterwards = (socket) => socket.write(answer('a'), () => setTimeout(() => socket.write(evil), 30));
  // libcurl notices those that come later from version 8 on.
  for (const first of [(socket) => socket.write(answer('a') + evil), ...(TRANSPORT === 'httplib' ? [afterwards] : [])]) {
    const { seen, url } = await serve(first, good('b'));
    const [, second] = await send(['--pause', '150', url, url]);
    assert.equal(second.body, 'b');
    assert.notEqual(seen[0].socket, seen[1].socket);
  }
});

test('a large POST that is not read ends at the deadline, or with its connection', async () => {
  const port = await listen(createTcp((socket) => socket.pause()));
  const [stuck] = await send(['--timeout', '400', '--post', '50000000', `http://127.0.0.1:${port}/`]);
  assert.equal(stuck.cause, CAUSE.timeout);
  const rude = await listen(createTcp((socket) => socket.once('data', () => reset(socket))));
  const [broken] = await send(['--post', '50000000', `http://127.0.0.1:${rude}/`]);
  assert.equal(broken.cause, CAUSE.other);
});

test('a TLS handshake that hangs, drips or is none ends in time', async () => {
  const silent = await listen(createTcp(() => {}));
  const dripping = await listen(createTcp((socket) => {
    socket.write(Buffer.from([0x16, 0x03, 0x03, 0x3f, 0xff]));  // A record of 16 KiB begins.
    const timer = setInterval(() => socket.write('\x02'), 20);
    socket.on('close', () => clearInterval(timer));
  }));
  for (const port of [silent, dripping]) {
    for (const words of [['--timeout', '400'], ['--connect-timeout', '400']]) {
      const [outcome] = await send([...words, `https://127.0.0.1:${port}/`]);
      assert.equal(outcome.cause, CAUSE.timeout, outcome.message);
    }
  }
  const plain = await listen(createTcp((socket) => socket.end(answer('a'))));
  const [outcome] = await send([`https://127.0.0.1:${plain}/`]);
  assert.equal(outcome.cause, CAUSE.tls, outcome.message);
});
