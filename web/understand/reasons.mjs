// Why a task is where it is: each filter, and each worker, with the reason.
import { wayOf, workersAt } from './moment.mjs';

const OPEN = ['pending', 'accepted', 'wrapping'];

// Every filter up to the one that took the task.
function filtersOf(task, { routes, route }, workflows) {
  const tried = [];
  for (const one of routes) {
    const explanation = one.expression
      ? workflows.explain(one.expression, { attributes: task.attributes })
      : undefined;
    tried.push({ route: one, explanation, took: one === route });
    if (one === route) break;
  }
  return tried;
}

function verdictsOf(task, target, workers, model, workflows) {
  const queue = model.queues.get(target.queue);
  const { skip_if, timeout, ...asked } = target;
  const configuration = {
    task_routing: { filters: [{ expression: '1==1', targets: [asked] }] },
  };
  const { targets } = workflows.explainRouting(configuration, {
    task: task.attributes,
    workers: workers.map(({ values }) => values),
    queues: { [target.queue]: queue?.expression ?? '1==1' },
  });
  const [{ reasons, eligible }] = targets;
  return workers.map(({ worker, activity, values }, index) => ({
    worker,
    activity,
    fits: eligible.includes(index),
    available: values.available,
    reason: reasons[index],
    membership: queue && workflows.explain(queue.expression, { attributes: values }),
    queueExpression: queue?.expression,
    choice:
      target.expression && workflows.explain(target.expression, { task: task.attributes, worker: values }),
    choiceExpression: target.expression,
  }));
}

function andList(names) {
  const shown = names.slice(0, 4);
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

// Why nobody has been asked.
function whyNobody(task, verdicts, queueName, rooms) {
  const members = verdicts.filter(({ membership }) => membership?.matches !== false);
  if (members.length === 0) return `It waits in ${queueName}: no worker belongs to this queue.`;
  const free = verdicts.filter(({ fits }) => fits);
  const nameOf = ({ worker, activity }) => `${worker.name} (${activity})`;
  if (free.length > 0) {
    const full = free.map(({ worker }) => rooms.get(worker.sid) ?? worker.name);
    const room = `but has no room for another ${task.channel} task now`;
    return `It waits in ${queueName}: ${andList(full)} would fit, ${room}.`;
  }
  const away = members.filter(({ available }) => !available);
  if (away.length === members.length) {
    const verb = away.length === 1 ? 'belongs' : 'belong';
    return `It waits in ${queueName}: ${andList(away.map(nameOf))} ${verb} to it, but nobody is available.`;
  }
  return `It waits in ${queueName}: nobody who is available there meets the target’s condition.`;
}

// What capacity the workers have who would fit.
async function roomsOf(world, task, verdicts) {
  const rooms = new Map();
  for (const { worker, fits } of verdicts.slice(0, 20)) {
    if (!fits) continue;
    const channel = await world.session.look('FetchWorkerChannel', {
      worker_sid: worker.sid,
      sid: task.channel,
    });
    const { configured_capacity: most } = channel;
    rooms.set(worker.sid, `${worker.name} (${most} at a time)`);
  }
  return rooms;
}

// number: of a reservation of the task; undefined for the last one, or for now if the task waits.
export async function reasonsFor(task, world, workflows, number) {
  const { model } = world;
  const chosen = number === undefined ? undefined : model.reservationOf(number);
  const last = model.reservations.get(task.reservations.at(-1));
  const waits = task.status === 'pending' && !chosen;
  const reservation = chosen ?? (waits ? undefined : last);
  const way = wayOf(task, model, workflows);
  const workers = workersAt(world, reservation?.sid);
  const verdicts = verdictsOf(task, way.target, workers, model, workflows);
  const queueName = model.queues.get(way.target.queue)?.name ?? 'its queue';
  const asked = reservation && model.workers.get(reservation.worker);
  let sentence;
  if (asked) {
    const { status } = reservation;
    const had = OPEN.includes(status) ? '' : ` The reservation ended: ${status}.`;
    const couldAll = verdicts.filter(({ fits }) => fits).length > 1;
    const others = couldAll
      ? ' Of those who could, the one was asked who had been idle for longest.'
      : '';
    sentence = `${asked.name} was asked, in the queue ${queueName}.${others}${had}`;
  } else if (task.ended) {
    sentence = `It is ${task.status}: ${task.reason || 'nobody was asked'}.`;
  } else {
    const rooms = await roomsOf(world, task, verdicts);
    sentence = whyNobody(task, verdicts, queueName, rooms);
  }
  const filters = filtersOf(task, way, workflows);
  return { sentence, filters, verdicts, asked, queueName };
}
