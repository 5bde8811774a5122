// Which scenario an address asks for.
import { QUICKSTART } from './quickstart.mjs';

// search: of the address. Answers undefined if it asks for none; throws if it can't be had.
export async function scenarioOf(search) {
  if (search.has('scenario')) {
    const { unpack } = await import('./share.mjs');
    return unpack(search.get('scenario'));
  }
  const name = search.get('open');
  if (name === null) return undefined;
  if (name === 'quickstart') return QUICKSTART;
  const { SCENARIOS } = await import('./all.mjs');
  if (!Object.hasOwn(SCENARIOS, name)) throw new TypeError(`There is no scenario ${name} here.`);
  return SCENARIOS[name];
}
