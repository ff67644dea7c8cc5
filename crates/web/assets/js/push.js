// @ts-check
// Messages to this browser: asks for leave, subscribes, and tells the server where messages go.
import { first } from "./dom.js";

/** @param {string} text in base64url */
function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {HTMLFormElement} form */
async function subscribe(form) {
  const status = first("[role=status]", form);
  try {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
    const worker = await navigator.serviceWorker.register("/sw.js");
    const found = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(form.dataset.subscribe ?? "") });
    const keys = found.toJSON().keys ?? {};
    const body = new URLSearchParams({ endpoint: found.endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" });
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
    location.href = "/settings/notifications?done=added";
  } catch {
    if (status) status.textContent = form.dataset.refused ?? "";
  }
}

/** Starts. */
export function startPush() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.subscribe) return;
    event.preventDefault();
    subscribe(form);
  });
}
