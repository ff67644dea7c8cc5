// @ts-check
// Writing and sending: the message stands in the thread at once and is replaced by the server's own when it comes.
import { around, byId, element, first, openNumber } from "./dom.js";
import { dropDraft, flushDraft, keepDraft, restoreDraft } from "./draft.js";
import { apply } from "./ops.js";
import { startUploads, uploading } from "./upload.js";
import { askForReview } from "./reviews.js";
import { forget, openNeighbour } from "./visit.js";
import { startMarkdown } from "./markdown.js";
import { tell } from "./live.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

/** A pulse of "is writing" at most this often, in milliseconds. */
const PULSE = 3000;
let pulsed = 0;

/** Shows the message before the server has it. @param {FormData} data */
function showPending(data) {
  const template = /** @type {HTMLTemplateElement | null} */ (byId("pending-message"));
  const article = /** @type {HTMLElement | null} */ (template?.content.firstElementChild?.cloneNode(true) ?? null);
  if (!article) return null;
  article.id = `m-${data.get("client_id")}`;
  if (data.get("kind") === "note") {
    article.classList.replace("agent", "note");
    first(".badge", article)?.removeAttribute("hidden");
  }
  const body = first(".message-body", article);
  for (const paragraph of String(data.get("body") ?? "").split(/\n{2,}/)) {
    const p = document.createElement("p");
    for (const [index, line] of paragraph.split("\n").entries()) { if (index) p.append(document.createElement("br")); p.append(line); }
    body?.append(p);
  }
  byId("message-list")?.append(article);
  byId("messages")?.scrollTo({ top: 0 });
  return article;
}

/**
 * Posts an answer. The same client id twice is the same answer, so trying again is safe.
 * @param {string} url
 * @param {FormData} data
 * @param {HTMLElement | null} article
 */
async function deliver(url, data, article) {
  const number = Number(url.split("/")[2]);
  const failed = (/** @type {string} */ words) => {
    if (!article) return;
    article.classList.remove("pending");
    article.classList.add("failed");
    const line = first(".delivery .words", article);
    if (line) line.textContent = words;
    const again = first(".delivery button", article);
    if (!again) return;
    again.hidden = false;
    again.onclick = () => { article.classList.replace("failed", "pending"); again.hidden = true; if (line) line.textContent = say("sending"); deliver(url, data, article); };
  };
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body: data, headers: { "X-Fragment": "ops" } });
  } catch {
    failed(say("not-sent"));
    return;
  }
  if (answer.status === 409 || answer.status === 422) {
    article?.remove();
    giveBack(number, data, answer.status === 409 ? await answer.json() : { words: await answer.text() });
    return;
  }
  if (!answer.ok) { failed(say("not-sent")); return; }
  forget(number);
  apply((await answer.json()).ops);
  if (data.get("then") === "resolve") { toast(data.get("kind") === "note" ? say("noted-and-resolved") : say("sent-and-resolved")); if (openNumber() === number) openNeighbour(1); }
}

/** Gives the words back to the writer, with the reason. @param {number} number @param {FormData} data @param {{ warning?: string, words?: string, ops?: import("./ops.js").Op[] }} why */
function giveBack(number, data, why) {
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  if (openNumber() !== number || !text) { toast(say("kept-as-draft")); return; }
  text.value = String(data.get("body") ?? "");
  if (why.ops) apply(why.ops);
  const warning = byId("composer-warning");
  if (why.warning) warning?.replaceChildren(element(why.warning) ?? "");
  else {
    const line = document.createElement("p");
    line.className = "composer-warning";
    line.textContent = why.words ?? "";
    warning?.replaceChildren(line);
  }
  keepDraft();
  text.focus();
}

/** @param {SubmitEvent} event */
async function submitted(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.id !== "composer") return;
  event.preventDefault();
  if (around(event, "#send-menu") || event.submitter?.closest("#send-menu")) /** @type {HTMLElement | null} */ (byId("send-menu"))?.hidePopover();
  const number = openNumber();
  if (!number) return;
  if (event.submitter?.matches("[data-leave-out]")) return;
  if (event.submitter?.matches("[data-ask-review]")) { askForReview(form, number); return; }
  if (event.submitter?.matches("[data-discard]")) { discard(number, form); return; }
  if (uploading()) { toast(say("file-on-its-way")); return; }
  const data = new FormData(form, event.submitter);
  data.delete("files");
  if (!String(data.get("body")).trim() && !data.has("attachment")) { byId("composer-body")?.focus(); return; }
  const article = showPending(data);
  clear(form, number);
  await deliver(new URL(form.action).pathname, data, article);
}

/** Empties the composer and gives the next answer an id of its own. @param {HTMLFormElement} form @param {number} number */
function clear(form, number) {
  dropDraft(number);
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
  text.value = "";
  byId("tray")?.replaceChildren();
  byId("composer-warning")?.replaceChildren();
  byId("part-macros")?.replaceChildren();
  const id = /** @type {HTMLInputElement} */ (form.elements.namedItem("client_id"));
  id.value = freshId();
}

/** Throws the draft away. @param {number} number @param {HTMLFormElement} form */
async function discard(number, form) {
  const text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
  const before = text.value;
  clear(form, number);
  await fetch(`/c/${number}/draft/discard`, { method: "POST", body: new URLSearchParams(), headers: { "X-Fragment": "ops" } }).catch(() => null);
  toast(say("draft-discarded"), { label: say("undo"), run: () => { text.value = before; keepDraft(); text.focus(); } });
}

/** An id by chance; also where the page did not come over TLS. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Starts. */
export function startComposer() {
  document.addEventListener("submit", (event) => { submitted(/** @type {SubmitEvent} */ (event)); });
  document.addEventListener("input", (event) => {
    if (!around(event, "#composer")) return;
    keepDraft();
    const now = Date.now();
    if (now - pulsed > PULSE) { pulsed = now; tell({ typing: openNumber() }); }
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) flushDraft(); });
  document.addEventListener("desk:opened", restoreDraft);
  startUploads();
  startMarkdown();
  restoreDraft();
  first("#first-unread")?.scrollIntoView({ block: "center" });
}
