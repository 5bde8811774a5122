// The documentation's site in Chromium: narrow and wide, light and dark, by keyboard.
// TASKROUTER_SHOTS: a folder for screenshots, none if unset.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../web/serve.mjs';
import { isMissing, launchChromium } from '../browser/chromium.mjs';

const site = process.env.TASKROUTER_DOCS ?? fileURLToPath(new URL('../../build/docs', import.meta.url));
const skip = existsSync(site) ? isMissing : 'the site was not built';
const PAGES = ['index', 'quick_start', 'errors', 'js_taskrouter', 'structtaskrouter_1_1tasks_1_1Create',
  'classtaskrouter_1_1Client'];
const LONG_PAGES = ['js_operations', 'annotated', 'namespacetaskrouter'];

let server;
let browser;
before(async () => {
  if (skip) return;
  server = await serve(site);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function open(options, play) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const isOurs = (url) => url.startsWith(server.url) || url.startsWith('data:');
  page.on('request', (request) => isOurs(request.url()) || complaints.push(request.url()));
  try {
    await play(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1280]) {
    const isForAxe = (colorScheme === 'light') === (width === 1280); // Once in each: it takes its time.
    test(`${colorScheme}, ${width} wide: nothing sticks out${isForAxe ? ', and axe finds nothing' : ''}`, { skip }, () =>
      open({ colorScheme, viewport: { width, height: 900 } }, async (page) => {
        for (const name of [...PAGES, ...LONG_PAGES]) {
          await page.goto(`${server.url}${name}.html`);
          const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(excess <= 0, `${name} is ${excess} too wide`);
          const shots = process.env.TASKROUTER_SHOTS;
          if (shots) await page.screenshot({ path: join(shots, `docs-${name}-${width}-${colorScheme}.png`) });
          if (!isForAxe || LONG_PAGES.includes(name)) continue;
          await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
          const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0].html.slice(0, 200)}`), []);
        }
      }));
  }
}

test('the search is opened, narrowed and followed by keyboard', { skip }, () =>
  open({}, async (page) => {
    await page.goto(`${server.url}index.html`);
    await page.keyboard.press('/');
    await page.keyboard.type('createtask');
    assert.equal(await page.locator('#found [aria-selected="true"] a').innerText(), 'CreateTask');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/js_operations\.html#CreateTask$/);

    await page.fill('#search', 'tasks create');
    assert.equal(await page.locator('#found a').first().innerText(), 'tasks::Create');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#found').isVisible(), false);
    await page.fill('#search', '<img src=x onerror=alert(1)>');
    assert.equal(await page.locator('#found').innerText(), 'Nothing is called so.');
  }));
