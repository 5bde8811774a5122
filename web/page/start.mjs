// The page: makes the world, and the frame that shows it.
import { compile } from '../loader.mjs';
import { proxySecret, takeProxySecret } from '../live/proxy_link.mjs';
import { Emulator, TaskRouter } from '../taskrouter.mjs';
import { QUICKSTART } from '../scenarios/quickstart.mjs';
import { scenarioOf } from '../scenarios/opening.mjs';
import { isServed } from '../served/way.mjs';
import { Clock } from '../world/clock.mjs';
import { World } from '../world/world.mjs';
import { byId } from './dom.mjs';
import { Frame, preload } from './frame.mjs';
import { keepForOffline } from './offline.mjs';
import { readAddress } from './router.mjs';

function notice(text) {
  byId('notice').textContent = text;
  byId('notice').hidden = text === '';
}

// Opens what the address asks for. A link that can't be read changes nothing.
async function openAddress(world, clock) {
  notice('');
  try {
    const scenario = await scenarioOf(readAddress(location.hash).search);
    if (!scenario) return;
    clock.stop();
    await world.open(scenario);
  } catch (error) {
    notice(`The scenario of this link was not opened. ${error.message}`);
  }
}

// An emulator's server marks the document: then the page is that server's, unless the person wants otherwise.
async function startOnServer() {
  if (!isServed()) return false;
  const { start: startServed } = await import('../served/start.mjs');
  return startServed();
}

async function begin() {
  if (await startOnServer()) return;
  preload(readAddress(location.hash).room);
  takeProxySecret();
  // The emulator's module can do what the client's can: one for both.
  const wasm = compile('emulator.wasm');
  const world = new World({ Emulator, TaskRouter, wasm });
  const clock = new Clock(world);
  await openAddress(world, clock);
  if (!world.session) await world.open(QUICKSTART);
  const frame = new Frame({ world, clock });
  window.addEventListener('hashchange', async () => {
    takeProxySecret();
    await openAddress(world, clock);
    await frame.enter(readAddress(location.hash));
  });
  byId('loading').hidden = true;
  await frame.enter(readAddress(location.hash));
  // The proxy's port is another page's tomorrow, and so is a server's.
  if (!proxySecret() && !isServed()) await keepForOffline();
}

export async function start() {
  try {
    await begin();
  } catch (error) {
    byId('loading').textContent =
      `The page could not start: ${error.message} It needs WebAssembly, and a ` +
      'web server: opened as a file, a browser refuses to load its modules.';
    byId('loading').classList.add('bad');
  }
}
