// Live mode beyond one call: every operation, building without sending, and the proxy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOSTILE } from '../web/hostile.mjs';
import { ACCOUNT, BASIC, TOKEN, withProxy } from '../web/upstream.mjs';
import { inEmulator, looked, newContext, tabTo, texts, violations } from './fixture.mjs';

const DIGITS = '0123456789abcdef'.repeat(2);
const LIVE = { address: '#live' };

function row(page, name) {
  const cell = page.locator('[aria-label="Request"] tr', {
    has: page.locator('th', { hasText: new RegExp(`^${name}$`) }),
  });
  return cell.locator('td').first();
}

async function operations(page) {
  const list = await page.evaluate(async () => (await fetch('operations.json')).json());
  return list.operations;
}

async function fillRequired(page, { fields }) {
  for (const { name, kind, prefix, place } of fields.filter(({ required }) => required)) {
    const value =
      kind === 'sid'
        ? prefix + DIGITS
        : kind === 'json'
          ? '{}'
          : place === 'path'
            ? 'default'
            : 'text';
    await page.fill(`#live-${name}`, value);
  }
}

function building() {
  test(
    'each of the 61 operations can be chosen, filled in and built',
    inEmulator(async (page) => {
      await page.check('#live-form input[value="build"]');
      const all = await operations(page);
      assert.equal(all.length, 61);
      assert.equal(await page.locator('#live-operation option').count(), 61);
      for (const operation of all) {
        await page.selectOption('#live-operation', operation.name);
        await fillRequired(page, operation);
        await page.click('#live-send');
        await page
          .locator('#live-detail h2', { hasText: new RegExp(`^${operation.name}$`) })
          .waitFor();
        const path = operation.path.replaceAll(/\{\w+\}/g, '[^/]+');
        const line = await page.innerText('#live-detail .request-line');
        assert.match(
          line,
          new RegExp(`^${operation.method} https://taskrouter\\.twilio\\.com${path}$`),
        );
      }
    }, LIVE),
  );

  test(
    'building sends nothing, says so, and needs no credentials',
    inEmulator(async (page) => {
      await page.check('#live-form input[value="build"]');
      assert.match(await page.innerText('.banner'), /^Nothing is sent\./);
      assert.equal(await page.isVisible('#live-token'), false);
      await page.selectOption('#live-operation', 'CreateTask');
      await page.fill('#live-workspace_sid', `WS${DIGITS}`);
      await page.fill('#live-priority', '7');
      await page.fill('#live-attributes', '{"language":"es"}');
      await page.click('#live-send');
      assert.equal(await row(page, 'Priority').innerText(), '7');
      assert.match(await page.innerText('#live-detail header'), /built, not sent/);
      assert.equal(await page.locator('#live-detail [aria-label="Response"]').count(), 0);
      await page.locator('.languages label', { hasText: 'C++' }).click();
      assert.match(
        await page.innerText('#live-detail .as-code pre'),
        /tasks::Create\{[^]*\.priority = 7,/,
      );
    }, LIVE),
  );

  test(
    'what was typed stays for the next operation that has the same field',
    inEmulator(async (page) => {
      await page.fill('#live-workspace_sid', `WS${DIGITS}`);
      await page.selectOption('#live-operation', 'ListWorker');
      assert.equal(await page.inputValue('#live-workspace_sid'), `WS${DIGITS}`);
      assert.equal(await page.evaluate(() => location.hash), '#live/ListWorker');
      assert.equal(await page.inputValue('#live-base'), 'https://taskrouter.twilio.com');
    }, LIVE),
  );

  test(
    'a mistake among the fields that are folded away unfolds them',
    inEmulator(async (page) => {
      await page.check('#live-form input[value="build"]');
      await page.fill('#live-workspace_sid', `WS${DIGITS}`);
      await page.fill('#live-task_sid', `WT${DIGITS}`);
      await page.fill('#live-sid', `WR${DIGITS}`);
      await page.click('#live-form summary');
      await page.fill('#live-dequeue_timeout', 'soon');
      await page.click('#live-form summary');
      await page.click('#live-send');
      await page.locator('#live-dequeue_timeout-failure', { hasText: 'whole number' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'live-dequeue_timeout');
      const description = await page.getAttribute('#live-dequeue_timeout', 'aria-describedby');
      assert.equal(description, 'live-dequeue_timeout-hint live-dequeue_timeout-failure');
      await page.fill('#live-dequeue_timeout', '');
      await page.fill('#live-status_callback_event', 'ringing\nanswered\n');
      await page.click('#live-send');
      await page.locator('#live-detail .request-line').waitFor();
      assert.deepEqual(
        await texts(page, '#live-detail [aria-label="Request"] .fields >> nth=1 >> td'),
        ['ringing', 'answered'],
      );
    }, LIVE),
  );

  test(
    'a request is built with the keyboard alone',
    inEmulator(async (page) => {
      await page.focus('#live-form input[value="direct"]');
      await page.keyboard.press('ArrowRight');
      await tabTo(page, 'live-operation');
      await page.keyboard.type('FetchWorkspace');
      await tabTo(page, 'live-sid');
      await page.keyboard.type(`WS${DIGITS}`);
      await page.keyboard.press('Enter');
      await page.locator('#live-detail h2', { hasText: 'FetchWorkspace' }).waitFor();
    }, LIVE),
  );
}

function hostile() {
  test(
    'what people type into any field is text',
    inEmulator(async (page) => {
      await page.check('#live-form input[value="build"]');
      await page.selectOption('#live-operation', 'CreateWorkspace');
      for (const text of HOSTILE) {
        for (const name of ['friendly_name', 'event_callback_url', 'events_filter', 'template'])
          await page.fill(`#live-${name}`, text);
        await page.click('#live-send');
        const sent = (await page.inputValue('#live-friendly_name')).trim(); // An input has one line.
        await page.waitForFunction(
          (wanted) =>
            document.querySelector('#live-detail .fields:nth-of-type(2) td')?.textContent ===
            wanted,
          sent,
        );
      }
      await page.fill('#live-base', HOSTILE[4]);
      await page.click('#live-send');
      await page.locator('#live-base-failure', { hasText: 'Not sent' }).waitFor();
      for (const text of HOSTILE.slice(0, 9)) await page.fill('#live-base', text);
      await page.check('#live-form input[value="direct"]');
      for (const name of ['account', 'token']) await page.fill(`#live-${name}`, HOSTILE[4]);
      await page.click('#live-send');
      const found = await page.evaluate(() => [
        document.querySelectorAll('main img, main script').length,
        typeof globalThis.hacked,
        document.documentElement.scrollWidth - window.innerWidth,
      ]);
      assert.deepEqual(found, [0, 'undefined', 0]);
    }, LIVE),
  );
}

async function opened(url, play) {
  const context = await newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  try {
    await page.goto(url);
    await page.waitForSelector('html[data-ready]');
    await play(page);
  } finally {
    await context.close();
  }
}

function workspaces(request, response) {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const meta = { page: 0, page_size: 50, key: 'workspaces', url: '', first_page_url: '' };
  response.end(JSON.stringify({ workspaces: [], meta }));
}

async function list(page) {
  await page.selectOption('#live-operation', 'ListWorkspace');
  await page.click('#live-send');
  await page.locator('#live-calls .status').waitFor();
}

function proxied() {
  test(
    'opened by the link of the proxy, the page sends through it and holds no credentials',
    withProxy(async ({ url, origin, secret, address, seen }) => {
      await opened(url, async (page) => {
        assert.equal(await page.getAttribute('html', 'data-ready'), 'live');
        const banner = await page.innerText('.banner');
        assert.match(banner, /through the proxy on your machine/);
        assert.ok(banner.includes(new URL(address).host) && banner.includes(ACCOUNT));
        assert.equal(await page.isVisible('#live-token'), false);
        const [call] = await Promise.all([page.waitForRequest(/\/v1\/Workspaces$/), list(page)]);
        assert.equal((await call.allHeaders()).authorization, undefined);
        assert.equal(await page.innerText('#live-calls .status'), '200 OK');
        assert.deepEqual(
          seen.map(({ method, url: target, headers }) => [method, target, headers.authorization]),
          [['GET', '/v1/Workspaces', `Basic ${BASIC}`]],
        );
        const places = await page.evaluate(
          () =>
            document.documentElement.outerHTML + document.documentElement.innerText + location.href,
        );
        for (const hidden of [TOKEN, BASIC, secret]) assert.equal(places.includes(hidden), false);
        assert.equal(
          await page.evaluate(() =>
            navigator.serviceWorker.getRegistrations().then((all) => all.length),
          ),
          0,
        );

        await page.reload();
        await page.waitForSelector('html[data-ready]');
        await list(page);
        assert.equal(seen.length, 2);
        assert.ok((await page.evaluate(() => location.href)).startsWith(origin));
      });
    }, workspaces),
  );

  test(
    'without its link there is no proxy',
    withProxy(async ({ origin, seen }) => {
      for (const url of [`${origin}/#live`, `${origin}/#proxy=${'x'.repeat(32)}`]) {
        await opened(url, async (page) => {
          assert.equal(await page.locator('#live-form input[value="proxy"]').count(), 0);
          assert.equal(await page.isVisible('#live-token'), true);
        });
      }
      assert.deepEqual(seen, []);
    }, workspaces),
  );
}

function looks() {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      test(
        `axe finds nothing and nothing scrolls sideways: ${width} pixels, ${colorScheme}`,
        inEmulator(
          async (page) => {
            const look = async (state) => {
              assert.deepEqual(await violations(page), [], state);
              assert.equal(
                await page.evaluate(() => document.documentElement.scrollWidth),
                width,
                state,
              );
            };
            await page.click('#live-form summary');
            await look('everything unfolded');
            await page.click('#live-send');
            await look('refused');
            await page.check('#live-form input[value="build"]');
            await page.selectOption('#live-operation', 'FetchWorkspace');
            await page.fill('#live-sid', `WS${DIGITS}`);
            await page.click('#live-send');
            await page.click('#live-send');
            await page.locator('#live-detail header', { hasText: 'built, not sent' }).waitFor();
            await page.waitForSelector('#live-form:not([aria-busy="true"])');
            await look('built');
          },
          {
            ...LIVE,
            ...looked(width, colorScheme),
          },
        ),
      );
    }
  }
}

export function liveMoreTests() {
  building();
  hostile();
  proxied();
  looks();
}
