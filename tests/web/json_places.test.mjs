// The reader of JSON that knows where everything stands, held against the language's own.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lineAndColumn, readJson } from '../../web/understand/json_places.mjs';

const SUITE = join(process.env.TASKROUTER_SHARED_DIR ?? '/nowhere', 'corpora', 'JSONTestSuite');

const TEXTS = [
  '{}', '[]', '""', '0', '-0.5e+10', 'true', 'null', ' [1 , {"a" : "b\\u00e9\\n"}] ', '{"a":1,"a":2}',
  '', '{', '[', '"', '"\n"', '01', '1.', '.5', '+1', '1e', '[1,]', '{"a":}', '{a:1}', "{'a':1}", 'tru',
  'nul', '[1] 2', '"\\x"', '"\\u12g4"', '{"a" 1}', '{"__proto__": 1}', '\u00a0[]', '\ufeff[]', '[1 2]',
];

function agrees(text, name) {
  let wanted;
  try {
    wanted = { value: JSON.parse(text) };
  } catch {
    wanted = undefined;
  }
  const got = readJson(text);
  assert.equal(got.failure === undefined, wanted !== undefined, name);
  if (wanted) assert.deepEqual(got.value, wanted.value, name);
  else assert.ok(got.failure.at >= 0 && got.failure.at <= text.length, name);
}

test('it takes what JSON.parse takes, and refuses what that refuses', () => {
  for (const text of TEXTS) agrees(text, JSON.stringify(text));
});

test('it agrees with JSON.parse on the test suite of JSON', (context) => {
  if (!existsSync(SUITE)) return context.skip('the suite is not here');
  const files = readdirSync(SUITE, { recursive: true }).filter((name) => String(name).endsWith('.json'));
  assert.ok(files.length > 100);
  for (const file of files) {
    const text = readFileSync(join(SUITE, String(file)), 'utf8');
    if (!/\[{65}/.test(text)) agrees(text, file); // Deeper nesting than 64 is refused here.
  }
  return undefined;
});

test('every cut of a text is refused at a character of it', () => {
  const text = '{"task_routing": {"filters": [{"expression": "a == \\"b\\"", "targets": [1, true]}]}}';
  for (let end = 0; end < text.length; end += 1) {
    const { failure } = readJson(text.slice(0, end));
    assert.ok(failure.at <= end, text.slice(0, end));
  }
});

test('it knows where each value stands, and each character of a text', () => {
  const text = '{\n "a": [1, {"b": "x\\u0041\\ny"}]}';
  const { places } = readJson(text);
  assert.deepEqual([...places.keys()], ['a/0', 'a/1/b', 'a/1', 'a', '']);
  const { begin, end, inside } = places.get('a/1/b');
  assert.equal(text.slice(begin, end), '"x\\u0041\\ny"');
  assert.deepEqual(inside.map((at) => text[at]), ['x', '\\', '\\', 'y', '"']);
  assert.deepEqual(lineAndColumn(text, begin), { line: 2, column: 17 });
});
