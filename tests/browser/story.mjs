// The story, played by clicking.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callbackParameter,
  inEmulator,
  lifecycle,
  requestField,
  reserve,
  texts,
  waitForActivity,
} from './fixture.mjs';

function acceptAndRefusal() {
  test(
    'an accepted reservation assigns the task and makes Alice busy',
    inEmulator(async (page) => {
      assert.deepEqual(await texts(page, '#worker-activity'), ['Offline']);
      await reserve(page);
      assert.deepEqual(await lifecycle(page), [
        'Task created: done',
        'Worker available: done',
        'Reserved: pending',
        'Answered: later',
        'Assigned: later',
      ]);
      await page.click('#accept');
      await waitForActivity(page, 'Busy');
      await page.locator('#outcome', { hasText: 'Accepted' }).waitFor();
      assert.deepEqual(await lifecycle(page), [
        'Task created: done',
        'Worker available: done',
        'Reserved: done',
        'Accepted: done',
        'Assigned: done',
      ]);
      assert.deepEqual(await texts(page, '#worker-trail li'), [
        'Offline',
        'Available',
        'Reserved',
        'Busy',
      ]);
      assert.match((await texts(page, '#tasks li'))[0], /^WT[0-9a-f]{32} assigned$/);
      assert.equal(await page.isVisible('#countdown'), false);
    }),
  );

  test(
    'accepting twice shows the error of the API at the button',
    inEmulator(async (page) => {
      await reserve(page);
      await page.click('#accept');
      await waitForActivity(page, 'Busy');
      await page.click('#accept');
      const failure = page.locator('#answer-failure');
      await failure.waitFor();
      const text = await failure.innerText();
      assert.match(text, /Status 400, code 20001/);
      assert.match(text, /Reservation WR[0-9a-f]{32} is already in state \[accepted\]/);
      assert.match(
        await failure.locator('a').getAttribute('href'),
        /^https:\/\/www\.twilio\.com\/docs\/.*20001$/,
      );
      assert.equal(
        await page.innerText('#calls [aria-label="Response"] .status'),
        '400 Bad Request',
      );
    }),
  );

  test(
    'a reservation SID that is none is refused at its field, and nothing is sent',
    inEmulator(async (page) => {
      await reserve(page);
      const calls = await page.locator('#calls .exchange').count();
      await page.fill('#reservation-sid', 'WR1');
      await page.click('#accept');
      await page.locator('#reservation-sid-failure', { hasText: 'Not sent' }).waitFor();
      assert.equal(await page.getAttribute('#reservation-sid', 'aria-invalid'), 'true');
      assert.equal(await page.locator('#calls .exchange').count(), calls);
    }),
  );
}

