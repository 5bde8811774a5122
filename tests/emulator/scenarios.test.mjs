// The scenarios, each in this machine's own code, in WebAssembly and over HTTP: all answers are the same, byte by byte.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runScenario } from './scenario.mjs';
import { start } from './server.mjs';

const { Emulator } = await import(pathToFileURL(`${process.env.TASKROUTER_NPM}/emulator.mjs`));
const run = promisify(execFile);
const folder = fileURLToPath(new URL('scenarios/', import.meta.url));
const START = Date.UTC(2025, 0, 1);
const HOST = 'emulator.test'; // Addresses in answers name the host that was asked.
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let server;

before(async () => { server = await start('--virtual-clock'); });
after(async () => {
  agent.destroy();
  await server.stop();
});

async function inProcess(file) {
  const { stdout } = await run(process.env.TASKROUTER_RUN_SCENARIO, [file, `${START}`], { maxBuffer: 1 << 26 });
  const lines = stdout.trimEnd().split('\n');
  return { answers: lines.slice(0, -1), state: JSON.parse(lines.at(-1)) };
}

async function inWebAssembly(file) {
  const emulator = await Emulator.create({ now: START, assignmentCallbackUrl: '' });
  const { activities, ...story } = emulator.story;
  for (const [name, sid] of Object.entries(activities)) story[`${name}_activity_sid`] = sid;
  const authorization = `Basic ${btoa(`${emulator.accountSid}:${emulator.authToken}`)}`;
  return runScenario(file, story, {
    advance: (time) => emulator.advance(time),
    send: async (method, path, form, headers) => {
      const all = { Authorization: authorization, ...headers };
      if (form !== undefined) all['Content-Type'] = 'application/x-www-form-urlencoded';
      const response = await emulator.fetch(`http://${HOST}${path}`, { method, headers: all, body: form });
      return { status: response.status, etag: response.headers.get('ETag'), body: await response.text() };
    },
  });
}

// fetch lets nobody set the Host.
function send(method, path, form, headers) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const all = { Host: HOST, Authorization: server.authorization, ...headers };
    if (form !== undefined) all['Content-Type'] = 'application/x-www-form-urlencoded';
    const request = httpRequest({ hostname, port, method, path, headers: all, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, etag: response.headers.etag, body: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(form);
  });
}

async function overHttp(file) {
  await server.admin('reset', {});
  const { json: story } = await server.admin('story');
  const advance = (time) => server.admin('clock', { advance_ms: time });
  const answers = await runScenario(file, story, { send, advance });
  return { answers, state: (await server.admin('state')).json };
}

// Says where two runs differ first: all of it would be long.
function assertSame(answers, expected) {
  const at = expected.findIndex((line, i) => line !== answers[i]);
  if (at >= 0) assert.equal(answers[at], expected[at], `answer ${at + 1}`);
  assert.equal(answers.length, expected.length);
}

const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
for (const name of files) {
  test(`${name.replace('.jsonl', '').replaceAll('_', ' ')}: in process, in WebAssembly and over HTTP`, async () => {
    const file = join(folder, name);
    const native = await inProcess(file);
    assert.ok(native.answers.length > 5);
    assertSame(await inWebAssembly(file), native.answers);
    const web = await overHttp(file);
    assertSame(web.answers, native.answers);
    assert.deepEqual(web.state, native.state);
  });
}
