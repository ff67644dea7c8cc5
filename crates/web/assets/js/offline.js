// @ts-check
// Asks the service worker to keep what is read, for when there is no network.
import { openNumber } from "./dom.js";

/** How long a conversation is open before its page is kept, in milliseconds. */
const READ = 4_000;

/** Starts. @param {string} me who is signed in */
export function startOffline(me) {
  if (!("serviceWorker" in navigator)) return;
  /** @param {object} message */
  const tell = (message) => navigator.serviceWorker.ready.then((one) => one.active?.postMessage(message));
  navigator.serviceWorker.register("/sw.js").then(() => tell({ agent: me }), () => {});
  /** What was kept already, so that it is brought once. */
  const kept = new Set([location.pathname]);
  setInterval(() => {
    const number = openNumber();
    const path = number ? `/c/${number}` : null;
    if (!path || kept.has(path) || !navigator.onLine || document.hidden) return;
    kept.add(path);
    tell({ open: path });
  }, READ);
  const show = () => document.body.classList.toggle("is-offline", !navigator.onLine);
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
}
