import { Emulator, TaskRouter, TaskRouterError, retrying } from 'taskrouter';

const emulator = await Emulator.create();
const { accountSid, authToken, story } = emulator;
const { workspace_sid } = story;

// A server that is busy at first.
let isBusy = true;
async function fetch(url, init) {
  if (!isBusy) return emulator.fetch(url, init);
  isBusy = false;
  return new Response('{"code":20429,"message":"Too many requests"}', { status: 429 });
}

const client = await TaskRouter.create({
  accountSid,
  authToken,
  fetch: retrying(fetch, { maxAttempts: 5, onAttempt: ({ status }) => console.log(status) }),
});

for (let priority = 0; priority < 3; priority += 1) {
  await client.send('CreateTask', { workspace_sid, priority });
}

for await (const task of client.each('ListTask', { workspace_sid }, { limit: 1000 })) {
  console.log(task.sid.length, task.priority, task.assignment_status);
}

const sid = 'WT00000000000000000000000000000000';
try {
  await client.send('FetchTask', { workspace_sid, sid }, { signal: AbortSignal.timeout(5000) });
} catch (error) {
  if (!(error instanceof TaskRouterError)) throw error;
  console.log(error.kind, error.status, error.code); // api 404 20404
}
