// Who signed a request, judged by the signatures of Twilio's own tests and, where it is installed, by
// twilio-node.
import assert from 'node:assert/strict';
import { createHash, createHmac, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { TaskRouterError, Webhooks } from './package.mjs';

const TOKEN = '12345';
const PATH = '/myapp.php?foo=1&bar=2';
const URL_ = `https://mycompany.com${PATH}`;
const CALL = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  Digits: '1234',
  From: '+14158675309',
  To: '+18005551212',
};
const SPECIAL = {
  Message: 'Hello & goodbye! @#$%^*()',
  From: '+1 (415) 867-5309',
  Special: 'unicode: ñáéíóú',
};
const NUMBERS = [
  ['MessagingBinding.Address', '+1325xxxxxxx'],
  ['MessagingBinding.Address', '+1415xxxxxxx'],
];
const REPEATED = [['Sid', 'CA123'], ['SidAccount', 'AC123'], ...['5678', '1234', '1234'].map((d) => ['Digits', d])];

// Each is the signature of this very URL and form.
const VECTORS = [
  [URL_, CALL, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  [`https://mycompany.com:443${PATH}`, CALL, 'kvajT1Ptam85bY51eRf/AJRuM3w='],
  [`https://mycompany.com:1234${PATH}`, CALL, 'CYn1h0gLBdNxDGkKJg6hYohgeD8='],
  [`http://mycompany.com:80${PATH}`, CALL, '0ZXoZLH/DfblKGATFgpif+LLRf4='],
  [`https://user:pass@mycompany.com${PATH}`, CALL, 'CukzLTc1tT5dXEDIHm/tKBanW10='],
  [`https://user@mycompany.com:443${PATH}`, CALL, 'aZfj4hyX1MLZhSS6QIL18Vn2/RA='],
  [`https://MyCompany.com${PATH}`, CALL, 'g9IN/x4Cft2g517EjYvEvM/W7LU='],
  [`${URL_}&Body=It%27s+amazing`, CALL, 'TfZzewPq8wqrGlMfyAud8+/IvJ0='],
  [`${URL_}&Body=It's%20amazing`, CALL, 'bD9iT2C/HNMwZ/yCH1s/5R2+wUs='],
  ['https://mycompany.com/webhook/España?año=2023', CALL, 'G/Hx6mqqnjUNlPAoi2Sp9bGst0g='],
  [URL_, NUMBERS, '83O6e2vORAoJHUNzJjDWN1jz+BA='],
  [URL_, REPEATED, 'IK+Dwps556ElfBT0I3Rgjkr1wJU='],
  [URL_, {}, 'zYQTYrRWXE7LtzbG4PfP7/bkkGo='],
  [URL_, SPECIAL, 'dCPiR4WtQ6QFN6pJh81CtlCcWLQ='],
  [URL_, { callSid: 'lowercase', CallSid: 'uppercase', CALLSID: 'allcaps' }, 'jDK7WKT8wiNrwggd4ceTv4e1MJ4='],
];
const body = new URLSearchParams(CALL).toString();
const SIGNATURE = VECTORS[0][2];

globalThis.crypto ??= webcrypto; // Node 18 has none of its own accord.

// As it is made where there is no Node: with WebCrypto.
async function createElsewhere(options) {
  const { process } = globalThis;
  try {
    globalThis.process = undefined;
    return await Webhooks.create(options);
  } finally {
    globalThis.process = process;
  }
}

const webhooks = await Webhooks.create({ authToken: TOKEN });
const elsewhere = await createElsewhere({ authToken: TOKEN });

async function reason(url, sent, signature, verifier = webhooks) {
  const error = await verifier.verify({ url, body: sent, signature }).catch((caught) => caught);
  if (error === undefined) return 'genuine';
  assert.ok(error instanceof TaskRouterError, inspect(error));
  return `${error.kind} ${error.field}`;
}

test("the signatures of Twilio's own tests are genuine, with either spelling of the port", async () => {
  for (const [url, form, signature] of VECTORS) {
    assert.equal(await reason(url, new URLSearchParams(form), signature), 'genuine', url);
    assert.equal(await reason(url, new URLSearchParams(form), signature, elsewhere), 'genuine', url);
    const other = url.replace(/:443|:80/, '');
    assert.equal(await reason(other, new URLSearchParams(form), signature), 'genuine', other);
  }
  assert.equal(await reason(new URL(`https://mycompany.com:443${PATH}`), body, SIGNATURE), 'genuine');
});

test('what differs by a byte is not genuine', async () => {
  const forged = 'body X-Twilio-Signature';
  for (let at = 0; at < SIGNATURE.length; at += 1) {
    const other = SIGNATURE[at] === 'A' ? 'B' : 'A';
    const text = SIGNATURE.slice(0, at) + other + SIGNATURE.slice(at + 1);
    assert.equal(await reason(URL_, body, text), forged, text);
    assert.equal(await reason(URL_, body, text, elsewhere), forged, text);
  }
  assert.equal(await reason(`${URL_}x`, body, SIGNATURE), forged);
  assert.equal(await reason(URL_, `${body}x`, SIGNATURE), forged);
  const stranger = await Webhooks.create({ authToken: '12346' });
  assert.equal(await reason(URL_, body, SIGNATURE, stranger), forged);
});

test('a text that is not a signature is refused, also one that decodes to the right bytes', async () => {
  const twin = SIGNATURE.replace('8=', '9='); // Its last two bits are of no byte.
  const texts = [undefined, null, '', ' ', SIGNATURE.slice(1), `${SIGNATURE}, ${SIGNATURE}`, `${SIGNATURE}\n`, twin];
  assert.deepEqual(Buffer.from(twin, 'base64'), Buffer.from(SIGNATURE, 'base64'));
  for (const text of texts) assert.equal(await reason(URL_, body, text), 'body X-Twilio-Signature');
});

test('several tokens: a signature of any of them is genuine', async () => {
  for (const authToken of [[TOKEN, 'new'], ['old', TOKEN]]) {
    const both = await Webhooks.create({ authToken });
    assert.equal(await reason(URL_, body, SIGNATURE, both), 'genuine');
    assert.equal(await reason(URL_, body, SIGNATURE, await createElsewhere({ authToken })), 'genuine');
  }
  const others = await Webhooks.create({ authToken: ['old', 'new'] });
  assert.equal(await reason(URL_, body, SIGNATURE, others), 'body X-Twilio-Signature');
});

test('without a token, or with an empty one, nothing is genuine', async () => {
  const byNobody = createHmac('sha1', '').update(URL_).digest('base64');
  for (const authToken of [undefined, null, '', [], [''], [TOKEN, ''], 12345]) {
    const nobody = await Webhooks.create({ authToken });
    assert.equal(await reason(URL_, '', byNobody, nobody), 'argument auth_token');
    assert.equal(await reason(URL_, body, SIGNATURE, nobody), 'argument auth_token');
  }
});

test('a body of another type goes by bodySHA256', async () => {
  const json = '{"property": "value", "boolean": true}';
  const hash = '0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
  const url = `${URL_}&bodySHA256=${hash}`;
  const signature = 'a9nBmqA0ju/hNViExpshrM61xv4=';
  assert.equal(await reason(url, json, signature), 'genuine');
  assert.equal(await reason(url, new TextEncoder().encode(json), signature), 'genuine');
  assert.equal(await reason(url, json, signature, elsewhere), 'genuine');
  assert.equal(await reason(url, `${json} `, signature), 'body bodySHA256');
  assert.equal(await reason(url, `${json} `, signature, elsewhere), 'body bodySHA256');
  assert.equal(await reason(url, json, SIGNATURE), 'body X-Twilio-Signature');
  const only = `https://mycompany.com/myapp.php?bodySHA256=${hash}`;
  assert.equal(await reason(only, json, 'y77kIzt2vzLz71DgmJGsen2scGs='), 'genuine');
  const bytes = Uint8Array.of(0xff, 0x00, 0xfe); // Not UTF-8.
  const binary = `${URL_}&bodySHA256=${createHash('sha256').update(bytes).digest('hex')}`;
  assert.equal(await reason(binary, bytes, createHmac('sha1', TOKEN).update(binary).digest('base64')), 'genuine');
});

test('a form beyond the limits is not read, whoever signed it', async () => {
  assert.equal(await reason(URL_, 'a=1&'.repeat(1001), SIGNATURE), 'body undefined');
  assert.equal(await reason(URL_, 'a'.repeat((1 << 20) + 1), SIGNATURE), 'body undefined');
});

test('nothing shows the token', async () => {
  const token = 'canary-0123456789abcdef';
  for (const create of [Webhooks.create, createElsewhere]) {
    const keeper = await create({ authToken: token });
    const error = await keeper.verify({ url: URL_, body, signature: SIGNATURE }).catch((caught) => caught);
    for (const value of [keeper, error]) {
      assert.ok(!(inspect(value, { depth: 9, showHidden: true, getters: true }) + JSON.stringify(value)).includes(token));
    }
  }
});

test('says so where there is no WebCrypto', async () => {
  const { crypto } = globalThis;
  try {
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true, writable: true });
    const insecure = await createElsewhere({ authToken: TOKEN });
    assert.equal(await reason(URL_, body, SIGNATURE, insecure), 'argument crypto');
    globalThis.crypto = undefined;
    const node18 = await Webhooks.create({ authToken: TOKEN });
    assert.equal(await reason(URL_, body, SIGNATURE, node18), 'genuine');
  } finally {
    globalThis.crypto = crypto;
  }
});

const twilio = await import('twilio').then((module) => module.default).catch(() => undefined);

test('twilio-node agrees about random forms', { skip: !twilio && 'twilio is not installed' }, async () => {
  let state = 1;
  const random = (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const text = () => Array.from({ length: random(6) }, () => [...'aB1 +&=%é€😀\n"\'~'][random(15)]).join('');
  for (let i = 0; i < 300; i += 1) {
    const form = {};
    for (let fields = random(6); fields > 0; fields -= 1) {
      form[`${text()}x`] = random(3) === 0 ? [text(), text()] : text();
    }
    const url = `https://example.com${['', ':443', ':8080'][random(3)]}/a?b=${random(9)}`;
    const signature = twilio.getExpectedTwilioSignature(TOKEN, url, form);
    const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    const sent = new URLSearchParams(pairs);
    assert.equal(await reason(url, sent, signature), 'genuine', JSON.stringify({ url, form }));
    sent.append('more', 'x');
    assert.notEqual(await reason(url, sent, signature), 'genuine');
    assert.equal(twilio.validateRequest(TOKEN, signature, url, form), true);
  }
});
