// Checks of an assignment callback a second, beside twilio-node in the same run, as a table.
//   node signature.mjs FOLDER_WITH_TWILIO FORM PROGRAM
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, formFile, program] = process.argv.slice(2);
const require = createRequire(resolve(folder, 'package.json'));
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];

function twilioNode() {
  let twilio;
  try { twilio = require('twilio'); } catch { return undefined; }
  const token = 'b5aed9ca12bf5890f37930e63cad6d38';
  const url = 'https://example.com/taskrouter/assignment?tenant=7';
  const params = Object.fromEntries(new URLSearchParams(readFileSync(formFile, 'utf8')));
  const signature = twilio.getExpectedTwilioSignature(token, url, params);
  const rounds = 20_000;
  const nanoseconds = () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < rounds; i += 1) {
      if (!twilio.validateRequest(token, signature, url, params)) throw new Error('not genuine');
    }
    return Number(process.hrtime.bigint() - start) / rounds;
  };
  nanoseconds();
  return nanoseconds;
}

const cpp = () => Object.fromEntries(JSON.parse(execFileSync(program, ['--benchmark_min_time=0.1', '--benchmark_format=json'],
  { stdio: ['ignore', 'pipe', 'ignore'] })).benchmarks.map((row) => [row.name, row.cpu_time]));

// Turn by turn, so that what else the machine does meets both.
const node = twilioNode();
const runs = [];
for (let i = 0; i < 7; i += 1) runs.push({ ...cpp(), ...(node ? { node: node() } : {}) });
const time = (name) => median(runs.map((run) => run[name]));

const ours = time('verify_form');
console.log('| check of an assignment callback | a second | time |');
console.log('|---|---|---|');
const row = (what, name) => {
  const rate = Math.round(1e9 / time(name)).toLocaleString('en');
  console.log(`| ${what} | ${rate} | ${Math.round(time(name)).toLocaleString('en')} ns (${(time(name) / ours).toFixed(2)}) |`);
};
row('taskrouter, form already read', 'verify_form');
row('taskrouter, from the body', 'verify_request');
row('HMAC-SHA1 of OpenSSL alone', 'hmac');
if (node) row(`twilio-node ${require('twilio/package.json').version}, form already read`, 'node');
