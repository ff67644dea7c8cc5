// @ts-check
// Keyed operations on the page: an element is put in, replaced, moved or taken out by its id. Focus, the mark of the open row and
// open menus survive; a whole pane is never replaced under the reader.
import { all, byId, element, first, openNumber } from "./dom.js";
import { markCurrent } from "./visit.js";
import { number, say } from "./words.js";

/** @typedef {[kind: "at" | "put" | "row" | "add" | "del" | "text" | "rows" | "bulk", id: string, html?: string, conversation?: number | null]} Op */

/** Rows that came above what is in sight. */
let unseen = 0;

/** Replaces the element of that id; waits while a menu in it is open. @param {string} id @param {string} html */
function put(id, html) {
  const old = byId(id);
  const next = element(html);
  if (!old || !next) return;
  const menu = first(":popover-open", old);
  if (menu) { menu.addEventListener("toggle", () => setTimeout(() => put(id, html)), { once: true }); return; }
  // The same again: whoever fills something in there is not disturbed.
  if (old.outerHTML === next.outerHTML) return;
  if (!carryOver(old, next)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const path = focused && [...old.querySelectorAll("button, a, input")].indexOf(focused);
  old.replaceWith(next);
  if (focused) /** @type {HTMLElement | undefined} */ ([...next.querySelectorAll("button, a, input")][path ?? 0])?.focus({ preventScroll: true });
}

/**
 * What is being written in a form that is to be kept goes along, and what is unfolded stays so. Where the form is gone meanwhile, the
 * old one stays for now: what is written in it is not lost, and the server says what has happened. @param {HTMLElement} old @param {Element} next
 */
function carryOver(old, next) {
  for (const [index, fold] of all("details", old).entries()) if (/** @type {HTMLDetailsElement} */ (fold).open) all("details", next)[index]?.setAttribute("open", "");
  const form = /** @type {HTMLFormElement | null} */ (first("form[data-keep]", old));
  const written = form && [...form.elements].some((one) => (one instanceof HTMLTextAreaElement || one instanceof HTMLInputElement) && one.type !== "hidden" && one.value !== one.defaultValue);
  if (!form || !written) return true;
  const fresh = next.querySelector(`#${form.id}`);
  if (!fresh) return false;
  const active = form.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  const [start, end] = active instanceof HTMLTextAreaElement ? [active.selectionStart, active.selectionEnd] : [0, 0];
  fresh.replaceWith(form);
  if (active) setTimeout(() => { active.focus({ preventScroll: true }); if (active instanceof HTMLTextAreaElement) active.setSelectionRange(start, end); });
  return true;
}

/** Puts a row where its list's order wants it. @param {string} id @param {string} html */
function row(id, html) {
  const list = byId("list");
  const next = element(html);
  if (!list || !next) return;
  const old = byId(id);
  const scroller = /** @type {HTMLElement} */ (list.parentElement);
  const current = old?.querySelector("[aria-current]") || openNumber() === Number(id.slice(2));
  const focused = old?.contains(document.activeElement) ?? false;
  const box = /** @type {HTMLInputElement | null} */ (next.querySelector(".row-check input"));
  if (box) box.checked = !!(/** @type {HTMLInputElement | null | undefined} */ (old?.querySelector(".row-check input"))?.checked);
  if (current) next.querySelector(".row-link")?.setAttribute("aria-current", "true");
  const up = "ascending" in list.dataset ? 1 : -1;
  const key = Number(next.dataset.sort);
  const after = all(":scope > li", list).find((one) => one !== old && up * (Number(one.dataset.sort) - key) > 0) ?? null;
  if (!after && !old && first("[data-more]")) return;
  const before = scroller.scrollTop;
  const place = old && (old.nextElementSibling === after);
  if (old && place) old.replaceWith(next);
  else {
    old?.remove();
    list.insertBefore(next, after);
    const isAbove = next.offsetTop - list.offsetTop < before + 1;
    if (isAbove && (before > 0 || scroller.matches(":hover, :focus-within"))) {
      scroller.scrollTop = before + (old ? 0 : next.offsetHeight);
      if (!old && scroller.scrollTop > 0) { unseen += 1; showUnseen(); }
    }
  }
  if (focused) first(".row-link", next)?.focus({ preventScroll: true });
  const empty = first(".list-end .empty");
  if (empty) empty.remove();
}

/** Says how many rows came above. */
function showUnseen() {
  const pill = byId("new-rows");
  if (!pill) return;
  const words = first("span", pill);
  if (words) words.textContent = say("new", { count: number(unseen) });
  pill.hidden = unseen === 0;
}

/** Adds a message, or replaces the one of that id: it may be the echo of one's own. @param {string} id @param {string} html */
function add(id, html) {
  const next = element(html);
  const list = byId("message-list");
  if (!next || !list) return;
  const old = byId(id);
  if (old) {
    if (old.outerHTML === next.outerHTML) return;
    for (const [index, fold] of all("details", old).entries()) if (/** @type {HTMLDetailsElement} */ (fold).open) all("details", next)[index]?.setAttribute("open", "");
    old.replaceWith(next);
    noteNewest();
    return;
  }
  list.append(next);
  noteNewest();
}

/**
 * The newest message counts as known to the writer only while nothing is written: otherwise the server shall ask before it sends.
 * @param {boolean} [reviewed] the writer has looked at what is new
 */
export function noteNewest(reviewed = false) {
  const text = /** @type {HTMLTextAreaElement | null} */ (byId("composer-body"));
  const seen = /** @type {HTMLInputElement | null} */ (first("#composer input[name=seen]"));
  const newest = all("#message-list [data-message]").at(-1)?.dataset.message;
  if (text && seen && newest && (reviewed || !text.value.trim())) seen.value = newest;
}

/** How far the log had got when what stands in an element's place was read. @type {Map<string, number>} */
const shownAt = new Map();

/** Carries out operations in their order. @param {Op[]} ops */
export function apply(ops) {
  let at = 0;
  for (const [kind, id, html = "", conversation = null] of ops) {
    if (kind === "at") { at = Number(id); continue; }
    // It was rendered for a conversation that has been left meanwhile.
    if (conversation !== null && conversation !== openNumber()) continue;
    // Answers and news overtake one another: what is older than what is shown stays away.
    const place = `${conversation} ${id}`;
    if (at && at < (shownAt.get(place) ?? 0) && (kind !== "add" || byId(id))) continue;
    if (at) shownAt.set(place, at);
    switch (kind) {
      case "put": put(id, html); break;
      case "row": row(id, html); break;
      case "add": add(id, html); break;
      case "del": if (!byId(id)?.contains(document.activeElement)) byId(id)?.remove(); else leave(id); break;
      case "text": { const target = byId(id); if (target && target.textContent !== html) target.textContent = html; break; }
      case "rows": { byId(id)?.replaceWith(element(html) ?? ""); markCurrent(openNumber()); break; }
      case "bulk": progress(id, html); break;
    }
  }
  document.dispatchEvent(new CustomEvent("desk:rows"));
}

/** Changes to many that have come to their end, with what is to be said of it. @type {Map<string, { words: string, undo: string | null }>} */
const ended = new Map();

/**
 * Shows how far a change to many is. When it has ended its line goes away, and what became of it is said once: by the page that showed how
 * it went on. What is done at once is said by whoever did it.
 * @param {string} id
 * @param {string} html
 */
function progress(id, html) {
  const next = element(html);
  const change = next?.dataset.bulk;
  if (!next || !change) return;
  const form = first("form", next);
  if (!first("progress", next)) {
    ended.set(change, { words: first("p", next)?.textContent ?? "", undo: form?.getAttribute("action") ?? null });
    if (!byId(id)?.querySelector("progress")) return;
  } else if (!ended.has(change)) {
    put(id, html);
    return;
  }
  // The answer that tells of its beginning may come after the news of its end.
  const empty = /** @type {HTMLElement} */ (next.cloneNode());
  delete empty.dataset.bulk;
  put(id, empty.outerHTML);
  document.dispatchEvent(new CustomEvent("desk:bulk-ended", { detail: ended.get(change) }));
}

/** Takes out a row that has the focus, and gives the focus to its neighbour. @param {string} id */
function leave(id) {
  const old = byId(id);
  const near = old?.nextElementSibling ?? old?.previousElementSibling;
  old?.remove();
  /** @type {HTMLElement | null | undefined} */ (near?.querySelector("a"))?.focus({ preventScroll: true });
}

/** Starts the pill that leads to rows that came above. */
export function startPill() {
  document.addEventListener("desk:opened", () => shownAt.clear());
  const settle = () => { unseen = 0; showUnseen(); };
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("#new-rows")) return;
    byId("list-scroll")?.scrollTo({ top: 0, behavior: "smooth" });
    settle();
  });
  document.addEventListener("scroll", (event) => { if (event.target instanceof Element && event.target.id === "list-scroll" && event.target.scrollTop === 0) settle(); }, true);
}
