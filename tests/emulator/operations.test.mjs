// Every operation of TaskRouter, asked by twilio-node, and then the same again by curl.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { askedFor, operationOf, operations, twilio } from './everything.mjs';
import { start } from './server.mjs';

const run = promisify(execFile);

// The same request by curl: its status and its body.
async function byCurl({ method, target, data, headers, body }, server) {
  const words = ['-sS', '-X', method.toUpperCase(), '-u', `${server.env.TWILIO_ACCOUNT_SID}:${server.env.TWILIO_AUTH_TOKEN}`,
    '-w', '\n%{http_code}', server.url + target.pathname + target.search];
  const type = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (type === 'application/json') words.push('-H', `Content-Type: ${type}`, '-d', JSON.stringify(data));
  else if (data) for (const [name, value] of Object.entries(data)) if (value !== undefined) words.push('--data-urlencode', `${name}=${value}`);
  const { stdout } = await run('curl', words);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

test('twilio-node and curl can ask for every operation', { skip: twilio ? false : 'skipped: twilio is not installed' }, async () => {
  assert.equal(operations.length, 61);
  const first = await start('--virtual-clock');
  const notes = await askedFor(first);
  await first.stop();

  const asked = new Set();
  for (const { method, target, statusCode } of notes) {
    const operation = operationOf(method.toUpperCase(), target.pathname);
    assert.equal(statusCode, operation.status, operation.name);
    asked.add(operation.name);
  }
  assert.deepEqual(operations.map(({ name }) => name).filter((name) => !asked.has(name)), [], 'every one was asked for');

  // A second server answers the same, for its SIDs and its clock are the same.
  const second = await start('--virtual-clock');
  for (const note of notes) {
    const { status, body } = await byCurl(note, second);
    assert.equal(status, note.statusCode, `${note.method} ${note.target.pathname}: ${body}`);
    const expected = typeof note.body === 'string' ? note.body : JSON.stringify(note.body);
    const name = operationOf(note.method.toUpperCase(), note.target.pathname).name;
    if (body !== '') assert.deepEqual(JSON.parse(body.replaceAll(second.url, first.url)), JSON.parse(expected), name);
    else assert.equal(expected, '', name);
  }
  await second.stop();
});
