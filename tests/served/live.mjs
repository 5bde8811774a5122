// What other programs do shows, and what is done in the page reaches the server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, tally, texts, waitForTally, worker } from '../browser/fixture.mjs';
import { until } from '../emulator/server.mjs';
import { onServer, option, send, waitForState } from './fixture.mjs';

const only = async (server, path, member) => {
  const { [member]: items } = await server.get(path);
  assert.equal(items.length, 1, path);
  return items[0];
};

function others() {
  test(
    'what was there before the page was opened is there',
    onServer(
      async (page, server) => {
        await waitForState(page, 'connected');
        assert.deepEqual(await tally(page), { assigned: 1, pending: 1 });
        assert.match(await page.innerText('#served'), new RegExp(new URL(server.url).host));
        assert.equal(await worker(page, 'Alice').locator('.held-word').innerText(), 'assigned');
        assert.equal(await worker(page, 'Bob').count(), 1);
        await enter(page, '#play/task/1');
        assert.match(await page.inputValue('#detail-attributes'), /"from": "before"/);
      },
      {
        before: async (server) => {
          await server.post('/Workers', { FriendlyName: 'Bob' });
          const task = await server.post('/Tasks', { Attributes: '{"from":"before"}' });
          await server.post('/Tasks');
          await send(server, 'available');
          const { sid } = await only(server, `/Tasks/${task.sid}/Reservations`, 'reservations');
          await server.post(`/Tasks/${task.sid}/Reservations/${sid}`, { ReservationStatus: 'accepted' });
        },
      },
    ),
  );

  test(
    'what another program does shows while it happens',
    onServer(async (page, server) => {
      const task = await server.post('/Tasks', { Attributes: '{"from":"elsewhere"}' });
      await waitForTally(page, { status: 'pending', count: 1 });
      await send(server, 'available');
      await worker(page, 'Alice').locator('.time-left').waitFor();
      const { sid } = await only(server, `/Tasks/${task.sid}/Reservations`, 'reservations');
      await server.post(`/Tasks/${task.sid}/Reservations/${sid}`, { ReservationStatus: 'accepted' });
      await waitForTally(page, { status: 'assigned', count: 1 });
      await server.post(`/Tasks/${task.sid}`, { AssignmentStatus: 'completed', Reason: 'solved' });
      await waitForTally(page, { status: 'completed', count: 1 });

      const lunch = await server.post('/Activities', { FriendlyName: 'Lunch', Available: 'false' });
      await page.locator('.activities li', { hasText: 'Lunch' }).waitFor();
      await server.send('DELETE', `/Activities/${lunch.sid}`);
      await page.locator('.activities li', { hasText: 'Lunch' }).waitFor({ state: 'detached' });
      const queue = await server.post('/TaskQueues', { FriendlyName: 'Night', TargetWorkers: '1==1' });
      await page.locator('.queue', { hasText: 'Night' }).waitFor();
      const configuration = {
        task_routing: {
          filters: [{ friendly_name: 'At night', expression: 'hour > 20', targets: [{ queue: queue.sid }] }],
        },
      };
      const change = { Configuration: JSON.stringify(configuration) };
      await server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`, change);
      await page.locator('.route', { hasText: 'At night' }).waitFor();
      const { sid: carol } = await server.post('/Workers', { FriendlyName: 'Carol', Attributes: '{"floor":3}' });
      await page.locator('.worker', { hasText: 'floor 3' }).waitFor();
      await server.send('DELETE', `/Workers/${carol}`);
      await worker(page, 'Carol').waitFor({ state: 'detached' });
    }),
  );

  test(
    'the clock of the server is shown, and a reservation times out by it',
    onServer(async (page, server) => {
      await server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`, { TaskReservationTimeout: '2' });
      await server.post('/Tasks');
      await send(server, 'available');
      await worker(page, 'Alice').locator('.time-left').waitFor();
      const shown = Date.parse(await page.getAttribute('.clock time', 'datetime'));
      assert.ok(Math.abs(shown - Date.now()) < 60_000);
      await page.locator('.clock', { hasText: 'follows real time' }).waitFor();
      assert.equal(await page.locator('#clock-step, #clock-run, #undo').count(), 0);
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal(await page.innerText('.worker[data-worker="Alice"] select.activity option:checked'), 'Offline');
    }),
  );
}

