// How the page on a server looks: contrast and names, nothing sideways, and screenshots if they are asked for.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { enter, looked, tabTo, violations } from '../browser/fixture.mjs';
import { onServer, restart, send, setCallback, waitForState, withTarget } from './fixture.mjs';

const WIDTHS = [360, 1280, 2560];
const SCHEMES = ['light', 'dark'];
const { TASKROUTER_SHOTS: SHOTS } = process.env;

async function look(page, state, { width, colorScheme }) {
  await page.mouse.move(0, 0);
  if (SHOTS) {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `served-${state}-${width}-${colorScheme}.png`), fullPage: true });
  }
  assert.deepEqual(await violations(page), [], state);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, state);
}

async function fill(server, url) {
  await setCallback(server, `${url}/broken`, `${url}/spare`);
  const queue = server.env.TWILIO_TASK_QUEUE_SID;
  await server.post('/Workflows', {
    FriendlyName: 'A second one with a name that is rather long',
    Configuration: JSON.stringify({ task_routing: { default_filter: { queue } } }),
  });
  await server.send('POST', '/v1/Workspaces', { FriendlyName: 'Another workspace, whose name is not short either' });
  for (const from of ['curl', 'node', 'php']) {
    await server.post('/Tasks', { Attributes: JSON.stringify({ from }), WorkflowSid: server.env.TWILIO_WORKFLOW_SID });
  }
  await send(server, 'available');
}

async function everyState(page, server, at) {
  await page.locator('.time-left').waitFor();
  await page.waitForSelector('#served-workflow', { state: 'visible' });
  await look(page, 'play', at);
  await enter(page, '#inspect?kind=callback');
  await page.locator('.entry-row', { hasText: 'assignment again' }).click();
  await page.locator('#inspect-detail h2', { hasText: 'fallback' }).waitFor();
  await look(page, 'callback', at);
  await enter(page, '#inspect?kind=exchange');
  await page.locator('.entry-row', { hasText: 'POST' }).first().click();
  await look(page, 'request', at);
  await enter(page, '#scenarios');
  await look(page, 'setups', at);
  await page.click('#reset');
  await look(page, 'ask', at);
  await page.click('#ask-no');
  await enter(page, '#play');
  const { json } = await server.send('GET', '/v1/Workspaces');
  for (const { sid } of json.workspaces) await server.send('DELETE', `/v1/Workspaces/${sid}`);
  await page.locator('.served-empty:not([hidden])').waitFor();
  await look(page, 'empty', at);
  await restart(server, async () => {
    await waitForState(page, 'lost');
    await look(page, 'lost', at);
  }, ['--virtual-clock']);
  await page.locator('#clock-step').waitFor();
  await look(page, 'virtual', at);
  await page.click('#served-leave');
  await page.waitForSelector('#served-back');
  await page.locator('.worker').first().waitFor();
  await look(page, 'aside', at);
}

export function looksTests() {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      test(`axe finds nothing and nothing scrolls sideways: ${width} pixels, ${colorScheme}`, () =>
        withTarget({ '/broken': { status: 500 } }, (url) =>
          onServer((page, server) => everyState(page, server, { width, colorScheme }), {
            ...looked(width, colorScheme),
            before: (server) => fill(server, url),
          })(),
        ));
    }
  }

  test(
    'the banner and a question are reached and answered by keyboard',
    onServer(
      async (page, server) => {
        await page.locator('body').press('Tab');
        await tabTo(page, 'served-workspace');
        await page.keyboard.press('S');
        await page.locator('#room-play h1', { hasText: 'Second' }).waitFor();
        await tabTo(page, 'served-leave');
        await enter(page, '#scenarios');
        await page.focus('#seed-file');
        await tabTo(page, 'reset');
        await page.keyboard.press('Enter');
        await page.locator('dialog').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.id), 'ask-no');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.locator('.served-news', { hasText: 'began anew' }).waitFor();
        assert.equal((await server.send('GET', '/v1/Workspaces')).json.workspaces.length, 1);
      },
      { before: (server) => server.send('POST', '/v1/Workspaces', { FriendlyName: 'Second' }) },
    ),
  );
}
