// Does what a scenario file says, as web/emulator_server/scenario_file.hpp has it.
import { readFileSync } from 'node:fs';

const textOf = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const find = (json, path) => path.split('.').reduce((at, key) => at?.[key], json);

// `send(method, path, form, headers)` answers { status, etag, body }, `advance(ms)` moves the clock. Resolves to all
// the answers, one a line.
export async function runScenario(file, variables, { send, advance }) {
  const values = { ...variables };
  const fill = (text) => Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text);
  const answers = [];
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const step = JSON.parse(line);
    const fail = (problem) => { throw new Error(`${file}: line ${index + 1}: ${problem}`); };
    if (step.advance !== undefined) {
      await advance(Math.round(step.advance * 1000));
      continue;
    }
    const [method] = ['post', 'get', 'delete'].filter((name) => step[name] !== undefined);
    const form = step.form && Object.entries(step.form).map(([name, value]) => `${name}=${encodeURIComponent(fill(textOf(value)))}`).join('&');
    const headers = step.if_match === undefined ? {} : { 'If-Match': fill(step.if_match) };
    const { status, etag, body } = await send(method.toUpperCase(), fill(step[method]), form, headers);
    answers.push(`${status} ${etag ?? ''} ${body}`);
    if (step.status === undefined ? status < 200 || status > 299 : status !== step.status) fail(`answered ${status} ${body}`);
    const json = body === '' ? undefined : JSON.parse(body);
    for (const [path, wanted] of Object.entries(step.expect ?? {})) {
      const value = typeof wanted === 'string' ? fill(wanted) : wanted;
      if (JSON.stringify(find(json, path)) !== JSON.stringify(value)) fail(`${path} should be ${JSON.stringify(value)} and is ${JSON.stringify(find(json, path))}`);
    }
    for (const [name, path] of Object.entries(step.save ?? {})) values[name] = path === '@ETag' ? etag : textOf(find(json, path));
  }
  return answers;
}
