// What servers do wrong: each fault ends in a typed error, or in the answer as it was sent, before the deadline
// and within the limit on memory.
import assert from 'node:assert/strict';
import { createServer as createTcp } from 'node:net';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { CAUSE, closeAll, listen, send } from './servers.mjs';

const LIMIT = 1 << 20;
const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;
const bomb = gzipSync(Buffer.alloc(20 << 20));

// Ways to answer. Each is given the socket after a request arrived.
const close = (bytes) => (socket) => socket.end(bytes);
const hang = (bytes) => (socket) => socket.write(bytes);
const reset = (bytes) => (socket) => socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 20));
const endless = (bytes, piece) => (socket) => {
  const block = Buffer.from(piece.repeat(Math.ceil(65536 / piece.length)));
  const pour = () => { while (!socket.destroyed && socket.write(block)); };
  socket.write(bytes);
  socket.on('drain', pour);
  pour();
};
const drip = (bytes, piece, pause = 20) => (socket) => {
  socket.write(bytes);
  const timer = setInterval(() => socket.write(piece), pause);
  socket.on('close', () => clearInterval(timer));
};

const { timeout, too_large, other } = CAUSE;
const answered = (status, body) => ({ status, body });
// The name of a fault, what the server does, and the causes that are right, or the answer.
const FAULTS = [
  ['no answer', hang(''), [timeout]],
  ['a status line that stops', hang('HTTP/1.'), [timeout]],
  ['a header that stops', hang(`${OK}Content-Le`), [timeout]],
  ['a body that stops', hang(`${OK}Content-Length: 10\r\n\r\nabc`), [timeout]],
  ['a chunk that stops', hang(`${CHUNKED}a\r\nabc`), [timeout]],
  ['interim answers and no other', drip('', 'HTTP/1.1 100 Continue\r\n\r\n'), [timeout]],
  ['a status line that drips', drip('HTTP/1.1 200 O', 'K'), [timeout]],
  ['a header that drips', drip(`${OK}X: `, 'y'), [timeout]],
  ['a body that drips', drip(`${OK}Content-Length: 100000\r\n\r\n`, 'z'), [timeout]],
  ['chunks that drip', drip(CHUNKED, '1\r\nz\r\n'), [timeout]],
  ['an end before the answer', close(''), [other]],
  ['an end in the status line', close('HTTP/1.'), [other]],
  ['an end in a header', close(`${OK}Content-Le`), [other]],
  ['an end in the body', close(`${OK}Content-Length: 10\r\n\r\nabc`), [other]],
  ['an end in a chunk', close(`${CHUNKED}a\r\nabc`), [other]],
  ['an end between chunks', close(`${CHUNKED}3\r\nabc\r\n`), [other]],
  ['a reset before the answer', reset(''), [other]],
  ['a reset in a header', reset(`${OK}Content-Le`), [other]],
  ['a reset in the body', reset(`${OK}Content-Length: 10\r\n\r\nabc`), [other]],
  ['a length below zero', close(`${OK}Content-Length: -2\r\n\r\nabc`), [other, too_large]],
  ['a length without end', close(`${OK}Content-Length: 99999999999999999999999\r\n\r\nabc`), [other, too_large]],
  ['a length that is no number', close(`${OK}Content-Length: abc\r\n\r\nabc`), [other]],
  ['two lengths', close(`${OK}Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde`), [other]],
  ['a chunk below zero', close(`${CHUNKED}-2\r\nabc\r\n0\r\n\r\n`), [other, too_large]],
  ['a chunk without end', close(`${CHUNKED}ffffffffffffffffff\r\nabc\r\n0\r\n\r\n`), [other, too_large]],
  ['a chunk that is no number', close(`${CHUNKED}xyz\r\nabc\r\n0\r\n\r\n`), [other]],
  ['chunks without end', endless(CHUNKED, '8\r\nabcdefgh\r\n'), [too_large]],
  ['a body of 20 MB', endless(`${OK}Content-Length: 20000000\r\n\r\n`, 'z'), [too_large]],
  ['a body without end', endless(`${OK}\r\n`, 'z'), [too_large]],
  ['a gzip bomb', close(Buffer.concat([Buffer.from(`${OK}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`), bomb])), [too_large]],
  ['gzip that is none', close(`${OK}Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc`), [other]],
  ['20,000 headers', close(`${OK}${'X-Many: 0123456789012345678901234567890123456789012345678901\r\n'.repeat(20000)}\r\n`), [too_large, other]],
  ['a header of 2 MB', close(`${OK}X-Long: ${'y'.repeat(2 << 20)}\r\n\r\n`), [too_large, other]],
  ['a status line of 2 MB', close(`HTTP/1.1 200 ${'K'.repeat(2 << 20)}\r\n\r\n`), [too_large, other]],
  ['headers without end', endless(OK, 'X-Many: 1\r\n'), [too_large, other]],
  ['a header line without end', endless(`${OK}X-Long: `, 'y'), [too_large, other]],
  ['random bytes', close(Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251))), [other]],
  ['another protocol', close('SSH-2.0-OpenSSH_9.2\r\n'), [other]],
  ['a body and nothing else', close('<html>hello</html>\n'), [other]],
  ['a status that is no number', close('HTTP/1.1 abc OK\r\n\r\n'), [other]],
  ['bytes that are not UTF-8', close(`${OK}Content-Length: 4\r\n\r\n`), [other]],
  ['an HTML page of a gateway', close('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>'), answered(502, '<html>')],
  ['a redirect to itself', close('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n'), answered(302, '')],
  ['too many requests, for ages', close('HTTP/1.1 429 Slow\r\nRetry-After: 99999999999999999999\r\nContent-Length: 0\r\n\r\n'), answered(429, '')],
  ['a status out of the blue', close('HTTP/1.1 999 Huh\r\nContent-Length: 1\r\n\r\nx'), answered(999, 'x')],
];

let serve;
let url;
before(async () => {
  url = `http://127.0.0.1:${await listen(createTcp((socket) => socket.once('data', () => serve(socket))))}/`;
});
after(closeAll);

for (const [name, fault, expected] of FAULTS) {
  test(`${name}: ${Array.isArray(expected) ? 'an error' : 'an answer'}, in time`, async () => {
    serve = fault;
    const deadline = expected[0] === timeout ? 400 : 20000;  // No other fault may need it to end.
    const start = Date.now();
    const [outcome] = await send(['--timeout', String(deadline), '--limit', String(LIMIT), url]);
    const seen = JSON.stringify(outcome).slice(0, 300);
    if (Array.isArray(expected)) assert.ok(expected.includes(outcome.cause), seen);
    else assert.deepEqual([outcome.status, outcome.body], [expected.status, expected.body], seen);
    assert.ok(Date.now() - start < deadline + 5000, 'too late');
    assert.ok(outcome.peak_kib < 48 * 1024, `${outcome.peak_kib} KiB`);
  });
}
