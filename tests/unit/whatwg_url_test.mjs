// What the requests of hostile values mean to the URL parser that browsers have.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

const output = execFileSync(process.env.PRINT_REQUESTS, { maxBuffer: 1 << 30 });
const requests = output.toString().trimEnd().split('\n').map((line) => JSON.parse(line));
const sent = requests.filter((request) => 'url' in request);

/** The values of a field on the wire. */
const values = (value) => (Array.isArray(value) ? value : [value]).map(String);

test('every operation is there, and only values that would change the path are refused', () => {
  assert.ok(new Set(requests.map((request) => request.operation)).size >= 19);
  assert.ok(sent.length > 500);
  for (const { value, path, error } of requests.filter((request) => 'error' in request)) {
    assert.ok(['.', '..', ''].includes(value), `${path}: ${error}`);
  }
});

test('no value changes the origin, adds a fragment or credentials', () => {
  for (const { url } of sent) {
    const parsed = new URL(url);
    assert.equal(parsed.origin, 'https://taskrouter.twilio.com');
    assert.equal(parsed.username + parsed.password + parsed.hash, '');
    assert.equal(parsed.href, url, 'a browser would send another URL');
  }
});

test('every path has the segments of its operation, with the values that were given', () => {
  for (const { operation, path, fields, wire_names: wireNames, url } of sent) {
    const byWireName = Object.fromEntries(Object.entries(fields).map(([name, value]) => [wireNames[name], value]));
    const expected = path.split('/').map((segment) => segment.replace(/^\{(.*)\}$/, (_, name) => byWireName[name]));
    assert.deepEqual(new URL(url).pathname.split('/').map(decodeURIComponent), expected, operation);
  }
});

test('query and form decode to the values that were given, in their order', () => {
  for (const { operation, method, path, fields, wire_names: wireNames, url, body } of sent) {
    if ('body' in fields) {  // It is the whole body, as JSON.
      assert.equal(body, fields.body, operation);
      continue;
    }
    const expected = Object.entries(fields)
      .filter(([name]) => name !== 'if_match' && !path.includes(`{${wireNames[name]}}`))
      .flatMap(([name, value]) => values(value).map((one) => [wireNames[name], one]));
    const search = new URL(url).searchParams;
    const form = new URLSearchParams(body);
    assert.deepEqual([...(method === 'POST' ? form : search)], expected, operation);
    assert.deepEqual([...(method === 'POST' ? search : form)], [], operation);
  }
});
