// What the tests of the event bridge have in common: the server, tokens for it, its API, and the unmodified
// npm package twilio-taskrouter connected to it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { start } from './server.mjs';

const require = createRequire(import.meta.url);
const load = (name) => { try { return require(name); } catch { return undefined; } };

// The package never stops some of its timers, and none of them should keep a test alive.
for (const name of ['setTimeout', 'setInterval']) {
  const original = globalThis[name];
  globalThis[name] = (...words) => original(...words).unref();
}

export const sdk = load('twilio-taskrouter');
export const WebSocket = load('ws');
export const skip = sdk && WebSocket ? false : 'skipped: twilio-taskrouter is not installed';

// Starts the server. Its `env` is without the names' TWILIO_.
export async function startServer(...words) {
  const { url, env, errors, stop, kill } = await start(...words);
  const named = Object.entries(env).map(([name, value]) => [name.replace(/^TWILIO_/, ''), value]);
  return { url, env: Object.fromEntries(named), errors, stop, kill };
}

// Asks the API, with the credentials `user`.
export async function api(server, method, path, form, user = `${server.env.ACCOUNT_SID}:${server.env.AUTH_TOKEN}`) {
  const response = await fetch(`${server.url}/v1/Workspaces/${server.env.WORKSPACE_SID}${path}`, {
    method, body: form && new URLSearchParams(form), headers: { Authorization: `Basic ${btoa(user)}` },
  });
  const body = await response.text();
  assert.ok(response.ok, body);
  return body ? JSON.parse(body) : undefined;
}

// A token for Alice that the C++ library has made.
export const tokenOfAlice = ({ env }) => execFileSync(process.env.WORKER_TOKEN,
  [env.WORKSPACE_SID, env.WORKER_SID, 'Alice'],
  { env: { TWILIO_ACCOUNT_SID: env.ACCOUNT_SID, TWILIO_API_KEY: env.API_KEY, TWILIO_API_SECRET: env.API_SECRET } },
).toString().trim();

// Any other token.
export function tokenFor({ env }, { worker = env.WORKER_SID, role = 'worker', lifetime = 3600, secret = env.API_SECRET } = {}) {
  const iat = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = [{ cty: 'twilio-fpa;v=1', typ: 'JWT', alg: 'HS256' }, {
    jti: `${env.API_KEY}-${iat}`, iss: env.API_KEY, sub: env.ACCOUNT_SID, iat, exp: iat + lifetime,
    grants: { identity: 'a test', task_router: { workspace_sid: env.WORKSPACE_SID, worker_sid: worker, role } },
  }].map(part).join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

export const optionsFor = (server, more = {}) => ({
  ebServer: `${server.url}/v1/wschannels`,
  wsServer: `${server.url.replace('http', 'ws')}/v1/wschannels`,
  logLevel: 'silent',
  ...more,
});

// A worker of the package who is ready.
export async function ready(server, token, more, Kind = sdk.Worker) {
  const worker = new Kind(token, optionsFor(server, more));
  try {
    await once(worker, 'ready');
    return worker;
  } catch (problem) {
    worker.disconnect();  // It would try again and again.
    throw problem;
  }
}

// Whether something comes true, within the test's own time limit.
export async function until(isTrue) {
  while (!(await isTrue())) await sleep(5);
}

// A way to the server that can be cut.
export async function cuttable(server) {
  const { port } = new URL(server.url);
  const sockets = new Set();
  const way = createServer((here) => {
    const there = connect(port, '127.0.0.1');
    for (const [socket, other] of [[here, there], [there, here]]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => { sockets.delete(socket); other.destroy(); }).pipe(other);
    }
  });
  await once(way.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${way.address().port}`,
    cut: () => { for (const socket of sockets) socket.destroy(); },
    close: () => { for (const socket of sockets) socket.destroy(); way.close(); },
  };
}
