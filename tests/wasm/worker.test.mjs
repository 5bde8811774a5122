// The package in a worker, and loaded from what its user gives.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { ACCOUNT, PACKAGE, TASK, clientOf } from './package.mjs';

const WASM = new URL('./taskrouter.wasm', PACKAGE);

test('runs in a worker thread', async () => {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { TaskRouter } = await import(workerData.module);
    const client = await TaskRouter.create(workerData.options);
    parentPort.postMessage(client.build('FetchTask', workerData.fields).url);
  `;
  const options = { accountSid: ACCOUNT, authToken: 'secret' };
  const workerData = { module: PACKAGE.href, options, fields: TASK };
  const address = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(address, { workerData });
  const url = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  assert.match(url, new RegExp(`/Tasks/${TASK.sid}$`));
  await worker.terminate();
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
