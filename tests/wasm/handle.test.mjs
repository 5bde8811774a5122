// From a callback's Request to its Response.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { Webhooks, sid } from './package.mjs';

const URL_ = 'https://example.com/assignment';
const ACCEPT = { instruction: 'accept' };
const ASSIGNMENT = { ReservationSid: sid('WR', 3), TaskSid: sid('WT', 2), WorkspaceSid: sid('WS', 1) };
const webhooks = await Webhooks.create({ authToken: 'secret' });
const unreachable = () => assert.fail('the program was called');

function signed(fields, { url = URL_, signedUrl = url } = {}) {
  const body = new URLSearchParams(fields);
  const text = signedUrl + Object.entries(fields).sort().flat().join('');
  const signature = createHmac('sha1', 'secret').update(text).digest('base64');
  return new Request(url, { method: 'POST', body, headers: { 'X-Twilio-Signature': signature } });
}

// The response's status and text, and the problem that was told.
async function answered(request, onAssignment, options, way = 'handleAssignment') {
  const problems = [];
  const onProblem = (error) => problems.push(error);
  const response = await webhooks[way](request, onAssignment, { onProblem, ...options });
  return { status: response.status, text: await response.text(), headers: response.headers, problems };
}

test('an assignment callback is answered with the instruction', async () => {
  let seen;
  const onAssignment = async (callback) => {
    seen = callback.reservation_sid;
    return ACCEPT;
  };
  const { status, text, headers, problems } = await answered(signed(ASSIGNMENT), onAssignment);
  assert.equal(seen, sid('WR', 3));
  assert.equal(status, 200);
  assert.equal(text, '{"instruction":"accept"}');
  assert.equal(headers.get('content-type'), 'application/json');
  assert.deepEqual(problems, []);
});

test('no instruction leaves the reservation pending', async () => {
  for (const nothing of [undefined, null]) {
    const { status, text } = await answered(signed(ASSIGNMENT), () => nothing);
    assert.equal(status, 200);
    assert.equal(text, '');
  }
});

test('behind a proxy the URL is given', async () => {
  const request = () => signed(ASSIGNMENT, { url: 'http://127.0.0.1/a', signedUrl: URL_ });
  assert.equal((await answered(request(), unreachable)).status, 403);
  assert.equal((await answered(request(), () => ACCEPT, { url: URL_ })).status, 200);
});

test('an event is answered with 204', async () => {
  const events = [];
  const request = signed({ EventType: 'task.created' });
  const { status } = await answered(request, (event) => events.push(event.event_type), {}, 'handleEvent');
  assert.equal(status, 204);
  assert.deepEqual(events, ['task.created']);
});

test('what is not a callback of Twilio is refused, and the program not called', async () => {
  const body = new URLSearchParams(ASSIGNMENT).toString();
  const post = (init) => new Request(URL_, { method: 'POST', body, ...init });
  const cases = [
    [new Request(URL_), 405],
    [post({}), 403],
    [post({ headers: { 'X-Twilio-Signature': 'x' } }), 403],
    [post({ body: 'a&'.repeat(1001) }), 400],
    [signed({ TaskSid: sid('WT', 2) }), 400],
  ];
  for (const [request, expected] of cases) {
    const { status, text, headers, problems } = await answered(request, unreachable);
    assert.equal(status, expected);
    assert.equal(typeof JSON.parse(text).message, 'string');
    assert.equal(headers.get('allow'), expected === 405 ? 'POST' : null);
    assert.equal(problems.length, expected === 405 ? 0 : 1);
  }
  const { problems } = await answered(post({ body: 'a'.repeat((1 << 20) + 1) }), unreachable);
  assert.equal(problems[0].message, 'the body is larger than 1 MiB');
  const nobody = await Webhooks.create();
  assert.equal((await nobody.handleAssignment(signed(ASSIGNMENT), unreachable)).status, 500);
});

test("the program's failure is answered with 500 and told, without its details", async () => {
  const failure = new Error('the database is gone');
  const fail = () => {
    throw failure;
  };
  for (const way of [fail, () => Promise.reject(failure)]) {
    const { status, text, problems } = await answered(signed(ASSIGNMENT), way);
    assert.equal(status, 500);
    assert.doesNotMatch(text, /database/);
    assert.deepEqual(problems, [failure]);
  }
  const wrong = await answered(signed(ASSIGNMENT), () => ({ instruction: 'acept' }));
  assert.equal(wrong.status, 500);
  assert.equal(wrong.problems[0].field, 'instruction');
  const twice = await answered(signed(ASSIGNMENT), fail, { onProblem: fail });
  assert.equal(twice.status, 500);
});
