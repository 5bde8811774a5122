// The page: makes the world, and the frame that shows it.
import { World } from '../world/world.mjs';
import { QUICKSTART } from '../scenarios/quickstart.mjs';
import { byId } from './dom.mjs';
import { Frame } from './frame.mjs';
import { readAddress } from './router.mjs';

try {
  const world = new World(await import('../taskrouter.mjs'));
  await world.open(QUICKSTART);
  byId('loading').hidden = true;
  await new Frame({ world }).enter(readAddress(location.hash));
} catch (error) {
  byId('loading').textContent =
    `The page could not start: ${error.message} It needs WebAssembly, and a ` +
    'web server: opened as a file, a browser refuses to load its modules.';
  byId('loading').classList.add('bad');
}
