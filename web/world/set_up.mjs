// Makes a workspace of a scenario's setup, in which things are called by their names.

// A configuration that names queues, as TaskRouter takes it: with their SIDs.
export function withSids(configuration, queues) {
  const sidOf = (target) =>
    Object.hasOwn(target, 'queue')
      ? { ...target, queue: queues.get(target.queue) ?? target.queue }
      : target;
  const routing = configuration.task_routing ?? {};
  const filters = (routing.filters ?? []).map((filter) => ({
    ...filter,
    targets: (filter.targets ?? []).map(sidOf),
  }));
  const whole = { ...routing, filters };
  if (routing.default_filter) whole.default_filter = sidOf(routing.default_filter);
  return { ...configuration, task_routing: whole };
}

// session: sends the calls. onWorkspace(sid): called as soon as there is a workspace. callbackUrl: of
// assignments; without one nobody is called, and offers wait.
// Answers the SIDs: { workspace, workflow, activities, queues }, the latter two by name.
export async function setUp(session, setup, onWorkspace, callbackUrl) {
  const { sid: workspace_sid } = await session.send('CreateWorkspace', {
    friendly_name: setup.workspace ?? 'Scenario',
    multi_task_enabled: setup.multi_tasking === true,
  });
  onWorkspace(workspace_sid);
  const names = { workspace: workspace_sid, activities: new Map(), queues: new Map() };
  const create = (operation, fields) => session.send(operation, { workspace_sid, ...fields });

  const { activities } = await create('ListActivity', {});
  for (const { friendly_name, sid } of activities) names.activities.set(friendly_name, sid);
  for (const { name, available } of setup.activities ?? []) {
    if (names.activities.has(name)) continue;
    const { sid } = await create('CreateActivity', { friendly_name: name, available });
    names.activities.set(name, sid);
  }
  const { activities: all } = await create('ListActivity', {});
  names.available = new Map(all.map(({ sid, available }) => [sid, available]));

  for (const queue of setup.queues) {
    const { sid } = await create('CreateTaskQueue', {
      friendly_name: queue.name,
      target_workers: queue.workers ?? '1==1',
      max_reserved_workers: queue.max_reserved,
      task_order: queue.order,
      reservation_activity_sid: names.activities.get(queue.reserved),
      assignment_activity_sid: names.activities.get(queue.assigned),
    });
    names.queues.set(queue.name, sid);
  }

  const { workflow } = setup;
  const created = await create('CreateWorkflow', {
    friendly_name: workflow.name ?? 'Workflow',
    configuration: JSON.stringify(withSids(workflow.configuration, names.queues)),
    assignment_callback_url: callbackUrl,
    task_reservation_timeout: workflow.reservation_timeout ?? 120,
  });
  names.workflow = created;

  for (const { name, attributes, activity, capacity } of setup.workers ?? []) {
    const { sid } = await create('CreateWorker', {
      friendly_name: name,
      attributes: JSON.stringify(attributes ?? {}),
      activity_sid: names.activities.get(activity),
    });
    for (const [channel, most] of Object.entries(capacity ?? {})) {
      const fields = { worker_sid: sid, sid: channel, capacity: most };
      await create('UpdateWorkerChannel', fields);
    }
  }
  return names;
}
