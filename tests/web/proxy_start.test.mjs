// How the proxy of live mode starts: its credentials, where it sends calls, and what it prints.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { credentials, loopbackAddress, twilioAddress } from '../../web/proxy/upstream.mjs';
import { ACCOUNT, PAGE, TOKEN } from './upstream.mjs';

const PROGRAM = fileURLToPath(new URL('../../web/proxy/proxy.mjs', import.meta.url));

test('credentials come from the environment, an API key before the account', () => {
  const digits = '0'.repeat(32);
  const account = { TWILIO_ACCOUNT_SID: `AC${digits}`, TWILIO_AUTH_TOKEN: 'token' };
  const key = { TWILIO_API_KEY: `SK${digits}`, TWILIO_API_SECRET: 'secret' };
  assert.deepEqual(credentials(account), { user: `AC${digits}`, password: 'token' });
  assert.deepEqual(credentials({ ...account, ...key }), {
    user: `SK${digits}`,
    password: 'secret',
  });
  for (const some of [
    {},
    { ...account, TWILIO_AUTH_TOKEN: '' },
    { ...account, TWILIO_API_KEY: `SK${digits}` },
  ]) {
    assert.throws(() => credentials(some), /set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/);
  }
  assert.throws(
    () => credentials({ ...account, TWILIO_ACCOUNT_SID: 'ACx:y' }),
    /TWILIO_ACCOUNT_SID should be AC/,
  );
});

test('edge and region stand in the address', () => {
  const address = (TWILIO_EDGE, TWILIO_REGION) => twilioAddress({ TWILIO_EDGE, TWILIO_REGION });
  assert.equal(address(), 'https://taskrouter.twilio.com');
  assert.equal(address('dublin'), 'https://taskrouter.dublin.us1.twilio.com');
  assert.equal(address('', 'ie1'), 'https://taskrouter.ie1.twilio.com');
  assert.equal(address('dublin', 'ie1'), 'https://taskrouter.dublin.ie1.twilio.com');
  for (const bad of ['evil.example/', 'a.b', 'a b', '-a', '@evil']) {
    assert.throws(() => address(bad), /TWILIO_EDGE/);
    assert.throws(() => address('', bad), /TWILIO_REGION/);
  }
});

test('another upstream than Twilio is on this machine', () => {
  assert.equal(loopbackAddress('http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
  for (const bad of [
    'http://example.com',
    'https://127.0.0.1',
    'http://127.0.0.1:1/path',
    'http://127.0.0.1@a.b',
    'x',
  ]) {
    assert.throws(() => loopbackAddress(bad));
  }
});

function run(parameters, env) {
  const child = spawn(process.execPath, [PROGRAM, ...parameters], {
    env: { PATH: process.env.PATH, ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  return { child, text: () => text };
}

test('what is missing is told before anything is served', async () => {
  const digits = '0'.repeat(32);
  const account = { TWILIO_ACCOUNT_SID: `AC${digits}`, TWILIO_AUTH_TOKEN: TOKEN };
  const cases = [
    [account, 0, /^$/],
    [{ TWILIO_API_KEY: `SK${digits}`, TWILIO_API_SECRET: TOKEN }, 0, /^$/],
    [{}, 1, /^live: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/],
    [{ ...account, TWILIO_AUTH_TOKEN: '' }, 1, /^live: set TWILIO_ACCOUNT_SID/],
    [{ ...account, TWILIO_REGION: '@evil' }, 1, /^live: TWILIO_REGION/],
  ];
  for (const [env, status, said] of cases) {
    const checked = run(['--check'], env);
    assert.deepEqual((await once(checked.child, 'close'))[0], status);
    assert.match(checked.text(), said);
    assert.equal(checked.text().includes(TOKEN), false);
  }
});

test('the program prints the link, and ends with advice where credentials are missing', async () => {
  const without = run([PAGE], {});
  assert.deepEqual((await once(without.child, 'close'))[0], 1);
  assert.match(without.text(), /^live: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/);
  const wrong = run([PAGE, '--upstream'], {});
  assert.deepEqual((await once(wrong.child, 'close'))[0], 2);

  const env = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: TOKEN };
  const good = run([PAGE, '--upstream', 'http://127.0.0.1:9'], env);
  try {
    await once(good.child.stdout, 'data');
    assert.match(good.text(), /http:\/\/127\.0\.0\.1:\d+\/#proxy=[\w-]{32}\n/);
    assert.equal(good.text().includes(TOKEN), false);
  } finally {
    good.child.kill();
    await once(good.child, 'close');
  }
});
