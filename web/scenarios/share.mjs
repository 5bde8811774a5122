// A scenario as text for a link, and back: JSON, deflated, in the letters of base64url.
import { LARGEST, readScenario } from '../world/scenario_file.mjs';

async function collect(stream, most) {
  const chunks = [];
  let size = 0;
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new TypeError('The link holds more than a scenario may have.');
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function through(bytes, stream) {
  return new Blob([bytes]).stream().pipeThrough(stream);
}

function toLetters(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromLetters(letters) {
  if (!/^[\w-]+$/.test(letters)) throw new TypeError('The link is damaged: it has other letters.');
  return Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
}

export async function pack(scenario) {
  const bytes = new TextEncoder().encode(JSON.stringify(scenario));
  return toLetters(await collect(through(bytes, new CompressionStream('deflate-raw')), LARGEST));
}

// Throws an error that says what is wrong with the link.
export async function unpack(letters) {
  let bytes;
  try {
    const stream = through(fromLetters(letters), new DecompressionStream('deflate-raw'));
    bytes = await collect(stream, LARGEST);
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('The link')) throw error;
    throw new TypeError('The link is damaged: a part of it is missing or changed.');
  }
  return readScenario(new TextDecoder().decode(bytes));
}
