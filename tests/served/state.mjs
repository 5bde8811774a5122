// The server as a whole: it stops and comes back, begins anew, is seeded; its clock; its workspaces.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, waitForTally, worker } from '../browser/fixture.mjs';
import { until } from '../emulator/server.mjs';
import { onServer, option, restart, send, waitForState } from './fixture.mjs';

const news = (page, hasText) => page.locator('.served-news', { hasText }).waitFor();
const namesOf = async (server) => {
  const { json } = await server.send('GET', '/v1/Workspaces');
  return json.workspaces.map(({ friendly_name }) => friendly_name).sort();
};

const clockSays = (page, time) =>
  page.locator(`.clock time[datetime="${new Date(time).toISOString()}"]`).waitFor();

function coming() {
  test(
    'a server that stops is told, and one that comes back is followed again',
    onServer(async (page, server) => {
      await server.post('/Tasks');
      await waitForTally(page, { status: 'pending', count: 1 });
      await restart(server, async () => {
        await waitForState(page, 'lost');
        await page.locator('#served', { hasText: 'does not answer' }).waitFor();
        await page.click('#create-task');
        await page.waitForSelector('#task-failure:not([hidden])');
        await waitForTally(page, { status: 'pending', count: 1 });
      });
      await waitForState(page, 'connected');
      await news(page, 'began anew');
      await waitForTally(page, { status: 'pending', count: 0 });
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal(await page.innerText('.served-news'), '');
    }),
  );

  test(
    'a reset is made after it was confirmed',
    onServer(
      async (page, server) => {
        await page.click('#reset');
        await page.keyboard.press('Escape');
        await page.locator('dialog').waitFor({ state: 'detached' });
        await page.click('#reset');
        await page.click('#ask-no');
        assert.equal((await server.get('/Tasks')).tasks.length, 1);
        await page.click('#reset');
        await page.click('#ask-yes');
        await waitForTally(page, { status: 'pending', count: 0 });
        assert.equal((await server.get('/Tasks')).tasks.length, 0);
        await news(page, 'began anew');
      },
      { address: '#scenarios', before: (server) => server.post('/Tasks') },
    ),
  );

  test(
    'a reset by another program is seen as one',
    onServer(
      async (page, server) => {
        await waitForTally(page, { status: 'pending', count: 1 });
        await server.admin('reset', {});
        await news(page, 'began anew');
        await waitForTally(page, { status: 'pending', count: 0 });
        await enter(page, '#inspect');
        assert.equal(await page.locator('.entry-row', { hasText: 'task.created' }).count(), 0);
      },
      { before: (server) => server.post('/Tasks') },
    ),
  );

  test(
    'the steps of a file are done after they were confirmed, and a step that goes wrong is named',
    onServer(
      async (page, server) => {
        const file = (text) => ({ name: 'desk.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(text) });
        const step = '{"post": "/v1/Workspaces/{workspace_sid}/Workers", "form": {"FriendlyName": "Sol"}}\n';
        await page.setInputFiles('#seed-file', file(step));
        await page.locator('dialog', { hasText: 'desk.jsonl' }).waitFor();
        await page.click('#ask-no');
        assert.equal((await server.get('/Workers')).workers.length, 1);
        await page.setInputFiles('#seed-file', file(step));
        await page.click('#ask-yes');
        await until(async () => (await server.get('/Workers')).workers.length === 2);
        await page.setInputFiles('#seed-file', file('{"get": "/v1/Workspaces/none"}'));
        await page.click('#ask-yes');
        await page.locator('#setup-failure', { hasText: 'line 1: answered 404' }).waitFor();
        await enter(page, '#play');
        await worker(page, 'Sol').waitFor();
      },
      { address: '#scenarios' },
    ),
  );
}

function clocks() {
  test(
    'a virtual clock is moved from the page, and by others',
    onServer(
      async (page, server) => {
        const shown = async () => Date.parse(await page.getAttribute('.clock time', 'datetime'));
        const start = await shown();
        assert.equal(start, Date.UTC(2025, 0, 1));
        await page.locator('.clock', { hasText: 'moves for all who use it' }).waitFor();
        await page.selectOption('[aria-label="Length of a step"]', '60000');
        await page.click('#clock-step');
        await clockSays(page, start + 60000);
        assert.equal((await server.admin('clock')).json.now_ms, start + 60000);
        await server.post('/Tasks');
        await send(server, 'available');
        await worker(page, 'Alice').locator('.time-left').waitFor();
        await page.click('#clock-jump');
        await waitForTally(page, { status: 'pending', count: 1 });
        await server.admin('clock', { advance_ms: 5000 });
        await clockSays(page, start + 185000);
        await enter(page, '#inspect?kind=clock');
        await page.locator('.entry-row', { hasText: '+2 min' }).waitFor();
        await page.locator('.entry-row', { hasText: '+5 s' }).waitFor();
      },
      { flags: ['--virtual-clock'] },
    ),
  );
}

function workspaces() {
  test(
    'workspaces come and go, and one of them is shown',
    onServer(async (page, server) => {
      const { json: made } = await server.send('POST', '/v1/Workspaces', { FriendlyName: 'Second', Template: 'FIFO' });
      await option(page, '#served-workspace', 'Second').waitFor({ state: 'attached' });
      await page.selectOption('#served-workspace', made.sid);
      await page.locator('#room-play h1', { hasText: 'Second' }).waitFor();
      await server.send('POST', `/v1/Workspaces/${made.sid}/Tasks`, {});
      await waitForTally(page, { status: 'pending', count: 1 });
      await page.reload();
      await page.locator('#room-play h1', { hasText: 'Second' }).waitFor();
      await waitForTally(page, { status: 'pending', count: 1 });
      await server.send('POST', `/v1/Workspaces/${made.sid}`, { FriendlyName: 'Renamed' });
      await option(page, '#served-workspace', 'Renamed').waitFor({ state: 'attached' });
      await server.send('DELETE', `/v1/Workspaces/${made.sid}`);
      await news(page, 'was deleted');
      await page.locator('#room-play h1', { hasText: 'Quickstart' }).waitFor();
      assert.equal(await page.locator('#served-workspace option').count(), 1);
    }),
  );

  test(
    'a server without a workspace says so, and has one set up',
    onServer(
      async (page, server) => {
        await page.locator('.served-empty', { hasText: 'no workspace' }).waitFor();
        assert.equal(await page.isVisible('#room-play'), false);
        await page.click('#served-set-up');
        await worker(page, 'Alice').waitFor();
        assert.equal(await page.isVisible('.served-empty'), false);
        assert.deepEqual(await namesOf(server), ['Quickstart']);
        await page.click('#create-task');
        await waitForTally(page, { status: 'pending', count: 1 });
        const { json } = await server.send('GET', '/v1/Workspaces');
        await server.send('DELETE', `/v1/Workspaces/${json.workspaces[0].sid}`);
        await page.locator('.served-empty', { hasText: 'no workspace' }).waitFor();
        await server.send('POST', '/v1/Workspaces', { FriendlyName: 'By another program' });
        await page.locator('#room-play h1', { hasText: 'By another program' }).waitFor();
      },
      { before: (server) => server.send('DELETE', `/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}`) },
    ),
  );

  test(
    'every scenario can be set up beside the others',
    onServer(
      async (page, server) => {
        const ids = await page.locator('[id^="set-up-"]').evaluateAll((buttons) => buttons.map(({ id }) => id));
        assert.ok(ids.length >= 5);
        for (const id of ids) {
          await page.click(`#${id}`);
          await page.waitForSelector('html[data-room="play"]');
          await page.locator('.worker').first().waitFor();
          assert.equal(await page.isVisible('#notice'), false);
          await enter(page, '#scenarios');
        }
        assert.equal((await namesOf(server)).length, 1 + ids.length);
      },
      { address: '#scenarios' },
    ),
  );
}

export function stateTests() {
  coming();
  clocks();
  workspaces();
}
