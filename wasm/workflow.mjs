// Workflow configurations and their expressions, checked and explained.
import { call, jsonText } from './call.mjs';
import { TextModule } from './loader.mjs';

const WASM = new URL('./workflow.wasm', import.meta.url);

// No text for no value.
function valueText(name, value) {
  return value === undefined ? '' : jsonText(name, value);
}

export class Workflows {
  #module;

  static async create({ wasm } = {}) {
    return new Workflows(await TextModule.load(WASM, wasm));
  }

  constructor(module) {
    this.#module = module;
  }

  check(configuration, { queues = [] } = {}) {
    const texts = [jsonText('the configuration', configuration), jsonText('queues', queues)];
    return JSON.parse(this.#call('check', texts));
  }

  checkExpression(text, place) {
    return JSON.parse(this.#call('check_expression', [String(text), String(place)]));
  }

  parse(text) {
    return JSON.parse(this.#call('parse', [String(text)]));
  }

  print(expression) {
    return this.#call('print', [jsonText('the expression', expression)]);
  }

  explain(text, variables) {
    const values = ['attributes', 'task', 'worker', 'workers'].map((name) =>
      valueText(name, variables[name]),
    );
    return JSON.parse(this.#call('explain', [String(text), ...values]));
  }

  explainRouting(configuration, { task, workers = [], queues = {} }) {
    const texts = [
      jsonText('the configuration', configuration),
      valueText('task', task),
      jsonText('workers', workers),
      jsonText('queues', queues),
    ];
    return JSON.parse(this.#call('explain_routing', texts));
  }

  #call(name, texts) {
    return call(this.#module, 'argument', name, texts);
  }
}
