// What the tests of generated code share: a request for every operation with every field set, and the
// programs that judge the code.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { codeOf } from '../../web/inspect/code.mjs';
import { HOSTILE } from './hostile.mjs';
import { PAGE } from './upstream.mjs';

const run = promisify(execFile);
const DIGITS = '0123456789abcdef'.repeat(2);

export const { operations } = JSON.parse(await readFile(join(PAGE, 'operations.json'), 'utf8'));
const { TaskRouter } = await import(pathToFileURL(join(PAGE, 'taskrouter.mjs')));
const client = await TaskRouter.create({ accountSid: `AC${DIGITS}`, authToken: 'token' });

// What the programs find in their environment.
export const ENVIRONMENT = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'secret',
  SIP_AUTH_PASSWORD: 'from-environment',
};

function valueFor({ name, kind, prefix, names, lowest, place }, text) {
  if (place === 'header') return '"7\'"';
  if (name === 'body') return `["WQ${DIGITS}"]`;
  if (name === 'page_token') return 'PT$1';
  switch (kind) {
    case 'sid':
      return prefix + DIGITS;
    case 'json':
      return JSON.stringify({ text });
    case 'enum':
      return names.at(-1);
    case 'integer':
      return Math.max(lowest ?? 0, 5);
    case 'boolean':
      return true;
    case 'time':
      return '2026-01-02T03:04:05Z';
    default:
      return place === 'path' ? 'default' : text;
  }
}

// Without the fields that only a page's own address has.
export function fieldsFor(operation, text, { paged = false } = {}) {
  const wanted = operation.fields.filter(
    ({ name }) => paged || !['page', 'page_token'].includes(name),
  );
  return Object.fromEntries(
    wanted.map((field) => {
      const value = valueFor(field, text);
      return [field.name, field.list ? [value, value] : value];
    }),
  );
}

// The request as the page records it.
export function requestFor(operation, fields) {
  const { method, url, headers, body } = client.build(operation.name, fields);
  const shown = headers.map(([name, value]) =>
    name === 'Authorization' ? [name, 'Basic [hidden]'] : [name, value],
  );
  return { method, url, headers: shown, fields: [...new URLSearchParams(body)], body };
}

// Every operation with every field, and the lists as a page's address has them.
export const REQUESTS = operations.flatMap((operation, index) => {
  const text = HOSTILE[index % HOSTILE.length];
  const requests = [requestFor(operation, fieldsFor(operation, text))];
  if (operation.name.startsWith('List')) {
    requests.push(requestFor(operation, fieldsFor(operation, text, { paged: true })));
  }
  return requests.map((request) => ({ operation, request }));
});

export function codes(language) {
  return REQUESTS.map(({ operation, request }) => ({
    operation,
    request,
    ...codeOf(language, request, operations),
  }));
}

// An object's values as a form has them: each of a list by itself.
export function pairs(values) {
  return Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
}

function sorted(pairs) {
  return pairs.map(([name, value]) => `${name}=${value}`).sort();
}

// As a server would read it. A secret stands for the environment variable that the tests set.
export function essence({ method, url, fields, headers }) {
  const { pathname, searchParams } = new URL(url);
  const visible = fields.map(([name, value]) => [
    name,
    name === 'SipAuthPassword' ? 'from-environment' : value,
  ]);
  const ifMatch = headers.find(([name]) => name.toLowerCase() === 'if-match')?.[1];
  return {
    method,
    path: decodeURIComponent(pathname),
    query: sorted([...searchParams]),
    fields: sorted(visible),
    ifMatch,
  };
}

export async function inFolder(play) {
  const folder = mkdtempSync(join(tmpdir(), 'taskrouter-code-'));
  try {
    return await play({
      write: (name, text) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      },
      run: (program, ...parameters) =>
        run(program, parameters, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
