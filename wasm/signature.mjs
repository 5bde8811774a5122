// X-Twilio-Signature. What is signed is the module's business, and no digest is compared here.
import { TaskRouterError } from './error.mjs';
import { findHmac } from './hmac.mjs';

const SIGNATURE = 'X-Twilio-Signature';

const notGenuine = (message, field = SIGNATURE) => new TaskRouterError('body', message, { field });

// 20 bytes in base64, in the one way to write them.
function signatureBytes(text) {
  if (!text) throw notGenuine('the request has no X-Twilio-Signature');
  if (!/^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/.test(text)) {
    throw notGenuine('X-Twilio-Signature is not 20 bytes in base64');
  }
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export class Verifier {
  #hmac;
  #checkers;

  // tokens: an auth token or several. Without one, or with an empty one, nothing is genuine.
  static async create(tokens) {
    const verifier = new Verifier();
    const texts = [tokens ?? []].flat();
    const isUsable = texts.length > 0 && texts.every((token) => token && typeof token === 'string');
    verifier.#hmac = await findHmac();
    if (!isUsable || !verifier.#hmac) return verifier;
    verifier.#checkers = await Promise.all(texts.map((token) => verifier.#hmac.checker(token)));
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
    if ((await this.#hmac.sha256(body)) !== body_hash) {
      throw notGenuine('the body is not the one that bodySHA256 in the URL is of', 'bodySHA256');
    }
  }

  #checkKeys() {
    if (this.#checkers) return;
    const [field, message] = this.#hmac
      ? ['auth_token', 'an auth token is missing: no request can be told from a forged one']
      : ['crypto', 'there is no WebCrypto here: browsers have it on pages served over https only'];
    throw new TaskRouterError('argument', message, { field });
  }

  async #isSigned(urls, fields, signature) {
    for (const url of urls) {
      for (const isOf of this.#checkers) {
        if (await isOf(signature, url + fields)) return true;
      }
    }
    return false;
  }
}
