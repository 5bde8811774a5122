// What the browser tests share: the site on a server, a browser, and pages that are watched.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { serve } from '../../web/serve.mjs';
import { launchChromium } from './chromium.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SITE = process.env.TASKROUTER_SITE ?? join(ROOT, 'build', 'site');
const PAGE = join(SITE, '..', 'page'); // The modules that the site was bundled from.

let folder;
let server;
let browser;

// The site is served from a sub-path, so that an address which is not relative is found out.
export async function start() {
  folder = mkdtempSync(join(tmpdir(), 'taskrouter-site-'));
  cpSync(SITE, join(folder, 'some', 'path'), { recursive: true });
  cpSync(PAGE, join(folder, 'modules'), { recursive: true });
  server = await serve(folder);
  browser = await launchChromium();
}

export async function stop() {
  await browser?.close();
  await server?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function origin() {
  return new URL(server.url).origin;
}

// Where the page is.
export function pageUrl(address = '') {
  return `${server.url}some/path/${address}`;
}

// A browser's profile of its own, to be closed by who asks for it.
export function newContext(options) {
  return browser.newContext(options);
}

const BLOCKED = 'Service Worker registration blocked by Playwright';

// Opens the page, at options.address if there is one, and hands it to the test together with what it
// complained about and whom it asked. Service workers are blocked unless options.serviceWorkers allows them.
export async function withPage(options, play) {
  const defaults = { viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' };
  const context = await browser.newContext({ ...defaults, ...options });
  const complaints = [];
  const origins = new Set();
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:') origins.add(asked);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on('console', (message) => {
    if (message.text() === BLOCKED) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  if (options.script) await page.addInitScript(options.script);
  try {
    await page.goto(pageUrl(options.address));
    await page.waitForSelector('html[data-ready], #loading.bad');
    if (await page.isVisible('#loading')) throw new Error(await page.innerText('#loading'));
    await play(page, { complaints, origins });
  } finally {
    await context.close();
  }
}

// A test in the emulator: nothing may be complained about, and nobody else may be asked.
export function inEmulator(play, options = {}) {
  return () =>
    withPage(options, async (page, { complaints, origins }) => {
      await play(page);
      assert.deepEqual(complaints, []);
      assert.deepEqual([...origins], [origin()]);
    });
}

// Goes to an address of the page, as a link would.
export async function enter(page, address) {
  if (new URL(page.url()).hash === address) return;
  await page.evaluate((hash) => {
    delete document.documentElement.dataset.ready;
    location.hash = hash;
  }, address);
  await page.waitForSelector('html[data-ready]');
}

export async function texts(page, selector) {
  return (await page.locator(selector).allInnerTexts()).map((text) =>
    text.replace(/\s+/g, ' ').trim(),
  );
}

// The tasks of each status, such as { pending: 1 }: those that there are none of are left out.
export async function tally(page) {
  const counted = (await texts(page, '.tally li')).map((text) => text.split(' '));
  const numbers = counted.map(([count, status]) => [status, Number(count.replaceAll(',', ''))]);
  return Object.fromEntries(numbers.filter(([, count]) => count > 0));
}

export async function waitForTally(page, wanted) {
  const item = page.locator('.tally li', { hasText: wanted.status }).locator('b');
  await item.filter({ hasText: new RegExp(`^${wanted.count}$`) }).waitFor();
}

export function worker(page, name) {
  return page.locator(`.worker[data-worker="${name}"]`);
}

export function activityOf(page, name) {
  return worker(page, name).locator('select.activity').inputValue();
}

// The options of a page that is looked at: with axe in it, and standing still.
export function looked(width, colorScheme) {
  return { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce', script: axe.source };
}

// What axe finds on such a page as it is now.
export async function violations(page) {
  const { violations: found } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

// Presses Tab until the element has the focus; every stop on the way must be visible.
export async function tabTo(page, name, key = 'Tab') {
  const stops = [];
  while (stops.length < 60) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => {
      const node = document.activeElement;
      const style = getComputedStyle(node);
      const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      const label = node.getAttribute('aria-label');
      return { name: node.id || label || node.textContent.trim(), visible };
    });
    assert.ok(stop.visible, `the focus is not visible at ${stop.name}`);
    stops.push(stop.name);
    if (stop.name === name) return stops;
  }
  throw new Error(`${name} was not reached: ${stops.join(', ')}`);
}
