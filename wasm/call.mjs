// Calls a function of a module that keeps nothing between its calls.
import { TaskRouterError } from './error.mjs';

// kind: whose mistake it is if the texts are too large for the module.
export function call(module, kind, name, texts) {
  let answer;
  try {
    answer = module.call(name, texts);
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause;
    throw new TaskRouterError(kind, "the text is too large for the module's memory", { cause });
  }
  if (!answer.ok) throw TaskRouterError.fromJson(answer.text);
  return answer.text;
}

// A value as JSON text. A string is taken for JSON text already.
export function jsonText(what, value) {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new TaskRouterError('argument', `${what} is not JSON: ${cause.message}`, { cause });
  }
}
