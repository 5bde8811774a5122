// A reservation's life through the proxy, with the emulator in Twilio's place.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { PAGE, withProxy } from './upstream.mjs';

const { Emulator, TaskRouter } = await import(pathToFileURL(join(PAGE, 'taskrouter.mjs')));

const emulator = await Emulator.create();
const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: emulator.accountSid,
  TWILIO_AUTH_TOKEN: emulator.authToken,
};

async function answer({ method, url, headers }, response, { body }) {
  const init = { method, headers: Object.entries(headers), body: body || undefined };
  const reply = await emulator.fetch(`${emulator.baseUrl}${url}`, init);
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.end(await reply.text());
}

test(
  'a task is created, reserved and accepted, and a stale ETag is refused',
  withProxy(
    async ({ origin, secret, seen }) => {
      // As the page sends: without credentials, with the secret.
      const client = await TaskRouter.create({
        accountSid: emulator.accountSid,
        authToken: 'held-by-the-proxy',
        baseUrl: origin,
        fetch: (url, init) => {
          const headers = init.headers.filter(([name]) => name !== 'Authorization');
          return fetch(url, { ...init, headers: [...headers, ['X-Proxy-Secret', secret]] });
        },
      });
      const { workspace_sid, worker_sid, activities } = emulator.story;
      const attributes = { selected_language: 'es', text: 'ü & =' };
      const task = await client.send('CreateTask', { workspace_sid, attributes });
      await client.send('UpdateWorker', {
        workspace_sid,
        sid: worker_sid,
        activity_sid: activities.available,
      });
      const place = { workspace_sid, task_sid: task.sid };
      const { reservations } = await client.send('ListTaskReservation', place);
      const accepted = await client.send('UpdateTaskReservation', {
        ...place,
        sid: reservations[0].sid,
        reservation_status: 'accepted',
      });
      assert.equal(accepted.reservation_status, 'accepted');

      const sid = task.sid;
      const now = await client.send('FetchTask', { workspace_sid, sid });
      assert.equal(JSON.parse(now.attributes).text, 'ü & =');
      assert.notEqual(now.etag, task.etag);
      await assert.rejects(
        client.send('UpdateTask', { workspace_sid, sid, priority: 3, if_match: task.etag }),
        ({ kind, status }) => kind === 'api' && status === 412,
      );
      await client.send('UpdateTask', { workspace_sid, sid, priority: 3, if_match: now.etag });
      assert.equal(seen.length, 7);
    },
    answer,
    { environment: ENVIRONMENT },
  ),
);
