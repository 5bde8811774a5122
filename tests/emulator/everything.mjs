// Every operation of TaskRouter once, by twilio-node, and what was sent for it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
export const twilio = (() => { try { return require('twilio'); } catch { return undefined; } })();

// The operations as tests/contract lists them: their names, and what their requests look like.
export const operations = readFileSync(new URL('../contract/operations.txt', import.meta.url), 'utf8').split('\n')
  .map((line) => /^(\w+) (GET|POST|DELETE) (\S+) (\d+)/.exec(line)).filter(Boolean)
  .map(([, name, method, path, status]) => ({
    name, method, status: Number(status), parts: path.split('/'), names: path.split('{').length,
  }));

// Of the operations that fit a path the one that says most of it.
export function operationOf(method, path) {
  const parts = path.split('/');
  const fits = (operation) => operation.method === method && operation.parts.length === parts.length &&
    operation.parts.every((part, i) => part.startsWith('{') || part === parts[i]);
  return operations.filter(fits).sort((a, b) => a.names - b.names)[0];
}

// A request client of twilio-node's own that asks another host, and notes what it asked.
function redirected(url, notes) {
  const client = new twilio.RequestClient();
  const { request } = client;
  client.request = async (options) => {
    const target = new URL(options.uri.replace('https://taskrouter.twilio.com', url));
    const response = await request.call(client, { ...options, uri: target.href });
    for (const [name, value] of Object.entries(options.params ?? {})) {
      for (const one of [value].flat()) target.searchParams.append(name, one);
    }
    const body = response.body === '' || response.body == null ? '' : response.body;
    notes.push({ ...options, target, statusCode: response.statusCode, body });
    return response;
  };
  return client;
}

