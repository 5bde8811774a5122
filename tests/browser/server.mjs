// The static server that the page is tried with.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serve } from '../../web/serve.mjs';

// Asks with the path as it is; fetch would tidy it first.
function ask(url, path, method = 'GET', headers = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
}

function inFolder(play) {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'taskrouter-serve-'));
    const site = join(folder, 'site');
    mkdirSync(join(site, 'sub'), { recursive: true });
    mkdirSync(join(folder, 'site-beside'));
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'site-beside', 'secret.txt'), 'secret');
    writeFileSync(join(site, 'index.html'), '<p>page</p>');
    writeFileSync(join(site, 'sub', 'index.html'), '<p>sub</p>');
    writeFileSync(join(site, 'a.wasm'), 'wasm');
    writeFileSync(join(site, 'a.wasm.gz'), 'gz');
    writeFileSync(join(site, 'a.wasm.br'), 'b');
    symlinkSync(join(folder, 'secret.txt'), join(site, 'index.html.br'));
    symlinkSync(join(folder, 'secret.txt'), join(site, 'link.txt'));
    const server = await serve(site);
    try {
      await play(server.url);
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

export function serverTests() {
  test(
    'files come with their type, and folders with their index',
    inFolder(async (url) => {
      const page = await ask(url, '/?query');
      assert.deepEqual([page.status, page.body], [200, '<p>page</p>']);
      assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
      assert.equal((await ask(url, '/a.wasm')).headers['content-type'], 'application/wasm');
      assert.equal((await ask(url, '/sub')).headers.location, '/sub/');
      assert.equal((await ask(url, '//sub')).headers.location, '/sub/');
      assert.equal((await ask(url, '/sub/')).body, '<p>sub</p>');
    }),
  );

  test(
    'a file that stands there compressed goes so to those who take it',
    inFolder(async (url) => {
      const asked = async (path, accepted) => {
        const { headers, body } = await ask(url, path, 'GET', accepted ? { 'Accept-Encoding': accepted } : {});
        assert.equal(headers.vary, 'Accept-Encoding');
        assert.equal(headers['content-length'], String(body.length));
        return [headers['content-type'], headers['content-encoding'], body];
      };
      assert.deepEqual(await asked('/a.wasm'), ['application/wasm', undefined, 'wasm']);
      assert.deepEqual(await asked('/a.wasm', 'gzip, br'), ['application/wasm', 'br', 'b']);
      assert.deepEqual(await asked('/a.wasm', 'deflate,gzip'), ['application/wasm', 'gzip', 'gz']);
      assert.deepEqual(await asked('/a.wasm', 'brotli'), ['application/wasm', undefined, 'wasm']);
      assert.deepEqual(await asked('/', 'br'), ['text/html; charset=utf-8', undefined, '<p>page</p>']);
    }),
  );

  test(
    'HEAD answers like GET, without a body',
    inFolder(async (url) => {
      const head = await ask(url, '/a.wasm', 'HEAD');
      assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '4', '']);
      const missing = await ask(url, '/none', 'HEAD');
      assert.deepEqual([missing.status, missing.body], [404, '']);
    }),
  );

  test(
    'nothing outside the folder is served',
    inFolder(async (url) => {
      const paths = [
        '/../secret.txt',
        '/%2e%2e/secret.txt',
        '/..%2fsecret.txt',
        '/sub/../../secret.txt',
        '/link.txt',
        '/../site-beside/secret.txt',
        '/..%5csecret.txt',
        '/%00',
        '/%',
        '/none',
      ];
      for (const path of paths) {
        const { status, body } = await ask(url, path);
        assert.equal(status, 404, path);
        assert.equal(body.includes('secret'), false, path);
      }
    }),
  );

  test(
    'other methods are refused',
    inFolder(async (url) => {
      const { status, headers } = await ask(url, '/', 'POST');
      assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
    }),
  );

  test(
    'only this machine is listened to',
    inFolder(async (url) => {
      assert.equal(new URL(url).hostname, '127.0.0.1');
    }),
  );
}
