// The package in Chromium: in a page and in a web worker, from the page's own origin and by URL from another
// one, under a strict Content-Security-Policy.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { isMissing, launchChromium } from '../browser/chromium.mjs';
import { EXPECTED } from './everywhere.mjs';
import { PACKAGE } from './package.mjs';

const skip = isMissing;

const TYPES = { html: 'text/html', mjs: 'text/javascript', wasm: 'application/wasm' };
const PAGES = {
  'index.html': '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.mjs"></script>',
  'page.mjs': "import { tryAll } from './everywhere.mjs'; globalThis.tryAll = tryAll;",
  'worker.mjs': `import { tryAll } from './everywhere.mjs';
    let isEval = true;
    try { (0, eval)('1'); } catch { isEval = false; }
    onmessage = ({ data }) => tryAll(...data).then((found) => postMessage({ ...found, isEval }), (error) => postMessage(String(error)));`,
};

const servers = [];
let browser;
let here;
let elsewhere;

// Serves the package in /npm/, and the pages. It may be asked from other origins if `open`.
async function serve(open, policyOf) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://x');
    const name = pathname.slice(pathname.lastIndexOf('/') + 1) || 'index.html';
    const file = pathname.startsWith('/npm/') ? new URL(name, PACKAGE) : new URL(name, import.meta.url);
    if (!PAGES[name] && !existsSync(file)) return response.writeHead(404).end();
    response.setHeader('Content-Type', TYPES[name.split('.').pop()]);
    if (open) response.setHeader('Access-Control-Allow-Origin', '*');
    else response.setHeader('Content-Security-Policy', policyOf(searchParams.has('no-wasm')));
    return response.end(PAGES[name] ?? readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${server.address().port}/`;
}

before(async () => {
  if (skip) return;
  elsewhere = await serve(true);
  here = await serve(false, (noWasm) =>
    [`default-src 'none'; script-src 'self' ${elsewhere}${noWasm ? '' : " 'wasm-unsafe-eval'"}`,
      `connect-src 'self' ${elsewhere}; worker-src 'self'; img-src data:`].join('; '));
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function withPage(path, play) {
  const page = await browser.newPage();
  const complaints = [];
  const origins = new Set();
  page.on('request', (request) => request.url().startsWith('http') && origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    await page.goto(here + path);
    await page.waitForFunction('globalThis.tryAll');
    await play(page, origins);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
  }
}

const inPage = (page, base) => page.evaluate(([url, closed]) => globalThis.tryAll(url, closed), [base, `${here}no-such`]);
const inWorker = (page, base) => page.evaluate(
  (words) => new Promise((resolve) => {
    const worker = new Worker('worker.mjs', { type: 'module' });
    worker.onerror = ({ message }) => resolve(message);
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(words);
  }),
  [base, `${here}no-such`],
);
// The server answers /no-such/v1/... with 404, which is an answer.
const expected = { ...EXPECTED, unreachable: 'TaskRouterError api' };

test('everything works in a page, and asks nobody else', { skip }, () =>
  withPage('', async (page, origins) => {
    assert.deepEqual(await inPage(page, `${here}npm/`), expected);
    assert.deepEqual([...origins], [here.slice(0, -1)]);
  }));

test('and in a web worker, where eval is forbidden', { skip }, () =>
  withPage('', async (page) => assert.deepEqual(await inWorker(page, `${here}npm/`), { ...expected, isEval: false })));

test('and by URL import from another origin', { skip }, () =>
  withPage('', async (page, origins) => {
    assert.deepEqual(await inPage(page, `${elsewhere}npm/`), expected);
    assert.deepEqual(await inWorker(page, `${elsewhere}npm/`), { ...expected, isEval: false });
    assert.deepEqual([...origins].sort(), [here, elsewhere].map((url) => url.slice(0, -1)).sort());
  }));

test("without 'wasm-unsafe-eval' it says what is missing", { skip }, () =>
  withPage('?no-wasm', async (page) => {
    await assert.rejects(inPage(page, `${here}npm/`), /CompileError.*Content Security Policy/);
  }));
