// @ts-check
// What is being written is kept: in the browser at every letter, on the server when the writer rests.
import { all, byId, first, openNumber } from "./dom.js";
import { clock, say } from "./words.js";

/** How long the writer rests before the server is told, in milliseconds. */
const REST = 1000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let sent = "";

/** @param {number} number */
const key = (number) => `draft-${document.body.dataset.me}-${number}`;

/** What the composer holds now. */
function held() {
  const form = /** @type {HTMLFormElement | null} */ (byId("composer"));
  const number = openNumber();
  if (!form || !number) return null;
  const data = new FormData(form);
  return { number, body: String(data.get("body") ?? ""), kind: String(data.get("kind") ?? "reply"), attachments: data.getAll("attachment").map(String) };
}

/** @param {string} words */
function show(words) {
  const saved = byId("saved");
  if (saved) saved.textContent = words;
}

/** @param {ReturnType<typeof held>} now */
const print = (now) => JSON.stringify(now);

/** Remembers what was written, here at once and on the server soon. */
export function keepDraft() {
  const now = held();
  if (!now) return;
  try { localStorage.setItem(key(now.number), JSON.stringify({ body: now.body, kind: now.kind })); } catch { /* Full or forbidden: the server still keeps it. */ }
  show("");
  clearTimeout(timer);
  timer = setTimeout(flushDraft, REST);
}

/** Tells the server now. Returns whether the server has what is written. */
export async function flushDraft() {
  clearTimeout(timer);
  const now = held();
  if (!now || print(now) === sent) return true;
  if (!now.body.trim() && !now.attachments.length && !sent) return true;
  sent = print(now);
  const body = new URLSearchParams({ kind: now.kind, body: now.body });
  try {
    const answer = await fetch(`/c/${now.number}/draft`, { method: "POST", body, headers: { "X-Fragment": "ops" }, keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    localStorage.removeItem(key(now.number));
    document.dispatchEvent(new CustomEvent("desk:drafted", { detail: { number: now.number } }));
    if (openNumber() === now.number && print(held()) === sent) {
      show(now.body.trim() || now.attachments.length ? say("saved-at", { time: clock(new Date()) }) : "");
    }
    return true;
  } catch {
    sent = "";
    show(say("kept-in-browser"));
    timer = setTimeout(flushDraft, 5 * REST);
    return false;
  }
}

/** The draft has become a message: nothing of it may come back. @param {number} number */
export function dropDraft(number) {
  clearTimeout(timer);
  sent = "";
  try { localStorage.removeItem(key(number)); } catch { /* Nothing was kept. */ }
  show("");
}

/** Puts back what the browser kept and the server never heard of. */
export function restoreDraft() {
  const number = openNumber();
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  if (!number || !text) return;
  sent = print(held());
  let kept;
  try { kept = JSON.parse(localStorage.getItem(key(number)) ?? "null"); } catch { kept = null; }
  if (!kept?.body || kept.body === text.value) return;
  text.value = kept.body;
  const kind = /** @type {HTMLInputElement | undefined} */ (all("#composer input[name=kind]").find((one) => /** @type {HTMLInputElement} */ (one).value === kept.kind));
  if (kind) kind.checked = true;
  first("#composer")?.dispatchEvent(new Event("input", { bubbles: true }));
}
