// Reads the body of a response, up to a limit.
import { TaskRouterError } from './error.mjs';

const LIMIT = 16 * 1024 * 1024;

function joined(chunks, size) {
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export async function readBody(response) {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.length;
    if (size > LIMIT) {
      reader.cancel().catch(() => {});
      throw new TaskRouterError('transport', 'the answer is larger than 16 MiB');
    }
    chunks.push(value);
  }
}
