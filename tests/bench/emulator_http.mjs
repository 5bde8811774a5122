// Load on taskrouter-emulator, with wrk: requests a second and latencies at 16, 64 and 256 connections, with a store,
// and with 50 slow clients beside.
//   node tests/bench/emulator_http.mjs build/bin/taskrouter-emulator [SECONDS]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const [program, seconds = '5'] = process.argv.slice(2);
const script = fileURLToPath(new URL('emulator_http.lua', import.meta.url));

async function start(...flags) {
  const child = spawn(program, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.on('close', resolve));
  const env = {};
  let url;
  for await (const line of createInterface({ input: child.stdout })) {
    url ??= /http:\/\/[^ ]+$/.exec(line)?.[0];
    const [, name, value] = /^TWILIO_([A-Z_]+)=(\S+)$/.exec(line) ?? [];
    if (name) env[name] = value;
    if (env.BUSY_ACTIVITY_SID) break;
  }
  // Clock ticks of 10 ms that it has computed, for itself and in the system's calls.
  const cpu = () => {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  return { url, env, cpu, stop: () => { child.kill(); return exited; } };
}

function slowClients(url) {
  return Array.from({ length: 50 }, () => {
    const socket = connect(new URL(url).port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /v1/Workspaces HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n');
    const dripping = setInterval(() => socket.write('x'), 100);
    return () => { clearInterval(dripping); socket.destroy(); };
  });
}

async function load(name, connections, flags = [], withSlowClients = false) {
  const { url, env, cpu, stop } = await start(...flags);
  const before = cpu();
  const slow = withSlowClients ? slowClients(url) : [];
  const authorization = `Basic ${btoa(`${env.ACCOUNT_SID}:${env.AUTH_TOKEN}`)}`;
  const wrk = spawn('wrk', ['-t1', `-c${connections}`, `-d${seconds}`, '--latency', '-s', script, url, '--',
    `/v1/Workspaces/${env.WORKSPACE_SID}`, env.WORKER_SID, authorization], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  wrk.stdout.on('data', (part) => { text += part; });
  await new Promise((resolve) => wrk.on('close', resolve));
  const computed = cpu() - before;
  for (const end of slow) end();
  await stop();
  const [, requests] = /Requests\/sec:\s+([\d.]+)/.exec(text);
  const percentile = (n) => new RegExp(`^ +${n}%\\s+(\\S+)`, 'm').exec(text)[1];
  const [, total] = /(\d+) requests in/.exec(text);
  const errors = /(Non-2xx.*|Socket errors.*)/.exec(text)?.[1] ?? 'none';
  const numbers = [Math.round(requests).toLocaleString('en'), percentile(50), percentile(99), `${((computed / total) * 1e6).toFixed(1)} us`, errors];
  console.log(`| ${name} | ${numbers.join(' | ')} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'taskrouter-bench-'));
const store = join(folder, 'store');
console.log('| load | requests a second | median | 99 % | CPU a request | errors |\n|---|---|---|---|---|---|');
for (const connections of [16, 64, 256]) await load(`${connections} connections`, connections);
await load('16 connections, 50 slow clients beside', 16, [], true);
await load('16 connections, every change kept', 16, ['--store', store]);

// How fast a store is read again.
const began = performance.now();
const again = await start('--store', store);
const time = (performance.now() - began) / 1000;
const computed = again.cpu();
await again.stop();
const changes = Number(execFileSync('wc', ['-l', store]).toString().split(' ')[0]);
console.log(`\n${changes.toLocaleString('en')} changes, ${(statSync(store).size / 2 ** 20).toFixed(0)} MiB, were read again in ${time.toFixed(2)} s, ` +
  `of which ${computed.toFixed(2)} s were CPU: ${Math.round(changes / computed).toLocaleString('en')} a second of it`);
rmSync(folder, { recursive: true });
