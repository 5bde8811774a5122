// The inspector: the callback, and each request with its response.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  callbackParameter,
  inEmulator,
  requestField,
  reserve,
  texts,
  waitForActivity,
} from './fixture.mjs';

const PARAMETERS = [
  'Timestamp',
  'AccountSid',
  'WorkspaceSid',
  'WorkflowSid',
  'TaskQueueSid',
  'WorkerSid',
  'WorkerAttributes',
  'TaskSid',
  'TaskAttributes',
  'TaskAge',
  'TaskPriority',
  'ReservationSid',
];

export function inspectorTests() {
  test(
    'the callback is shown decoded, one row a parameter',
    inEmulator(async (page) => {
      await reserve(page);
      assert.deepEqual((await texts(page, '#callback-fields th')).sort(), [...PARAMETERS].sort());
      assert.deepEqual(JSON.parse(await callbackParameter(page, 'TaskAttributes')), {
        selected_language: 'es',
      });
      assert.match(await callbackParameter(page, 'ReservationSid'), /^WR[0-9a-f]{32}$/);
    }),
  );

  test(
    'the reservation SID is copied to the clipboard',
    inEmulator(
      async (page) => {
        await reserve(page);
        await page.click('#callback-fields button');
        await page.locator('#callback-fields button', { hasText: 'Copied' }).waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.equal(copied, await callbackParameter(page, 'ReservationSid'));
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    ),
  );

  test(
    'the request is shown as it was sent, without the secret',
    inEmulator(async (page) => {
      await reserve(page);
      await page.click('#accept');
      await waitForActivity(page, 'Busy');
      const line = await page.innerText('#calls [aria-label="Request"] .request-line');
      assert.match(
        line,
        new RegExp(
          '^POST https://taskrouter\\.twilio\\.com/v1/Workspaces/WS[0-9a-f]{32}' +
            '/Tasks/WT[0-9a-f]{32}/Reservations/WR[0-9a-f]{32}$',
        ),
      );
      assert.equal(await requestField(page, 'Authorization'), 'Basic [hidden]');
      assert.equal(await requestField(page, 'ReservationStatus'), 'accepted');
      const curl = await page.textContent('#calls details pre');
      assert.match(curl, /^curl /);
      assert.match(curl, /\$TWILIO_ACCOUNT_SID:\$TWILIO_AUTH_TOKEN/);
      const response = JSON.parse(await page.innerText('#calls [aria-label="Response"] pre'));
      assert.equal(response.reservation_status, 'accepted');
    }),
  );

  test(
    'an earlier call can be looked at again',
    inEmulator(async (page) => {
      await reserve(page);
      await page.locator('#calls .exchange').last().click();
      assert.equal(await page.innerText('#calls [aria-label="Response"] .status'), '201 Created');
      assert.deepEqual(JSON.parse(await requestField(page, 'Attributes')), {
        selected_language: 'es',
      });
    }),
  );
}
