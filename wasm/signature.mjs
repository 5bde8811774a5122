// X-Twilio-Signature, with WebCrypto. What is signed is the module's business, and no digest is
// compared here: WebCrypto verifies in constant time, by keys that can't be read back.
import { TaskRouterError } from './error.mjs';

const SIGNATURE = 'X-Twilio-Signature';
const HMAC = { name: 'HMAC', hash: 'SHA-1' };
const encoder = new TextEncoder();

async function subtle() {
  if (globalThis.crypto) return globalThis.crypto.subtle;
  const name = 'node:crypto'; // Node 18. Not a literal: bundlers for browsers would look for it.
  return (await import(/* webpackIgnore: true */ /* @vite-ignore */ name)).webcrypto.subtle;
}

const notGenuine = (message, field = SIGNATURE) => new TaskRouterError('body', message, { field });

// 20 bytes in base64, in the one way to write them.
function signatureBytes(text) {
  if (!text) throw notGenuine('the request has no X-Twilio-Signature');
  if (!/^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/.test(text)) {
    throw notGenuine('X-Twilio-Signature is not 20 bytes in base64');
  }
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function hexOf(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Verifier {
  #subtle;
  #keys;

  // tokens: an auth token or several. Without one, or with an empty one, nothing is genuine.
  static async create(tokens) {
    const verifier = new Verifier();
    const texts = [tokens ?? []].flat();
    const isUsable = texts.length > 0 && texts.every((token) => token && typeof token === 'string');
    verifier.#subtle = await subtle();
    if (!isUsable || !verifier.#subtle) return verifier;
    const keyOf = (token) =>
      verifier.#subtle.importKey('raw', encoder.encode(token), HMAC, false, ['verify']);
    verifier.#keys = await Promise.all(texts.map(keyOf));
    return verifier;
  }

  // urls, fields and body_hash: what signed_texts answers for the request. body: its bytes.
  async verify({ urls, fields, body_hash }, body, signature) {
    this.#checkKeys();
    const bytes = signatureBytes(signature);
    if (!(await this.#isSigned(urls, fields, bytes))) {
      throw notGenuine(
        'X-Twilio-Signature is not of this URL and body: the auth token may be another ' +
          "account's, the URL not the one that Twilio was given, or the request not from Twilio",
      );
    }
    if (body_hash === null) return;
    // No secret is in these: whoever knows the body knows its hash.
    if (hexOf(await this.#subtle.digest('SHA-256', body)) !== body_hash) {
      throw notGenuine('the body is not the one that bodySHA256 in the URL is of', 'bodySHA256');
    }
  }

  #checkKeys() {
    if (this.#keys) return;
    const [field, message] = this.#subtle
      ? ['auth_token', 'an auth token is missing: no request can be told from a forged one']
      : ['crypto', 'there is no WebCrypto here: browsers have it on pages served over https only'];
    throw new TaskRouterError('argument', message, { field });
  }

  async #isSigned(urls, fields, signature) {
    for (const url of urls) {
      const text = encoder.encode(url + fields);
      for (const key of this.#keys) {
        if (await this.#subtle.verify('HMAC', key, signature, text)) return true;
      }
    }
    return false;
  }
}
