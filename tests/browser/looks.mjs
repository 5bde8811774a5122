// Width, contrast and structure, in light and dark; and screenshots, if they are wanted.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { enter, inEmulator, looked, violations, waitForTally, worker } from './fixture.mjs';
import { playLanguages } from './picture.mjs';

const SHOTS = process.env.TASKROUTER_SHOTS;
const WIDTHS = [360, 1280, 2560, 3840];
const SCHEMES = ['light', 'dark'];

// The states in which the page is looked at.
const STATES = [
  ['start', async () => {}],
  ['play', playLanguages],
  [
    'detail',
    async (page) => {
      await page.click('.queue .mark-task');
      await page.waitForSelector('#detail:not([hidden])');
    },
  ],
  [
    'refused',
    async (page) => {
      await page.fill('#attributes', '{');
      await page.click('#create-task');
      await page.waitForSelector('#task-failure:not([hidden])');
    },
  ],
  [
    'understand',
    async (page) => {
      await enter(page, '#understand/task/3');
      await page.click('#verdicts summary');
      const text = await page.inputValue('#workflow-text');
      await page.fill('#workflow-text', text.replace('"queue": "Spanish"', '"queue": "Spansh"'));
      await page.waitForSelector('.problems li');
    },
  ],
  ['scenarios', (page) => enter(page, '#scenarios')],
  [
    'live',
    async (page) => {
      await enter(page, '#live');
      await page.fill('#live-base', 'nowhere');
      await page.click('#live-send');
      await page.waitForSelector('#room-live .failure:not([hidden])');
    },
  ],
];

async function shoot(page, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

function widths() {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const options = looked(width, colorScheme);
      test(
        `axe finds nothing and nothing scrolls sideways: ${width} pixels, ${colorScheme}`,
        inEmulator(async (page) => {
          for (const [state, enterState] of STATES) {
            await enterState(page);
            await page.mouse.move(0, 0);
            await shoot(page, `${state}-${width}-${colorScheme}`);
            assert.deepEqual(await violations(page), [], state);
            assert.equal(
              await page.evaluate(() => document.documentElement.scrollWidth),
              width,
              state,
            );
          }
        }, options),
      );
    }
  }
}

function shapes() {
  test(
    'each status of a task and each activity has a shape of its own',
    inEmulator(
      async (page) => {
        await page.click('.examples button:last-child');
        await page.fill('#task-count', '3');
        await page.click('#create-task');
        await page.waitForSelector('.mark-task[data-status="pending"]');
        await page.click('[aria-label^="Accept task 1"]');
        await page.waitForSelector('.mark-task[data-status="assigned"]');
        const borders = await page.evaluate(() =>
          [...document.querySelectorAll('.mark-task')].map((mark) => {
            const { borderTopStyle, borderTopWidth, backgroundColor } = getComputedStyle(mark);
            return [mark.dataset.status, `${borderTopStyle} ${borderTopWidth} ${backgroundColor}`];
          }),
        );
        assert.equal(new Set(borders.map(([status]) => status)).size, 3);
        assert.equal(new Set(borders.map(([, border]) => border)).size, 3);
        const activities = await page.evaluate(() =>
          [...document.querySelectorAll('.activities .glyph')].map((one) => one.dataset.shape),
        );
        assert.deepEqual(activities, ['ring', 'disc', 'diamond', 'half', 'square']);
      },
      { address: '#play?open=languages' },
    ),
  );
}

function settings() {
  test(
    'light and dark differ, and a person who asks for less motion sees none',
    inEmulator(async (page) => {
      const background = () =>
        page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await background();
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.notEqual(await background(), light);
      assert.ok((await page.evaluate(() => document.getAnimations().length)) > 0);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.click('#create-task');
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await waitForTally(page, { status: 'reserved', count: 1 });
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    }),
  );

  test(
    'the page can be read from right to left',
    inEmulator(
      async (page) => {
        await page.evaluate(() => {
          document.documentElement.dir = 'rtl';
        });
        await page.click('#create-task');
        await page.waitForSelector('.mark-task');
        const at = async (selector) => (await page.locator(selector).first().boundingBox()).x;
        assert.ok((await at('.people')) < (await at('.tasks')));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1280);
        await shoot(page, 'rtl-1280-light');
      },
      { address: '#play?open=languages' },
    ),
  );
}

export function looksTests() {
  widths();
  shapes();
  settings();
}
