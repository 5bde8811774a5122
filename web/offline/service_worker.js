// Keeps the page's own files, so that it opens without a network. Whatever is not one of them, such as a
// call in live mode, passes by as if this was not here.
//
// A file is kept under its path and its content's hash. So versions don't mix, and an update fetches
// only what changed. `precache.cmake` writes the list.

const FILES = new Map(@FILES@);
const CACHE = `taskrouter ${registration.scope}`;

function keyOf(path) {
  return new URL(`${path}?${FILES.get(path)}`, registration.scope).href;
}

async function hashOf(response) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// What the browser has already will do, if it is what the list says.
async function load(path) {
  for (const cache of ['force-cache', 'reload']) {
    const response = await fetch(new URL(path, registration.scope), { cache });
    if (response.ok && (await hashOf(response.clone())) === FILES.get(path)) return response;
  }
  throw new Error(`${path} is not of this version`);
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    [...FILES.keys()].map(async (path) => {
      const key = keyOf(path);
      if (!(await cache.match(key))) await cache.put(key, await load(path));
    }),
  );
}

async function forgetOthers() {
  const cache = await caches.open(CACHE);
  const keys = new Set([...FILES.keys()].map(keyOf));
  const others = (await cache.keys()).filter(({ url }) => !keys.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
}

// The path of a file of the page, or undefined.
function pathOf(address) {
  const url = new URL(address);
  const root = new URL(registration.scope);
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return undefined;
  const path = url.pathname.slice(root.pathname.length) || 'index.html';
  return FILES.has(path) ? path : undefined;
}

self.addEventListener('install', (event) => event.waitUntil(keepAll()));

// Takes charge of the page that installed it: its rooms are loaded later.
self.addEventListener('activate', (event) =>
  event.waitUntil(forgetOthers().then(() => self.clients.claim())),
);

// The page asks for it when the person wants the new version.
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = request.method === 'GET' ? pathOf(request.url) : undefined;
  if (path === undefined) return;
  const kept = caches.open(CACHE).then((cache) => cache.match(keyOf(path)));
  event.respondWith(kept.then((response) => response ?? fetch(request)));
});
