// What the tests of the inspecting room share.
import { enter, waitForTally, worker } from './fixture.mjs';

// A task that is reserved for Alice, and the room.
export async function seed(page, attributes = '{"selected_language":"es"}') {
  await page.fill('#attributes', attributes);
  await page.click('#create-task');
  await waitForTally(page, { status: 'pending', count: 1 });
  await worker(page, 'Alice').locator('select.activity').selectOption('Available');
  await waitForTally(page, { status: 'reserved', count: 1 });
  await enter(page, '#inspect');
  await page.waitForSelector('.entry-row');
}

export function row(page, text) {
  return page.locator('.entry-row', { hasText: text }).first();
}

export function valueOf(page, part, name) {
  const cell = page.locator(`[aria-label="${part}"] tr`, {
    has: page.locator('th', { hasText: new RegExp(`^${name}$`) }),
  });
  return cell.locator('td').innerText();
}

export function copied(page) {
  return page.evaluate(() => navigator.clipboard.readText());
}
