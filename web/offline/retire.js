// A server that is more than its files answers with this in place of the service worker. One that was installed
// when the same address served the files alone is replaced by it, forgets what it kept and takes itself away.

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      await caches.delete(`taskrouter ${registration.scope}`);
      await self.clients.claim();
      await registration.unregister();
      for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url);
    })(),
  ),
);
