import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPECTED, tryAll } from './everywhere.mjs';
import { PACKAGE } from './package.mjs';

test('everything works here as it does in a browser', async () => {
  assert.deepEqual(await tryAll(new URL('.', PACKAGE), 'http://127.0.0.1:1'), EXPECTED);
});
