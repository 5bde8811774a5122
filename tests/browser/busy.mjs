// Ten thousand tasks: nothing may hold the page up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEmulator, texts, waitForTally, worker } from './fixture.mjs';

const LONGEST = 100; // milliseconds of one task of the page's main thread

// Records what the browser does while work() runs, and answers the longest tasks of the main threads,
// in milliseconds of the processor: what other programs take meanwhile is not counted.
async function longestTasks(page, work) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value.filter(isTask)));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  await work();
  const complete = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await complete;
  return events.map(({ tdur }) => tdur / 1000).sort((a, b) => b - a);
}

function isTask({ ph, name, tdur, dur }) {
  return ph === 'X' && name === 'RunTask' && (tdur ?? dur) > 1000;
}

function framesOfASecond() {
  return new Promise((resolve) => {
    let count = 0;
    const begin = performance.now();
    const step = () => {
      count += 1;
      const time = performance.now() - begin;
      if (time < 1000) requestAnimationFrame(step);
      else resolve((count * 1000) / time);
    };
    requestAnimationFrame(step);
  });
}

async function createThousands(page) {
  await page.fill('#task-count', '10000');
  await page.click('#create-task');
  await page.waitForSelector('progress:not([hidden])');
  await page.waitForSelector('progress', { state: 'hidden' });
  await waitForTally(page, { status: 'pending', count: '9,999' });
}

export function busyTests() {
  test(
    'ten thousand tasks are created without holding the page up, and it idles smoothly',
    { timeout: 240000 },
    (context) =>
      inEmulator(
        async (page) => {
          page.setDefaultTimeout(200000);
          const begin = Date.now();
          const tasks = await longestTasks(page, () => createThousands(page));
          const seconds = (Date.now() - begin) / 1000;
          assert.equal(await worker(page, 'Alice').locator('.reservation').count(), 1);
          assert.ok((await page.locator('.mark-task').count()) < 200);
          assert.match((await texts(page, '.queue .more')).join(), /and 9,9\d\d more/);
          const after = await longestTasks(page, async () => {
            await page.click('[aria-label^="Accept task"]');
            await waitForTally(page, { status: 'assigned', count: 1 });
            await page.click('#clock-run');
            await page.locator('.time', { hasNotText: '09:00:00' }).waitFor();
            await page.click('#clock-run');
          });
          const frames = await page.evaluate(framesOfASecond);
          const of = (times) => `${times.length} traced, the longest ${times[0]?.toFixed(0)} ms`;
          context.diagnostic(`created in ${seconds.toFixed(1)} s: ${of(tasks)}`);
          context.diagnostic(`played on: ${of(after)}; ${frames.toFixed(0)} frames a second idle`);
          assert.ok(tasks.length > 10 && after.length > 0);
          assert.ok(Math.max(tasks[0], after[0]) <= LONGEST);
        },
        { address: '#play?open=languages' },
      )(),
  );
}
