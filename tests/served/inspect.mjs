// The requests that programs send and the callbacks that the server sends, looked at closely.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, texts, waitForTally } from '../browser/fixture.mjs';
import { until } from '../emulator/server.mjs';
import { onServer, send, setCallback, withTarget } from './fixture.mjs';

const row = (page, ...parts) =>
  parts.reduce((rows, hasText) => rows.filter({ hasText }), page.locator('.entry-row')).first();
const part = (page, name) => page.locator(`#inspect-detail section[aria-label="${name}"]`);

function requests() {
  test(
    'what another program sends shows, with its answer and without its secret',
    onServer(
      async (page, server) => {
        await row(page, 'POST', '/Tasks').waitFor(); // from before the page was opened
        await server.send('GET', '/Workers/WK00000000000000000000000000000000', undefined, {
          'User-Agent': 'their-service/1.2',
        });
        await row(page, 'GET', '/Workers/WK…0000').click();
        await page.locator('#inspect-detail h2', { hasText: 'FetchWorker' }).waitFor();
        await page.locator('.entry-head', { hasText: 'from their-service/1.2' }).waitFor();
        await part(page, 'Response').locator('.status', { hasText: '404' }).waitFor();
        await part(page, 'Request').locator('td', { hasText: 'their-service/1.2' }).waitFor();
        await part(page, 'Request').locator('td', { hasText: '[hidden]' }).waitFor();
        const text = await page.evaluate(() => document.documentElement.outerHTML);
        for (const secret of [server.env.TWILIO_AUTH_TOKEN, server.authorization, server.env.TWILIO_API_SECRET]) {
          assert.ok(!text.includes(secret));
        }
      },
      { address: '#inspect', before: (server) => server.post('/Tasks') },
    ),
  );

  test(
    'what the page itself sends shows once, and what it reads to follow not at all',
    onServer(async (page, server) => {
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      await server.post('/Tasks');
      await waitForTally(page, { status: 'pending', count: 2 });
      await enter(page, '#inspect?kind=exchange');
      await page.locator('#inspect-count', { hasText: /^2 of / }).waitFor();
      assert.equal(await page.locator('.entry-row', { hasText: 'POST' }).count(), 2);
      await page.reload();
      await page.locator('#inspect-count', { hasText: /^2 of / }).waitFor();
    }),
  );

  test(
    'a request of another program can be sent again',
    onServer(
      async (page, server) => {
        await row(page, 'POST', '/Tasks').click();
        await page.click('#replay');
        const { tasks } = await until(async () => {
          const list = await server.get('/Tasks');
          return list.tasks.length === 2 && list;
        });
        assert.deepEqual(tasks.map(({ attributes }) => attributes), ['{"again":1}', '{"again":1}']);
        await page.locator('.status', { hasText: '201' }).waitFor();
        await page.locator('.step-row', { hasText: 'task.created' }).waitFor();
      },
      { address: '#inspect?kind=exchange', before: (server) => server.post('/Tasks', { Attributes: '{"again":1}' }) },
    ),
  );
}

function callbacks() {
  test(
    'a callback shows as it was sent, with the answer that it got',
    onServer(
      (page, server) =>
        withTarget({ '/assign': { body: '{"instruction":"accept"}' } }, async (url) => {
          await setCallback(server, `${url}/assign`);
          const task = await server.post('/Tasks');
          await send(server, 'available');
          await row(page, 'assignment', '200').click();
          const request = part(page, 'Request');
          await request.locator('.request-line', { hasText: `${url}/assign` }).waitFor();
          await request.locator('td', { hasText: task.sid }).first().waitFor();
          const [callback] = (await server.admin('callbacks')).json.callbacks;
          await request.locator('td', { hasText: callback.signature }).waitFor();
          await part(page, 'Response').locator('.status', { hasText: '200' }).waitFor();
          await part(page, 'Response').locator('td', { hasText: '7' }).first().waitFor();
          assert.match(await part(page, 'Response').innerText(), /"instruction": "accept"/);
          assert.match(await page.innerText('.entry-head'), /ms/);
          await enter(page, '#play');
          await waitForTally(page, { status: 'assigned', count: 1 });
        }),
      { address: '#inspect?kind=callback' },
    ),
  );

  test(
    'a callback that fails shows why, and the one to the fallback URL stands beside it',
    onServer(
      (page, server) =>
        withTarget({ '/broken': { status: 503, body: 'later' }, '/spare': { body: '{}' } }, async (url) => {
          await setCallback(server, `${url}/broken`, `${url}/spare`);
          await server.post('/Tasks');
          await send(server, 'available');
          await row(page, 'assignment again', '200').click();
          await page.locator('#inspect-detail .failure', { hasText: 'Error' }).waitFor(); // {} instructs nothing
          await page.locator('#inspect-detail h2', { hasText: 'to the fallback URL' }).waitFor();
          await row(page, 'assignment', '503').click();
          await page.locator('#inspect-detail .failure', { hasText: 'Error 11200' }).waitFor();
          assert.match(await part(page, 'Response').innerText(), /later/);
          await enter(page, '#inspect?kind=callback&status=5');
          await page.locator('#inspect-count', { hasText: /^1 of / }).waitFor();
        }),
      { address: '#inspect?kind=callback' },
    ),
  );

  test(
    'a callback that waits for its answer is there at once, and in its place when that has come',
    onServer(
      (page, server) =>
        withTarget({ '/hang': { hang: true } }, async (url) => {
          await setCallback(server, `${url}/hang`);
          await server.post('/Tasks');
          await send(server, 'available');
          await row(page, 'assignment', 'waiting').click();
          await part(page, 'Response').locator('p', { hasText: 'waits for the answer' }).waitFor();
          await row(page, 'assignment', 'no answer').waitFor();
          await page.locator('#inspect-detail .failure', { hasText: 'Error 11200' }).waitFor();
          await part(page, 'Response').locator('p', { hasText: 'No answer came' }).waitFor();
          assert.equal(await page.locator('.entry-row').count(), 1);
          assert.equal(await page.locator('.entry-row[aria-selected="true"]').count(), 1);
        }),
      { address: '#inspect?kind=callback' },
    ),
  );

  test(
    'a callback that reaches nobody is told without an answer, and a password in its URL is hidden',
    onServer(
      async (page, server) => {
        await setCallback(server, 'http://me:geheim@127.0.0.1:1/none');
        await server.post('/Tasks');
        await send(server, 'available');
        await row(page, 'assignment', 'no answer').click();
        await page.locator('#inspect-detail .failure', { hasText: 'Error 11205' }).waitFor();
        await part(page, 'Request').locator('.request-line', { hasText: '[hidden]@127.0.0.1' }).waitFor();
        assert.ok(!(await page.innerText('#inspect-detail')).includes('geheim'));
      },
      { address: '#inspect?kind=callback' },
    ),
  );

  test(
    'events are posted to an event callback URL, and shown with their type',
    onServer(
      (page, server) =>
        withTarget({}, async (url) => {
          const path = `/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}`;
          await server.post(path, { EventCallbackUrl: `${url}/events` });
          await server.post('/Tasks');
          await row(page, 'event', 'task.created').click();
          await page.locator('#inspect-detail h2', { hasText: 'Event callback' }).waitFor();
          await page.selectOption('select[name="resource"]', 'event');
          const names = new Set(await texts(page, '.entry-row .entry-name'));
          assert.deepEqual([...names], ['event']);
        }),
      { address: '#inspect?kind=callback' },
    ),
  );
}

export function inspectTests() {
  requests();
  callbacks();
}
