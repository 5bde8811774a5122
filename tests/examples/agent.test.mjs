// The agent takes one task after the other from taskrouter-emulator.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { createInterface } from 'node:readline';

import { api, skip, startServer, tokenFor, tokenOfAlice } from '../emulator/agent.mjs';

const program = fileURLToPath(new URL('agent.mjs', import.meta.url));

test('an agent accepts and completes whatever comes', { skip, timeout: 50_000 }, async () => {
  const server = await startServer();
  const child = spawn(process.execPath, [program, server.url, tokenOfAlice(server)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    assert.equal((await lines.next()).value, 'Alice is available');
    for (const number of [1, 2]) {
      const { sid } = await api(server, 'POST', '/Tasks', { Attributes: JSON.stringify({ number }) });
      assert.equal((await lines.next()).value, `Alice has solved { number: ${number} }`);
      assert.equal((await api(server, 'GET', `/Tasks/${sid}`)).assignment_status, 'completed');
    }
  } finally {
    child.kill();
    await server.stop();
  }
});

test('an agent whose token is no good says so', { skip, timeout: 50_000 }, async () => {
  const server = await startServer();
  const child = spawn(process.execPath, [program, server.url, tokenFor(server, { secret: 'guess' })], { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    let errors = '';
    for await (const text of child.stderr) {
      errors += text;
      if (errors.includes("Could not connect to Twilio's servers.")) break;
    }
    assert.match(errors, /401/);
  } finally {
    child.kill();
    await server.stop();
  }
});
