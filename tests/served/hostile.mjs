// Texts of strangers: whatever a program names things, sends or answers is shown as text.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { enter, waitForTally } from '../browser/fixture.mjs';
import { onServer, option, send, setCallback, withTarget } from './fixture.mjs';

const MARKUP = '<img src=x onerror=hacked=1><b id=injected>';
const TEXTS = [
  MARKUP,
  '"><svg onload=hacked=1>',
  '\u202eright to left\u202c \u2066isolated\u2069',
  '__proto__',
  'Z\u0351\u0352\u0353👩‍👩‍👧‍👦',
];
const LONG = 'x'.repeat(3500);

async function assertHarmless(page, where) {
  const found = await page.evaluate(() => [
    document.querySelectorAll('img, main script, #injected, main svg:not(.wires), #served svg').length,
    typeof globalThis.hacked,
    document.documentElement.scrollWidth,
  ]);
  assert.deepEqual([where, ...found], [where, 0, 'undefined', 1280]);
}

// A request whose Host is none, and that nobody signed.
function askOfNowhere(url) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host: '[' } }, (answer) => answer.resume().on('end', resolve));
    asked.on('error', reject).end();
  });
}

export function hostileTests() {
  test(
    'whatever other programs write is shown as text in every room',
    onServer((page, server) =>
      withTarget({ '/assign': { body: JSON.stringify({ instruction: MARKUP, [MARKUP]: LONG }) } }, async (url) => {
        await setCallback(server, `${url}/assign`);
        const workspace = `/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}`;
        const queue = server.env.TWILIO_TASK_QUEUE_SID;
        for (const [index, text] of TEXTS.entries()) {
          await server.send('POST', '/v1/Workspaces', { FriendlyName: text });
          await server.post('/Activities', { FriendlyName: text });
          await server.post('/TaskQueues', { FriendlyName: text });
          await server.post('/Workers', { FriendlyName: text, Attributes: JSON.stringify({ [text]: [text, LONG] }) });
          const filter = { friendly_name: text, expression: `a == "${index}"`, targets: [{ queue }] };
          const configuration = JSON.stringify({ task_routing: { filters: [filter], default_filter: { queue } } });
          await server.post('/Workflows', { FriendlyName: text, Configuration: configuration });
          await server.post('/Tasks', {
            Attributes: JSON.stringify({ text, [text]: LONG }),
            WorkflowSid: server.env.TWILIO_WORKFLOW_SID,
          });
        }
        await server.post(workspace, { FriendlyName: MARKUP });
        const inUrl = encodeURIComponent(MARKUP);
        const program = { 'User-Agent': MARKUP };
        await server.send('POST', `/Tasks/${inUrl}?${inUrl}=1`, { [MARKUP]: MARKUP }, program);
        await askOfNowhere(`${server.url}/v1/Workspaces/${server.env.TWILIO_WORKSPACE_SID}/Tasks?${inUrl}=2`);
        await send(server, 'available');
        await waitForTally(page, { status: 'reserved', count: 1 });
        await waitForTally(page, { status: 'pending', count: TEXTS.length - 1 });
        await option(page, '#served-workspace', 'injected').first().waitFor({ state: 'attached' });
        await assertHarmless(page, 'play');
        for (const { sid } of (await server.get('/Workflows')).workflows) {
          await page.selectOption('#served-workflow', sid);
          await assertHarmless(page, 'workflow');
        }
        await enter(page, `#play/worker/${encodeURIComponent(MARKUP)}`);
        await page.waitForSelector('#detail-attributes');
        await enter(page, '#play/task/1');
        await assertHarmless(page, 'detail');
        await enter(page, '#understand/task/2');
        await page.locator('#answer', { hasText: 'It waits in' }).waitFor();
        await assertHarmless(page, 'understand');
        await enter(page, '#inspect');
        const rows = page.locator('.entry-row');
        await rows.first().waitFor();
        for (const hasText of ['assignment', 'POST', '401', 'task.created', 'worker.created']) {
          await page.fill('#inspect-text', 'injected');
          const some = rows.filter({ hasText });
          await some.first().click();
          await assertHarmless(page, hasText);
        }
        await enter(page, '#scenarios');
        const file = { name: `${MARKUP}.jsonl`, mimeType: 'text/plain', buffer: Buffer.from(MARKUP) };
        await page.setInputFiles('#seed-file', file);
        await page.locator('dialog', { hasText: 'injected' }).waitFor();
        await page.click('#ask-yes');
        await page.waitForSelector('#setup-failure:not([hidden])');
        await assertHarmless(page, 'setups');
        assert.equal(await page.locator('dialog img').count(), 0);
      }),
    ),
  );
}
