// Callbacks that go to https: a certificate that is trusted, and ones that are not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fail, start, until } from './server.mjs';

let folder;
let target;
let got = [];

// Makes a certificate of its own authority for a name.
function certificate(name, subject) {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=test', '-addext', `subjectAltName=${subject}`], { stdio: 'pipe' });
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
}

async function listen({ key, cert }) {
  const server = createServer({ key, cert }, (request, response) => {
    got.push(request.url);
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"instruction":"accept"}');
  });
  server.on('tlsClientError', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

let good;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taskrouter-https-'));
  good = certificate('good', 'IP:127.0.0.1');
  target = await listen(good);
});
after(() => {
  target.closeAllConnections();
  target.close();
  rmSync(folder, { recursive: true, force: true });
});

// Offers a task while the callback URL is `url`. Answers with what was sent and the reservation's status then.
async function offer(server, url) {
  got = [];
  await server.post(`/Workflows/${server.env.TWILIO_WORKFLOW_SID}`, { AssignmentCallbackUrl: url });
  await server.post(`/Workers/${server.env.TWILIO_WORKER_SID}`, { ActivitySid: server.env.TWILIO_AVAILABLE_ACTIVITY_SID });
  const task = await server.post('/Tasks', { Attributes: '{}' });
  const path = `/Tasks/${task.sid}/Reservations`;
  const { reservations: [{ sid }] } = await server.get(path);
  const [callback] = await until(async () => {
    const { json } = await server.admin('callbacks');
    return json.unfinished === 0 && json.callbacks.length > 0 ? json.callbacks : undefined;
  });
  const { reservation_status: status } = await server.get(`${path}/${sid}`);
  return { callback, status };
}

const url = (server) => `https://127.0.0.1:${server.address().port}/assign`;

test('a target whose certificate is trusted is called, and its instruction is carried out', async () => {
  const server = await start('--ca-file', good.file);
  const { callback, status } = await offer(server, url(target));
  assert.deepEqual([callback.status, callback.error_code, callback.error, status], [200, 0, '', 'accepted']);
  assert.deepEqual(got, ['/assign']);
  await server.stop();
});

test('a target whose certificate nobody vouches for is not called, and the record says why', async () => {
  const server = await start();
  const { callback, status } = await offer(server, url(target));
  assert.deepEqual([callback.status, callback.error_code, callback.answer, status], [0, 11220, '', 'canceled']);
  assert.match(callback.error, /certificate/);
  assert.deepEqual(got, [], 'nothing was sent');
  assert.match(server.errors(), /callback to https:\/\/127\.0\.0\.1:\d+\/assign failed: .*certificate/);
  await server.stop();
});

test('a certificate for another name is not trusted', async (context) => {
  const other = certificate('other', 'DNS:elsewhere.example');
  const elsewhere = await listen(other);
  context.after(() => {
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
  const server = await start('--ca-file', other.file);
  const { callback, status } = await offer(server, url(elsewhere));
  assert.deepEqual([callback.error_code, status, got], [11220, 'canceled', []]);
  assert.match(callback.error, /127\.0\.0\.1/);
  await server.stop();
});

test('certificates that can not be read are told of at the start', async () => {
  const { code, text } = await fail('--ca-file', join(folder, 'none.pem'));
  assert.deepEqual([code, text], [1, `taskrouter-emulator: ${join(folder, 'none.pem')}: can't be read\n`]);
});
