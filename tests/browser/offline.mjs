// The page without a network, and a new version of it.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { serve } from '../../web/serve.mjs';
import { newContext, SITE } from './fixture.mjs';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

// A site of its own, with a service worker for what it holds.
async function withSite(play) {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-offline-'));
  const site = join(folder, 'page');
  cpSync(SITE, site, { recursive: true });
  const publish = () => {
    const list = ['-D', `SITE=${site}`, '-D', `WORKER=${WEB}offline/service_worker.js`, '-P', `${WEB}offline/precache.cmake`];
    execFileSync('cmake', list);
    execFileSync(process.execPath, [`${WEB}compress.mjs`, site]);
  };
  const server = await serve(folder);
  const context = await newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  const open = async (address = '') => {
    await page.goto('about:blank');
    await page.goto(`${server.url}page/${address}`);
    await page.waitForSelector('html[data-ready]');
  };
  const change = (name, from, to) => {
    const path = join(site, name);
    const text = readFileSync(path, 'utf8');
    assert.notEqual(text.replace(from, to), text);
    writeFileSync(path, text.replace(from, to));
    for (const ending of ['.br', '.gz']) rmSync(path + ending, { force: true });
  };
  try {
    await open();
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const { controller } = navigator.serviceWorker;
      if (!controller)
        await new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
    });
    await play({ context, page, server, open, change, publish, site });
  } finally {
    await context.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function keptFiles(page) {
  return page.evaluate(async () => {
    const [name, ...others] = await caches.keys();
    if (others.length > 0) throw new Error(`there are more caches: ${others}`);
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
}

export function offlineTests() {
  test('after the first visit every room opens without a network', () =>
    withSite(async ({ context, page, server, open }) => {
      await context.setOffline(true);
      await server.close();
      for (const room of ['play', 'understand', 'inspect', 'scenarios', 'live']) {
        await open(`?any=thing#${room}`);
        assert.equal(await page.getAttribute('html', 'data-ready'), room);
        assert.equal(await page.locator(`#room-${room} .notice.bad`).count(), 0, room);
      }
    }));

  test('a new version waits until the person wants it, and leaves nothing of the old one', () =>
    withSite(async ({ page, open, change, publish }) => {
      const before = await keptFiles(page);
      change('index.html', /<title>.*<\/title>/, '<title>new</title>');
      publish();
      await open();
      assert.notEqual(await page.title(), 'new');
      await page.locator('#update', { hasText: 'There is a new version' }).waitFor();
      await page.click('#update button');
      await page.waitForFunction(() => document.title === 'new');
      await page.waitForSelector('html[data-ready]');
      assert.equal(await page.locator('#update').count(), 0);
      const after = await keptFiles(page);
      assert.equal(after.length, before.length);
      assert.equal(after.filter((url) => !before.includes(url)).length, 1);
    }));

  test('a file that is not of its version is not kept', () =>
    withSite(async ({ page, open, change, publish }) => {
      const before = await keptFiles(page);
      change('index.html', '<title>', '<title>One ');
      publish();
      change('index.html', '<title>One', '<title>Another'); // A deploy that is not finished.
      await open();
      const state = await page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => {});
        return [Boolean(registration.waiting), Boolean(registration.active)];
      });
      assert.deepEqual(state, [false, true]);
      await open();
      assert.ok(before.every((url) => url.includes('?')));
    }));

  test('calls to other servers, and to other paths of this one, pass by the service worker', () =>
    withSite(async ({ page, server }) => {
      const seen = [];
      const other = createServer((request, response) => {
        seen.push(`${request.method} ${request.url}`);
        response.writeHead(200, { 'Access-Control-Allow-Origin': '*' });
        response.end('live');
      });
      await new Promise((resolve) => {
        other.listen(0, '127.0.0.1', resolve);
      });
      try {
        const address = `http://127.0.0.1:${other.address().port}/page/index.html`;
        const answers = await page.evaluate(
          async ([elsewhere, here]) => {
            const text = async (...call) => (await fetch(...call)).text();
            const kept = async () =>
              (await (await caches.open((await caches.keys())[0])).keys()).length;
            const before = await kept();
            const post = { method: 'POST' };
            const got = [
              await text(elsewhere),
              await text(elsewhere, post),
              await text(here),
              await text('index.html', post),
            ];
            return [...got, (await kept()) - before];
          },
          [address, `${server.url}page/none`],
        );
        assert.deepEqual(answers, ['live', 'live', 'Not found\n', 'Method not allowed\n', 0]);
        assert.deepEqual(seen, ['GET /page/index.html', 'POST /page/index.html']);
      } finally {
        other.closeAllConnections();
        other.close();
      }
    }));
}
