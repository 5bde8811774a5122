import { Emulator, TaskRouter } from 'taskrouter';

const emulator = await Emulator.create();
const { accountSid, authToken, fetch, story } = emulator;
const client = await TaskRouter.create({ accountSid, authToken, fetch });

const task = await client.send('CreateTask', {
  workspace_sid: story.workspace_sid,
  attributes: { selected_language: 'es' },
});
console.log(task.assignment_status); // pending
