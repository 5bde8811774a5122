// EmscriptenFetchTransport in Chromium: a page that sends, and the server it sends to.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchChromium } from '../browser/chromium.mjs';
import { CAUSE, closeAll, listen } from './servers.mjs';

const PAGE = process.env.TASKROUTER_FETCH_PAGE;
const types = { js: 'text/javascript', wasm: 'application/wasm' };
after(closeAll);

function servePage(request, response) {
  const name = new URL(request.url, 'http://page').pathname.slice(1);
  if (name === '') return response.setHeader('Content-Type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><script src="fetch_page.js"></script>');
  response.setHeader('Content-Type', types[name.split('.').pop()]);
  return response.end(readFileSync(join(PAGE, name)));
}

// Another origin than the page's, which lets it read.
const seen = [];
function answer(request, response) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
  response.setHeader('Access-Control-Expose-Headers', 'Twilio-Request-Id');
  response.setHeader('Twilio-Request-Id', 'RQ1');
  if (request.method === 'OPTIONS') return response.writeHead(204).end();
  seen.push(`${request.method} ${request.url}`);
  const pour = () => { while (!response.destroyed && response.write('x'.repeat(65536))); };
  let body = '';
  request.on('data', (chunk) => (body += chunk.toString('latin1')));
  request.on('end', () => {
    switch (request.url) {
      case '/hello': return response.end('hello');
      case '/echo': return response.end(`${request.headers.authorization} ${body.length}`);
      case '/missing': return response.writeHead(404).end('{"code":20404}');
      case '/redirect': return response.writeHead(302, { Location: '/hello' }).end();
      case '/large': return response.end('y'.repeat(10001));
      case '/endless': response.on('drain', pour); return pour();
      case '/reset': return request.socket.resetAndDestroy();
      default: return undefined;  // Hangs.
    }
  });
  return undefined;
}

test('a C++ program in a page sends, is refused, cancels and times out', async () => {
  const server = `http://127.0.0.1:${await listen(createServer(answer))}`;
  const page = `http://127.0.0.1:${await listen(createServer(servePage))}/?server=${encodeURIComponent(server)}`;
  const browser = await launchChromium();
  try {
    const expected = {
      get: '200 RQ1 hello',
      post: '200 RQ1 Basic c2VjcmV0 3',
      delete: '200 RQ1 undefined 0',
      missing: '404 RQ1 {"code":20404}',
      redirect: `cause ${CAUSE.other}`,
      large: `cause ${CAUSE.too_large}`,
      endless: `cause ${CAUSE.too_large}`,
      reset: `cause ${CAUSE.other}`,
      closed: `cause ${CAUSE.other}`,
      unreadable: `cause ${CAUSE.other}`,
      foreign: `cause ${CAUSE.other}`,
      late: `cause ${CAUSE.timeout}`,
      canceled: `cause ${CAUSE.canceled}`,
      next: '200 RQ1 hello',
      gone: `cause ${CAUSE.canceled}`,
      'gone unreadable': `cause ${CAUSE.canceled}`,
    };
    const tab = await browser.newPage();
    const lines = [];
    const failures = [];
    const finished = new Promise((resolve) => {
      tab.on('pageerror', (error) => resolve(failures.push(String(error))));
      tab.on('console', (message) => {
        if (message.type() !== 'log') return;
        lines.push(message.text());
        if (lines.length === Object.keys(expected).length + 1) resolve();
      });
    });
    await tab.goto(page);
    await Promise.race([finished, new Promise((resolve) => { setTimeout(resolve, 20000).unref(); })]);
    await new Promise((resolve) => { setTimeout(resolve, 200); });  // For what should not come.
    const start = lines.indexOf('started 14');
    assert.deepEqual(lines.slice(0, start).map((line) => line.split(':')[0]), ['gone', 'gone unreadable'], 'none inside start');
    const outcomes = lines.filter((line) => !line.startsWith('started')).map((line) => line.split(/: (.*)/).slice(0, 2));
    assert.deepEqual(Object.fromEntries(outcomes), expected);
    assert.equal(outcomes.length, Object.keys(expected).length, 'each once');
    assert.deepEqual(failures, []);
    assert.equal(seen.filter((line) => line === 'POST /echo').length, 1);
  } finally {
    await browser.close();
  }
});
