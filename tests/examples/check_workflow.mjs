// Checks a workflow before TaskRouter has it, and says why a rule does not match.
import { Workflows } from 'taskrouter/workflow';

const workflows = await Workflows.create();
const queue = `WQ${'1'.repeat(32)}`;
const filter = { expression: "task.language == 'es'", targets: [{ queue }] };

const problems = workflows.check({ task_routing: { filters: [filter] } }, { queues: [queue] });
for (const { severity, place, message } of problems) console.log(`${severity} in ${place}: ${message}`);

const typed = `Bad "Ischl" OR 1 == 1`; // A value stays a value.
const rule = workflows.print({
  all: [
    { left: { key: 'language' }, comparator: 'IN', right: { constant: ['en', 'es'] } },
    { left: { key: 'city' }, comparator: '==', right: { constant: typed } },
  ],
});
console.log(rule);
console.log(workflows.explain(rule, { attributes: { language: 'de', city: 'Linz' } }).sentence);
