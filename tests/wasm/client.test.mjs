// The client with a fetch of the test's own: what is sent, and what is made of the answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, TASK, UPDATE, clientOf, json, recorder, sid } from './package.mjs';

const URL_OF_UPDATE =
  `/v1/Workspaces/${UPDATE.workspace_sid}/Tasks/${UPDATE.task_sid}` + `/Reservations/${UPDATE.sid}`;

test('sends the request that it builds, and answers with the output', async () => {
  const { calls, fetch } = recorder(() => json({ reservation_status: 'accepted', age: 1 }));
  const client = await clientOf({ fetch });
  const reservation = await client.send('UpdateTaskReservation', UPDATE);

  assert.equal(reservation.reservation_status, 'accepted');
  assert.equal(reservation.date_created, null);
  const [call] = calls;
  assert.equal(calls.length, 1);
  assert.equal(call.method, 'POST');
  assert.equal(call.url, `https://taskrouter.twilio.com${URL_OF_UPDATE}`);
  assert.equal(call.body, 'ReservationStatus=accepted');
  assert.equal(call.headers.get('authorization'), `Basic ${btoa(`${ACCOUNT}:secret`)}`);
  assert.equal(call.headers.get('content-type'), 'application/x-www-form-urlencoded');
  assert.equal(call.headers.get('user-agent'), null); // Browsers would ask for permission first.
  assert.equal(call.redirect, 'error');
  assert.equal(call.credentials, 'omit');
  assert.equal(call.cache, 'no-store');
});

test('a GET has no body and no type', async () => {
  const { calls, fetch } = recorder(() => json({ sid: TASK.sid }));
  const client = await clientOf({ fetch });
  await client.send('FetchTask', TASK);
  assert.equal(calls[0].body, undefined);
  assert.equal(calls[0].headers.get('content-type'), null);
});

test('an answer without content is null', async () => {
  const client = await clientOf({ fetch: async () => new Response(null, { status: 204 }) });
  assert.equal(await client.send('DeleteTask', TASK), null);
});

test('JSON fields are taken as text and as objects', async () => {
  const client = await clientOf({});
  const workspace_sid = UPDATE.workspace_sid;
  const attributes = { skill: 'tax & law' };
  const { body } = client.build('CreateTask', { workspace_sid, attributes });
  assert.equal(body, 'Attributes=%7B%22skill%22%3A%22tax%20%26%20law%22%7D');
  const text = client.build('CreateTask', {
    workspace_sid,
    attributes: JSON.stringify(attributes),
  });
  assert.equal(text.body, body);
});

test('the base URL can be another one', async () => {
  const client = await clientOf({ baseUrl: 'http://127.0.0.1:8080/twilio' });
  const { url } = client.build('UpdateTaskReservation', UPDATE);
  assert.equal(url, `http://127.0.0.1:8080/twilio${URL_OF_UPDATE}`);
});

test('curl text holds variables in place of credentials', async () => {
  const client = await clientOf({});
  const text = client.curl('UpdateTaskReservation', UPDATE);
  assert.match(text, /^curl -X POST 'https:\/\/taskrouter\.twilio\.com\/v1\/Workspaces\//);
  assert.match(text, /"\$TWILIO_ACCOUNT_SID:\$TWILIO_AUTH_TOKEN"/);
  assert.match(text, /ReservationStatus=accepted/);
  assert.doesNotMatch(text, /secret|Authorization|Basic/);
});

test('two clients do not mix their accounts', async () => {
  const header = (client) =>
    new Headers(client.build('FetchTask', TASK).headers).get('authorization');
  const first = await clientOf({});
  const second = await clientOf({ accountSid: sid('AC', 9), authToken: 'another' });
  assert.equal(header(first), `Basic ${btoa(`${ACCOUNT}:secret`)}`);
  assert.equal(header(second), `Basic ${btoa(`${sid('AC', 9)}:another`)}`);
  assert.equal(header(first), `Basic ${btoa(`${ACCOUNT}:secret`)}`);
});

test('sends at the same time keep their answers apart', async () => {
  const fetch = async (url) => {
    const task = url.slice(-34);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    return json({ sid: task });
  };
  const client = await clientOf({ fetch });
  const sids = Array.from({ length: 50 }, (_, i) => `WT${String(i).padStart(32, '0')}`);
  const send = (task) => client.send('FetchTask', { ...TASK, sid: task });
  const tasks = await Promise.all(sids.map(send));
  assert.deepEqual(
    tasks.map((task) => task.sid),
    sids,
  );
});

test('parse takes headers in every form, and the body as text or bytes', async () => {
  const client = await clientOf({});
  const body = '{"sid":"x","friendly_name":"Jos\u00e9"}';
  const bytes = new TextEncoder().encode(body);
  for (const given of [body, bytes, bytes.buffer]) {
    for (const headers of [undefined, {}, [], new Headers(), [['a', 'b']], { a: 'b' }]) {
      const worker = client.parse('FetchWorker', { status: 200, headers, body: given });
      assert.equal(worker.friendly_name, 'Jos\u00e9');
    }
  }
});
