// The story, played without a pointer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEmulator, waitForActivity } from './fixture.mjs';

function focused(page) {
  return page.evaluate(() => {
    const node = document.activeElement;
    const drawn = node.type === 'radio' ? node.nextElementSibling : node;
    const style = getComputedStyle(drawn);
    const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return { name: node.id || node.name || node.textContent.trim(), visible };
  });
}

// Presses Tab until the element has the focus; every stop on the way must be visible.
async function tabTo(page, name) {
  const stops = [];
  while (stops.length < 40) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    assert.ok(stop.visible, `the focus is not visible at ${stop.name}`);
    stops.push(stop.name);
    if (stop.name === name) return stops;
  }
  throw new Error(`${name} was not reached: ${stops.join(', ')}`);
}

export function keyboardTests() {
  test(
    'a task is created, answered and refused with the keyboard alone',
    inEmulator(async (page) => {
      assert.deepEqual(await tabTo(page, 'create-task'), [
        'Skip to the content',
        'tab-play',
        'tab-understand',
        'tab-inspect',
        'tab-scenarios',
        'tab-live',
        'attributes',
        'create-task',
      ]);
      await page.keyboard.press('Enter');
      await page.waitForSelector('#tasks li');
      assert.deepEqual(await tabTo(page, 'set-activity'), ['activity', 'set-activity']);
      await page.keyboard.press('Enter');
      await waitForActivity(page, 'Reserved');
      assert.deepEqual(await tabTo(page, 'reject'), [
        'See the callback.',
        'jump',
        'reservation-sid',
        'reject-activity',
        'accept',
        'reject',
      ]);
      await page.keyboard.press('Space');
      await page.locator('#outcome', { hasText: 'Rejected' }).waitFor();
      assert.equal((await focused(page)).name, 'reject');
    }),
  );

  test(
    'another activity is chosen with the arrow keys',
    inEmulator(async (page) => {
      await tabTo(page, 'activity');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await waitForActivity(page, 'Busy');
    }),
  );

  test(
    'the first link leads to the content',
    inEmulator(async (page) => {
      await tabTo(page, 'Skip to the content');
      await page.keyboard.press('Enter');
      assert.deepEqual(await tabTo(page, 'attributes'), ['attributes']);
    }),
  );

  test(
    'what happens is told to screen readers',
    inEmulator(async (page) => {
      await page.click('#create-task');
      await page
        .locator('#announcer', { hasText: 'The task was created.' })
        .waitFor({ state: 'attached' });
      await page.click('#set-activity');
      await page
        .locator('#announcer', { hasText: 'Alice is reserved.' })
        .waitFor({ state: 'attached' });
      assert.equal(await page.getAttribute('#announcer', 'aria-live'), 'polite');
    }),
  );
}
