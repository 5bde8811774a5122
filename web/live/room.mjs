// The room of live mode.
import { loadOperations } from '../inspect/operations.mjs';
import { loadStyle } from '../page/style.mjs';
import { findProxy } from './connection.mjs';
import { Live } from './live.mjs';

export async function mount(place) {
  const [module, operations, proxy] = await Promise.all([
    import('../taskrouter.mjs'),
    loadOperations(),
    findProxy(),
    loadStyle('styles/inspect.css'),
    loadStyle('styles/entry.css'),
    loadStyle('styles/live.css'),
  ]);
  const live = new Live(module, place, { operations, proxy });
  return { show: (address) => live.show(address), hide: () => live.leave() };
}
