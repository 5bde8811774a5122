// The code for PHP: it is PHP, and the calls it makes are those that Twilio's library takes for the request that
// it was made from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf } from '../../web/inspect/code.mjs';
import { phpText } from '../../web/inspect/code_text.mjs';
import { ENVIRONMENT, essence, fieldsFor, inFolder, operations, pairs, requestFor } from './code.mjs';
import { HOSTILE } from './hostile.mjs';
import { played, skip } from './php.mjs';

const CALLS = operations.flatMap((operation, index) => {
  const text = HOSTILE[index % HOSTILE.length];
  const variants = [{}, fieldsFor(operation, text)];
  if (operation.name.startsWith('List')) variants.push(fieldsFor(operation, text, { paged: true }));
  return variants.flatMap((fields) => {
    const needed = operation.fields.filter(({ required }) => required).map(({ name }) => name);
    const all = fieldsFor(operation, text);
    const least = Object.fromEntries(needed.map((name) => [name, all[name]]));
    const request = requestFor(operation, { ...least, ...fields });
    const { code } = codeOf('php', request, operations);
    return code ? [{ operation, request, code }] : [];
  });
});

test('the PHP programs compile', { skip }, () =>
  inFolder(async ({ write, run }) => {
    const files = CALLS.map(({ code }, index) => write(`p${index}.php`, code));
    const check = `foreach (array_slice($argv, 1) as $file) token_get_all(file_get_contents($file), TOKEN_PARSE);`;
    await run('php', '-r', check, '--', ...files);
    const { stdout } = await run('php', '-l', files[0]);
    assert.match(stdout, /^No syntax errors/);
  }),
);

test('the PHP programs call the library as it is called, with the same request', { skip }, async () => {
  const results = await played(
    CALLS.map(({ code }) => code),
    ENVIRONMENT,
  );
  for (const [index, { sent, error }] of results.entries()) {
    const { operation, request, code } = CALLS[index];
    assert.equal(error, '', `${operation.name}\n${code.slice(0, 2000)}`);
    assert.equal(sent.length, 1, operation.name);
    const [{ method, url, params, data, headers }] = sent;
    assert.deepEqual(
      essence({
        method,
        url: `${url}?${new URLSearchParams(pairs(params))}`,
        fields: pairs(data),
        headers: Object.entries(headers),
      }),
      essence(request),
      operation.name,
    );
  }
  assert.equal(new Set(CALLS.map(({ operation }) => operation.name)).size, 60); // All but the bulk.
});

test('a text comes out of PHP as it went in', { skip }, () =>
  inFolder(async ({ write, run }) => {
    const lines = HOSTILE.map((text) => `echo bin2hex(${phpText(text)}), "\\n";`);
    const { stdout } = await run('php', write('a.php', ['<?php', ...lines].join('\n')));
    assert.deepEqual(
      stdout.trim().split('\n'),
      HOSTILE.map((text) => Buffer.from(text).toString('hex')),
    );
  }),
);
