// The room that shows everything that passed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, inEmulator, looked, tabTo, texts, violations } from './fixture.mjs';
import { row, seed } from './inspect_room.mjs';
import { HOSTILE } from '../web/hostile.mjs';

function filters() {
  test(
    'requests, callbacks and events stand in one timeline, newest first',
    inEmulator(async (page) => {
      await seed(page);
      const names = (await texts(page, '.entry-row .entry-name')).filter(
        (name) => !name.startsWith('+'),
      ); // The clock runs.
      assert.deepEqual(names.slice(0, 2), ['assignment', 'reservation.created']);
      for (const name of ['POST', 'task.created', 'worker.activity.update'])
        assert.ok(names.includes(name), name);
    }),
  );

  test(
    'filters leave what is wanted, and the address holds them',
    inEmulator(async (page) => {
      await seed(page);
      await page.check('.filters input[value="exchange"]');
      await page.selectOption('.filters select[name="method"]', 'POST');
      await page.selectOption('.filters select[name="resource"]', 'task');
      await page.selectOption('.filters select[name="status"]', '2');
      await page.locator('#inspect-count', { hasText: /^1 of \d+ entries$/ }).waitFor();
      assert.deepEqual(await texts(page, '.entry-row .entry-more'), ['/Tasks']);
      const address = await page.evaluate(() => location.hash);
      await enter(page, '#play');
      await enter(page, address);
      await page.locator('#inspect-count', { hasText: /^1 of/ }).waitFor();
      assert.equal(await page.inputValue('.filters select[name="resource"]'), 'task');
      assert.equal(await page.isChecked('.filters input[value="exchange"]'), true);
    }),
  );

  test(
    'a text is found in forms, answers and events; what is not there is said',
    inEmulator(async (page) => {
      await seed(page, '{"topic":"Rhubarb","selected_language":"es"}');
      await page.fill('#inspect-text', 'rhubarb CREATE');
      await page.locator('#inspect-count', { hasText: /of/ }).waitFor();
      assert.ok((await texts(page, '.entry-row .entry-more')).includes('/Tasks'));
      await page.fill('#inspect-text', 'rhubarb crumble');
      await page
        .locator('.browse .empty', { hasText: 'Nothing like that has happened.' })
        .waitFor();
      assert.equal(await page.isDisabled('#export-har'), true);
      await page.click('.browse .empty button');
      await page.waitForSelector('.entry-row');
      assert.equal(await page.inputValue('#inspect-text'), '');
    }),
  );
}

function withoutPointer() {
  test(
    'the timeline is walked through with the keyboard',
    inEmulator(async (page) => {
      await seed(page);
      await page.check('.filters input[value="event"]');
      await page.locator('#inspect-count', { hasText: /of/ }).waitFor();
      await tabTo(page, 'Timeline, newest first');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.innerText('#inspect-detail h2'), 'worker.activity.update');
      const chosen = await page.getAttribute('.timeline', 'aria-activedescendant');
      assert.equal(await page.getAttribute(`#${chosen}`, 'aria-posinset'), '2');
      await page.keyboard.press('End');
      assert.equal(await page.innerText('#inspect-detail h2'), 'workspace.created');
      await page.keyboard.press('Home');
      assert.equal(await page.innerText('#inspect-detail h2'), 'reservation.created');
      await page.keyboard.press('Tab');
      const inside = () =>
        document.querySelector('#inspect-detail').contains(document.activeElement);
      assert.equal(await page.evaluate(inside), true);
    }),
  );

  test(
    'a narrow page shows the timeline or what was opened, and goes back to where one was',
    inEmulator(
      async (page) => {
        await seed(page);
        assert.equal(await page.isVisible('.opened'), false);
        await row(page, '/Tasks').click();
        assert.equal(await page.isVisible('.browse'), false);
        assert.equal(await page.evaluate(() => document.activeElement.textContent), 'CreateTask');
        await page.click('.back');
        assert.equal(await page.isVisible('.browse'), true);
        assert.equal(await page.evaluate(() => document.activeElement.className), 'timeline');
      },
      { viewport: { width: 360, height: 800 } },
    ),
  );
}

