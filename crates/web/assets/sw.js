// The service worker: what was open can be read again without a network, and messages to this browser are shown. Only pages, never forms; only of whoever is signed in,
// and nothing of them after they have signed out.
"use strict";

/* Reading offline ------------------------------------------------------------------------------------------------------- */

const PAGES = "pages", SHELL = "shell";
/** So many pages are kept; the oldest go first. */
const MOST = 60;
const OFFLINE = "/offline";
/** What may be read again: lists, conversations, and the bodies of their messages. */
const KEPT = [/^\/inbox\/[^/]+$/, /^\/c\/\d+$/, /^\/messages\/[^/]+\/body$/];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.add(new Request(OFFLINE, { cache: "reload" }))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

/** Forgets all that was kept. */
const forget = () => caches.delete(PAGES);

/** Keeps a page, and no more than [MOST] of them. */
async function keep(request, response) {
  const pages = await caches.open(PAGES);
  await pages.delete(request);
  await pages.put(request, response);
  const keys = await pages.keys();
  for (const old of keys.slice(0, Math.max(keys.length - MOST, 0))) await pages.delete(old);
}

/** The name under which a part of a page is kept beside the whole. */
function nameOf(request) {
  const url = new URL(request.url);
  url.hash = "";
  const part = request.headers.get("x-fragment");
  if (part) url.searchParams.set("--part", part);
  return new Request(url.href);
}

/** From the network; without one, what was kept. */
async function page(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    // Whoever asks is not signed in any more.
    if (response.redirected && new URL(response.url).pathname === "/sign-in") event.waitUntil(forget());
    else if (response.ok && !response.redirected) event.waitUntil(keep(nameOf(request), response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(nameOf(request), { cacheName: PAGES });
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    return (await caches.match(OFFLINE, { cacheName: SHELL })) ?? Response.error();
  }
}

/** Styles, scripts and icons carry their hash in their address: what is kept is right. */
async function asset(event) {
  const { request } = event;
  const kept = await caches.match(request, { cacheName: SHELL });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    event.waitUntil(caches.open(SHELL).then(async (shell) => {
      const folder = new URL(request.url).pathname.split("/")[2];
      for (const key of await shell.keys()) {
        const path = new URL(key.url).pathname;
        if (path.startsWith("/assets/") && path.split("/")[2] !== folder) await shell.delete(key);
      }
      await shell.put(request, copy);
    }));
  }
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST") {
    if (url.pathname.startsWith("/sign-out") || url.pathname === "/sign-in") event.waitUntil(forget());
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/assets/")) { event.respondWith(asset(event)); return; }
  if (request.mode === "navigate" || KEPT.some((kept) => kept.test(url.pathname))) {
    if (KEPT.some((kept) => kept.test(url.pathname))) event.respondWith(page(event));
    else event.respondWith(fetch(request).catch(async () => (await caches.match(OFFLINE, { cacheName: SHELL })) ?? Response.error()));
  }
});

/** The page says who is signed in and what is open; what was kept for somebody else goes. */
self.addEventListener("message", (event) => {
  const { agent, open } = event.data ?? {};
  if (agent) event.waitUntil(belongsTo(agent));
  if (open) event.waitUntil(bring(open));
});

async function belongsTo(agent) {
  const shell = await caches.open(SHELL);
  const owner = await (await shell.match("/--owner"))?.text();
  if (owner !== agent) {
    await forget();
    await shell.put("/--owner", new Response(agent));
  }
}

/** Keeps the whole page of what was opened by its parts, without it counting as seen. */
async function bring(path) {
  const request = new Request(path, { headers: { "x-ahead": "1" }, credentials: "same-origin" });
  const response = await fetch(request).catch(() => null);
  if (response?.ok && !response.redirected) await keep(nameOf(new Request(path)), response);
}

/* Messages to this browser ---------------------------------------------------------------------------------------------- */

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data?.json() ?? {}; } catch { /* A message that is none is shown without words. */ }
  event.waitUntil(self.registration.showNotification(String(said.title ?? "Rapport"), {
    body: String(said.body ?? ""), tag: String(said.tag ?? ""), icon: "/favicon.ico", data: { url: String(said.url ?? "/") },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil((async () => {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const page = pages.find((one) => new URL(one.url).origin === url.origin);
    if (!page) { await self.clients.openWindow(url.href); return; }
    await page.focus();
    await page.navigate(url.href).catch(() => self.clients.openWindow(url.href));
  })());
});
