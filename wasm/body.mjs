// Reads the body of a response or a request, up to a limit.
import { TaskRouterError } from './error.mjs';

const MIB = 1024 * 1024;

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

export async function readBody(message, limit = 16 * MIB) {
  if (!message.body) return new Uint8Array();
  const reader = message.body.getReader();
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      const what = message instanceof Response ? 'answer' : 'body';
      throw new TaskRouterError('transport', `the ${what} is larger than ${limit / MIB} MiB`);
    }
    chunks.push(value);
  }
}
