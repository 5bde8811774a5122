// Runs programs with Twilio's library for Python, where that is installed.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RUNNER = fileURLToPath(new URL('./run_twilio.py', import.meta.url));

// Debian's library is Debian's python's, which need not be the first one.
async function found() {
  for (const python of ['python3', '/usr/bin/python3']) {
    const has = await run(python, ['-c', 'import twilio']).then(() => true, () => false);
    if (has) return python;
  }
  return undefined;
}

const python = await found();

// For a test's options.
export const skip = python ? false : 'skipped: the twilio library for python3 is not installed';

// Answers [{ sent: [{ method, url, params, data, headers, status, text }], error }], one a program.
export async function played(host, programs, environment) {
  const { PATH, PYTHONPATH = '' } = process.env;
  const child = run(python, [RUNNER], {
    env: { PATH, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1', ...environment },
    maxBuffer: 256 * 1024 * 1024,
  });
  child.child.stdin.end(JSON.stringify({ host, programs }));
  return JSON.parse((await child).stdout);
}