// Entries that were made up, in a list that is drawn as the room draws it.
const MANY = `(async () => {
  const [{ VirtualList }, { rowOf }] = await Promise.all([
    import('/modules/inspect/virtual_list.mjs'), import('/modules/inspect/row.mjs')]);
  const entries = Array.from({ length: 10000 }, (_, index) => ({
    id: 100000 + index, kind: 'exchange', time: index * 1000, duration: 1,
    request: { method: 'GET', url: 'https://a.example/v1/Workspaces/' + index, headers: [], fields: [] },
    response: { status: 200 } }));
  const list = new VirtualList({ name: 'many', draw: rowOf, choose: (entry) => list.show(entries, entry) });
  document.querySelector('#room-inspect').replaceChildren(list.root);
  list.show([...entries], undefined);
  window.scroller = list.root;
  window.arrive = () => {
    const url = 'https://a.example/v1/Workspaces/new';
    entries.unshift({ ...entries[0], id: 99999, request: { ...entries[0].request, url } });
    list.show([...entries], undefined);
  };
})()`;

function many() {
  test(
    'of 10,000 entries only the visible ones are elements, and all can be reached',
    inEmulator(
      async (page) => {
        await page.evaluate(MANY);
        await page.waitForSelector('.entry-row');
        const rows = () => page.locator('.timeline[aria-label="many"] .entry-row');
        const count = await rows().count();
        assert.ok(count > 5 && count < 60, `${count} rows`);
        await page.evaluate(() => {
          window.scroller.scrollTop = 5000 * document.querySelector('.entry-row').offsetHeight;
        });
        await row(page, '/Workspaces/5000').waitFor();
        assert.ok((await rows().count()) < 60);
        await page.focus('.timeline[aria-label="many"]');
        await page.keyboard.press('End');
        const last = row(page, '/Workspaces/9999');
        await last.waitFor();
        assert.equal(await last.getAttribute('aria-setsize'), '10000');
        assert.equal(await last.getAttribute('aria-selected'), 'true');
      },
      { address: '#inspect' },
    ),
  );
}

function moving() {
  test(
    'what arrives does not push away what is under the pointer',
    inEmulator(
      async (page) => {
        await page.evaluate(MANY);
        await page.waitForSelector('.entry-row');
        const list = page.locator('.timeline[aria-label="many"]');
        await row(page, '/Workspaces/3').hover();
        const top = () =>
          row(page, '/Workspaces/3').evaluate((node) => node.getBoundingClientRect().top);
        const before = await top();
        await page.evaluate(() => window.arrive());
        assert.equal(await top(), before);
        await page.mouse.move(0, 0);
        await page.waitForFunction(() => window.scroller.scrollTop === 0);
        assert.equal(
          await list.locator('.entry-row[aria-posinset="1"] .entry-more').innerText(),
          '/Workspaces/new',
        );
      },
      { address: '#inspect' },
    ),
  );
}

function hostile() {
  test(
    'what people type is text, wherever it appears',
    inEmulator(async (page) => {
      const attributes = JSON.stringify(
        Object.fromEntries(HOSTILE.slice(0, -1).map((text, index) => [`t${index}`, text])),
      );
      await seed(page, attributes);
      await row(page, '/Tasks').click();
      const shown = JSON.parse(await page.textContent('[aria-label="Attributes"]'));
      assert.equal(shown.t4, HOSTILE[4]);
      for (const name of ['C++', 'Python', 'PHP', 'Node', 'curl'])
        await page.locator('.languages label', { hasText: name }).click();
      await row(page, 'assignment').click();
      for (const text of HOSTILE) {
        await page.fill('#inspect-text', text);
        await page.locator('#inspect-count', { hasText: /of/ }).waitFor();
      }
      const address = await page.evaluate(() => location.hash);
      await enter(page, '#play');
      await enter(page, address);
      assert.equal(await page.inputValue('#inspect-text'), HOSTILE.at(-1).replace(/[\r\n]/g, ''));
      const found = await page.evaluate(() => [
        document.querySelectorAll('main img, main script').length,
        typeof globalThis.hacked,
        document.documentElement.scrollWidth - window.innerWidth,
      ]);
      assert.deepEqual(found, [0, 'undefined', 0]);
    }),
  );
}

function looks() {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      test(
        `axe finds nothing and nothing scrolls sideways: ${width} pixels, ${colorScheme}`,
        inEmulator(
          async (page) => {
            await seed(page);
            for (const name of [undefined, '/Tasks', 'assignment', 'worker.activity.update']) {
              if (name) await row(page, name).click();
              assert.deepEqual(await violations(page), [], name);
              assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
              if (name && width === 360) await page.click('.back');
            }
          },
          looked(width, colorScheme),
        ),
      );
    }
  }
}

export function inspectTests() {
  filters();
  withoutPointer();
  many();
  moving();
  hostile();
  looks();
}
