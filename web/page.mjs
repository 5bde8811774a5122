// The page: loads the module, shows the story, and lets the person change to live mode and back.
import { byId } from './dom.mjs';
import { Live } from './live.mjs';
import { StoryView } from './story_view.mjs';

function choose(mode, live) {
  for (const name of ['story', 'live']) {
    byId(name).hidden = name !== mode;
    byId(`mode-${name}`).setAttribute('aria-pressed', String(name === mode));
  }
  document.documentElement.dataset.mode = mode;
  if (mode !== 'live') live.leave();
}

async function load() {
  const module = await import('./taskrouter.mjs');
  const view = new StoryView(module);
  await view.start();
  const live = new Live(module, byId('live'));
  byId('mode-story').addEventListener('click', () => choose('story', live));
  byId('mode-live').addEventListener('click', () => choose('live', live));
  // A page that is left may be kept in memory and shown again. Its credentials are not.
  window.addEventListener('pagehide', () => live.leave());
  byId('loading').hidden = true;
  choose('story', live);
}

try {
  await load();
} catch (error) {
  byId('loading').textContent =
    `The page could not start: ${error.message} It needs WebAssembly, and a ` +
    'web server: opened as a file, a browser refuses to load its modules.';
  byId('loading').classList.add('bad');
}
