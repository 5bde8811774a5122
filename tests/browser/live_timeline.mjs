// Live calls in the timeline, beside what the emulator was asked.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { enter, looked, violations, waitForTally, withPage } from './fixture.mjs';
import { copied } from './inspect_room.mjs';
import { accepted, CORS, digits, fillIn, withServer } from './live.mjs';
import { TOKEN } from '../web/upstream.mjs';

async function sent(page, base) {
  await fillIn(page, base);
  await page.click('#live-form summary');
  await page.fill('#live-sip_auth_password', 'nobody-may-see');
  await page.click('#live-send');
  await page.locator('#live-calls .status').waitFor();
}

// The rows' parts, as they stand one above the other.
async function inOrder(page, part) {
  const rows = await page.locator('.inspect .entry-row').evaluateAll(
    (all, name) => all.map((row) => [Number(row.ariaPosInSet), row.querySelector(name).innerText]),
    part,
  );
  return rows.sort(([a], [b]) => a - b).map(([, text]) => text.replace(/\s+/g, ' ').trim());
}

const live = (page) => page.locator('.inspect .entry-row', { has: page.locator('.live-mark') });

// play(page, { base, seen }) after one live call.
function afterCall(play, options = {}) {
  return () =>
    withServer(CORS, accepted, (base, seen) =>
      withPage(options, async (page, { complaints }) => {
        await sent(page, base);
        await play(page, { base, seen });
        assert.deepEqual(complaints, []);
      }),
    );
}

function shown() {
  test(
    'a live call stands in the timeline, marked, with where it went and no secret',
    afterCall(
      async (page, { base }) => {
        await enter(page, '#inspect');
        const { host } = new URL(base);
        assert.match(await live(page).innerText(), /live\s*POST/);
        assert.ok((await live(page).innerText()).includes(host));
        assert.equal(await live(page).locator('[data-kind="live"]').count(), 1);
        await page.selectOption('.filters select[name="where"]', 'emulator');
        await page.locator('#inspect-count', { hasText: /of/ }).waitFor();
        assert.equal(await live(page).count(), 0);
        await page.selectOption('.filters select[name="where"]', 'live');
        await page.locator('#inspect-count', { hasText: /^1 of/ }).waitFor();
        await live(page).click();
        assert.equal(await page.evaluate(() => location.hash), '#inspect/live-1?where=live');
        assert.match(await page.innerText('#inspect-detail header'), /^UpdateTaskReservation\s+live request/);
        assert.ok((await page.innerText('#went')).includes(`went to ${host} straight from the page`));
        assert.equal(await page.innerText('#inspect-detail .status'), '200 OK');
        assert.equal(await page.locator('.same-step').count(), 0);
        await page.locator('#inspect-detail button', { hasText: 'Copy as curl' }).click();
        await page.locator('.as-code button', { hasText: 'Copied' }).waitFor();
        assert.ok((await copied(page)).includes(`${base}/v1/Workspaces/WS${digits}`));
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.click('#export-har'),
        ]);
        const har = await readFile(await download.path(), 'utf8');
        assert.match(JSON.parse(har).log.entries[0].comment, /^live/);
        for (const text of [har, await copied(page), await page.content()])
          assert.doesNotMatch(text, new RegExp(`nobody-may-see|${TOKEN}`));
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ),
  );

  test(
    'what was only built is not shown as sent',
    afterCall(async (page) => {
      await page.check('#live-form input[value="build"]');
      await page.click('#live-send');
      await page.locator('#live-detail header', { hasText: 'built, not sent' }).waitFor();
      await enter(page, '#inspect');
      await live(page).first().waitFor();
      assert.equal(await live(page).count(), 1);
    }),
  );

  test('a call that nobody answered, and one that was answered after its room was left, are there too', () =>
    withServer(CORS, accepted, (base, seen, hold) =>
      withPage({}, async (page) => {
        await sent(page, 'http://127.0.0.1:9').catch(() => {});
        await page.locator('#live-failure', { hasText: 'could not be reached' }).waitFor();
        const release = hold();
        await page.fill('#live-base', base);
        await page.click('#live-send');
        await page.waitForSelector('#live-form[aria-busy="true"]');
        await enter(page, '#inspect');
        release();
        await live(page).nth(1).waitFor();
        const outcomes = (await inOrder(page, '.code-of')).map((text) => text.replace(/ [\d.]+ ms/, ''));
        assert.equal(outcomes.filter((text) => text === 'no answer').length, 1);
        assert.ok(outcomes.indexOf('200') < outcomes.indexOf('no answer'));
      }),
    ));
}

