// @ts-check
// Buttons that change a conversation: sent without leaving the page, answered with operations, and taken back with Undo.
import { around, first, openNumber } from "./dom.js";
import { apply, noteNewest, startPill } from "./ops.js";
import { currentRow, forget, open } from "./visit.js";
import { toast } from "./toast.js";
import { inSentence, isKnown, say } from "./words.js";

/** What was done, in words. @param {string} action */
const done = (action) => say(isKnown(action) ? action : "done");

/** What takes the last change back: a request, or a function. @type {{ url: string, body: URLSearchParams, words: string } | (() => void) | null} */
let last = null;

/** Makes this the change that is taken back next; nothing when there is none any more. @param {(() => void) | null} back */
export const remember = (back) => { last = back; };

/**
 * Posts a change and applies what the server answers.
 * @param {string} url
 * @param {URLSearchParams} body
 */
async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "X-Fragment": "ops" } });
  if (answer.status === 401) { location.reload(); return false; }
  if (!answer.ok) {
    // Where there is another way, it is offered.
    const instead = answer.headers.get("x-instead");
    toast((await answer.text()) || say("not-done"), instead ? { label: say("instead"), run: () => location.assign(instead) } : undefined);
    return false;
  }
  forget(url.startsWith("/c/") ? Number(url.split("/")[2]) : openNumber() ?? 0);
  apply((await answer.json()).ops);
  return true;
}

/** The change that takes this one back. @param {HTMLFormElement} form @param {URLSearchParams} body @param {string} url */
function opposite(form, body, url) {
  const { action, undoName, undoValue, undoUrl } = form.dataset;
  const back = new URLSearchParams({ in: body.get("in") ?? "" });
  if (undoUrl) { back.set("number", body.get("number") ?? ""); back.set(undoName ?? "", undoValue ?? ""); return { url: undoUrl, body: back }; }
  if (action === "link") { back.set("number", body.get("number") ?? ""); return { url: `${url}/remove`, body: back }; }
  if (undoName) { back.set(undoName, undoValue ?? ""); return { url, body: back }; }
  if (action === "tag" || action === "untag") {
    back.set("tag", body.get("tag") ?? "");
    return { url: action === "tag" ? `${url}/remove` : url.replace(/\/remove$/, ""), body: back };
  }
  return null;
}

/** @param {SubmitEvent} event */
async function submitted(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const action = form.dataset.action;
  if (!action || !form.closest("#pane")) return;
  event.preventDefault();
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)));
  const url = new URL(form.action).pathname;
  const back = opposite(form, body, url);
  /** @type {HTMLElement | null} */ (form.closest("[popover]"))?.hidePopover();
  const row = currentRow();
  const next = /** @type {HTMLAnchorElement | null} */ ((row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector(".row-link") ?? null);
  if (action === "tag") form.reset();
  try {
    if (!(await post(url, body))) return;
  } catch {
    toast(say("offline"));
    return;
  }
  const words = done(body.has("wake") ? "reopen" : action);
  last = back && { ...back, words };
  toast(words, last ? { label: say("undo"), run: undo } : undefined);
  if ((action === "resolve" || (action === "snooze" && !body.has("wake"))) && openNumber() === Number(url.split("/")[2])) {
    if (next?.isConnected) open(new URL(next.href));
  }
}

/** Takes the last change back. */
export async function undo() {
  if (!last) { toast(say("nothing-to-undo")); return; }
  const back = last;
  last = null;
  if (typeof back === "function") { back(); return; }
  const { url, body, words } = back;
  try {
    if (await post(url, body)) toast(say("taken-back", { what: inSentence(words) }));
  } catch {
    toast(say("offline"));
  }
}

/** Starts. */
export function startActions() {
  document.addEventListener("submit", (event) => { submitted(/** @type {SubmitEvent} */ (event)); });
  startPill();
  document.addEventListener("click", (event) => {
    if (around(event, "[data-review]")) {
      event.preventDefault();
      const list = first("#message-list");
      /** @type {HTMLElement | null | undefined} */ (list?.lastElementChild)?.scrollIntoView({ block: "end" });
      first("#messages")?.focus();
      first("#composer-warning")?.replaceChildren();
      noteNewest(true);
    }
  });
}
