// Scenarios: opened, saved as a file, shared by a link, and refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { enter, inEmulator, tabTo, texts, waitForTally, worker } from './fixture.mjs';

const NAMES = [
  'Quickstart',
  'Languages and skills',
  'Escalation by timeout',
  'Multi-tasking',
  'Reservation timeouts',
];

const link = (value) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `#play?scenario=${deflateRawSync(text).toString('base64url')}`;
};

const SMALL = {
  taskrouter: 1,
  name: 'Small',
  setup: {
    queues: [{ name: 'Q' }],
    workflow: { configuration: { task_routing: { default_filter: { queue: 'Q' } } } },
    workers: [],
  },
};

function opening() {
  test(
    'every scenario opens from the list and from its address, and plays',
    inEmulator(
      async (page) => {
        assert.deepEqual(await texts(page, '.scenarios h2'), NAMES);
        for (const [index, name] of NAMES.entries()) {
          await enter(page, '#scenarios');
          await page.click(`.scenarios li:nth-child(${index + 1}) a`);
          await page.locator('.scenario-name', { hasText: name }).waitFor();
          await page.waitForSelector('.worker');
          await page.click('#create-task');
          await page.waitForSelector('.mark-task');
        }
        // Both have a worker with the same SID.
        for (const [key, title, names] of [
          ['quickstart', NAMES[0], ['Alice']],
          ['timeouts', NAMES[4], ['Ada', 'Ben', 'Cleo']],
        ]) {
          await enter(page, `#play?open=${key}`);
          await page.locator('.scenario-name', { hasText: title }).waitFor();
          assert.deepEqual(await texts(page, '.worker-head a'), names);
        }
        await enter(page, '#play?open=nothing');
        assert.match(await page.innerText('#notice'), /no scenario nothing/);
        await enter(page, '#play?open=escalation');
        assert.equal(await page.isVisible('#notice'), false);
      },
      { address: '#scenarios' },
    ),
  );

  test(
    'a task escalates by timeout from queue to queue',
    inEmulator(
      async (page) => {
        await page.click('#create-task');
        await page.locator('.queue', { hasText: 'First line' }).locator('.mark-task').waitFor();
        await page.getByLabel('Length of a step').selectOption('1 minute');
        await page.click('#clock-step');
        await page.locator('.queue', { hasText: 'Second line' }).locator('.mark-task').waitFor();
        await page.click('#clock-step');
        await page.locator('.queue', { hasText: 'Managers' }).locator('.mark-task').waitFor();
        await worker(page, 'Ines').locator('select.activity').selectOption('Available');
        await waitForTally(page, { status: 'reserved', count: 1 });
      },
      { address: '#play?open=escalation' },
    ),
  );

  test(
    'a worker who may do several tasks is offered as many as fit',
    inEmulator(
      async (page) => {
        await page.selectOption('#task-channel', 'chat');
        await page.fill('#task-count', '5');
        await page.click('#create-task');
        await waitForTally(page, { status: 'reserved', count: 3 });
        assert.equal(await worker(page, 'Mei').locator('.reservation').count(), 3);
        assert.equal(await page.locator('.mark-task[data-status="pending"]').count(), 2);
      },
      { address: '#play?open=multitasking' },
    ),
  );
}

function keeping() {
  test(
    'what has been done is told while it is looked at',
    inEmulator(async (page) => {
      await page.click('#create-task');
      await page.click('#clock-run');
      await enter(page, '#scenarios');
      const last = page.locator('.log li').last();
      await last.filter({ hasText: /passed/ }).waitFor();
      const before = await last.innerText();
      await page.waitForFunction(
        (old) => document.querySelector('.log li:last-child').innerText !== old,
        before,
      );
      assert.equal(await page.locator('.log li').first().innerText(), 'A task was created');
    }),
  );

  test(
    'a link and a file bring back what was done, with the keyboard alone',
    inEmulator(
      async (page) => {
        await page.click('#create-task');
        await page.click('[aria-label^="Accept task 1"]').catch(() => {});
        await page.click('#clock-step');
        await page.click('#tab-scenarios');
        await page.waitForSelector('html[data-ready="scenarios"]');
        assert.deepEqual((await texts(page, '.log li')).at(-1), '0:10 passed');
        await page.fill('#scenario-name', 'Mine <b>');
        await tabTo(page, 'save');
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.keyboard.press('Enter'),
        ]);
        assert.equal(download.suggestedFilename(), 'mine-b.json');
        const file = await download.path();
        const saved = JSON.parse(readFileSync(file, 'utf8'));
        assert.equal(saved.name, 'Mine <b>');
        await tabTo(page, 'share');
        await page.keyboard.press('Enter');
        await page.waitForSelector('#share-link:not([hidden])');
        const address = new URL(await page.inputValue('#share-link'));
        await enter(page, '#play?open=quickstart');
        await enter(page, address.hash);
        await page.locator('.scenario-name', { hasText: 'Mine <b>' }).waitFor();
        assert.equal(await page.innerText('.time'), '09:00:10');
        const state = await texts(page, '.picture');
        await enter(page, '#play?open=quickstart');
        await enter(page, '#scenarios');
        await page.setInputFiles('#scenario-file', file);
        await page.waitForSelector('html[data-ready="play"]');
        await page.locator('.scenario-name', { hasText: 'Mine <b>' }).waitFor();
        assert.deepEqual(await texts(page, '.picture'), state);
      },
      { address: '#play?open=languages' },
    ),
  );
}

function refusing() {
  const BAD = [
    ['letters', '#play?scenario=!', /other letters/],
    ['damage', '#play?scenario=AAAA', /damaged/],
    ['no JSON', link('{'), /not JSON/],
    ['another thing', link([]), /should be an object/],
    ['no version', link({ ...SMALL, taskrouter: 2 }), /taskrouter should be one of 1/],
    ['a bomb', link(' '.repeat(50_000_000)), /more than a scenario may have/],
    ['too deep', link('['.repeat(5000) + ']'.repeat(5000)), /should be an object|not JSON/],
    ['too many', link({ ...SMALL, actions: Array(5001).fill({ do: 'advance', ms: 1 }) }), /at most 5000/],
    [
      'too many tasks',
      link({ ...SMALL, actions: Array(3).fill({ do: 'task', count: 10000 }) }),
      /at most 20000 tasks/,
    ],
    ['an unknown action', link({ ...SMALL, actions: [{ do: 'constructor' }] }), /actions\[0\]\.do/],
    [
      'an expression that is none',
      link({ ...SMALL, setup: { ...SMALL.setup, queues: [{ name: 'Q', workers: '((' }] } }),
      /not opened/,
    ],
  ];
  test(
    'a link that is damaged, hostile or too large changes nothing and says why',
    inEmulator(async (page) => {
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      for (const [what, address, message] of BAD) {
        await enter(page, address);
        assert.match(await page.innerText('#notice'), message, what);
        assert.equal(await page.innerText('.scenario-name'), 'Quickstart', what);
      }
      await enter(page, link({ ...SMALL, extra: 1, __proto__: { polluted: 1 } }));
      await page.locator('h1', { hasText: 'Small' }).waitFor();
      assert.equal(await page.isVisible('#notice'), false);
      await waitForTally(page, { status: 'pending', count: 0 });
    }),
  );
}

export function scenarioTests() {
  opening();
  keeping();
  refusing();
}
