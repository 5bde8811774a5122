// Starts taskrouter-emulator for a test, and talks to it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const PROGRAM = process.env.TASKROUTER_EMULATOR;

// A test that fails may not come to stop what it started.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

// Starts the program and waits until it has said where it listens and what it holds.
export async function start(...flags) {
  const child = spawn(PROGRAM, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
  running.add(child);
  exited.then(() => running.delete(child));
  let errors = '';
  child.stderr.on('data', (text) => { errors += text; });
  const env = {};
  let url;
  for await (const line of createInterface({ input: child.stdout })) {
    url ??= /http:\/\/[^ ]+$/.exec(line)?.[0];
    const [, name, value] = /^([A-Z_]+)=(\S+)$/.exec(line) ?? [];
    if (name) env[name] = value;
    if (env.TWILIO_BUSY_ACTIVITY_SID) break;
  }
  if (!url) throw new Error(`the server did not start: ${errors}`);
  const authorization = `Basic ${btoa(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`)}`;
  const server = { child, exited, url, env, authorization, errors: () => errors };

  // An API request below the workspace of the story, or anywhere if the path begins with /v1.
  server.send = async (method, path, form, headers = {}) => {
    const whole = path.startsWith('/v1') ? path : `/v1/Workspaces/${env.TWILIO_WORKSPACE_SID}${path}`;
    const response = await fetch(url + whole, {
      method, headers: { Authorization: authorization, ...headers }, body: form && new URLSearchParams(form),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: text ? JSON.parse(text) : undefined };
  };
  server.get = async (path) => (await server.send('GET', path)).json;
  server.post = async (path, form = {}) => {
    const { status, text, json } = await server.send('POST', path, form);
    assert.ok(status === 200 || status === 201, `${status} ${text}`);
    return json;
  };

  // A request to the server's own part.
  server.admin = async (name, body, headers = { 'Content-Type': 'application/json' }) => {
    const options = body === undefined ? {} : {
      method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body),
    };
    const response = await fetch(`${url}/_emulator/${name}`, options);
    return { status: response.status, headers: response.headers, json: await response.json() };
  };

  server.stop = async () => {
    child.kill('SIGTERM');
    assert.deepEqual(await exited, { code: 0, signal: null }, 'SIGTERM ends it gracefully');
  };
  server.kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return server;
}

// What the program says and does when it does not come to listen. If it does, it is killed.
export async function fail(...flags) {
  const child = spawn(PROGRAM, flags, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', () => child.kill('SIGKILL'));
  let text = '';
  child.stderr.on('data', (part) => { text += part; });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, text };
}

// Waits until `look` finds something, looking again and again.
export async function until(look) {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
