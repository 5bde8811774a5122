// The room of live mode.
import { Live } from './live.mjs';

export async function mount(place) {
  const live = new Live(await import('../taskrouter.mjs'), place);
  return { hide: () => live.leave() };
}
