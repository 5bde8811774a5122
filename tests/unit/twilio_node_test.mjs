// Signatures and tokens, judged by twilio-node and jsonwebtoken.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const load = (name) => { try { return require(name); } catch { return undefined; } };
const twilio = load('twilio');
const jsonwebtoken = load('jsonwebtoken');
const skip = twilio && jsonwebtoken ? false : 'skipped: twilio is not installed';

const ask = (questions) => execFileSync(process.env.ANSWER_SIGNING, {
  input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
  maxBuffer: 1 << 28,
}).toString().trimEnd().split('\n').map((line) => JSON.parse(line));

const sid = (letters) => letters + 'b5aed9ca12bf5890f37930e63cad6d38';
const secret = 'a secret with ü and "';

// As twilio-node wants a form: repeated names as lists.
const asParams = (form) => {
  const params = {};
  for (const [name, value] of form) (params[name] ??= []).push(value);
  for (const name of Object.keys(params)) if (params[name].length === 1) [params[name]] = params[name];
  return params;
};

const urls = ['https', 'http', 'HTTPS'].flatMap((scheme) =>
  ['h.example', 'h.example:443', 'h.example:80', 'h.example:8443', 'u:p@h.example', 'u@h.example:443', '[::1]', '[::1]:80']
    .flatMap((host) => ['/', '//p', '/p?a=1', "/p?Body=It's+amazing", '/p?Body=It%27s+amazing', "/p?Body=It's%20amazing",
      '/p?a=b%2a&c=%7e&&d', '/p?x=%3Ay', '/p?ä=é', '/a%20b']
      .map((path) => `${scheme}://${host}${path}`)));
const forms = [
  [],
  [['CallSid', 'CA1'], ['From', '+1415'], ['Body', "It's \u00e9 & = % + \n"]],
  [['a', '2'], ['a', '10'], ['a', '2'], ['A', ''], ['aB', 'x'], ['', 'y']],
  [['Reason', 'P'], ['ReasonConferenceEnded', 't']],
];

test('a signature is what twilio-node computes', { skip }, () => {
  const cases = urls.flatMap((url) => forms.map((form) => ({ ask: 'sign', url, form, secret })));
  const expected = cases.map(({ url, form }) => twilio.getExpectedTwilioSignature(secret, url, asParams(form)));
  assert.deepEqual(ask(cases), expected);
});

test('a URL is taken for another exactly where twilio-node does', { skip }, () => {
  // What of a URL was signed: the same host and path in any of the spellings above.
  const cases = urls.filter((url) => url.startsWith('http')).flatMap((url) => urls
    .filter((other) => other.split('//')[0] === url.split('//')[0])
    .map((other) => ({
      ask: 'verify', url, form: forms[1], secret,
      signature: twilio.getExpectedTwilioSignature(secret, other, asParams(forms[1])),
    })));
  const expected = cases.map(({ url, form, signature }) => twilio.validateRequest(secret, signature, url, asParams(form)));
  const answers = ask(cases);
  cases.forEach(({ url }, i) => assert.equal(answers[i], expected[i], `${url} ${cases[i].signature}`));
  assert.ok(expected.filter(Boolean).length > 300);
});

test('a changed signature, form or token is refused as twilio-node refuses it', { skip }, () => {
  const url = 'https://h.example/p?a=1';
  const good = twilio.getExpectedTwilioSignature(secret, url, asParams(forms[2]));
  const cases = ['', ' ', good, `${good} `, good.slice(0, -1), good.toLowerCase(), Buffer.from(good, 'base64').toString('hex'),
    Buffer.from(good, 'base64').toString('base64url'), `${good}, ${good}`]
    .flatMap((signature) => forms.map((form) => ({ ask: 'verify', url, form, secret, signature })));
  cases.push({ ...cases[0], signature: good, form: forms[2], secret: 'another' });
  assert.deepEqual(ask(cases), cases.map((one) =>
    twilio.validateRequest(one.secret, one.signature, one.url, asParams(one.form))));
});

