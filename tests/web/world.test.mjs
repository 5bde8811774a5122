// The world behind the page: what is done again from the log comes out the same.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = process.env.TASKROUTER_PAGE ?? join(ROOT, 'build', 'page');
const load = (path) => import(pathToFileURL(join(PAGE, path)).href);

const { World } = await load('world/world.mjs');
const { SCENARIOS } = await load('scenarios/all.mjs');
const { pack, unpack } = await load('scenarios/share.mjs');
const { readScenario } = await load('world/scenario_file.mjs');
const taskrouter = await load('taskrouter.mjs');

// Numbers that look random and are the same in every run.
function* numbers(seed) {
  for (let state = seed; ; state = (state * 1103515245 + 12345) % 2147483648) yield state / 2147483648;
}

const OPEN = ['pending', 'accepted', 'wrapping'];
const ACTIVITIES = ['Offline', 'Available', 'Reserved', 'Busy', 'Nowhere'];

// Something that can be done, or that is refused.
function anAction(world, random) {
  const next = () => random.next().value;
  const pick = (list) => list[Math.floor(next() * list.length)];
  const { model, scenario } = world;
  const number = (count) => 1 + Math.floor(next() * (count + 1));
  const worker = pick([...model.workers.values()]).name;
  return pick([
    () => ({ do: 'task', attributes: pick(scenario.examples).attributes, count: number(2) }),
    () => ({ do: 'worker', worker, activity: pick(ACTIVITIES) }),
    () => ({ do: 'worker', worker, activity: 'Available' }),
    () => ({ do: 'advance', ms: Math.floor(next() * 60000) }),
    () => ({
      do: 'answer',
      reservation: number(model.reservationCount),
      status: pick(['accepted', 'rejected']),
    }),
    () => ({
      do: 'update-task',
      task: number(model.taskCount),
      status: pick(['completed', 'wrapping', 'canceled']),
      reason: 'x',
    }),
    () => ({ do: 'add-worker', worker: `W${number(1000)}`, activity: 'Available' }),
  ])();
}

function stateOf({ model, entries, now, log }) {
  const plain = (_, value) => {
    if (value instanceof Map) return [...value];
    if (value instanceof Set) return [...value].map((item) => item.number ?? item);
    return value;
  };
  const told = entries.map(({ duration, ...entry }) => entry);
  return JSON.parse(JSON.stringify({ model, told, now, log }, plain));
}

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  test(`${name}: a link and undo bring back exactly what was`, { timeout: 60000 }, async () => {
    const world = new World(taskrouter);
    await world.open(scenario);
    const random = numbers(name.length);
    let before;
    for (let step = 0; step < 60; step += 1) {
      if (step === 59) await world.act({ do: 'task', attributes: '{}' });
      if (step === 59) before = stateOf(world);
      const action = step === 59 ? { do: 'task', attributes: '{}' } : anAction(world, random);
      await world.act(action).catch((error) => assert.match(error.kind, /^(api|argument)$/));
    }
    const after = stateOf(world);
    assert.notDeepEqual(after, before);
    await world.undo();
    assert.deepEqual(stateOf(world), before);
    await world.redo();
    assert.deepEqual(stateOf(world), after);
    const other = new World(taskrouter);
    await other.open(await unpack(await pack(world.save())));
    assert.deepEqual(stateOf(other), after);
  });

  test(`${name}: the model agrees with what TaskRouter answers`, { timeout: 60000 }, async () => {
    const world = new World(taskrouter);
    await world.open(scenario);
    const random = numbers(name.length * 7);
    for (let step = 0; step < 60; step += 1) await world.act(anAction(world, random)).catch(() => {});
    const { session, model } = world;
    const { tasks } = await session.look('ListTask', { page_size: 1000 });
    assert.ok(tasks.length > 0);
    for (const { sid, assignment_status, task_queue_sid, attributes, priority } of tasks) {
      const { status, queue, ...task } = model.tasks.get(sid);
      assert.deepEqual(
        { sid, status, queue, attributes: task.attributes, priority: task.priority },
        { sid, status: assignment_status, queue: task_queue_sid, attributes, priority },
      );
    }
    const { workers } = await session.look('ListWorker', { page_size: 1000 });
    for (const { sid, activity_sid, friendly_name } of workers) {
      const worker = model.workers.get(sid);
      assert.deepEqual([worker.activity, worker.name], [activity_sid, friendly_name]);
      const { reservations } = await session.look('ListWorkerReservation', { worker_sid: sid, page_size: 1000 });
      const open = reservations.filter((one) => OPEN.includes(one.reservation_status));
      assert.deepEqual([...worker.reservations].sort(), open.map((one) => one.sid).sort());
    }
  });
}

test('what was refused before it was sent is not in the log, and a bad scenario changes nothing', async () => {
  const world = new World(taskrouter);
  await world.open(SCENARIOS.quickstart);
  await assert.rejects(world.act({ do: 'worker', worker: 'Nobody' }), /no worker Nobody/);
  await assert.rejects(world.act({ do: 'task', attributes: '{' }), { kind: 'argument' });
  assert.deepEqual(world.log, []);
  for (const ms of [1000, 2000]) await world.advance(ms);
  assert.deepEqual(world.log, [{ do: 'advance', ms: 3000 }]);
  await world.act({ do: 'task', attributes: '{}' });
  const before = stateOf(world);
  const bad = structuredClone(SCENARIOS.quickstart);
  bad.setup.queues[0].workers = '((';
  await assert.rejects(world.open(bad), { kind: 'api' });
  assert.equal(world.progress, undefined);
  await assert.rejects(world.open({ ...SCENARIOS.quickstart, actions: [{ do: 'answer', reservation: 99 }] }));
  assert.equal(world.progress, undefined);
  assert.deepEqual(stateOf(world), before);
});

test('the scenarios of the page are such as a file may hold', () => {
  for (const scenario of Object.values(SCENARIOS)) {
    const whole = { taskrouter: 1, ...scenario };
    assert.deepEqual(readScenario(JSON.stringify(whole)), whole);
  }
});
