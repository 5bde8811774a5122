// The room of play, without a pointer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityOf, inEmulator, tabTo, waitForTally } from './fixture.mjs';

export function playKeyboardTests() {
  test(
    'a task is created, answered, looked at and canceled with the keyboard alone',
    inEmulator(async (page) => {
      await tabTo(page, 'create-task');
      await page.keyboard.press('Enter');
      await waitForTally(page, { status: 'pending', count: 1 });
      await tabTo(page, 'Activity of Alice');
      await page.keyboard.press('A');
      await waitForTally(page, { status: 'reserved', count: 1 });
      assert.equal(await activityOf(page, 'Alice'), 'Reserved');
      await tabTo(page, 'Reject task 1 of Alice');
      await page.keyboard.press('Space');
      await waitForTally(page, { status: 'pending', count: 1 });
      await tabTo(page, 'Task 1, pending', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#detail:not([hidden])');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'detail');
      await tabTo(page, 'Cancel the task');
      await page.keyboard.press('Enter');
      await waitForTally(page, { status: 'canceled', count: 1 });
      await tabTo(page, 'undo', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await waitForTally(page, { status: 'pending', count: 1 });
    }),
  );

  test(
    'the first link leads to the content, and the rooms are reached by links',
    inEmulator(async (page) => {
      assert.deepEqual(await tabTo(page, 'Skip to the content'), ['Skip to the content']);
      await tabTo(page, 'tab-scenarios');
      await page.keyboard.press('Enter');
      await page.waitForSelector('html[data-ready="scenarios"]');
      assert.equal(await page.getAttribute('#tab-scenarios', 'aria-current'), 'page');
      await page.goBack();
      await page.waitForSelector('html[data-ready="play"]');
    }),
  );
}
