// Callbacks, as a TypeScript project has them.
import { TaskRouter, TaskRouterError } from 'taskrouter';
import { Webhooks } from 'taskrouter/webhooks';
import type { AssignmentCallback, EventCallback, Instruction } from 'taskrouter/webhooks';

const webhooks = await Webhooks.create({ authToken: ['old', 'new'] });
const client = await TaskRouter.create({ accountSid: 'AC', authToken: 'token' });

export function answer(callback: AssignmentCallback): Instruction {
  const { skill } = JSON.parse(callback.task_attributes ?? '{}') as { skill?: string };
  if (skill === 'tax') return { instruction: 'dequeue', timeout: 20, status_callback_events: ['completed'] };
  return { instruction: 'reject' };
}

export default {
  fetch: (request: Request): Promise<Response> => webhooks.handleAssignment(request, answer),
};

export async function receive(url: string, body: string, signature: string | null): Promise<void> {
  try {
    await webhooks.verify({ url, body, signature });
  } catch (error) {
    if (error instanceof TaskRouterError && error.kind === 'body') return;
    throw error;
  }
  const callback = webhooks.readAssignment(body);
  await client.send('UpdateTaskReservation', webhooks.updateFields(callback, answer(callback)));
  const event: EventCallback = webhooks.readEvent(body);
  if (event.event_type === 'task.created' && event.task_age !== null) console.log(event.task_age + 1);
  const { events } = await client.send('ListEvent', { workspace_sid: callback.workspace_sid });
  for (const listed of events) console.log(webhooks.readListedEvent(listed).worker_name?.length);
}

// @ts-expect-error An instruction is misspelled.
webhooks.writeInstruction({ instruction: 'acept' });
// @ts-expect-error A required key is missing.
webhooks.writeInstruction({ instruction: 'call', from: '+15550100' });
// @ts-expect-error A key is of another instruction.
webhooks.writeInstruction({ instruction: 'accept', timeout: 20 });
// @ts-expect-error An event may have no worker.
webhooks.readEvent('').worker_sid.length;
