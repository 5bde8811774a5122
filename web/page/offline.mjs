// Has a service worker keep the page's files, and says when there is a new version of them.
import { byId, element } from './dom.mjs';

const WORKER = 'service_worker.js';

// A policy for trusted types: no other script than this one can be named.
function trusted() {
  const rules = { createScriptURL: () => WORKER };
  return globalThis.trustedTypes?.createPolicy('taskrouter', rules).createScriptURL('') ?? WORKER;
}

function offer(worker) {
  const button = element('button', { type: 'button', class: 'quiet' }, 'Reload');
  button.addEventListener('click', () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
    worker.postMessage('take over');
  });
  byId('main').before(
    element(
      'p',
      { class: 'notice update', id: 'update', role: 'status' },
      'There is a new version of this page. ',
      button,
    ),
  );
}

// Waits until a new worker has everything; the first one replaces nothing.
function watch(worker) {
  if (!worker || !navigator.serviceWorker.controller) return;
  const look = () => {
    if (worker.state !== 'installed') return;
    worker.removeEventListener('statechange', look);
    offer(worker);
  };
  worker.addEventListener('statechange', look);
  look();
}

export async function keepForOffline() {
  if (!navigator.serviceWorker) return; // Not over plain HTTP to another machine.
  try {
    const registration = await navigator.serviceWorker.register(trusted(), {
      updateViaCache: 'none',
    });
    if (!registration) return; // Someone stands in the way, as a test does.
    watch(registration.waiting);
    registration.addEventListener('updatefound', () => watch(registration.installing));
  } catch {
    // The page works without, as long as there is a network.
  }
}
