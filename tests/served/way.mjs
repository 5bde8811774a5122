// Which way the page plays: on the server that it came from, or in itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../../web/serve.mjs';
import { enter, waitForTally } from '../browser/fixture.mjs';
import { start } from '../emulator/server.mjs';
import { SITE } from '../browser/fixture.mjs';
import { newContext, onServer, visit, waitForState } from './fixture.mjs';

// How many service workers and caches there are.
const kept = (page) =>
  page.evaluate(async () => [
    (await navigator.serviceWorker.getRegistrations()).length,
    (await caches.keys()).length,
  ]);

export function wayTests() {
  test(
    'the page can play in itself, and go back to the server',
    onServer(async (page, server) => {
      await page.click('#served-leave');
      await page.locator('.guide').waitFor();
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal((await server.get('/Tasks')).tasks.length, 0);
      assert.equal(await page.locator('#undo').count(), 1);
      await page.click('#served-back');
      await waitForState(page, 'connected');
      await waitForTally(page, { status: 'pending', count: 0 });
    }),
  );

  test(
    'a link that opens a scenario does nothing to the server, and can be opened in the page',
    onServer(
      async (page, server) => {
        await page.locator('#notice', { hasText: 'opens a scenario' }).waitFor();
        assert.equal((await server.send('GET', '/v1/Workspaces')).json.workspaces.length, 1);
        await page.click('#notice a');
        await page.locator('.worker').nth(1).waitFor();
        assert.equal(await page.locator('#served').count(), 0);
      },
      { address: '#play?open=languages' },
    ),
  );

  test(
    'a page of a server is not kept',
    onServer(async (page) => {
      for (const address of ['', '?in-page']) {
        await page.evaluate((to) => location.assign(to), `/${address}`);
        await page.waitForSelector('html[data-ready]');
        assert.deepEqual(await kept(page), [0, 0], address);
      }
    }),
  );

  test('a page that was kept when the address served files alone gives way to the server’s', async () => {
    const files = await serve(SITE);
    const { port } = new URL(files.url);
    const context = await newContext();
    let server;
    try {
      const page = await context.newPage();
      await page.goto(files.url);
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.waitForFunction(() => navigator.serviceWorker.controller);
      await files.close();
      await page.reload();
      await page.locator('.guide').waitFor(); // kept
      server = await start('--page', SITE, '--port', port);
      await page.goto('about:blank');
      await visit(page, server);
      await waitForState(page, 'connected');
      await page.reload();
      await waitForState(page, 'connected');
      assert.deepEqual(await kept(page), [0, 0]);
    } finally {
      await context.close();
      await files.close();
      await server?.stop();
    }
  });

  test(
    'a page that follows asks for little, and for nothing while nobody looks',
    onServer(async (page, server) => {
      await page.waitForTimeout(1000); // What the page reads at first is over.
      const sizes = [];
      const listen = (response) => sizes.push(response.body().then(({ length }) => length));
      page.on('response', listen);
      await page.waitForTimeout(3000);
      page.off('response', listen);
      assert.ok(sizes.length > 0 && sizes.length <= 5 * 7, `${sizes.length} requests`);
      for (const size of await Promise.all(sizes)) assert.ok(size < 2500, `${size} bytes`);
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.waitForTimeout(1000);
      let asked = 0;
      page.on('request', () => (asked += 1));
      await page.waitForTimeout(1500);
      assert.equal(asked, 0);
      await server.post('/Tasks');
      await page.evaluate(() => {
        delete document.hidden;
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await waitForTally(page, { status: 'pending', count: 1 });
    }),
  );

  test(
    'a server that a name of the internet leads to is not connected to, and the page says what to do',
    onServer(async (page, server) => {
      await page.route('**/_emulator/**', (route) =>
        route.fulfill({ status: 403, contentType: 'application/json', body: '{"message":"The host should be an IP"}' }),
      );
      await visit(page, server, '#play');
      await page.reload();
      await page.locator('#loading', { hasText: 'The host should be an IP' }).waitFor();
      await page.click('#loading a');
      await page.locator('.guide').waitFor();
      await enter(page, '#inspect');
    }),
  );
}
