// Texts that are meant to break a page, in every field that takes text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, inEmulator, waitForTally } from './fixture.mjs';

const TEXTS = [
  '<img src=x onerror="hacked=1"><script>hacked=1</script></td><b id=injected>',
  '"><svg onload=hacked=1>\'; hacked=1; //',
  'javascript:hacked=1',
  '\u202eright to left\u202c \u2066isolated\u2069 \u200f',
  'Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357a\u0300\u0301\u0302\u0303l\u0304\u0305go\u0489',
  '👩‍👩‍👧‍👦🏳️‍🌈 \u0000',
  '__proto__',
  'x'.repeat(10000),
];

async function assertHarmless(page, width = 1280) {
  assert.deepEqual(
    await page.evaluate(() => [
      document.querySelectorAll('main img, main script, #injected, main svg:not(.wires)').length,
      typeof globalThis.hacked,
      document.documentElement.scrollWidth,
    ]),
    [0, 'undefined', width],
  );
}

export function hostileTests() {
  test(
    'whatever is typed into the room of play is shown as text',
    inEmulator(async (page) => {
      let created = 0;
      for (const text of TEXTS) {
        for (const id of ['#attributes', '#task-priority', '#task-count']) {
          const value = id === '#attributes' ? JSON.stringify({ text, [text]: [text] }) : text;
          // A number's field takes no other keys.
          if (id === '#attributes') await page.fill(id, value);
          else await page.focus(id).then(() => page.keyboard.insertText(value.slice(0, 50)));
        }
        await page.fill('#task-count', '1');
        await page.fill('#task-priority', '0');
        const before = await page.locator('.queue .mark-task').count();
        await page.click('#create-task');
        const fits = JSON.stringify({ text, [text]: [text] }).length <= 4096;
        if (fits) created += 1;
        if (fits) await page.locator(`.mark-task[data-task="${created}"]`).waitFor();
        else await page.waitForSelector('#task-failure:not([hidden])');
        assert.equal(await page.locator('.queue .mark-task').count(), before + Number(fits));
        await page.fill('#attributes', text);
        await page.click('#create-task');
        await page.waitForSelector('#task-failure:not([hidden])');
        await assertHarmless(page);
      }
      await page.click('.queue .mark-task');
      const shown = JSON.parse(await page.inputValue('#detail-attributes'));
      assert.equal(shown.text, TEXTS[0]);
      for (const text of TEXTS) {
        await page.fill('#detail-attributes', text);
        await page.click('.attributes button');
        await page.waitForSelector('#detail-failure:not([hidden])');
        await assertHarmless(page);
      }
      await enter(page, '#play/worker/Alice');
      await page.fill('#detail-attributes', JSON.stringify({ skill: TEXTS[0], [TEXTS[1]]: 1 }));
      await page.click('.attributes button');
      await page.locator('.worker .says', { hasText: '<script>' }).waitFor();
      await assertHarmless(page);
      await page.click('.add summary');
      let workers = 1;
      for (const text of ['', ...TEXTS]) {
        await page.fill('#worker-name', text);
        await page.fill('#worker-attributes', JSON.stringify({ text }));
        await page.click('#worker-form button');
        if ([...text].length === 0 || [...text].length > 64) {
          await page.waitForSelector('#worker-failure:not([hidden])');
        } else {
          workers += 1;
          await page.locator('.worker').nth(workers - 1).waitFor();
        }
        assert.equal(await page.locator('.worker').count(), workers, text);
        await assertHarmless(page);
      }
      await page.selectOption('.worker:last-child select', 'Available');
      await page.waitForSelector('.worker:last-child .reservation');
      await page.click('.worker:last-child .worker-head a');
      await page.waitForSelector('#detail:not([hidden])');
      await assertHarmless(page);
    }),
  );

  test(
    'whatever is typed into the other rooms is shown as text',
    inEmulator(async (page) => {
      await page.fill('#attributes', JSON.stringify({ text: TEXTS[0] }));
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      await enter(page, '#understand/task/1');
      const text = await page.inputValue('#workflow-text');
      for (const hostile of TEXTS) {
        const inside = JSON.stringify(hostile);
        for (const typed of [hostile, text.replace('"Everyone"', () => inside)]) {
          await page.fill('#workflow-text', typed);
          await page.locator('.problems li').first().waitFor();
          await assertHarmless(page);
        }
      }
      const filter = {
        expression: "text == 'x'",
        filter_friendly_name: TEXTS[0],
        targets: [{ queue: 'Everyone' }],
      };
      const named = `"filters": [${JSON.stringify(filter)}]`;
      await page.fill('#workflow-text', text.replace('"filters": []', () => named));
      await page.locator('#workflow-summary', { hasText: 'Nothing is wrong' }).waitFor();
      await page.click('#workflow-use');
      await page.locator('#filters', { hasText: '<script>' }).waitFor();
      await assertHarmless(page);
      await enter(page, '#scenarios');
      for (const hostile of TEXTS) {
        await page.fill('#scenario-name', hostile);
        await page.click('#share');
        await page.waitForSelector('#share-link:not([hidden])');
        const { hash } = new URL(await page.inputValue('#share-link'));
        await enter(page, hash);
        assert.equal(await page.isVisible('#notice'), false);
        assert.equal(await page.locator('.scenario-name').textContent(), hostile.trim().slice(0, 64));
        await assertHarmless(page);
        await enter(page, '#scenarios');
      }
      for (const hostile of TEXTS) {
        await enter(page, `#play?open=${encodeURIComponent(hostile.slice(0, 500))}`);
        await page.waitForSelector('#notice:not([hidden])');
        await enter(page, `#play/worker/${encodeURIComponent(hostile.slice(0, 500))}`);
        await page.waitForSelector('#detail:not([hidden])');
        await assertHarmless(page);
      }
    }),
  );
}
