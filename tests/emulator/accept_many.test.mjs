// The example that accepts many reservations, against the server with 1,000 of them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { start } from './server.mjs';

const MANY = 1000;

// So many workers who wait, and a task for each.
function seed() {
  const steps = [];
  for (let number = 0; number < MANY; number += 1) {
    const form = { FriendlyName: `Worker ${number}`, ActivitySid: '{available_activity_sid}', Attributes: '{"languages":["es"]}' };
    steps.push({ post: '/v1/Workspaces/{workspace_sid}/Workers', form });
  }
  for (let number = 0; number < MANY; number += 1) {
    steps.push({ post: '/v1/Workspaces/{workspace_sid}/Tasks', form: { Attributes: JSON.stringify({ selected_language: 'es', number }) } });
  }
  return steps.map((step) => JSON.stringify(step)).join('\n');
}

// Every resource of a list, page by page.
async function all(server, path, key) {
  const found = [];
  for (let next = `${path}?PageSize=1000`; next; ) {
    const { meta, [key]: page } = await server.get(next);
    found.push(...page);
    next = meta.next_page_url && meta.next_page_url.slice(server.url.length);
  }
  return found;
}

async function accepted(server, input) {
  const program = spawn(process.env.ACCEPT_MANY, ['--base-url', server.url], { env: server.env, stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  program.stdout.on('data', (data) => { output += data; });
  program.stdin.end(input);
  const status = await new Promise((resolve) => program.on('close', resolve));
  return { status, lines: output.trim().split('\n') };
}

test('1,000 reservations are accepted, and the API says so of each', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-many-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'seed.jsonl'), seed());
  const server = await start('--virtual-clock', '--seed', join(folder, 'seed.jsonl'));
  const workspace = server.env.TWILIO_WORKSPACE_SID;
  const workers = await all(server, '/Workers', 'workers');
  const reservations = [];
  for (const { sid } of workers) reservations.push(...(await server.get(`/Workers/${sid}/Reservations`)).reservations);
  assert.equal(reservations.length, MANY);
  assert.ok(reservations.every(({ reservation_status: status }) => status === 'pending'));

  const input = reservations.map(({ task_sid: task, sid }) => `${workspace} ${task} ${sid}\n`).join('');
  const { status, lines } = await accepted(server, input);
  assert.equal(lines.pop(), `${MANY} accepted, 0 not`);
  assert.equal(status, 0);
  assert.deepEqual(lines.sort(), reservations.map(({ sid }) => `${sid} accepted`).sort());

  for (const { task_sid: task, sid } of reservations) {
    const { reservation_status: now } = await server.get(`/Tasks/${task}/Reservations/${sid}`);
    assert.equal(now, 'accepted', sid);
  }
  const tasks = await all(server, '/Tasks', 'tasks');
  assert.deepEqual([...new Set(tasks.map(({ assignment_status: state }) => state))], ['assigned']);

  // Once more, none is pending any longer: each is told of.
  const again = await accepted(server, input);
  assert.equal(again.status, 1);
  assert.equal(again.lines.pop(), `0 accepted, ${MANY} not`);
  assert.ok(again.lines.every((line) => /^WR[0-9a-f]{32} 400 20001: .*already/.test(line)), again.lines[0]);
  await server.stop();
});
