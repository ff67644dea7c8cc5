// The worker of messages to this browser. It does nothing else: no page and no request passes through it.
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
