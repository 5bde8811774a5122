// Runs programs in PHP, where that is installed: with Twilio's library if TASKROUTER_TWILIO_PHP is the folder of
// its source, and else with a stand-in that takes the same calls.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const RUNNER = fileURLToPath(new URL('./run_twilio.php', import.meta.url));
const library = process.env.TASKROUTER_TWILIO_PHP;

// For a test's options.
export const skip = await run('php', ['--version']).then(
  () => false,
  () => 'skipped: php is not installed',
);

// Answers [{ sent: [{ method, url, params, data, headers }], error }], one a program.
export async function played(programs, environment) {
  const child = run('php', [RUNNER, ...(library ? [library] : [])], {
    env: { PATH: process.env.PATH, ...environment },
    maxBuffer: 256 * 1024 * 1024,
  });
  child.child.stdin.end(JSON.stringify({ programs }));
  return JSON.parse((await child).stdout);
}
