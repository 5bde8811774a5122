// Workflows and expressions, as a TypeScript project has them.
import { Workflows } from 'taskrouter/workflow';
import type { Expression, WorkflowProblem } from 'taskrouter/workflow';

const workflows = await Workflows.create();
const problems: WorkflowProblem[] = workflows.check({ task_routing: {} }, { queues: ['WQ'] });
const text = 'level >= 3';
for (const { severity, span } of problems) if (severity === 'error' && span) console.log(text.slice(span.begin, span.end));

const tree: Expression = workflows.parse(text);
const both: Expression = { all: [tree, { left: { key: 'a' }, comparator: 'IN', right: { constant: [1, 2] } }] };
const sentence: string = workflows.explain(workflows.print(both), { attributes: '{"level":2}' }).sentence;
const { filter } = workflows.explainRouting('{}', { task: { level: 2 }, workers: [{ level: 3 }] });
console.log(sentence, filter === null, workflows.checkExpression(text, 'task_queue').length);

// @ts-expect-error There is no such operator.
workflows.print({ left: { key: 'a' }, comparator: '===', right: { constant: 1 } });
// @ts-expect-error An expression stands in one of four places.
workflows.checkExpression(text, 'queue');
// @ts-expect-error The task is missing.
workflows.explainRouting({}, { workers: [] });
