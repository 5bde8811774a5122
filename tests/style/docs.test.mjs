// The documentation's code is code that runs, and its links lead somewhere.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const folder = (path) => readdirSync(join(root, path), { recursive: true }).map((name) => `${path}/${name}`);
const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

const tried = ['tests/examples', 'tests/consumer', 'tests/wasm']
  .flatMap(folder)
  .filter((path) => /\.(cpp|hpp|mjs|txt)$/.test(path))
  .map((path) => squeeze(read(path)));

const guides = folder('web/docs').filter((path) => path.endsWith('.md')); // Their links are tried in tests/docs.
const pages = ['README.md', 'CONTRIBUTING.md', 'wasm/README.md'];
const blocks = (page, language) => [...read(page).matchAll(/```(\w+)\n([^]*?)```/g)]
  .filter((match) => match[1] === language)
  .map((match) => match[2]);

test('every code block stands in a file that the tests run', () => {
  for (const page of [...pages, ...guides]) {
    for (const language of ['cpp', 'cmake', 'js']) {
      for (const block of blocks(page, language)) {
        assert.ok(tried.some((file) => file.includes(squeeze(block))), `${page}: not tried anywhere:\n${block}`);
      }
    }
  }
  for (const language of ['cpp', 'cmake', 'js']) assert.ok(blocks('README.md', language).length > 0, language);
});

test('the README begins with the two commands, and every script it names is there', () => {
  const [demo, tests] = blocks('README.md', 'sh');
  assert.equal(demo, 'sh web/demo.sh\n');
  assert.equal(tests, 'sh tests/run.sh\n');
  for (const [, script] of blocks('README.md', 'sh').join('').matchAll(/^sh (\S+)/gm)) assert.ok(existsSync(join(root, script)), script);
});

test("the README's table of operations names each of them, and nothing else", () => {
  const listed = read('include/taskrouter/operations.hpp').match(/\w+::[A-Z]\w+/g);
  const rows = [...read('README.md').matchAll(/^\| `(\w+)` \| (`[A-Z].*) \|$/gm)];
  const told = rows.flatMap(([, resource, names]) => [...names.matchAll(/`([A-Z]\w+)`/g)].map(([, name]) => `${resource}::${name}`));
  assert.equal(told.length, 61);
  assert.deepEqual(told.sort(), listed.sort());
});

test('every relative link leads to a file', () => {
  for (const page of pages) {
    for (const [, target] of read(page).replace(/```[^]*?```/g, '').matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, dirname(page), target)), `${page}: ${target}`);
    }
  }
});
