// Workflow configurations and expressions through the package.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TaskRouterError, Workflows } from './package.mjs';

const workflows = await Workflows.create();
const QUEUE = `WQ${'1'.repeat(32)}`;
const configured = (filters, more) => ({ task_routing: { filters, ...more } });
const refused = (field) => (error) => {
  assert.ok(error instanceof TaskRouterError);
  assert.equal(error.field, field);
  return true;
};

test('a configuration without problems has none, as text and as an object', () => {
  const target = { queue: QUEUE, expression: 'task.language IN worker.languages', order_by: 'worker.level DESC' };
  const configuration = configured([{ expression: 'language == "es"', targets: [target] }], {
    default_filter: { queue: QUEUE },
  });
  assert.deepEqual(workflows.check(configuration), []);
  assert.deepEqual(workflows.check(JSON.stringify(configuration), { queues: [QUEUE] }), []);
});

test('a problem says where it is, in places of its text', () => {
  const expression = '"😀é" == city-name';
  const filters = [{ expression: '1==1', targets: [{ queue: QUEUE, skip_if: 'x' }] }, { expression, targets: [] }];
  const problems = workflows.check(configured(filters), { queues: ['WQ'] });
  const found = (filter, key) => problems.find((problem) => problem.filter === filter && problem.key === key);
  const skip = found(0, 'skip_if');
  assert.equal(skip.severity, 'error');
  assert.equal(skip.target, 0);
  assert.equal(found(0, 'queue').span, null);
  const hyphen = found(1, 'expression');
  assert.equal(hyphen.target, null);
  assert.match(hyphen.place, /^filter 2, expression, character \d+$/);
  assert.equal(expression.slice(hyphen.span.begin)[0], '-', JSON.stringify(hyphen));
});

test('every key has its own text, also in the default filter', () => {
  const texts = {
    expression: '"😀" == task.a ~',
    skip_if: '"😀😀😀" == workers.available ~',
    order_by: 'worker.level DESC, worker.longer_than_the_others ~',
  };
  const filter = { expression: '"😀😀" == a AND b == c ~', targets: [{ queue: QUEUE, ...texts }] };
  const problems = workflows.check(configured([filter], { default_filter: { queue: QUEUE, ...texts } }));
  const begin = (filter_, target, key) =>
    problems.find((found) => found.filter === filter_ && found.target === target && found.key === key).span.begin;
  assert.equal(begin(0, null, 'expression'), filter.expression.indexOf('~'));
  for (const [key, text] of Object.entries(texts)) {
    assert.equal(begin(0, 0, key), text.indexOf('~'), key);
    assert.equal(begin(null, null, key), text.indexOf('~'), key);
  }
});

test('what is no configuration is an error that names the key', () => {
  const wrong = configured([{ expression: '1==1', targets: [{ queue: QUEUE, timeout: 'soon' }] }]);
  assert.throws(() => workflows.check(wrong), refused('task_routing.filters[0].targets[0].timeout'));
  for (const text of ['', '{', '[]', '[[]]']) assert.throws(() => workflows.check(text), TaskRouterError);
  assert.throws(() => workflows.check(configured([]), { queues: [1] }), refused('queues'));
  const circle = {};
  circle.circle = circle;
  assert.throws(() => workflows.check(circle), /is not JSON/);
});

test('an expression is checked where it stands', () => {
  assert.deepEqual(workflows.checkExpression('level >= 3', 'task_queue'), []);
  const [problem] = workflows.checkExpression('worker.level >= 3', 'filter');
  assert.deepEqual(problem.span, { begin: 0, end: 12 });
  assert.throws(() => workflows.checkExpression('level >= 3', 'queue'), refused('place'));
});

test('an expression is read into a tree, with places for JavaScript', () => {
  const text = '"😀é" IN names AND (level >= 3 OR vip == true)';
  const { all } = workflows.parse(text);
  const cut = ({ span }) => text.slice(span.begin, span.end);
  assert.equal(cut(all[0]), '"😀é" IN names');
  assert.deepEqual(all[0].left.constant, '😀é');
  assert.equal(cut(all[0].right), 'names');
  assert.equal(cut(all[1]), '(level >= 3 OR vip == true)');
  assert.deepEqual(all[1].any.map(cut), ['level >= 3', 'vip == true']);
  assert.equal(all[1].any[0].comparator, '>=');
  assert.equal(all[1].any[0].left.key, 'level');
  assert.throws(() => workflows.parse('level >> 3'), { kind: 'argument', message: /character 8/ });
});

test('what is printed is read as the same expression', () => {
  const withoutSpans = (tree) => JSON.parse(JSON.stringify(tree, (name, value) => (name === 'span' ? undefined : value)));
  const texts = ['a == 1', 'a NOT IN [1, "x"]', 'a CONTAINS "x" AND (b HAS 2 OR c != null) AND d < 1.5', 'workers.available == 0'];
  let deep = 'a == 1';
  for (let i = 0; i < 30; i += 1) deep = `(${deep}) ${i % 2 ? 'AND' : 'OR'} b == 2`;
  for (const text of [...texts, deep]) {
    const tree = workflows.parse(text);
    const again = workflows.parse(workflows.print(tree));
    assert.deepEqual(withoutSpans(again), withoutSpans(tree));
  }
  assert.equal(workflows.print({ all: [] }), '1 == 1');
  assert.equal(workflows.print({ any: [] }), '1 == 2');
});

