// CurlMultiTransport against a server that has HTTP/2.
import assert from 'node:assert/strict';
import { createSecureServer } from 'node:http2';
import { after, test } from 'node:test';
import { closeAll, listen, send, withCertificate } from './servers.mjs';

after(closeAll);

test('64 requests at once share one HTTP/2 connection', () =>
  withCertificate(async ({ key, cert, file }) => {
    let sessions = 0;
    const waiting = [];
    const server = createSecureServer({ key, cert });
    server.on('session', () => (sessions += 1));
    server.on('stream', (stream) => {
      waiting.push(stream);
      if (waiting.length === 64) for (const each of waiting) each.respond({ ':status': 200 }), each.end('two');
    });
    const url = `https://localhost:${await listen(server)}/`;
    const outcomes = await send(['--together', '--ca-file', file, ...Array(64).fill(url)]);
    assert.deepEqual(outcomes.map((outcome) => outcome.body), Array(64).fill('two'));
    assert.equal(sessions, 1);
  }));

test('a server without HTTP/2 gets a connection for each request', () =>
  withCertificate(async ({ key, cert, file }) => {
    const waiting = [];
    const server = createSecureServer({ key, cert, allowHTTP1: true, ALPNProtocols: ['http/1.1'] });
    server.on('request', (request, response) => {
      waiting.push(response);
      if (waiting.length === 8) for (const each of waiting) each.end('one');
    });
    const url = `https://localhost:${await listen(server)}/`;
    const outcomes = await send(['--together', '--ca-file', file, ...Array(8).fill(url)]);
    assert.deepEqual(outcomes.map((outcome) => outcome.body), Array(8).fill('one'));
  }));
