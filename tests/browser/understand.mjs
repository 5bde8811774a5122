// The room of explanations, and the editor of the workflow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, inEmulator, tabTo, texts, waitForTally, worker } from './fixture.mjs';

const answer = (page, pattern) => page.locator('#answer', { hasText: pattern }).waitFor();

function explanations() {
  test(
    'a task is explained filter by filter, worker by worker, part by part',
    inEmulator(
      async (page) => {
        await answer(page, /There is no task yet/);
        await enter(page, '#play?open=languages');
        await page.getByRole('button', { name: 'Billing', exact: true }).click();
        await page.click('#create-task');
        await waitForTally(page, { status: 'reserved', count: 1 });
        await enter(page, '#understand/task/1');
        await answer(page, /Bob was asked, in the queue Billing/);
        assert.deepEqual(await texts(page, '#filters .tried-name'), [
          'no: Spanish does not match',
          'no: French does not match',
          'no: Large bills does not match',
          'yes: Billing took the task',
        ]);
        assert.deepEqual(
          await page.locator('#filters .tried:nth-child(3) .part').evaluateAll((parts) =>
            parts.map(({ firstChild, dataset }) => [firstChild.data, dataset.true, dataset.decided]),
          ),
          [
            ["topic == 'billing'", 'true', 'false'],
            ['amount > 1000', 'false', 'true'],
          ],
        );
        const [first, second] = await texts(page, '#verdicts .tried');
        assert.match(first, /^yes: Bob Available was asked The target takes every worker/);
        assert.match(second, /^no: Alice Available It does not belong to the queue/);
        await page.click('#verdicts .tried:nth-child(2) summary');
        assert.match(
          await page.innerText('#verdicts .tried:nth-child(2) .parts'),
          /skills is \["sales"\]/,
        );
        assert.match((await texts(page, '.events li')).at(-1), /Bob was reserved$/);
      },
      { address: '#understand' },
    ),
  );

  test(
    'it says why nobody was asked: nobody belongs, is available, fits, or has room',
    inEmulator(
      async (page) => {
        await page.getByRole('button', { name: 'French' }).click();
        await page.click('#create-task');
        await page.getByRole('button', { name: 'Billing, large' }).click();
        await page.click('#create-task');
        await waitForTally(page, { status: 'pending', count: 2 });
        await page.click('.queue .mark-task');
        await page.click('#detail a[href="#understand/task/1"]');
        await answer(page, /waits in French: Emma \(Offline\) belongs to it, but nobody is available/);
        await page.selectOption('#why-task', '2');
        await answer(page, /nobody who is available there meets the target’s condition/);
        await enter(page, '#play?open=multitasking');
        await page.fill('#task-count', '2');
        await page.click('#create-task');
        await waitForTally(page, { status: 'reserved', count: 1 });
        await enter(page, '#understand/task/2');
        await answer(page, /Mei \(1 at a time\) would fit, but has no room for another default task/);
      },
      { address: '#play?open=languages' },
    ),
  );

  test(
    'an earlier offer is explained as things were at that moment',
    inEmulator(
      async (page) => {
        await waitForTally(page, { status: 'reserved', count: 1 });
        for (const name of ['Ben', 'Cleo']) {
          await page.click('#clock-jump');
          await worker(page, name).locator('.time-left').waitFor();
        }
        await enter(page, '#understand/task/1');
        await answer(page, /Cleo was asked/);
        await page.selectOption('#why-reservation', '1');
        await answer(page, /Ada was asked.*ended: timeout/);
        const verdicts = await texts(page, '#verdicts .tried-name');
        assert.ok(verdicts.includes('yes: Ada Available was asked'), verdicts.join());
        assert.equal(verdicts.filter((text) => text.startsWith('yes')).length, 3);
      },
      { address: '#play?open=timeouts' },
    ),
  );
}

function editor() {
  test(
    'the workflow is checked as it is typed, with its errors at the character, and used',
    inEmulator(
      async (page) => {
        const text = await page.inputValue('#workflow-text');
        const type = async (from, to, problem) => {
          await page.fill('#workflow-text', text.replace(from, to));
          await page.locator('.problems li', { hasText: problem }).waitFor();
        };
        await type("language == 'es'", "language === 'es'", 'found \'=\'');
        assert.equal(await page.isDisabled('#workflow-use'), true);
        assert.equal(await page.getAttribute('#workflow-text', 'aria-invalid'), 'true');
        await page.click('.problems button');
        const [at, typed] = await page.evaluate(() => {
          const { selectionStart, value } = document.activeElement;
          return [selectionStart, value];
        });
        assert.equal(at, typed.indexOf("= 'es'"));
        assert.equal(await page.innerText('.marks mark'), '=');
        await type('"queue": "Spanish"', '"queue": "Nowhere"', "'Nowhere' is none of the queues here");
        assert.equal(await page.innerText('.marks mark'), '"Nowhere"');
        await type('"targets": [', '"targets" [', 'Line 7, column 19');
        assert.match(await page.innerText('.problems'), /a colon was expected/);
        await page.click('#workflow-revert');
        assert.equal(await page.inputValue('#workflow-text'), text);
        assert.equal(await page.innerText('#workflow-summary'), 'Nothing is wrong with it.');
      },
      { address: '#understand?open=languages' },
    ),
  );

  test(
    'a changed workflow moves the tasks that wait, with the keyboard alone',
    inEmulator(
      async (page) => {
        await page.getByRole('button', { name: 'French' }).click();
        await page.click('#create-task');
        await page.locator('.queue', { hasText: 'French' }).locator('.mark-task').waitFor();
        await enter(page, '#understand');
        const text = await page.inputValue('#workflow-text');
        await page.focus('#workflow-text');
        await page.keyboard.press('Control+a');
        await page.keyboard.insertText(text.replace("language == 'fr'", "language == 'xx'"));
        await tabTo(page, 'workflow-use');
        await page.locator('#workflow-summary', { hasText: 'Nothing is wrong' }).waitFor();
        await page.keyboard.press('Enter');
        await answer(page, /Alice was asked, in the queue Everyone/);
        await enter(page, '#play');
        assert.match((await texts(page, '.route'))[1], /language == 'xx'/);
        await page.click('#undo');
        await page.locator('.queue', { hasText: 'French' }).locator('.mark-task').waitFor();
      },
      { address: '#play?open=languages' },
    ),
  );
}

export function understandTests() {
  explanations();
  editor();
}