function mine() {
  test(
    'what a person does here is done on the server',
    onServer(async (page, server) => {
      await page.fill('#attributes', '{"from": "the page"}');
      await page.fill('#task-priority', '7');
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      const task = await only(server, '/Tasks', 'tasks');
      assert.deepEqual([task.priority, JSON.parse(task.attributes)], [7, { from: 'the page' }]);

      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await page.click('[aria-label^="Reject task 1"]');
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal((await only(server, '/Workers', 'workers')).activity_name, 'Offline');
      await worker(page, 'Alice').locator('select.activity').selectOption('Available');
      await page.click('[aria-label^="Accept task 1"]');
      await waitForTally(page, { status: 'assigned', count: 1 });
      assert.equal((await server.get(`/Tasks/${task.sid}`)).assignment_status, 'assigned');
      await page.click('[aria-label^="Complete task 1"]');
      await waitForTally(page, { status: 'completed', count: 1 });
      assert.equal((await server.get(`/Tasks/${task.sid}`)).assignment_status, 'completed');

      await page.click('.add summary');
      await page.fill('#worker-name', 'Dora');
      await page.click('#worker-form button');
      await worker(page, 'Dora').waitFor();
      const { workers } = await server.get('/Workers');
      assert.deepEqual(workers.map(({ friendly_name }) => friendly_name).sort(), ['Alice', 'Dora']);

      await enter(page, '#understand');
      const text = await page.inputValue('#workflow-text');
      const filter = '{"expression": "a==1", "targets": [{"queue": "Everyone"}]}';
      await page.fill('#workflow-text', text.replace('"filters": []', `"filters": [${filter}]`));
      await page.click('#workflow-use');
      const { configuration } = await until(async () => {
        const workflow = await server.get(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`);
        return workflow.configuration.includes('a==1') && workflow;
      });
      assert.match(configuration, new RegExp(server.env.TWILIO_TASK_QUEUE_SID));
    }),
  );

  test(
    'what the server refuses is said where it was tried',
    onServer(async (page, server) => {
      await server.post('/Tasks');
      await send(server, 'available');
      await page.locator('[aria-label^="Accept task 1"]').waitFor();
      await page.fill('#attributes', '{');
      await page.click('#create-task');
      await page.waitForSelector('#task-failure:not([hidden])');
      await page.click('.add summary');
      await page.fill('#worker-name', 'Alice');
      await page.click('#worker-form button');
      await page.locator('#worker-failure', { hasText: '400' }).waitFor();
    }),
  );

  test(
    'a moment is explained that another program made',
    onServer(
      async (page) => {
        await page.locator('#answer', { hasText: 'Alice was asked' }).waitFor();
        assert.deepEqual(await texts(page, '#why-reservation option'), [
          'When it was offered last',
          'Alice was asked: pending',
        ]);
      },
      {
        address: '#understand/task/1',
        before: async (server) => {
          await server.post('/Tasks');
          await send(server, 'available');
        },
      },
    ),
  );
}

function choices() {
  test(
    'with several workflows one is chosen, and new tasks go through it',
    onServer(async (page, server) => {
      const queue = server.env.TWILIO_TASK_QUEUE_SID;
      const configuration = JSON.stringify({ task_routing: { default_filter: { queue, priority: 5 } } });
      assert.equal(await page.isVisible('#served-workflow'), false);
      const { sid } = await server.post('/Workflows', { FriendlyName: 'Second', Configuration: configuration });
      await option(page, '#served-workflow', 'Second').waitFor({ state: 'attached' });
      await page.selectOption('#served-workflow', 'Second');
      await page.locator('.route', { hasText: 'priority 5' }).waitFor();
      await page.click('#create-task');
      await waitForTally(page, { status: 'pending', count: 1 });
      assert.equal((await only(server, '/Tasks', 'tasks')).workflow_sid, sid);
      await server.send('DELETE', `/Tasks/${(await only(server, '/Tasks', 'tasks')).sid}`);
      await server.send('DELETE', `/Workflows/${sid}`);
      await page.waitForSelector('#served-workflow', { state: 'hidden' });
      assert.equal(await page.locator('.route', { hasText: 'priority 5' }).count(), 0);
    }),
  );

  test(
    'a workspace of many events is read from its lists, and followed from then on',
    onServer(
      async (page, server) => {
        await waitForTally(page, { status: 'pending', count: '1,999' });
        await waitForTally(page, { status: 'reserved', count: 1 });
        await page.click('[aria-label^="Accept task 1 "]');
        await waitForTally(page, { status: 'assigned', count: 1 });
        await server.post('/Tasks');
        await waitForTally(page, { status: 'pending', count: '2,000' });
        assert.ok((await texts(page, '.target-queue')).length > 0, 'its workflow is there');
      },
      {
        before: async (server) => {
          for (let done = 0; done < 2000; done += 50) {
            await Promise.all(Array.from({ length: 50 }, () => server.post('/Tasks')));
          }
          await send(server, 'available');
        },
      },
    ),
  );
}

export function liveTests() {
  others();
  mine();
  choices();
}