function rejectAndTimeout() {
  test(
    'a rejected reservation leaves the task pending and moves Alice where she was sent',
    inEmulator(async (page) => {
      await reserve(page);
      await page.selectOption('#reject-activity', { label: 'Offline' });
      await page.click('#reject');
      await page.locator('#outcome', { hasText: 'Rejected' }).waitFor();
      assert.deepEqual(await texts(page, '#worker-activity'), ['Offline']);
      assert.deepEqual(await texts(page, '#worker-trail li'), [
        'Offline',
        'Available',
        'Reserved',
        'Offline',
      ]);
      assert.match((await texts(page, '#tasks li'))[0], / pending$/);
      assert.deepEqual((await lifecycle(page)).slice(3), [
        'Rejected: not assigned',
        'Assigned: later',
      ]);
      assert.equal(await requestField(page, 'ReservationStatus'), 'rejected');
      assert.match(await requestField(page, 'WorkerActivitySid'), /^WA[0-9a-f]{32}$/);
    }),
  );

  test(
    'Alice is reserved again when she rejects and stays available',
    inEmulator(async (page) => {
      await reserve(page);
      const first = await callbackParameter(page, 'ReservationSid');
      await page.selectOption('#reject-activity', { label: 'Available' });
      await page.click('#reject');
      await page.locator('#outcome', { hasText: 'reserved again' }).waitFor();
      assert.notEqual(await callbackParameter(page, 'ReservationSid'), first);
      assert.notEqual(await page.inputValue('#reservation-sid'), first);
      assert.equal((await lifecycle(page))[2], 'Reserved: pending');
      assert.deepEqual((await texts(page, '#worker-trail li')).slice(-3), [
        'Reserved',
        'Available',
        'Reserved',
      ]);
    }),
  );

  test(
    'a timeout says where Alice went and what to do',
    inEmulator(async (page) => {
      await reserve(page);
      assert.match(await page.innerText('#countdown-time'), /^\d:\d\d$/);
      await page.click('#jump');
      const outcome = page.locator('#outcome', { hasText: 'Timeout' });
      await outcome.waitFor();
      const text = await outcome.innerText();
      assert.match(
        text,
        /Alice went to the timeout activity, “Offline”, and the task is pending again/,
      );
      assert.match(text, /Set Alice back to an available activity, or create another task/);
      assert.match(text, /longer Task Reservation Timeout/);
      assert.equal((await lifecycle(page))[3], 'Timeout: not assigned');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'outcome');
      await page.click('#set-activity');
      await waitForActivity(page, 'Reserved');
      assert.equal((await lifecycle(page))[2], 'Reserved: pending');
    }),
  );

  test(
    'the countdown runs by itself',
    inEmulator(async (page) => {
      await reserve(page);
      const first = await page.innerText('#countdown-time');
      await page.locator('#countdown-time').filter({ hasNotText: first }).waitFor();
    }),
  );
}

function attributes() {
  test(
    'malformed attributes are refused at their field',
    inEmulator(async (page) => {
      await page.fill('#attributes', '{"selected_language": ');
      await page.click('#create-task');
      await page.waitForSelector('#attributes-failure:not([hidden])');
      assert.notEqual((await page.innerText('#attributes-failure')).trim(), '');
      assert.equal(await page.getAttribute('#attributes', 'aria-invalid'), 'true');
      assert.equal(await page.locator('#tasks li').count(), 0);
      await page.fill('#attributes', '{}');
      await page.click('#create-task');
      await page.waitForSelector('#tasks li');
      assert.equal(await page.isVisible('#attributes-failure'), false);
      assert.equal(await page.getAttribute('#attributes', 'aria-invalid'), null);
    }),
  );

  test(
    'markup in attributes is shown as text',
    inEmulator(async (page) => {
      const markup = '<img src=x onerror="hacked=1"><script>hacked=1</script></td><b id=injected>';
      await page.fill('#attributes', JSON.stringify({ selected_language: 'es', markup }));
      await reserve(page);
      assert.equal(JSON.parse(await callbackParameter(page, 'TaskAttributes')).markup, markup);
      await page.locator('#calls .exchange').last().click();
      assert.equal(JSON.parse(await requestField(page, 'Attributes')).markup, markup);
      const response = JSON.parse(await page.innerText('#calls [aria-label="Response"] pre'));
      assert.equal(JSON.parse(response.attributes).markup, markup);
      const found = await page.evaluate(() => [
        document.querySelectorAll('body img, body script, #injected').length,
        typeof globalThis.hacked,
      ]);
      assert.deepEqual(found, [0, 'undefined']);
    }),
  );

  test(
    'starting over forgets the story',
    inEmulator(async (page) => {
      await reserve(page);
      await page.fill('#attributes', '{"other": 1}');
      await page.click('#start-over');
      await waitForActivity(page, 'Offline');
      assert.equal(await page.locator('#tasks li').count(), 0);
      assert.equal(await page.locator('#callback-fields').count(), 0);
      assert.equal(await page.isVisible('#answer-form'), false);
      assert.match(await page.inputValue('#attributes'), /selected_language/);
      assert.equal((await lifecycle(page))[0], 'Task created: next');
      await reserve(page);
    }),
  );
}

export function storyTests() {
  acceptAndRefusal();
  rejectAndTimeout();
  attributes();
}