test('a JSON body is genuine exactly where twilio-node says so', { skip }, () => {
  const body = '{"property": "value", "é": true}';
  const hash = twilio.getExpectedBodyHash(body);
  const cases = [`?bodySHA256=${hash}`, `?a=1&bodySHA256=${hash}`, `?bodySHA256=${hash.toUpperCase()}`, '?bodySHA256=',
    `?bodySHA256=0&bodySHA256=${hash}`, `?bodySHA256=${hash}&bodySHA256=0`]
    .flatMap((query) => [body, `${body} `].map((sent) => {
      const url = `https://h.example/p${query}`;
      return { ask: 'verify body', url, body: sent, secret, signature: twilio.getExpectedTwilioSignature(secret, url, {}) };
    }));
  const expected = cases.map((one) => twilio.validateRequestWithBody(secret, one.signature, one.url, one.body));
  assert.deepEqual(ask(cases), expected);
  assert.equal(expected.filter(Boolean).length, 3);
});

test('an access token makes the claims that twilio-node makes', { skip }, () => {
  const { AccessToken } = twilio.jwt;
  for (const options of [{}, { role: 'supervisor' }, { workerSid: sid('WK'), role: 'worker', region: 'ie1', nbf: 1700000000 }]) {
    const theirs = new AccessToken(sid('AC'), sid('SK'), secret, { identity: 'Alïce "1"', ttl: 7200, ...options });
    theirs.addGrant(new AccessToken.TaskRouterGrant({ workspaceSid: sid('WS'), ...options }));
    const jwt = theirs.toJwt();
    const { header, payload } = jsonwebtoken.verify(jwt, secret, { complete: true });
    const [ours, claims] = ask([
      { ask: 'access token', account_sid: sid('AC'), api_key_sid: sid('SK'), identity: 'Alïce "1"', lifetime: 7200,
        workspace_sid: sid('WS'), worker_sid: options.workerSid ?? '', role: options.role ?? '', region: options.region ?? '',
        ...(options.nbf ? { nbf: options.nbf } : {}), now: payload.iat, secret },
      { ask: 'access claims', token: jwt, now: payload.iat, secret },
    ]);
    const read = jsonwebtoken.verify(ours, secret, { complete: true, algorithms: ['HS256'] });
    assert.deepEqual(read.header, header);
    assert.deepEqual(read.payload, payload);
    assert.deepEqual(claims, payload);
    assert.throws(() => jsonwebtoken.verify(ours, 'another'));
  }
});

test('a capability token makes the claims that twilio-node makes', { skip }, () => {
  const { TaskRouterCapability, util } = twilio.jwt.taskrouter;
  for (const [channel, friendlyName] of [[sid('WK'), 'Alïce'], [sid('WQ')], [sid('WS')]]) {
    const theirs = new TaskRouterCapability({
      accountSid: sid('AC'), authToken: secret, workspaceSid: sid('WS'), channelId: channel, friendlyName, ttl: 600,
    });
    const fetch = { WQ: util.taskQueuesUrl(sid('WS'), channel), WS: util.workspacesUrl(sid('WS')) }[channel.slice(0, 2)];
    const policies = fetch ? [new TaskRouterCapability.Policy({ url: fetch })]
      : util.defaultWorkerPolicies('v1', sid('WS'), channel);
    for (const policy of [...policies, ...util.defaultEventBridgePolicies(sid('AC'), channel)]) theirs.addPolicy(policy);
    const jwt = theirs.toJwt();
    const payload = jsonwebtoken.verify(jwt, secret);
    const [ours, claims] = ask([
      { ask: 'capability token', account_sid: sid('AC'), workspace_sid: sid('WS'), channel, lifetime: 600, now: payload.iat,
        secret, ...(friendlyName ? { friendly_name: friendlyName } : {}) },
      { ask: 'capability claims', token: jwt, now: payload.iat, secret },
    ]);
    assert.deepEqual(jsonwebtoken.verify(ours, secret, { algorithms: ['HS256'] }), payload);
    assert.deepEqual(claims, payload);
  }
});
