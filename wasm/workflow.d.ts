import type { JsonValue } from './operations.js';
import type { WasmSource } from './taskrouter.js';

/** A stretch of a text, for `text.slice(begin, end)`. */
export interface Span {
  begin: number;
  end: number;
}

/** What is said of two sides. */
export type Comparator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'CONTAINS' | 'HAS' | 'IN' | 'NOT IN';

/** One side of a comparison: the name of an attribute, or a value. What was parsed has a span. */
export type Operand = { key: string; span?: Span } | { constant: unknown; span?: Span };

/** A condition on tasks, workers or both. */
export type Expression =
  | { left: Operand; comparator: Comparator; right: Operand; span?: Span }
  | { all: Array<Expression>; span?: Span }
  | { any: Array<Expression>; span?: Span };

/** JSON text, or the value itself. */
export type Json = string | object;

/** What the names in an expression stand for. */
export interface Variables {
  /** For a filter: the task's attributes. For a queue's target workers: the worker's. */
  attributes?: Json;
  /** For a target: `task.` */
  task?: Json;
  /** For a target: `worker.` The worker's attributes, and `sid`, `friendly_name` and others. */
  worker?: Json;
  /** For a skip_if: `workers.` It has `available`, `unavailable` and a number for each activity's SID. */
  workers?: Json;
}

/** One comparison of an expression, and how it came out. */
export interface ExplainedPart {
  /** Where it stands. */
  span: Span;
  /** `level >= 3` */
  text: string;
  /** `level is 2` */
  reason: string;
  /** The value of each side; null for a missing attribute. */
  left: JsonValue;
  right: JsonValue;
  is_true: boolean;
  /** Whether the outcome of the whole rests on it. */
  decided: boolean;
}

/** Why an expression is true or false. */
export interface Explanation {
  matches: boolean;
  /** Every comparison, in the order of the text. */
  parts: Array<ExplainedPart>;
  /** `It does not match: level >= 3 is false (level is 2).` */
  sentence: string;
}

/** Something in an expression that is wrong, or hardly meant. */
export interface ExpressionProblem {
  /** `error`: TaskRouter refuses it, or it can't do what it says. `warning`: it is hardly what was meant. */
  severity: 'error' | 'warning';
  span: Span;
  message: string;
}

/** Something in a configuration that is wrong, or hardly meant, and where. */
export interface WorkflowProblem {
  severity: 'error' | 'warning';
  /** Index in `filters`. null: the default filter or the whole. */
  filter: number | null;
  /** Index in the filter's `targets`. */
  target: number | null;
  /** `skip_if`. Empty: the filter, the target or the whole. */
  key: string;
  /** In the text of `key`. */
  span: Span | null;
  /** `filter 2 'Spanish', target 1, skip_if, character 9` */
  place: string;
  message: string;
}

/** A target that a task came to, and what it found there. */
export interface RoutedTarget {
  /** Index in the filter's targets; 0 in the default filter. */
  target: number;
  queue: string;
  /** The workers that can be asked, by index, the first one first. */
  eligible: Array<number>;
  /** For each worker why, or why not. */
  reasons: Array<string>;
  /** Whether skip_if sent the task on at once. */
  skipped: boolean;
}

/** How a workflow routes a task at the moment it is created. */
export interface RoutingExplanation {
  /** Of each filter from the first to the last that was tried. */
  filters: Array<Explanation>;
  /** The one that took the task. null: the default filter, or nothing. */
  filter: number | null;
  /** In the order that the task came to them. */
  targets: Array<RoutedTarget>;
  sentence: string;
}

/**
 * Workflow configurations and their expressions, checked and explained before TaskRouter has them.
 * Its functions throw TaskRouterErrors of kind `argument` or `body` for what can't be read.
 * https://www.twilio.com/docs/taskrouter/workflow-configuration
 */
export class Workflows {
  private constructor();

  /** Rejects only if the WebAssembly module can't be loaded. */
  static create(options?: { wasm?: WasmSource | Promise<WasmSource> }): Promise<Workflows>;

  /**
   * Everything that is wrong with a configuration, or hardly meant, in its order.
   * With `queues`, the SIDs of the workspace's queues, it also finds the ones that are not there.
   * @throws {TaskRouterError} where it has another shape than a configuration, naming the key
   */
  check(configuration: Json, options?: { queues?: Array<string> }): Array<WorkflowProblem>;

  /** The same for one expression. `place` is where it stands: `task_queue` is a queue's target workers. */
  checkExpression(
    text: string,
    place: 'filter' | 'target' | 'skip_if' | 'task_queue',
  ): Array<ExpressionProblem>;

  /**
   * The expression that a text says.
   * @throws {TaskRouterError} that names the character and what was expected there
   */
  parse(text: string): Expression;

  /**
   * The text of an expression. Values are never read as part of it, whatever they hold. `all` of no parts
   * is always true, `any` of none never. Groups can be nested 30 deep.
   * @throws {TaskRouterError} where a name is none, or a value can't be written
   */
  print(expression: Expression): string;

  /**
   * Says which comparisons made an expression true or false of these values, and why.
   * @throws {TaskRouterError} that names the character and what was expected there
   */
  explain(text: string, variables: Variables): Explanation;

  /**
   * Says which filter takes a task, which queue it comes to, who is asked there, and why.
   *
   * A worker holds its attributes and `sid`, `friendly_name`, `available`, `activity_sid` and
   * `activity_name`; without `available` it counts as available. The longest idle stands first. `queues`
   * has the target workers of a queue under its SID; a queue that is not there takes everybody. Capacity
   * is not looked at.
   */
  explainRouting(
    configuration: Json,
    situation: { task: Json; workers?: Array<object>; queues?: Record<string, string> },
  ): RoutingExplanation;
}
