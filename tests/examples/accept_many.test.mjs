// The example program, against a server that counts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

const sid = (letters, number) => letters + String(number).padStart(32, '0');
const environment = { TWILIO_ACCOUNT_SID: sid('AC', 1), TWILIO_AUTH_TOKEN: 'canary-7c1f' };
const gone = sid('WR', 500);
let server;
let connections = 0;
let most = 0;
const waiting = [];
const seen = new Map();

function answer({ request, response }) {
  const reservation = request.url.split('/').pop();
  seen.set(reservation, (seen.get(reservation) ?? 0) + 1);
  const [status, body] = reservation === gone
    ? [404, { code: 20404, message: 'not there', status: 404 }]
    : [200, { sid: reservation, worker_name: 'Alice', reservation_status: 'accepted' }];
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

before(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      waiting.push({ request, response });
      most = Math.max(most, waiting.length);
      // None is answered before 64 are there, and some time is left for a 65th.
      if (most >= 64) setTimeout(() => waiting.splice(0).forEach(answer), 50);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', 1000, resolve));
});
after(() => {
  server.closeAllConnections();
  server.close();
});

function run(input) {
  return new Promise((resolve) => {
    const program = spawn(process.env.TASKROUTER_EXAMPLE, ['--base-url', `http://127.0.0.1:${server.address().port}`],
      { env: environment });
    let output = '';
    program.stdout.on('data', (data) => (output += data));
    program.on('close', (status) => resolve({ status, lines: output.trim().split('\n') }));
    program.stdin.end(input);
  });
}

test('1,000 reservations are accepted, 64 at a time, and each is reported', async () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => i + 1000);
  const input = numbers.map((i) => `${sid('WS', 1)} ${sid('WT', i)} ${sid('WR', i)}\n`).join('');
  const { status, lines } = await run(input);
  assert.equal(lines.pop(), '1000 accepted, 0 not');
  assert.equal(status, 0);
  assert.deepEqual(lines.sort(), numbers.map((i) => `${sid('WR', i)} accepted`).sort());
  assert.equal(seen.size, 1000);
  assert.ok([...seen.values()].every((count) => count === 1));
  assert.equal(most, 64);
  assert.equal(connections, 64);
});

test('one that is refused is reported among the others', async () => {
  const { status, lines } = await run([500, 501, 502].map((i) => `${sid('WS', 1)} ${sid('WT', i)} ${sid('WR', i)}\n`).join(''));
  assert.equal(status, 1);
  assert.equal(lines.pop(), '2 accepted, 1 not');
  assert.match(lines.find((line) => line.startsWith(gone)), /404 20404: not there/);
});
