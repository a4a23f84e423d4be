// Keeps the page itself for when there is no network; what is said in it is never kept here.

/** @type {{ version: string, files: string[] }} */
const shell = '{{shell}}';
const CACHE = `trucban-${shell.version}`;
/** On a slow link the page that is there opens rather than nothing. */
const PATIENCE_MS = 4_000;

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(shell.files.map((file) => new Request(file, { cache: 'reload' })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const takeOver = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('trucban-') && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/') event.respondWith(page(request));
  else if (url.pathname.startsWith('/web/page/')) event.respondWith(file(request));
});

/** The newest page where the network gives it soon, else the one that is kept. */
async function page(request) {
  const kept = await caches.match('/', { cacheName: CACHE });
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const fresh = fetch(request).then(
    (response) => (response.status >= 500 ? kept : response),
    () => kept,
  );
  return Promise.race([fresh, late]);
}

/** Files never change under their address. */
const file = async (request) => (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const show = async () => {
    const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (open) await open.focus();
    else await self.clients.openWindow('/');
  };
  event.waitUntil(show());
});
