// Width, contrast and structure, in light and dark; and screenshots, if they are wanted.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import axe from 'axe-core';
import { inEmulator, reserve, waitForActivity } from './fixture.mjs';

const SHOTS = process.env.TASKROUTER_SHOTS;
const WIDTHS = [360, 800, 1280];
const SCHEMES = ['light', 'dark'];

// The states in which the page is looked at.
const STATES = [
  ['start', async () => {}],
  ['reserved', reserve],
  [
    'refused',
    async (page) => {
      await page.click('#accept');
      await waitForActivity(page, 'Busy');
      await page.click('#accept');
      await page.waitForSelector('#answer-failure:not([hidden])');
    },
  ],
  [
    'timeout',
    async (page) => {
      await page.click('#start-over');
      await waitForActivity(page, 'Offline');
      await reserve(page);
      await page.click('#jump');
      await page.waitForSelector('#outcome:not([hidden])');
    },
  ],
  [
    'live',
    async (page) => {
      await page.click('#tab-live');
      await page.fill('#live-base', 'nowhere');
      await page.click('#live-send');
      await page.waitForSelector('#room-live .failure:not([hidden])');
    },
  ],
];

async function violations(page) {
  const { violations: found } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      resultTypes: ['violations'],
    }),
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
}

async function shoot(page, name) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

export function looksTests() {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const options = {
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
        script: axe.source,
      };
      test(
        `axe finds nothing and nothing scrolls sideways: ${width} pixels, ${colorScheme}`,
        inEmulator(async (page) => {
          for (const [state, enter] of STATES) {
            await enter(page);
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

  test(
    'a long word does not make a narrow page scroll sideways',
    inEmulator(
      async (page) => {
        await page.fill(
          '#attributes',
          JSON.stringify({ selected_language: 'es', a: 'x'.repeat(300) }),
        );
        await reserve(page);
        await page.locator('#calls .exchange').last().click();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
      },
      { viewport: { width: 360, height: 900 } },
    ),
  );

  test(
    'light and dark differ',
    inEmulator(async (page) => {
      const background = () =>
        page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await background();
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.notEqual(await background(), light);
    }),
  );

  test(
    'nothing moves for a person who asks for less motion',
    inEmulator(async (page) => {
      assert.ok((await page.evaluate(() => document.getAnimations().length)) > 0);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await reserve(page);
      assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    }),
  );

  test(
    'each state of a step has a word and a shape of its own',
    inEmulator(async (page) => {
      await reserve(page);
      await page.selectOption('#reject-activity', { label: 'Offline' });
      await page.click('#reject');
      await page.locator('#outcome', { hasText: 'Rejected' }).waitFor();
      const shapes = await page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll('#lifecycle li')].map((item) => {
            const { content, borderStyle, borderRadius } = getComputedStyle(item, '::before');
            return [
              item.querySelector('.step-word').textContent,
              `${content} ${borderStyle} ${borderRadius}`,
            ];
          }),
        ),
      );
      assert.deepEqual(Object.keys(shapes), ['done', 'not assigned', 'later']);
      assert.equal(new Set(Object.values(shapes)).size, 3);
    }),
  );
}
