// The HTTP archive, held against the format's own rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { harOf } from '../../web/inspect/har.mjs';
import { HOSTILE } from './hostile.mjs';

// Every member that HAR 1.2 asks for: the name and the type of each.
const PAIR = { name: 'string', value: 'string' };
const ENTRY = {
  startedDateTime: 'string',
  time: 'number',
  request: {
    method: 'string',
    url: 'string',
    httpVersion: 'string',
    cookies: [PAIR],
    headers: [PAIR],
    queryString: [PAIR],
    headersSize: 'number',
    bodySize: 'number',
  },
  response: {
    status: 'number',
    statusText: 'string',
    httpVersion: 'string',
    cookies: [PAIR],
    headers: [PAIR],
    content: { size: 'number', mimeType: 'string', text: 'string' },
    redirectURL: 'string',
    headersSize: 'number',
    bodySize: 'number',
  },
  cache: {},
  timings: { send: 'number', wait: 'number', receive: 'number' },
};
const HAR = {
  log: { version: 'string', creator: { name: 'string', version: 'string' }, entries: [ENTRY] },
};
const OPTIONAL = {
  postData: { mimeType: 'string', params: [PAIR], text: 'string' },
  comment: 'string',
};

function assertShape(value, shape, path) {
  if (typeof shape === 'string') return assert.equal(typeof value, shape, path);
  if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), path);
    return value.forEach((item, index) => assertShape(item, shape[0], `${path}[${index}]`));
  }
  for (const name of Object.keys(value)) {
    const expected = shape[name] ?? OPTIONAL[name];
    assert.ok(expected, `${path}.${name} is not of the format`);
    assertShape(value[name], expected, `${path}.${name}`);
  }
  return Object.keys(shape).forEach((name) =>
    assert.ok(name in value, `${path}.${name} is missing`),
  );
}

const START = Date.UTC(2026, 0, 2, 3, 4, 5);

function exchange(fields, changes = {}) {
  return {
    kind: 'exchange',
    time: START,
    duration: 1.5,
    request: {
      method: 'POST',
      url: 'https://taskrouter.twilio.com/v1/Workspaces?a=b%20c',
      headers: [
        ['Authorization', 'Basic c2VjcmV0'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      fields,
    },
    response: {
      status: 201,
      reason: 'Created',
      headers: [['Set-Cookie', 'c2VjcmV0']],
      text: '{"ä":1}',
    },
    ...changes,
  };
}

test('the archive has every member of the format, and no other', () => {
  const callback = exchange([['TaskSid', 'WT1']], {
    kind: 'callback',
    duration: undefined,
    response: undefined,
  });
  const get = exchange([], {
    request: { method: 'GET', url: 'https://a.example/', headers: [], fields: [] },
  });
  const har = harOf([exchange(HOSTILE.map((text) => ['Attributes', text])), callback, get]);
  assertShape(har, HAR, 'har');
  assert.equal(har.log.version, '1.2');
  assert.equal(har.log.entries[0].startedDateTime, '2026-01-02T03:04:05.000Z');
  assert.deepEqual(har.log.entries[0].request.queryString, [{ name: 'a', value: 'b c' }]);
  assert.deepEqual(
    har.log.entries[0].request.postData.params.map(({ value }) => value),
    HOSTILE,
  );
  assert.equal(har.log.entries[0].response.content.size, 8);
  assert.deepEqual(
    [har.log.entries[1].response.status, har.log.entries[2].request.postData],
    [0, undefined],
  );
});

test('the archive holds no secret', () => {
  const text = JSON.stringify(harOf([exchange([['SipAuthPassword', 'c2VjcmV0']])]));
  assert.equal(text.includes('c2VjcmV0'), false);
  assert.match(text, /\[hidden\]/);
});

test('events and the clock are no entries', () => {
  assert.deepEqual(
    harOf([
      { kind: 'event', time: START },
      { kind: 'clock', from: 1, to: 2 },
    ]).log.entries,
    [],
  );
});

test('a body that is no form stands as it was', () => {
  const json = exchange([]);
  json.request.headers = [['Content-Type', 'application/json']];
  json.request.body = '["WQ1"]';
  assert.deepEqual(harOf([json]).log.entries[0].request.postData, {
    mimeType: 'application/json',
    params: [],
    text: '["WQ1"]',
  });
});
