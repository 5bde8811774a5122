// The example program, as a person runs it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

const EXAMPLE = process.env.TASKROUTER_EXAMPLE;
const ACCOUNT = `AC${'1'.repeat(32)}`;
const TOKEN = 'canary-7c1f';
const SIDS = ['WS', 'WT', 'WR'].map((letters) => letters + '2'.repeat(32));
const seen = [];
let answer;
let server;

before(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization, body });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(() => server.close());

function run(words, environment = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN }) {
  return new Promise((resolve) => {
    execFile(EXAMPLE, words, { env: environment }, (error, stdout, stderr) => {
      assert.ok(!`${stdout}${stderr}`.includes(TOKEN), 'the token is printed');
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}

const baseUrl = () => ['--base-url', `http://127.0.0.1:${server.address().port}`];

test('with no arguments it tells how a reservation is accepted, rejected and timed out', async () => {
  const { status, stdout } = await run([], {});
  assert.equal(status, 0, stdout);
  for (const line of [
    /POST https:\/\/taskrouter\.twilio\.com\/v1\/Workspaces\/WS\w{32}\/Tasks WorkflowSid='WW\w{32}' Attributes='\{"selected_language":"es"\}'/,
    /POST https:\/\/taskrouter\.twilio\.com\/v1\/Workspaces\/WS\w{32}\/Tasks\/WT\w{32}\/Reservations\/WR\w{32} ReservationStatus='accepted'/,
    /"worker_name": "Alice", "reservation_status": "accepted"\n.*\n.*\n.*\n.*\nThe task is assigned, Alice is Busy/,
    /ReservationStatus='rejected' WorkerActivitySid='WA\w{32}'/,
    /"worker_name": "Alice", "reservation_status": "rejected"\n.*\n.*\n.*\n.*\nThe task is pending, Alice is Offline/,
    /"worker_name": "Alice", "reservation_status": "timeout"\n.*\n.*\n.*\n.*\nThe task is pending, Alice is Offline/,
    /longer Task Reservation Timeout/,
  ]) assert.match(stdout, line);
});

test('with three SIDs it accepts that reservation at the base URL', async () => {
  answer = { status: 200, body: { worker_name: 'Alice', reservation_status: 'accepted' } };
  seen.length = 0;
  const { status, stdout } = await run([...SIDS, ...baseUrl()]);
  assert.equal(status, 0);
  assert.equal(stdout, 'Alice accepted\n');
  assert.deepEqual(seen, [{
    line: `POST /v1/Workspaces/${SIDS[0]}/Tasks/${SIDS[1]}/Reservations/${SIDS[2]}`,
    authorization: `Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`,
    body: 'ReservationStatus=accepted',
  }]);
});

test('an error of the API is told with its status, code, message, advice and link, and ends with 1', async () => {
  answer = {
    status: 404,
    body: { code: 20404, message: 'not there', more_info: 'https://www.twilio.com/docs/errors/20404', status: 404 },
  };
  const { status, stderr } = await run([...SIDS, ...baseUrl()]);
  assert.equal(status, 1);
  assert.match(
    stderr,
    /^accept_reservation: 404 20404: not there\. Check the SIDs.+ \(https:\/\/www\.twilio\.com\/docs\/errors\/20404\)\n$/,
  );
});

test('what is wrong with the arguments is said in one line, and ends with 2 and nothing sent', async () => {
  seen.length = 0;
  for (const [words, says] of [
    [SIDS.slice(0, 2), /three SIDs/],
    [[...SIDS, 'WR3'], /three SIDs/],
    [['WS1', ...SIDS.slice(1)], /workspace_sid/],
    [[SIDS[0], SIDS[0], SIDS[2]], /task_sid should be WT/],
    [[SIDS[0], SIDS[1], '..'], / sid should be WR/],
    [['--base-url'], /--base-url needs a URL/],
    [[...SIDS, '--base-url', 'taskrouter'], /base URL should be/],
  ]) {
    const { status, stdout, stderr } = await run(words.includes('--base-url') ? words : [...words, ...baseUrl()]);
    assert.equal(status, 2, words.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, says);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  assert.deepEqual(seen, []);
});

test('credentials that are missing or malformed are named', async () => {
  for (const [environment, says] of [
    [{}, /TWILIO_ACCOUNT_SID/],
    [{ TWILIO_ACCOUNT_SID: ACCOUNT }, /TWILIO_AUTH_TOKEN/],
    [{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: TOKEN }, /account SID should be AC/],
  ]) {
    const { status, stderr } = await run([...SIDS, ...baseUrl()], environment);
    assert.equal(status, 2);
    assert.match(stderr, says);
  }
});

test('a server that is not there is a failure of the network, and ends with 1', async () => {
  const { status, stderr } = await run([...SIDS, '--base-url', 'http://127.0.0.1:1']);
  assert.equal(status, 1);
  assert.match(stderr, /connect/i);
});
