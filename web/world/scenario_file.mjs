// Scenarios as data: a setup, and what is done in it.

export function copyOfScenario({ name, about, start, setup, actions }) {
  return structuredClone({ taskrouter: 1, name, about, start, setup, actions });
}
