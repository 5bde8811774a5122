// A TypeScript project with the npm package: what is right compiles, and what is wrong does not.
import { Emulator, TaskRouter, TaskRouterError } from 'taskrouter';
import type { Task } from 'taskrouter';

const emulator = await Emulator.create();
const client = await TaskRouter.create({
  accountSid: emulator.accountSid,
  authToken: emulator.authToken,
  fetch: emulator.fetch,
});
const { workspace_sid } = emulator.story;

const task: Task = await client.send('CreateTask', { workspace_sid, attributes: { selected_language: 'es' } });
const nothing: null = await client.send('DeleteTask', { workspace_sid, sid: task.sid });

try {
  const page = await client.send('ListWorker', { workspace_sid, page_size: 10 });
  const names: string[] = page.workers.map((worker) => worker.friendly_name);
  console.log(names, nothing);
} catch (error) {
  if (error instanceof TaskRouterError) console.log(error.kind, error.code, error.moreInfo);
}

// @ts-expect-error There is no such operation.
await client.send('CreateTasks', { workspace_sid });
// @ts-expect-error A required field is missing.
await client.send('FetchTask', { workspace_sid });
// @ts-expect-error A field is misspelled.
await client.send('CreateTask', { workspace_sid, atributes: '{}' });
// @ts-expect-error A field has another type.
await client.send('CreateTask', { workspace_sid, priority: 'high' });
// @ts-expect-error A status is misspelled.
await client.send('UpdateTask', { workspace_sid, sid: task.sid, assignment_status: 'complete' });
