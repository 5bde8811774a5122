// The package in a worker, and loaded from what its user gives.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ACCOUNT, PACKAGE, TASK, clientOf } from './package.mjs';

const WASM = new URL('./taskrouter.wasm', PACKAGE);

// The message that a worker sends which runs this code.
async function answerOf(code, workerData) {
  const address = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(address, { workerData });
  const message = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  return message;
}

test('runs in a worker thread', async () => {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { TaskRouter } = await import(workerData.module);
    const client = await TaskRouter.create(workerData.options);
    parentPort.postMessage(client.build('FetchTask', workerData.fields).url);
  `;
  const options = { accountSid: ACCOUNT, authToken: 'secret' };
  const url = await answerOf(code, { module: PACKAGE.href, options, fields: TASK });
  assert.match(url, new RegExp(`/Tasks/${TASK.sid}$`));
});

test('verifies in a worker thread', async () => {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { Webhooks } = await import(workerData.module);
    const webhooks = await Webhooks.create({ authToken: '12345' });
    await webhooks.verify(workerData.request);
    parentPort.postMessage('genuine');
  `;
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const request = { url, signature: 'zYQTYrRWXE7LtzbG4PfP7/bkkGo=' };
  assert.equal(await answerOf(code, { module: new URL('webhooks.mjs', PACKAGE).href, request }), 'genuine');
});

test('takes the module as a URL, text, bytes, a Response or compiled', async () => {
  const bytes = await readFile(WASM);
  const type = { headers: { 'content-type': 'application/wasm' } };
  const sources = [
    WASM,
    WASM.href,
    bytes,
    new Uint8Array(bytes).buffer,
    new Response(bytes, type),
    new Response(bytes), // Of no type: streaming refuses it.
    WebAssembly.compile(bytes),
  ];
  for (const wasm of sources) {
    const client = await clientOf({ wasm });
    assert.equal(client.build('FetchTask', TASK).method, 'GET');
  }
});

test('says so when there is no module', async () => {
  await assert.rejects(clientOf({ wasm: new Response('', { status: 404 }) }), /answered 404/);
  await assert.rejects(clientOf({ wasm: new URL('./nothing.wasm', PACKAGE) }), { code: 'ENOENT' });
  await assert.rejects(clientOf({ wasm: new Uint8Array(8) }), WebAssembly.CompileError);
});