test('a value stays a value, whatever it holds', () => {
  for (const value of ['" OR 1==1 OR "', "' OR 1==1 OR '", '\\" OR 1==1', `'"\\`, '😀', '\n', 1e300, -1, true, ['"]', 2]]) {
    const text = workflows.print({ left: { key: 'a' }, comparator: '==', right: { constant: value } });
    const tree = workflows.parse(text);
    assert.equal(tree.left.key, 'a');
    assert.deepEqual(tree.right.constant, value);
  }
});

test('what is no expression is not printed', () => {
  const a = { key: 'a' };
  const comparison = { left: a, comparator: '==', right: { constant: 1 } };
  const cases = [
    [{ ...comparison, comparator: '===' }, 'comparator'],
    [{ left: a, right: a }, 'comparator'],
    [{ ...comparison, left: {} }, 'left'],
    [{ ...comparison, right: { key: 'a', constant: 1 } }, 'right'],
    [{ ...comparison, left: { key: '' } }, 'left'],
    [{ ...comparison, left: { key: 7 } }, 'left'],
    [{ ...comparison, left: { key: 'a == 1 OR b' } }, 'expression'],
    [{ ...comparison, right: { constant: { a: 1 } } }, 'expression'],
    [{ all: {} }, 'expression'],
    [{ any: [comparison, 1] }, 'left'],
    ['[]', 'left'],
    ['{"all":[', 'expression'],
    [`${'{"all":['.repeat(40)}`, 'expression'],
  ];
  for (const [tree, field] of cases) assert.throws(() => workflows.print(tree), refused(field), JSON.stringify(tree));
});

test('says which comparisons decided', () => {
  const text = 'city == "Zürich" AND level >= 3';
  const { matches, parts, sentence } = workflows.explain(text, { attributes: { city: 'Zürich', level: 2 } });
  assert.equal(matches, false);
  assert.equal(sentence, 'It does not match: level >= 3 is false (level is 2).');
  assert.deepEqual(parts.map(({ decided, is_true }) => [decided, is_true]), [[false, true], [true, false]]);
  assert.equal(text.slice(parts[1].span.begin, parts[1].span.end), 'level >= 3');
  assert.equal(parts[0].left, 'Zürich');
  assert.equal(parts[1].right, 3);
});

test('reads the values of task, worker and workers, as objects and as text', () => {
  const text = 'task.language IN worker.languages AND workers.available > 0';
  const variables = { task: '{"language":"es"}', worker: { languages: ['es'] }, workers: { available: 1 } };
  assert.equal(workflows.explain(text, variables).matches, true);
  assert.equal(workflows.explain(text, { ...variables, task: { language: 'de' } }).matches, false);
  assert.equal(workflows.explain('a == null', {}).matches, true);
  assert.throws(() => workflows.explain(text, { task: '{' }), refused('task'));
  assert.throws(() => workflows.explain(text, { worker: '{"a":1e999}' }), refused('worker'));
  const deep = `${'['.repeat(65)}${']'.repeat(65)}`;
  assert.throws(() => workflows.explain(text, { attributes: deep }), refused('attributes'));
  assert.throws(() => workflows.explain('a ==', { attributes: {} }), refused('expression'));
});

test('says which way a task goes', () => {
  const targets = [{ queue: QUEUE, expression: 'worker.level >= 3', order_by: 'worker.level DESC' }];
  const configuration = configured([
    { expression: 'language == "de"', targets },
    { filter_friendly_name: 'Spanish', expression: 'language == "es"', targets },
  ]);
  const workers = [
    { friendly_name: 'Alice', level: 3 },
    { friendly_name: 'Bob', level: 2 },
    { friendly_name: 'Carol', level: 5 },
  ];
  const routing = workflows.explainRouting(configuration, { task: { language: 'es' }, workers });
  assert.equal(routing.filter, 1);
  assert.deepEqual(routing.filters.map(({ matches }) => matches), [false, true]);
  assert.deepEqual(routing.targets[0].eligible, [2, 0]);
  assert.match(routing.targets[0].reasons[1], /level is 2/);
  assert.match(routing.sentence, /Spanish.*Carol/);
  const queues = { [QUEUE]: 'friendly_name == "Bob"' };
  const [target] = workflows.explainRouting(configuration, { task: { language: 'es' }, workers, queues }).targets;
  assert.deepEqual(target.eligible, []);
  const nothing = workflows.explainRouting(configuration, { task: {} });
  assert.equal(nothing.filter, null);
  assert.deepEqual(nothing.targets, []);
});

test('a long text is refused or read, and the next one is read', () => {
  const long = Array.from({ length: 5000 }, (_, i) => `a == ${i}`).join(' OR ');
  assert.equal(workflows.explain(long, { attributes: { a: 4999 } }).matches, true);
  assert.throws(() => workflows.parse('x'.repeat(300 << 20)), { kind: 'argument', message: /too large/ });
  assert.equal(workflows.print(workflows.parse('a==1')), 'a == 1');
});