function outlasting() {
  test(
    'undo and another scenario leave live calls where they are',
    afterCall(async (page) => {
      await enter(page, '#play');
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      await enter(page, '#inspect');
      const names = async () =>
        (await inOrder(page, '.entry-name')).filter((name) => !name.startsWith('+'));
      const before = await names();
      assert.ok(before.indexOf('task.created') < before.indexOf('live POST'));
      await live(page).click();
      await enter(page, '#play');
      await page.click('#undo');
      await waitForTally(page, { status: 'pending', count: 0 }).catch(() => {});
      await enter(page, '#inspect/live-1');
      assert.ok(!(await names()).includes('task.created'));
      assert.equal((await names())[0], 'live POST');
      assert.equal(await page.innerText('#inspect-detail h2'), 'UpdateTaskReservation');
      await enter(page, '#play?open=escalation');
      await enter(page, '#inspect/live-1');
      assert.equal(await page.innerText('#inspect-detail h2'), 'UpdateTaskReservation');
      assert.match(await page.innerText('#went'), /neither undo nor another scenario/);
      await page.focus('.inspect .timeline');
      await page.keyboard.press('End');
      assert.equal((await names()).at(-1), 'live POST');
      await enter(page, '#scenarios');
      assert.ok(!(await page.innerText('.log')).includes('UpdateTaskReservation'));
    }),
  );

  test(
    'leaving the page forgets its live calls',
    afterCall(async (page) => {
      await enter(page, '#inspect/live-1');
      await page.evaluate(() =>
        window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
      );
      await enter(page, '#play');
      await enter(page, '#inspect/live-1');
      assert.equal(await live(page).count(), 0);
      assert.match(await page.innerText('#inspect-detail'), /Choose an entry/);
    }),
  );
}

function again() {
  test(
    'a live call is sent again by nobody but a person who sees where it goes',
    afterCall(async (page, { base, seen }) => {
      await enter(page, '#inspect/live-1');
      assert.equal(await page.innerText('#replay'), 'Send again in Live…');
      const count = await page.locator('.inspect .entry-row').count();
      await page.click('#replay');
      await page.waitForSelector('html[data-ready="live"]');
      await page.waitForFunction(() => location.hash === '#live/UpdateTaskReservation');
      assert.equal(seen.length, 1);
      assert.equal(await page.inputValue('#live-base'), base);
      assert.equal(await page.inputValue('#live-task_sid'), `WT${digits}`);
      assert.equal(await page.inputValue('#live-reservation_status'), 'accepted');
      assert.equal(await page.inputValue('#live-sip_auth_password'), '');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'live-account');
      assert.match(await page.innerText('#room-live .banner'), new RegExp(new URL(base).host));
      await enter(page, '#inspect');
      assert.equal(await page.locator('.inspect .entry-row').count(), count);
      await enter(page, '#live/UpdateTaskReservation?again=live-1');
      await page.fill('#live-account', `AC${digits}`);
      await page.fill('#live-token', TOKEN);
      await page.click('#live-send');
      await page.locator('#live-calls .status').waitFor();
      assert.equal(seen.length, 2);
      assert.equal(seen[1].url, seen[0].url);
      assert.equal(seen[1].body, 'ReservationStatus=accepted');
    }),
  );
}

function looks() {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      test(
        `axe finds nothing at a live call, and nothing scrolls sideways: ${width} pixels, ${colorScheme}`,
        afterCall(
          async (page) => {
            for (const address of ['#inspect', '#inspect/live-1']) {
              await enter(page, address);
              assert.deepEqual(await violations(page), [], address);
              assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
            }
          },
          looked(width, colorScheme),
        ),
      );
    }
  }
}

export function liveTimelineTests() {
  shown();
  outlasting();
  again();
  looks();
}
