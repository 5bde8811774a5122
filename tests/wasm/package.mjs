// The package under test, and what its tests share.
import { pathToFileURL } from 'node:url';

const folder = process.env.TASKROUTER_NPM ?? new URL('../../build/npm', import.meta.url).pathname;
export const PACKAGE = new URL('taskrouter.mjs', `${pathToFileURL(folder)}/`);
export const { TaskRouter, TaskRouterError, Emulator } = await import(PACKAGE);
export const { Webhooks } = await import(new URL('webhooks.mjs', PACKAGE));
export const { Workflows } = await import(new URL('workflow.mjs', PACKAGE));

export const sid = (prefix, digit) => prefix + String(digit).repeat(32);
export const ACCOUNT = sid('AC', 0);
export const UPDATE = {
  workspace_sid: sid('WS', 1),
  task_sid: sid('WT', 2),
  sid: sid('WR', 3),
  reservation_status: 'accepted',
};
export const TASK = { workspace_sid: sid('WS', 1), sid: sid('WT', 2) };

export const json = (value, init) => new Response(JSON.stringify(value), init);

// A fetch that keeps what it was asked, and answers what it is told to.
export function recorder(answer) {
  const calls = [];
  const fetch = async (url, init) => {
    calls.push({ url, ...init, headers: new Headers(init.headers) });
    return answer(calls.length);
  };
  return { calls, fetch };
}

export function clientOf(options) {
  return TaskRouter.create({ accountSid: ACCOUNT, authToken: 'secret', ...options });
}
