// A TypeScript project with the npm package: what is right compiles, and what is wrong does not.
import { Emulator, TaskRouter, TaskRouterError, retrying } from 'taskrouter';
import { Emulator as SameEmulator } from 'taskrouter/emulator';
import type { FieldsOf, ItemOf, ListName, Task } from 'taskrouter';

const emulator = await Emulator.create();
const client = await TaskRouter.create({
  accountSid: emulator.accountSid,
  authToken: emulator.authToken,
  fetch: retrying(emulator.fetch, { maxAttempts: 2, onAttempt: ({ status, wait }) => console.log(status, wait) }),
});
const { workspace_sid } = emulator.story;

const task: Task = await client.send('CreateTask', { workspace_sid, attributes: { selected_language: 'es' } });
const nothing: null = await client.send('DeleteTask', { workspace_sid, sid: task.sid });

const creation: FieldsOf<'CreateTask'> = { workspace_sid, priority: 3 };
await client.send('CreateTask', creation, { signal: AbortSignal.timeout(5000) });
for await (const { reason, assignment_status } of client.each('ListTask', { workspace_sid }, { limit: 5 })) {
  console.log(reason?.length, assignment_status === 'pending');
}
const queue: ItemOf<'ListTaskQueue'>['target_workers'] = null;
const lists: ListName = 'ListTaskQueuesStatistics';
const same: typeof Emulator = SameEmulator;

try {
  const page = await client.send('ListWorker', { workspace_sid, page_size: 10 });
  const names: string[] = page.workers.map((worker) => worker.friendly_name);
  console.log(names, nothing, queue, lists, same);
} catch (error) {
  if (error instanceof TaskRouterError) console.log(error.kind, error.code, error.moreInfo);
}

// @ts-expect-error Only lists can be walked over.
client.each('FetchTask', { workspace_sid, sid: task.sid });
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