async function everything(client, workspaceSid) {
  const { workspaces } = client.taskrouter.v1;
  const made = await workspaces.create({ friendlyName: 'Made', multiTaskEnabled: true });
  assert.equal((await workspaces(made.sid).fetch()).friendlyName, 'Made');
  assert.equal((await workspaces(made.sid).update({ friendlyName: 'Changed' })).friendlyName, 'Changed');
  assert.equal((await workspaces.list({ pageSize: 1 })).length, 2);
  assert.ok(await workspaces(made.sid).remove());

  const workspace = workspaces(workspaceSid);
  const activity = await workspace.activities.create({ friendlyName: 'Lunch', available: false });
  await workspace.activities(activity.sid).update({ friendlyName: 'Dinner' });
  assert.equal((await workspace.activities(activity.sid).fetch()).friendlyName, 'Dinner');
  const activities = await workspace.activities.list();
  assert.equal(activities.length, 5);
  assert.ok(await workspace.activities(activity.sid).remove());
  const available = activities.find((one) => one.friendlyName === 'Available');

  const channel = await workspace.taskChannels.create({ friendlyName: 'Letters', uniqueName: 'letters' });
  await workspace.taskChannels(channel.sid).update({ friendlyName: 'Mail' });
  assert.equal((await workspace.taskChannels('letters').fetch()).friendlyName, 'Mail');
  assert.ok((await workspace.taskChannels.list()).length > 1);

  const queue = await workspace.taskQueues.create({ friendlyName: 'Queue', targetWorkers: "name == 'Bob'" });
  await workspace.taskQueues(queue.sid).update({ maxReservedWorkers: 2 });
  assert.equal((await workspace.taskQueues(queue.sid).fetch()).maxReservedWorkers, 2);
  assert.equal((await workspace.taskQueues.list()).length, 2);

  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
  const workflow = await workspace.workflows.create({ friendlyName: 'Workflow', configuration });
  await workspace.workflows(workflow.sid).update({ taskReservationTimeout: 60 });
  assert.equal((await workspace.workflows(workflow.sid).fetch()).taskReservationTimeout, 60);
  assert.equal((await workspace.workflows.list()).length, 2);

  const bob = await workspace.workers.create({ friendlyName: 'Bob', attributes: '{"name":"Bob"}', activitySid: available.sid });
  await workspace.workers(bob.sid).update({ attributes: '{"name":"Bob","city":"Köln & \u{1F600}"}' });
  assert.equal((await workspace.workers(bob.sid).fetch()).attributes, '{"name":"Bob","city":"Köln & \u{1F600}"}');
  assert.equal((await workspace.workers.list()).length, 2);
  const channels = await workspace.workers(bob.sid).workerChannels.list();
  await workspace.workers(bob.sid).workerChannels(channels[0].sid).update({ capacity: 3 });
  assert.equal((await workspace.workers(bob.sid).workerChannels(channels[0].sid).fetch()).configuredCapacity, 3);

  const task = await workspace.tasks.create({ workflowSid: workflow.sid, attributes: '{"a":[1,"é"]}', priority: 5 });
  const [reservation] = await workspace.tasks(task.sid).reservations.list();
  assert.equal((await workspace.tasks(task.sid).reservations(reservation.sid).fetch()).workerName, 'Bob');
  await workspace.tasks(task.sid).reservations(reservation.sid).update({ reservationStatus: 'accepted' });
  assert.equal((await workspace.workers(bob.sid).reservations.list()).length, 1);
  assert.equal((await workspace.workers(bob.sid).reservations(reservation.sid).fetch()).reservationStatus, 'accepted');
  await workspace.workers(bob.sid).reservations(reservation.sid).update({ reservationStatus: 'wrapping' });
  const update = { ifMatch: undefined, assignmentStatus: 'completed', reason: 'done' };
  assert.equal((await workspace.tasks(task.sid).update(update)).assignmentStatus, 'completed');
  assert.equal((await workspace.tasks(task.sid).fetch()).priority, 5);
  assert.equal((await workspace.tasks.list({ assignmentStatus: ['completed', 'pending'] })).length, 1);

  const events = await workspace.events.list({ taskSid: task.sid, limit: 3 });
  assert.equal((await workspace.events(events[0].sid).fetch()).sid, events[0].sid);

  await workspace.statistics().fetch({ minutes: 60 });
  await workspace.cumulativeStatistics().fetch({ splitByWaitTime: '5,10' });
  await workspace.realTimeStatistics().fetch();
  await workspace.workers.statistics().fetch();
  await workspace.workers.cumulativeStatistics().fetch();
  await workspace.workers.realTimeStatistics().fetch();
  await workspace.workers(bob.sid).statistics().fetch();
  await workspace.workflows(workflow.sid).statistics().fetch();
  await workspace.workflows(workflow.sid).cumulativeStatistics().fetch();
  await workspace.workflows(workflow.sid).realTimeStatistics().fetch();
  await workspace.taskQueues(queue.sid).statistics().fetch();
  await workspace.taskQueues(queue.sid).cumulativeStatistics().fetch();
  await workspace.taskQueues(queue.sid).realTimeStatistics().fetch();
  assert.equal((await workspace.taskQueues.statistics.list({ friendlyName: 'Queue' })).length, 1);
  await workspace.taskQueues.bulkRealTimeStatistics.create({ queue_sids: [queue.sid] });

  assert.ok(await workspace.tasks(task.sid).remove());
  assert.ok(await workspace.workers(bob.sid).remove());
  assert.ok(await workspace.workflows(workflow.sid).remove());
  assert.ok(await workspace.taskQueues(queue.sid).remove());
  assert.ok(await workspace.taskChannels(channel.sid).remove());
}

// Has twilio-node ask a server for everything. Answers with what it sent, [{ method, target, data, headers, statusCode,
// body }].
export async function askedFor(server) {
  const notes = [];
  const { TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token, TWILIO_WORKSPACE_SID: workspace } = server.env;
  await everything(twilio(account, token, { httpClient: redirected(server.url, notes) }), workspace);
  return notes;
}
