// The same accept over real HTTP, against taskrouter-emulator: from the native example, from the
// WebAssembly client, and from curl.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PROGRAM, start } from './server.mjs';

const { TaskRouter } = await import(pathToFileURL(`${process.env.TASKROUTER_NPM}/taskrouter.mjs`));
const run = promisify(execFile);
let server;
let url;
let env;
let client;

before(async () => {
  server = await start();
  ({ url, env } = server);
  client = await TaskRouter.create({
    accountSid: env.TWILIO_ACCOUNT_SID, authToken: env.TWILIO_AUTH_TOKEN, baseUrl: url,
  });
});

after(() => server.stop());

// A task with a reservation for Alice that waits for an answer: what names it.
async function reserve() {
  const workspace_sid = env.TWILIO_WORKSPACE_SID;
  const task = await client.send('CreateTask', { workspace_sid, attributes: { selected_language: 'es' } });
  await client.send('UpdateWorker', {
    workspace_sid, sid: env.TWILIO_WORKER_SID, activity_sid: env.TWILIO_AVAILABLE_ACTIVITY_SID,
  });
  const { reservations: [reservation] } = await client.send('ListTaskReservation', { workspace_sid, task_sid: task.sid });
  assert.equal(reservation.reservation_status, 'pending');
  return { workspace_sid, task_sid: task.sid, sid: reservation.sid };
}

async function assertAssigned({ workspace_sid, task_sid }) {
  assert.equal((await client.send('FetchTask', { workspace_sid, sid: task_sid })).assignment_status, 'assigned');
  const alice = await client.send('FetchWorker', { workspace_sid, sid: env.TWILIO_WORKER_SID });
  assert.equal(alice.activity_name, 'Busy');
}

test('the WebAssembly client accepts', async () => {
  const pending = await reserve();
  const reservation = await client.send('UpdateTaskReservation', { ...pending, reservation_status: 'accepted' });
  assert.equal(reservation.worker_name, 'Alice');
  assert.equal(reservation.reservation_status, 'accepted');
  await assertAssigned(pending);
});

test('the native example accepts', async () => {
  const pending = await reserve();
  const { stdout } = await run(process.env.TASKROUTER_EXAMPLE,
    [pending.workspace_sid, pending.task_sid, pending.sid, '--base-url', url], { env });
  assert.equal(stdout, 'Alice accepted\n');
  await assertAssigned(pending);
});

test('curl accepts, with the command of the quickstart', async () => {
  const pending = await reserve();
  const { stdout } = await run('curl', ['-sS', '-X', 'POST',
    `${url}/v1/Workspaces/${pending.workspace_sid}/Tasks/${pending.task_sid}/Reservations/${pending.sid}`,
    '-d', 'ReservationStatus=accepted', '-u', `${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`]);
  const reservation = JSON.parse(stdout);
  assert.equal(reservation.worker_name, 'Alice');
  assert.equal(reservation.reservation_status, 'accepted');
  await assertAssigned(pending);
});

test('the command that the client describes is one that curl and a shell understand', async () => {
  const pending = await reserve();
  const command = client.curl('UpdateTaskReservation', { ...pending, reservation_status: 'accepted' });
  assert.ok(!command.includes(env.TWILIO_AUTH_TOKEN));
  const { stdout } = await run('sh', ['-c', `${command} -sS`], { env: { ...process.env, ...env } });
  assert.equal(JSON.parse(stdout).reservation_status, 'accepted');
});

test('wrong credentials are refused', async () => {
  const stranger = await TaskRouter.create({ accountSid: env.TWILIO_ACCOUNT_SID, authToken: 'guess', baseUrl: url });
  await assert.rejects(stranger.send('FetchWorkspace', { sid: env.TWILIO_WORKSPACE_SID }), { status: 401, code: 20003 });
});

test('a preflight is answered, and every answer may be read from another origin', async () => {
  const target = `${url}/v1/Workspaces/${env.TWILIO_WORKSPACE_SID}`;
  const preflight = await fetch(target, { method: 'OPTIONS', headers: {
    Origin: 'https://example.com', 'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'authorization, content-type',
  } });
  assert.ok(preflight.ok);
  assert.match(preflight.headers.get('access-control-allow-headers'), /authorization/i);
  assert.match(preflight.headers.get('access-control-allow-methods'), /POST/);
  for (const response of [preflight, await fetch(target)]) {
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
});

test('page URLs lead back to the server', async () => {
  await client.send('CreateTask', { workspace_sid: env.TWILIO_WORKSPACE_SID });
  const page = await client.send('ListTask', { workspace_sid: env.TWILIO_WORKSPACE_SID, page_size: 1 });
  assert.equal(page.tasks.length, 1);
  assert.ok(page.meta.next_page_url.startsWith(`${url}/v1/`), page.meta.next_page_url);
});

test('wrong flags and a port in use are told in one line', async () => {
  await assert.rejects(run(PROGRAM, ['--prot', '80']), ({ code, stderr }) => code === 2 && stderr.trim().split('\n').length === 1);
  const taken = createServer();
  await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
  try {
    await assert.rejects(run(PROGRAM, ['--port', `${taken.address().port}`]), { code: 1 });
  } finally {
    taken.close();
  }
});
