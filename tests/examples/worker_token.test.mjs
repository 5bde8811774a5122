// The token is the worker's, is good for eight hours, and is made of nothing else than was asked for.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

const sid = (letters) => `${letters}0123456789abcdef0123456789abcdef`;
const secrets = { TWILIO_ACCOUNT_SID: sid('AC'), TWILIO_API_KEY: sid('SK'), TWILIO_API_SECRET: 'canary-5e1b' };
const run = (args, env = secrets) => spawnSync(process.env.WORKER_TOKEN, args, { env, encoding: 'utf8', timeout: 20_000 });

test('a worker gets a token signed with the API key', () => {
  const { status, stdout } = run([sid('WS'), sid('WK'), 'Alïce']);
  assert.equal(status, 0);
  const [header, claims, signature] = stdout.trim().split('.');
  assert.equal(createHmac('sha256', 'canary-5e1b').update(`${header}.${claims}`).digest('base64url'), signature);
  const { iss, sub, iat, exp, grants } = JSON.parse(Buffer.from(claims, 'base64url'));
  assert.deepEqual({ iss, sub, lifetime: exp - iat }, { iss: sid('SK'), sub: sid('AC'), lifetime: 8 * 3600 });
  assert.deepEqual(grants, {
    identity: 'Alïce', task_router: { workspace_sid: sid('WS'), worker_sid: sid('WK'), role: 'worker' },
  });
});

test('what is wrong is said by its name, without the secret', () => {
  for (const [args, env, field] of [
    [[sid('WS'), sid('WT'), 'Alice'], secrets, 'worker_sid'],
    [[sid('WS'), sid('WK'), ''], secrets, 'identity'],
    [[sid('WS'), sid('WK'), 'Alice'], { ...secrets, TWILIO_API_KEY: '' }, 'api_key_sid'],
    [[sid('WS'), sid('WK'), 'Alice'], { ...secrets, TWILIO_API_SECRET: '' }, 'secret'],
    [[], secrets, 'usage'],
  ]) {
    const { status, stdout, stderr } = run(args, env);
    assert.equal(status, 2, field);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(field));
    assert.doesNotMatch(stderr, /canary/);
  }
});
