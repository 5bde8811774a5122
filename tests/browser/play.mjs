// The room of play, with a pointer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activityOf, inEmulator, tally, texts, waitForTally, worker } from './fixture.mjs';

const accept = (page, task) => page.click(`[aria-label^="Accept task ${task} of"]`);

function answers() {
  test(
    'a task is created, offered, accepted, wrapped up and completed',
    inEmulator(async (page) => {
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.deepEqual(await texts(page, '.queue .mark-task'), ['1']);
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await waitForTally(page, { status: 'reserved', count: 1 });
      assert.equal(await activityOf(page, 'Alice'), 'Reserved');
      assert.match(await page.innerText('.time-left'), /^2:00$/);
      await accept(page, 1);
      await waitForTally(page, { status: 'assigned', count: 1 });
      assert.equal(await activityOf(page, 'Alice'), 'Busy');
      assert.equal(await page.locator('.queue .mark-task').count(), 0);
      await page.click('[aria-label^="Wrap up task 1"]');
      await waitForTally(page, { status: 'wrapping', count: 1 });
      await page.click('[aria-label^="Complete task 1"]');
      await waitForTally(page, { status: 'completed', count: 1 });
      assert.equal(await worker(page, 'Alice').locator('.reservation').count(), 0);
    }),
  );

  test(
    'a rejecting worker goes where it was said, and may be asked again at once',
    inEmulator(async (page) => {
      await page.click('#create-task');
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      const reject = page.locator('[aria-label^="Reject task 1"]');
      await reject.waitFor();
      await page.selectOption('.reject select', { label: 'as before' });
      await reject.click();
      await page.locator('.guide-text', { hasText: 'reserved again' }).waitFor();
      assert.equal(await activityOf(page, 'Alice'), 'Reserved');
      await page.selectOption('.reject select', { label: 'Offline' });
      await reject.click();
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal(await activityOf(page, 'Alice'), 'Offline');
      assert.match((await texts(page, '.lifecycle li'))[3], /Rejected not assigned/);
    }),
  );

  test(
    'what TaskRouter refuses is shown with its code, and can be dismissed',
    inEmulator(async (page) => {
      await page.fill('#attributes', '{"a": ');
      await page.click('#create-task');
      await page.locator('#task-failure', { hasText: 'Not sent' }).waitFor();
      await page.fill('#attributes', JSON.stringify({ a: 'x'.repeat(5000) }));
      await page.click('#create-task');
      await page.locator('#task-failure', { hasText: 'Status 400' }).waitFor();
      assert.equal(await page.getAttribute('#attributes', 'aria-invalid'), 'true');
      await page.fill('#task-count', '0');
      await page.click('#create-task');
      await page.locator('#task-failure', { hasText: 'from 1 to 10000' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.id), 'task-count');
      await page.fill('#task-count', '1');
      await page.fill('#attributes', '{}');
      await page.click('#create-task');
      await page.waitForSelector('.queue .mark-task');
      assert.equal(await page.isVisible('#task-failure'), false);
      assert.deepEqual(await tally(page), { pending: 1 });
    }),
  );
}

function time() {
  test(
    'the clock moves by steps, to the next timeout, and by itself',
    inEmulator(async (page) => {
      assert.equal(await page.innerText('.time'), '09:00:00');
      await page.click('#clock-step');
      await page.locator('.time', { hasText: '09:00:10' }).waitFor();
      await page.click('#create-task');
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await page.waitForSelector('.time-left');
      await page.click('#clock-jump');
      await page.locator('.time', { hasText: '09:02:10' }).waitFor();
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal(await activityOf(page, 'Alice'), 'Offline');
      assert.match(await page.innerText('.guide-text'), /Nobody answered in time/);
      await page.getByLabel('Speed of the clock').selectOption('600×');
      await page.click('#clock-run');
      await page.locator('.time', { hasNotText: '09:02' }).waitFor();
      await page.locator('#clock-run', { hasText: 'Pause' }).click();
      const stood = await page.innerText('.time');
      await page.waitForTimeout(300);
      assert.equal(await page.innerText('.time'), stood);
    }),
  );

  test(
    'what was done can be undone and done again, with the same SIDs',
    inEmulator(async (page) => {
      assert.equal(await page.isDisabled('#undo'), true);
      await page.click('#create-task');
      await page.click('.queue .mark-task');
      const sid = await page.innerText('#detail .sid');
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await page.waitForSelector('.time-left');
      await accept(page, 1);
      await waitForTally(page, { status: 'assigned', count: 1 });
      await page.click('#clock-step');
      await page.click('#undo');
      await waitForTally(page, { status: 'reserved', count: 1 });
      assert.equal(await page.innerText('.time'), '09:00:00');
      await page.click('#undo');
      await waitForTally(page, { status: 'pending', count: 1 });
      await page.keyboard.press('Control+z');
      await waitForTally(page, { status: 'pending', count: 0 });
      assert.equal(await page.isDisabled('#undo'), true);
      for (const status of ['pending', 'reserved', 'assigned']) {
        await page.click('#redo');
        await waitForTally(page, { status, count: 1 });
      }
      assert.equal(await page.isDisabled('#redo'), true);
      assert.equal(await page.innerText('#detail .sid'), sid);
    }),
  );
}

function dragging() {
  test(
    'a worker is dragged to an activity, and a drag that is given up changes nothing',
    inEmulator(async (page) => {
      const [from, to] = [worker(page, 'Alice').locator('.worker-head a'), '[data-activity="Available"]'];
      const [a, b] = [await from.boundingBox(), await page.locator(to).boundingBox()];
      const grab = async () => {
        await page.mouse.move(a.x + 8, a.y + 8);
        await page.mouse.down();
        await page.mouse.move(b.x + 30, b.y + 8, { steps: 4 });
        assert.equal(await page.getAttribute(to, 'data-over'), '');
        assert.equal(await page.innerText('.ghost'), 'Alice');
      };
      await grab();
      await page.keyboard.press('Escape');
      await page.mouse.up();
      assert.equal(await page.locator('.ghost').count(), 0);
      await page.click('#clock-step'); // What a drop had begun would be done before it.
      await page.locator('.time', { hasText: '09:00:10' }).waitFor();
      assert.equal(await activityOf(page, 'Alice'), 'Offline');
      await grab();
      await page.mouse.up();
      await page.locator('[data-activity="Available"] b', { hasText: '1' }).waitFor();
      assert.equal(await activityOf(page, 'Alice'), 'Available');
      assert.equal(new URL(page.url()).hash, '');
    }),
  );
}

function guide() {
  test(
    'the guide leads through the quickstart, can be left, and stays away',
    inEmulator(async (page) => {
      for (const [label, status] of [
        ['Create a task', 'pending'],
        ['Make Alice available', 'reserved'],
        ['Accept', 'assigned'],
        ['Complete the task', 'completed'],
      ]) {
        await page.locator('#guide-do', { hasText: label }).click();
        await waitForTally(page, { status, count: 1 });
      }
      await page.locator('.guide-text', { hasText: 'The task has ended' }).waitFor();
      assert.deepEqual(
        (await texts(page, '.lifecycle .step-word')).slice(0, 5),
        Array(5).fill('done'),
      );
      await page.click('#guide-leave');
      assert.equal(await page.isVisible('.lifecycle'), false);
      await page.reload();
      await page.waitForSelector('html[data-ready]');
      assert.equal(await page.isVisible('.lifecycle'), false);
      await page.click('#guide-show');
      assert.equal(await page.isVisible('.lifecycle'), true);
    }),
  );
}

export function playTests() {
  answers();
  time();
  dragging();
  guide();
}
