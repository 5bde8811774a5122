// The page on the server that it came from, in place of the emulator in the page.
import { TaskRouter } from '../client.mjs';
import { compile } from '../loader.mjs';
import { byId, element } from '../page/dom.mjs';
import { Frame, preload } from '../page/frame.mjs';
import { readAddress } from '../page/router.mjs';
import { loadStyle } from '../page/style.mjs';
import { Banner } from './banner.mjs';
import { ServerClockView } from './clock_view.mjs';
import { Follower } from './follower.mjs';
import { EmulatorServer } from './server.mjs';
import { inPage, onServer, wantsServer } from './way.mjs';
import { ServerWorld } from './world.mjs';

const ROOMS = { scenarios: () => import('./setups.mjs') };

function notice(...parts) {
  byId('notice').replaceChildren(...parts);
  byId('notice').hidden = parts.length === 0;
}

// Says that the page plays in itself, though there is a server.
function offerServer() {
  const link = element('a', { href: onServer(), id: 'served-back' }, 'Connect to the server');
  const text = 'This plays in the page. The emulator server that it came from is not touched. ';
  byId('main').before(
    element('section', { class: 'served', 'aria-label': 'The server', 'data-state': 'aside' },
      element('p', { class: 'served-state' }, text), link),
  );
}

// Another workspace than the server's own stands in the address, so that it is there after a reload.
function remember({ workspace, server }) {
  const isOwn = !workspace || workspace.sid === server.story.workspace_sid;
  const search = isOwn ? '' : `?workspace=${workspace.sid}`;
  history.replaceState(null, '', `${location.pathname}${search}${location.hash}`);
}

// Links that open a scenario do that in the page: on a server they would change what others see.
function enter(frame) {
  const address = readAddress(location.hash);
  const opens = address.search.has('open') || address.search.has('scenario');
  if (opens) {
    const link = element('a', { href: inPage(location.hash) }, 'Open it in the page');
    notice('This link opens a scenario, and this page shows a server. ', link, '.');
  } else {
    notice();
  }
  return frame.enter(address);
}

async function connect(world) {
  const { server } = world;
  await Promise.all([server.look(), server.readStory()]);
  await world.open(new URLSearchParams(location.search).get('workspace') ?? undefined);
}

function sayWhere(server) {
  document.title = `taskrouter: ${server.host}`;
  byId('where').textContent =
    `What you do here is sent to the emulator server at ${server.host}, and what others do there shows here. ` +
    'The client is the C++ library, compiled to WebAssembly.';
}

// Answers whether the page plays on the server; if not, it is to play in itself.
export async function start() {
  const styled = loadStyle('styles/served.css');
  if (!wantsServer()) {
    await styled;
    offerServer();
    return false;
  }
  byId('loading').textContent = 'Connecting to the server.';
  const { room } = readAddress(location.hash);
  if (!Object.hasOwn(ROOMS, room)) preload(room);
  // The page loads the emulator's module in any case, and that can do what the client's can.
  const module = { TaskRouter, wasm: compile('emulator.wasm') };
  const world = new ServerWorld(module, new EmulatorServer());
  try {
    await connect(world);
  } catch (error) {
    const link = element('a', { href: inPage(location.hash) }, 'Play in the page instead');
    byId('loading').replaceChildren(`This page could not connect to its server: ${error.message} `, link);
    byId('loading').classList.add('bad');
    return true;
  }
  const attempt = (work) => {
    notice();
    return work().catch((error) => notice(error.message));
  };
  await styled;
  byId('main').before(new Banner(world, attempt).root);
  world.listen(({ reset }) => reset && remember(world));
  sayWhere(world.server);
  const frame = new Frame({ world, clockView: (act) => new ServerClockView(world, act) }, ROOMS);
  window.addEventListener('hashchange', () => enter(frame));
  byId('loading').hidden = true;
  await enter(frame);
  new Follower(world).start();
  return true;
}
