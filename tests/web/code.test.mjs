// Requests as code: what comes out is judged by who reads it: here curl and Twilio's library for Node.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { LANGUAGES, codeOf } from '../../web/inspect/code.mjs';
import { cppText, nodeText, phpText, pythonText, shellText } from '../../web/inspect/code_text.mjs';
import { codes, ENVIRONMENT, essence, inFolder, operations, pairs, requestFor, REQUESTS } from './code.mjs';
import { HOSTILE } from './hostile.mjs';
import { recordedBy } from './recorder.mjs';

const require = createRequire(import.meta.url);
const AsyncFunction = (async () => {}).constructor;

test('every operation has code in every language, but for what a library can not send', () => {
  assert.equal(new Set(REQUESTS.map(({ operation }) => operation.name)).size, 61);
  for (const { id } of LANGUAGES) {
    const missing = codes(id).filter(({ code }) => !code);
    const expected = ['php', 'python'].includes(id)
      ? ['CreateTaskQueueBulkRealTimeStatistics']
      : [];
    assert.deepEqual(
      missing.map(({ operation }) => operation.name),
      expected,
      id,
    );
    for (const { reason } of missing) assert.match(reason, /can't send a list of queues/);
  }
});

test("the code for Node makes Twilio's library send the same request", async () => {
  const twilio = require('twilio');
  for (const { operation, request, code } of codes('node')) {
    const sent = [];
    const httpClient = {
      request: async ({ method, uri, params = {}, data = {}, headers = {} }) => {
        sent.push({ method: method.toUpperCase(), uri, params, data, headers });
        const body = { meta: { key: 'items', page_size: 50, url: uri }, items: [] };
        return {
          statusCode: method === 'post' ? 201 : method === 'delete' ? 204 : 200,
          body: JSON.stringify(body),
        };
      },
    };
    const imported = "import twilio from 'twilio';\n";
    assert.ok(code.startsWith(imported));
    const play = new AsyncFunction('twilio', 'process', 'console', code.slice(imported.length));
    const create = (user, password, options) => twilio(user, password, { ...options, httpClient });
    await play(create, { env: ENVIRONMENT }, { log() {} });
    assert.equal(sent.length, 1, operation.name);
    const [{ method, uri, params, data, headers }] = sent;
    if (operation.name.includes('BulkRealTime')) {
      assert.deepEqual(data, JSON.parse(request.body));
      continue;
    }
    assert.deepEqual(
      essence({
        method,
        url: `${uri}?${new URLSearchParams(pairs(params))}`,
        fields: pairs(data),
        headers: Object.entries(headers),
      }),
      essence(request),
      `${operation.name}\n${code.slice(0, 2000)}`,
    );
  }
});

test("a page's size is the limit of a list, for Twilio's libraries fetch all pages without one", () => {
  const operation = operations.find(({ name }) => name === 'ListWorker');
  const request = requestFor(operation, { workspace_sid: `WS${'0'.repeat(32)}`, page_size: 20 });
  assert.match(codeOf('node', request, operations).code, /workers\.list\(\{\n  limit: 20,\n\}\)/);
  assert.match(codeOf('python', request, operations).code, /workers\.list\(\n    limit=20,\n\)/);
  assert.match(codeOf('php', request, operations).code, /workers->read\(\[\], 20\)/);
});

test('the curl commands send the same requests', () =>
  recordedBy(async (origin, seen) => {
    const commands = codes('curl')
      .map(({ code }) =>
        code
          .replaceAll('https://taskrouter.twilio.com', origin)
          .replace(/^curl/, 'curl -sS -o /dev/null'),
      )
      .join('\n');
    await inFolder(({ write, run }) =>
      run(
        'env',
        'TWILIO_ACCOUNT_SID=AC1',
        'TWILIO_AUTH_TOKEN=x',
        'SIP_AUTH_PASSWORD=from-environment',
        'sh',
        write('all.sh', commands),
      ),
    );
    assert.equal(seen.length, REQUESTS.length);
    for (const [index, { operation, request }] of REQUESTS.entries()) {
      const { body, authorization, ...got } = seen[index];
      assert.equal(authorization, `Basic ${btoa('AC1:x')}`);
      if (operation.name.includes('BulkRealTime')) {
        assert.equal(body, request.body);
        continue;
      }
      // A shell has no zero characters.
      const fields = request.fields.map(([name, value]) => [name, value.replaceAll('\0', '')]);
      assert.deepEqual(
        essence({ ...got, fields: [...new URLSearchParams(body)] }),
        essence({ ...request, fields }),
        operation.name,
      );
    }
  }));

test('a text comes out of Python, C++, Node and a shell as it went in', () =>
  inFolder(async ({ write, run }) => {
    const expected = HOSTILE.map((text) => Buffer.from(text).toString('hex'));
    const lines = ({ stdout }) => stdout.trim().split('\n');
    const python = HOSTILE.map((text) => `print(${pythonText(text)}.encode().hex())`).join('\n');
    assert.deepEqual(lines(await run('python3', write('a.py', python))), expected);
    const node = HOSTILE.map(
      (text) => `console.log(Buffer.from(${nodeText(text)}).toString('hex'))`,
    ).join('\n');
    assert.deepEqual(lines(await run('node', write('a.mjs', node))), expected);
    const prints = HOSTILE.map((text) => `show(${cppText(text)});`).join('\n');
    const show =
      'void show(const std::string& s) { for (unsigned char c : s) std::printf("%02x", c); std::puts(""); }';
    await run(
      'g++',
      '-std=c++20',
      '-Werror',
      '-o',
      write('a.out', ''),
      write('a.cpp', `#include <cstdio>\n#include <string>\n${show}\nint main() {\n${prints}\n}\n`),
    );
    assert.deepEqual(lines(await run('./a.out')), expected);
    const shell = HOSTILE.map(
      (text) => `printf '%s' ${shellText(text)} | od -An -v -tx1 | tr -d ' \\n'; echo`,
    ).join('\n');
    const withoutZero = expected.map((hex) =>
      hex.replace(/(..)/g, (byte) => (byte === '00' ? '' : byte)),
    );
    assert.deepEqual(lines(await run('sh', write('a.sh', shell))), withoutZero);
  }));

test('in code nothing is unseen and nothing turns its direction', () => {
  for (const write of [nodeText, pythonText, phpText, cppText]) {
    for (const text of HOSTILE) assert.doesNotMatch(write(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
});

test('no secret stands in code', () => {
  for (const { id } of LANGUAGES) {
    const request = requestFor(
      operations.find(({ name }) => name === 'UpdateTaskReservation'),
      {
        workspace_sid: `WS${'0'.repeat(32)}`,
        task_sid: `WT${'0'.repeat(32)}`,
        sid: `WR${'0'.repeat(32)}`,
        sip_auth_password: 'hidden-one',
      },
    );
    const { code } = codeOf(id, request, operations);
    assert.equal(code.includes('hidden-one'), false, id);
    assert.match(code, /SIP_AUTH_PASSWORD/);
    assert.match(
      codeOf(id, request, operations, { usesKey: true }).code,
      id === 'cpp' ? /from_environment/ : /TWILIO_API_KEY.*TWILIO_API_SECRET/s,
    );
  }
});

test('what is no operation has a curl command only', () => {
  const callback = {
    method: 'POST',
    url: "https://example.com/a'b",
    headers: [],
    fields: [['TaskSid', 'WT1']],
  };
  assert.equal(
    codeOf('curl', callback, operations).code,
    `curl -X POST 'https://example.com/a'\\''b' \\\n  --data-urlencode 'TaskSid=WT1'`,
  );
  for (const { id } of LANGUAGES.slice(1))
    assert.match(codeOf(id, callback, operations).reason, /none of TaskRouter's operations/);
  const signed = { ...callback, headers: [['X-Twilio-Signature', 'a+b=']] };
  assert.match(codeOf('curl', signed, operations).code, /\n  -H 'X-Twilio-Signature: a\+b=' \\\n/);
});

test('another host than Twilio is named', () => {
  const operation = operations.find(({ name }) => name === 'FetchWorkspace');
  const request = requestFor(operation, { sid: `WS${'0'.repeat(32)}` });
  const elsewhere = {
    ...request,
    url: request.url.replace('https://taskrouter.twilio.com', 'http://127.0.0.1:8080'),
  };
  assert.match(
    codeOf('cpp', elsewhere, operations).code,
    /\.base_url = "http:\/\/127\.0\.0\.1:8080"/,
  );
  for (const id of ['node', 'python', 'php']) {
    assert.match(
      codeOf(id, elsewhere, operations).code,
      /The call went to http:\/\/127\.0\.0\.1:8080\./,
    );
  }
});
