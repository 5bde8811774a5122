// The page's code for Python, run with Twilio's library against the server: it does there what the requests did that
// it was made from.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codeOf } from '../../web/inspect/code.mjs';
import { played, skip as noPython } from '../web/python.mjs';
import { askedFor, operationOf, twilio } from './everything.mjs';
import { start } from './server.mjs';

const LIST = join(process.env.TASKROUTER_SITE ?? 'build/site', 'operations.json');
const skip =
  noPython || (!twilio && 'skipped: twilio is not installed') || (!existsSync(LIST) && 'skipped: there is no operations.json');

// Which the library for Python lacks in its version 7.
const LACKING = ['FetchWorkersCumulativeStatistics', 'FetchWorkersRealTimeStatistics'];

// As the page records a request. twilio-node hands on what is not set.
function recorded({ method, target, data = {}, headers = {} }) {
  const isJson = Object.entries(headers).some(([name, value]) => name.toLowerCase() === 'content-type' && value === 'application/json');
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return {
    method: method.toUpperCase(),
    url: `https://taskrouter.twilio.com${target.pathname}${target.search}`,
    headers: [],
    fields: isJson ? [] : given.flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
    body: isJson ? JSON.stringify(data) : '',
  };
}

test('what Python sends is answered as what it was made from', { skip: skip || false }, async () => {
  const { operations } = JSON.parse(readFileSync(LIST, 'utf8'));
  const first = await start('--virtual-clock');
  const notes = (await askedFor(first)).map((note) => ({ ...note, name: operationOf(note.method.toUpperCase(), note.target.pathname).name }));
  await first.stop();
  const calls = notes.flatMap((note) => {
    const { code } = codeOf('python', recorded(note), operations);
    return code ? [{ ...note, code }] : [];
  });
  assert.equal(new Set(calls.map(({ name }) => name)).size, 60);

  // A second server makes the same SIDs.
  const second = await start('--virtual-clock');
  const results = await played(second.url, calls.map(({ code }) => code), second.env);
  await second.stop();
  const asked = new Set();
  for (const [index, { sent, error }] of results.entries()) {
    const { name, code, statusCode, body } = calls[index];
    if (error && LACKING.includes(name)) continue;
    assert.equal(error, '', `${name}\n${code}`);
    assert.equal(sent[0].status, statusCode, `${name} ${sent[0].text}`);
    const expected = typeof body === 'string' ? body : JSON.stringify(body);
    const text = sent[0].text.replaceAll(second.url, first.url);
    if (expected === '') assert.equal(text, '', name);
    else assert.deepEqual(JSON.parse(text), JSON.parse(expected), name);
    asked.add(name);
  }
  assert.ok(asked.size >= 58, `${asked.size} operations`);
});
