// Writes NAME.br and NAME.gz beside each file of a folder, for servers that send them instead: node web/compress.mjs DIR
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const WAYS = {
  br: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

const folder = process.argv[2];
for (const name of readdirSync(folder, { recursive: true })) {
  const file = join(folder, name);
  if (!statSync(file).isFile() || /\.(br|gz)$/.test(name)) continue;
  const bytes = readFileSync(file);
  for (const [ending, compress] of Object.entries(WAYS)) {
    const small = compress(bytes);
    if (small.length < bytes.length) writeFileSync(`${file}.${ending}`, small);
  }
}
