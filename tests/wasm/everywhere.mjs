// All of the package in one go, for every place that it runs in. Loads it from `base`, a URL, and
// answers with what came out.
const sid = (letters, digit) => letters + String(digit).repeat(32);

async function client({ Emulator, TaskRouter, retrying }) {
  const { accountSid, authToken, fetch, story } = await Emulator.create({ onAssignment: () => ({ instruction: 'accept' }) });
  const { workspace_sid, worker_sid, activities } = story;
  const client = await TaskRouter.create({ accountSid, authToken, fetch: retrying(fetch) });
  await client.send('CreateTask', { workspace_sid, attributes: { name: 'José' } });
  await client.send('CreateTask', { workspace_sid });
  await client.send('UpdateWorker', { workspace_sid, sid: worker_sid, activity_sid: activities.available });
  const statuses = [];
  for await (const task of client.each('ListTask', { workspace_sid, page_size: 1 })) statuses.push(task.assignment_status);
  const error = await client.send('FetchTask', { workspace_sid, sid: sid('WT', 0) }).catch((caught) => caught);
  return `${statuses} ${error.name} ${error.code}`;
}

async function unreachable({ TaskRouter }, baseUrl) {
  const client = await TaskRouter.create({ accountSid: sid('AC', 0), authToken: 'x', baseUrl });
  const error = await client.send('ListWorkspace', {}).catch((caught) => caught);
  return `${error.name} ${error.kind}`;
}

async function callbacks({ Webhooks }) {
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const webhooks = await Webhooks.create({ authToken: '12345' });
  const verify = (signature) => webhooks.verify({ url, signature }).then(() => 'genuine', ({ field }) => field);
  const hash = `${url}&bodySHA256=${'0'.repeat(64)}`;
  const bodyHash = await webhooks.verify({ url: hash, body: '{}', signature: 'x' }).catch(({ field }) => field);
  const body = `WorkspaceSid=${sid('WS', 1)}&TaskSid=${sid('WT', 2)}&ReservationSid=${sid('WR', 3)}`;
  const { status } = await webhooks.handleAssignment(new Request(url, { method: 'POST', body }), () => ({ instruction: 'accept' }));
  const fields = webhooks.updateFields(webhooks.readAssignment(body), { instruction: 'dequeue', from: '+15550100' });
  return [
    await verify('zYQTYrRWXE7LtzbG4PfP7/bkkGo='), await verify('RSOYDt4T1cUTdK1PDd93/VVr8B8='), bodyHash, status, fields.dequeue_from,
  ].join(' ');
}

async function workflows({ Workflows }) {
  const workflows = await Workflows.create();
  const { matches, sentence } = workflows.explain('level >= 3', { attributes: { level: 2 } });
  return `${matches} ${sentence} ${workflows.check({ task_routing: { filters: [] } }).length}`;
}

export const EXPECTED = {
  client: 'assigned,pending TaskRouterError 20404',
  unreachable: 'TaskRouterError transport',
  callbacks: 'genuine X-Twilio-Signature X-Twilio-Signature 403 +15550100',
  workflows: 'false It does not match: level >= 3 is false (level is 2). 1',
};

export async function tryAll(base, baseUrl) {
  const load = (name) => import(`${base}${name}.mjs`);
  return {
    client: await client(await load('taskrouter')),
    unreachable: await unreachable(await load('taskrouter'), baseUrl),
    callbacks: await callbacks(await load('webhooks')),
    workflows: await workflows(await load('workflow')),
  };
}
