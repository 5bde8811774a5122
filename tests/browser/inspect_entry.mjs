// An entry of the timeline, opened.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { enter, inEmulator, waitForTally } from './fixture.mjs';
import { copied, row, seed, valueOf } from './inspect_room.mjs';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

export function inspectEntryTests() {
  test(
    'a request opens to everything about it, without the secret',
    inEmulator(async (page) => {
      await seed(page);
      await row(page, '/Tasks').click();
      assert.equal(await page.innerText('#inspect-detail h2'), 'CreateTask');
      assert.match(
        await page.innerText('#inspect-detail header .hint'),
        /^request · \d\d:\d\d:\d\d UTC · [\d.]+ ms$/,
      );
      assert.match(
        await page.innerText('[aria-label="Request"] .request-line'),
        /^POST https:\/\/taskrouter\.twilio\.com\/v1\/Workspaces\/WS[0-9a-f]{32}\/Tasks$/,
      );
      assert.equal(await valueOf(page, 'Request', 'Authorization'), 'Basic [hidden]');
      assert.deepEqual(JSON.parse(await valueOf(page, 'Request', 'Attributes')), {
        selected_language: 'es',
      });
      assert.equal(await page.innerText('[aria-label="Response"] .status'), '201 Created');
      assert.equal(await valueOf(page, 'Response', 'content-type'), 'application/json');
      const body = await page.innerText('[aria-label="Response body"]');
      assert.match(JSON.parse(body).sid, /^WT[0-9a-f]{32}$/);
    }),
  );

  test(
    'a callback and an event open to their parameters, and lead to what caused them',
    inEmulator(async (page) => {
      await seed(page);
      await row(page, 'assignment').click();
      assert.match(await valueOf(page, 'Request', 'ReservationSid'), /^WR[0-9a-f]{32}$/);
      assert.deepEqual(JSON.parse(await valueOf(page, 'Request', 'TaskAttributes')), {
        selected_language: 'es',
      });
      await page.locator('.same-step button', { hasText: 'reservation.created' }).click();
      assert.equal(await page.innerText('#inspect-detail h2'), 'reservation.created');
      assert.equal(await page.locator('.same-step [aria-current]').count(), 1);
      await page.locator('.same-step button', { hasText: 'POST' }).first().click();
      assert.equal(await page.innerText('#inspect-detail h2'), 'UpdateWorker');
    }),
  );

  test(
    'a request is copied in five languages, the last of which is kept',
    inEmulator(async (page) => {
      await seed(page);
      await row(page, '/Tasks').click();
      const beginnings = {
        curl: /^curl -X POST 'https:/,
        'C++': /^#include <iostream>[^]*tasks::Create\{/,
        Python: /^import os[^]*\.tasks\.create\(/,
        PHP: /^<\?php[^]*->tasks->create\(/,
        Node: /^import twilio[^]*\.tasks\.create\(/,
      };
      for (const [name, beginning] of Object.entries(beginnings)) {
        await page.locator('.languages label', { hasText: name }).click();
        await page.locator('.as-code button', { hasText: `Copy as ${name}` }).click();
        await page.locator('.as-code button', { hasText: 'Copied' }).waitFor();
        const code = await copied(page);
        assert.match(code, beginning);
        assert.match(code, /TWILIO_ACCOUNT_SID|from_environment/);
      }
      await row(page, 'Workers').click();
      assert.equal(
        await page.locator('.languages label', { hasText: 'Node' }).locator('input').isChecked(),
        true,
      );
    }, CLIPBOARD),
  );

  test(
    'every SID has a button that copies it',
    inEmulator(async (page) => {
      await seed(page);
      await row(page, '/Tasks').click();
      const shown = await page.innerText('#inspect-detail .both');
      const sids = shown.match(/[A-Z]{2}[0-9a-f]{32}/g);
      const buttons = page.locator('#inspect-detail .both .copy-sid');
      assert.ok(sids.length > 5);
      assert.equal(await buttons.count(), sids.length);
      await buttons.first().click();
      await page.locator('.copy-sid[data-state="Copied"]').waitFor();
      assert.equal(await copied(page), sids[0]);
    }, CLIPBOARD),
  );

  test(
    'a replayed request is sent again and opened',
    inEmulator(async (page) => {
      await seed(page);
      await row(page, '/Tasks').click();
      const before = await page.innerText('[aria-label="Response body"]');
      await page.click('#replay');
      await page.waitForFunction(
        (old) => document.querySelector('[aria-label="Response body"]').textContent !== old,
        before,
      );
      assert.notEqual(
        JSON.parse(await page.innerText('[aria-label="Response body"]')).sid,
        JSON.parse(before).sid,
      );
      await enter(page, '#play');
      await waitForTally(page, { status: 'pending', count: 1 });
    }),
  );

  test(
    'what is shown is exported as an HTTP archive',
    inEmulator(async (page) => {
      await seed(page);
      await page.fill('#inspect-text', 'selected_language');
      await page.selectOption('.filters select[name="method"]', 'POST');
      await page.locator('#inspect-count', { hasText: /of/ }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.click('#export-har'),
      ]);
      assert.equal(download.suggestedFilename(), 'taskrouter.har');
      const har = JSON.parse(await readFile(await download.path(), 'utf8'));
      const shown = await page.locator('.entry-row').count();
      assert.equal(har.log.entries.length, shown);
      const create = har.log.entries.find(({ request }) => request.url.endsWith('/Tasks'));
      assert.equal(create.response.status, 201);
      assert.equal(
        create.request.headers.find(({ name }) => name === 'Authorization').value,
        '[hidden]',
      );
    }),
  );
}
