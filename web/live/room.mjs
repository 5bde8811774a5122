// The room of live mode.
import { loadOperations } from '../inspect/operations.mjs';
import { loadStyle } from '../page/style.mjs';
import { liveCallsOf } from './calls.mjs';
import { findProxy } from './connection.mjs';
import { Live } from './live.mjs';

export async function mount(place, { world }) {
  const [module, operations, proxy] = await Promise.all([
    import('../client.mjs'),
    loadOperations(),
    findProxy(),
    loadStyle('styles/inspect.css'),
    loadStyle('styles/entry.css'),
    loadStyle('styles/live.css'),
  ]);
  const calls = liveCallsOf(world);
  // A page that is left may be kept in memory and shown again.
  window.addEventListener('pagehide', () => calls.forget());
  const live = new Live(module, place, { operations, proxy, calls });
  return { show: (address) => live.show(address), hide: () => live.leave() };
}
