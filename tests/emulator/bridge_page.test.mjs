// The SDK in the bundle of a page that came from elsewhere.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { isMissing, launchChromium } from '../browser/chromium.mjs';
import { api, optionsFor, skip as withoutSdk, startServer, tokenFor, tokenOfAlice } from './agent.mjs';
import { bundle } from './bundle.mjs';

const skip = withoutSdk || isMissing;

let server;
let site;
let browser;

before(async () => {
  if (skip) return;
  server = await startServer();
  const files = {
    '/': ['text/html', '<!doctype html><title>Agent</title><script src="sdk.js"></script>'],
    '/sdk.js': ['text/javascript', bundle('twilio-taskrouter', 'TaskRouter')],
  };
  site = createServer(({ url }, response) => {
    const [type, body] = files[url] ?? ['text/plain', ''];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  });
  await once(site.listen(0, '127.0.0.1'), 'listening');
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  site?.close();
  await server?.stop();
});

async function open() {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  return page;
}

test('an agent works in a page of another origin', { skip, timeout: 90_000 }, async () => {
  const page = await open();
  const done = page.evaluate(async ({ token, options }) => {
    const worker = new globalThis.TaskRouter.Worker(token, options);
    const heard = (from, name) => new Promise((resolve) => { from.once(name, resolve); });
    await heard(worker, 'ready');
    const created = heard(worker, 'reservationCreated');
    await [...worker.activities.values()].find(({ available }) => available).setAsCurrent();
    const reservation = await created;
    await reservation.accept();
    const completed = heard(reservation, 'completed');
    await reservation.task.complete('solved');
    await completed;
    worker.disconnect();
    return reservation.task.attributes;
  }, { token: tokenOfAlice(server), options: optionsFor(server, { enableVersionCheck: true }) });
  const { sid } = await api(server, 'POST', '/Tasks', { Attributes: '{"from":"a page"}' });
  assert.deepEqual(await done, { from: 'a page' });
  assert.equal((await api(server, 'GET', `/Tasks/${sid}`)).reason, 'solved');
});

test('a page without a good token gets nothing', { skip, timeout: 90_000 }, async () => {
  const page = await open();
  for (const token of ['', tokenFor(server, { secret: 'guess' })]) {
    const [socket, status] = await page.evaluate(async ([url, path, given]) => {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ url: path, method: 'GET', params: {}, token: given }) });
      const ws = new WebSocket(`${url.replace('http', 'ws')}?token=${given}`);
      return [await new Promise((resolve) => { ws.onopen = ws.onerror = ({ type }) => resolve(type); }), answer.status];
    }, [optionsFor(server).ebServer, `Workspaces/${server.env.WORKSPACE_SID}/Workers`, token]);
    assert.deepEqual([socket, status], ['error', 401]);
  }
});
