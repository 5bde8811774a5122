import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { PACKAGE } from './package.mjs';

test('the client and its JavaScript take at most 32 KiB gzipped', () => {
  const files = ['taskrouter.wasm', 'client.mjs', 'body.mjs', 'each.mjs', 'error.mjs', 'loader.mjs'];
  const sizes = files.map((file) => gzipSync(readFileSync(new URL(file, PACKAGE)), { level: 9 }).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total <= 32 * 1024, `${total} bytes: ${sizes.join(' + ')}`);
});

test('the emulator, and the client in the same module, take at most 112,500 bytes gzipped', () => {
  const { length } = gzipSync(readFileSync(new URL('emulator.wasm', PACKAGE)), { level: 9 });
  assert.ok(length <= 112_500, `${length} bytes`);
});
