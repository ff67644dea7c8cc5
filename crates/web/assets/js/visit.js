// @ts-check
// Opens conversations without a new page: fetches the pane, keeps it, and fetches the neighbours before they are asked for.
import { all, around, byId, element, first } from "./dom.js";
import { flushDraft } from "./draft.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

/** Panes by address; dropped when something happens to their conversation. @type {Map<string, Promise<string>>} */
const cache = new Map();
const CACHE_LIMIT = 40;
let visit = 0;

/** Only links to conversations are opened in place. @param {URL} url */
const isConversation = (url) => url.origin === location.origin && /^\/c\/\d+$/.test(url.pathname);

/** @param {URL} url */
const numberOf = (url) => Number(url.pathname.split("/")[2]);

/**
 * The pane of an address, from the cache or the server.
 * @param {URL} url
 * @param {boolean} ahead fetched before it is asked for, so the server must not count it as seen
 */
function pane(url, ahead) {
  const key = url.pathname + url.search;
  const kept = cache.get(key);
  if (kept) return kept;
  const fetched = fetch(url, { headers: { "X-Fragment": "main", ...(ahead ? { "X-Ahead": "yes" } : {}) } }).then(async (answer) => {
    if (answer.redirected || (!answer.ok && answer.status !== 404)) throw new Error(`status ${answer.status}`);
    return answer.text();
  });
  fetched.catch(() => cache.delete(key));
  cache.set(key, fetched);
  for (const old of cache.keys()) { if (cache.size <= CACHE_LIMIT) break; cache.delete(old); }
  return fetched;
}

/**
 * Forgets the panes of a conversation, because something happened to it; without a number, all panes.
 * @param {number} [number]
 */
export function forget(number) {
  for (const key of [...cache.keys()]) if (number === undefined || key === `/c/${number}` || key.startsWith(`/c/${number}?`)) cache.delete(key);
}

/**
 * Opens a conversation beside the list.
 * @param {URL} url
 * @param {{ push?: boolean, focus?: boolean }} [how]
 */
export async function open(url, { push = true, focus = false } = {}) {
  const mine = ++visit;
  flushDraft();
  const known = cache.has(url.pathname + url.search);
  let html;
  try {
    html = await pane(url, false);
  } catch {
    if (mine === visit) location.href = url.href;
    return;
  }
  if (mine !== visit) return;
  const next = element(html);
  const current = byId("pane");
  if (!next || !current) { location.href = url.href; return; }
  current.replaceWith(next);
  document.title = next.dataset.title ?? document.title;
  if (push) history.pushState({ pane: true }, "", url);
  if (focus) byId("main")?.focus({ preventScroll: true });
  markCurrent(numberOf(url));
  markSeen(numberOf(url), known);
  document.dispatchEvent(new CustomEvent("desk:opened", { detail: { number: numberOf(url), known } }));
  prefetchNeighbours();
}

/**
 * The open conversation is read: its row says so at once; the server is told when it was not asked for the pane just now.
 * @param {number} number
 * @param {boolean} tell
 */
export function markSeen(number, tell) {
  const row = byId(`c-${number}`);
  if (row) { delete row.dataset.unread; first(".row-who", row)?.previousElementSibling?.remove(); }
  if (tell) fetch(`/c/${number}/seen`, { method: "POST", headers: { "X-Fragment": "none" } }).catch(() => {});
}

/** Marks the row of the open conversation. @param {number | null} number */
export function markCurrent(number) {
  for (const link of all("#list [aria-current]")) link.removeAttribute("aria-current");
  const link = first(`#c-${number} .row-link`);
  if (!link) return;
  link.setAttribute("aria-current", "true");
  link.parentElement?.scrollIntoView({ block: "nearest" });
}

/** The row that is open, or nothing. */
export const currentRow = () => first("#list .row-link[aria-current]")?.closest("li") ?? null;

/**
 * Opens the row before or after the open one.
 * @param {1 | -1} step
 */
export function openNeighbour(step) {
  const row = currentRow();
  const target = row ? (step > 0 ? row.nextElementSibling : row.previousElementSibling) : first("#list > li");
  const link = target && /** @type {HTMLAnchorElement | null} */ (target.querySelector(".row-link"));
  if (!link) return false;
  open(new URL(link.href));
  if (document.activeElement instanceof HTMLElement && document.activeElement.closest("#list")) link.focus({ preventScroll: true });
  return true;
}

/** Fetches the conversations before and after the open one. */
function prefetchNeighbours() {
  const row = currentRow();
  for (const near of [row?.nextElementSibling, row?.previousElementSibling]) {
    const link = near && /** @type {HTMLAnchorElement | null} */ (near.querySelector(".row-link"));
    if (link) pane(new URL(link.href), true).catch(() => {});
  }
}

/** Shows the next page of the list or of a thread in place. @param {HTMLAnchorElement} link @param {"list" | "older"} what */
async function more(link, what) {
  link.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(link.href, { headers: { "X-Fragment": what } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = element(`<div>${await answer.text()}</div>`);
    if (!page) return;
    if (what === "list") {
      for (const row of all("#list > li", page)) if (!byId(row.id)) byId("list")?.append(row);
      first(".list-end")?.replaceWith(first(".list-end", page) ?? "");
      markCurrent(Number(first("[data-conversation]")?.dataset.conversation ?? 0) || null);
    } else {
      for (const one of all("[id]", page)) if (byId(one.id)) one.remove();
      link.replaceWith(...page.childNodes);
    }
  } catch {
    link.removeAttribute("aria-busy");
    toast(say("not-fetched"));
  }
}

/** Fetches the whole text of a message when it is unfolded. @param {Event} event */
async function unfold(event) {
  const fold = /** @type {HTMLDetailsElement} */ (event.target);
  const address = fold.dataset?.whole;
  const place = first(".quoted-text", fold);
  if (!address || !fold.open || !place) return;
  const answer = await fetch(address, { headers: { "X-Fragment": "text" } }).catch(() => null);
  if (!answer?.ok) return;
  delete fold.dataset.whole;
  place.innerHTML = await answer.text();
}

/** Starts. */
export function startVisits() {
  document.addEventListener("toggle", unfold, true);
  history.replaceState({ pane: true }, "");
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (around(event, "a[href]"));
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    if (link.matches("[data-more], [data-older]")) { event.preventDefault(); more(link, link.matches("[data-more]") ? "list" : "older"); return; }
    const url = new URL(link.href);
    if (!isConversation(url) || !link.closest("#list")) return;
    event.preventDefault();
    open(url);
  });
  const ahead = (/** @type {Event} */ event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (around(event, "#list .row-link"));
    if (link) pane(new URL(link.href), true).catch(() => {});
  };
  document.addEventListener("pointerover", ahead);
  document.addEventListener("focusin", ahead);
  // Panes that were fetched before the server had the draft do not show it.
  document.addEventListener("desk:drafted", (event) => forget(/** @type {CustomEvent} */ (event).detail.number));
  addEventListener("popstate", () => {
    const url = new URL(location.href);
    if (isConversation(url) && byId("pane")) open(url, { push: false });
    else location.reload();
  });
  prefetchNeighbours();
}
