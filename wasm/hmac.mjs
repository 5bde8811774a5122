// HMAC-SHA1 and SHA-256 of whoever is here: Node's own module, which answers at once, or WebCrypto.

const encoder = new TextEncoder();

async function nodeCrypto() {
  if (!globalThis.process?.versions?.node) return undefined;
  const name = 'node:crypto'; // Not a literal: bundlers for browsers would look for it.
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  } catch {
    return undefined; // Others call themselves Node too.
  }
}

function hexOf(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function ofNode({ createHash, createHmac, createSecretKey, timingSafeEqual }) {
  return {
    checker(token) {
      const key = createSecretKey(token, 'utf8');
      return (signature, text) =>
        timingSafeEqual(createHmac('sha1', key).update(text).digest(), signature);
    },
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  };
}

function ofWeb(subtle) {
  const sha1 = { name: 'HMAC', hash: 'SHA-1' };
  return {
    async checker(token) {
      const key = await subtle.importKey('raw', encoder.encode(token), sha1, false, ['verify']);
      return (signature, text) => subtle.verify('HMAC', key, signature, encoder.encode(text));
    },
    sha256: async (bytes) => hexOf(await subtle.digest('SHA-256', bytes)),
  };
}

// checker(token) gives a function of a signature, 20 bytes, and the text it may be of, which compares
// in constant time. Undefined where there is no cryptography. What these answer is to be awaited.
export async function findHmac() {
  const node = await nodeCrypto();
  if (node) return ofNode(node);
  const { subtle } = globalThis.crypto ?? {};
  return subtle && ofWeb(subtle);
}
