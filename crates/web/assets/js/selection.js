// @ts-check
// Choosing many conversations, by pointer and by key, and changing them at once with one way back.
import { all, around, byId, first } from "./dom.js";
import { apply } from "./ops.js";
import { remember } from "./actions.js";
import { currentRow, forget } from "./visit.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

/** Where an extended choice began. @type {HTMLInputElement | null} */
let anchor = null;

const boxes = () => /** @type {HTMLInputElement[]} */ (all("#list .row-check input"));
const chosen = () => boxes().filter((box) => box.checked);
/** @param {Element | null | undefined} row */
const boxOf = (row) => /** @type {HTMLInputElement | null} */ (row?.querySelector(".row-check input") ?? null);
const whole = () => /** @type {HTMLInputElement | null} */ (byId("bulk-all"));

/** Whether something is chosen. */
export const isChosen = () => chosen().length > 0 || !!whole()?.checked;

/** Says how many are chosen. */
function show() {
  const count = chosen().length, box = whole(), words = byId("bulk-count");
  if (count === 0 && box) box.checked = false;
  byId("inbox")?.classList.toggle("choosing", count > 0);
  if (words) words.textContent = box?.checked ? first("span", box.parentElement ?? document)?.textContent ?? "" : say("chosen", { count: String(count) });
}

/** The row that keys are about: the one with the focus, else the open one, else the first. */
const here = () => /** @type {HTMLElement | null} */ (document.activeElement?.closest("#list > li") ?? currentRow() ?? first("#list > li"));

/** Chooses the row, or not. */
export function toggle() {
  const box = boxOf(here());
  if (!box) return false;
  box.checked = !box.checked;
  anchor = box;
  show();
  return true;
}

/** Chooses the row and goes on to its neighbour, which is chosen as well. @param {1 | -1} step */
export function extend(step) {
  const row = here(), box = boxOf(row);
  if (!row || !box) return false;
  const near = /** @type {HTMLElement | null} */ (step > 0 ? row.nextElementSibling : row.previousElementSibling);
  box.checked = true;
  const next = boxOf(near);
  if (next) next.checked = true;
  first(".row-link", near ?? row)?.focus();
  show();
  return true;
}

/** Chooses all of the view, also those that are not shown yet. */
export function chooseAll() {
  if (!boxes().length || document.activeElement?.closest("#pane, dialog")) return false;
  for (const box of boxes()) box.checked = true;
  const box = whole();
  if (box) box.checked = true;
  show();
  return true;
}

/** Chooses none. */
export function chooseNone() {
  const any = isChosen();
  for (const box of boxes()) box.checked = false;
  anchor = null;
  show();
  return any;
}

/** All between where the choice began and this one. @param {HTMLInputElement} box */
function range(box) {
  const list = boxes(), from = anchor ? list.indexOf(anchor) : -1, to = list.indexOf(box);
  if (from < 0 || to < 0) return;
  for (const one of list.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
}

/** @param {string} url @param {URLSearchParams} body */
async function send(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "X-Fragment": "ops" } }).catch(() => null);
  if (!answer) { toast(say("offline")); return null; }
  if (answer.status === 401) { location.reload(); return null; }
  if (!answer.ok) { toast((await answer.text()) || say("not-done")); return null; }
  forget();
  const told = await answer.json();
  apply(told.ops);
  return told;
}

/** Takes a change to many back. @param {string} url */
async function takeBack(url) {
  remember(null);
  const told = await send(url, new URLSearchParams());
  if (told && !told.under_way) toast(told.words);
}

/** @param {SubmitEvent} event */
async function submitted(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.id === "bulk-form") {
    event.preventDefault();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter)));
    /** @type {HTMLElement | null} */ (first(".bulk-bar :popover-open"))?.hidePopover();
    const told = await send("/bulk", body);
    if (!told) return;
    for (const field of all("#bulk-form input[type=text], #bulk-form input:not([type])")) /** @type {HTMLInputElement} */ (field).value = "";
    chooseNone();
    const back = told.undo ? () => takeBack(told.undo) : undefined;
    if (back) remember(back);
    if (!told.under_way) toast(told.words, back ? { label: say("undo"), run: back } : undefined);
  } else if (form.closest("#bulk-status")) {
    event.preventDefault();
    const told = await send(new URL(form.action).pathname, new URLSearchParams());
    if (told && !told.under_way) toast(told.words);
  }
}

/** Chooses this row and no other; none of them without one. @param {HTMLElement | null} row */
export function chooseOnly(row) {
  for (const box of boxes()) box.checked = !!row && box === boxOf(row);
  anchor = null;
  show();
}

/** Does with one row what the button of that value in the bar does. @param {HTMLElement} row @param {"resolve" | "open"} act */
export async function changeOne(row, act) {
  const body = new URLSearchParams({ in: byId("list")?.dataset.view ?? "", number: boxOf(row)?.value ?? "", do: act });
  const told = await send("/bulk", body);
  if (!told) return;
  const back = told.undo ? () => takeBack(told.undo) : undefined;
  if (back) remember(back);
  toast(told.words, back ? { label: say("undo"), run: back } : undefined);
}

/** A change to many that went on in the background has come to its end. @param {CustomEvent<{ words: string, undo: string | null }>} event */
function hasEnded(event) {
  const { words, undo } = event.detail;
  const back = undo ? () => takeBack(undo) : null;
  if (back) remember(back);
  toast(words, back ? { label: say("undo"), run: back } : undefined);
}

let isRefilling = false;

/** Fetches the next rows, or what stands in their place, where a change has taken all that were shown. */
async function refill() {
  const list = byId("list");
  if (isRefilling || !list || list.dataset.refilled || first(":scope > li", list) || first(".list-end .empty")) return;
  isRefilling = true;
  try {
    const answer = await fetch(`/inbox/${list.dataset.view}`, { headers: { "X-Fragment": "list" } });
    if (!answer.ok) return;
    apply([["rows", "list-scroll", await answer.text()]]);
    // It was looked for as far as one may at once: going on is up to the reader.
    const fresh = byId("list");
    if (fresh && !first(":scope > li", fresh)) fresh.dataset.refilled = "";
  } catch {
    // The link to more is still there.
  } finally {
    isRefilling = false;
  }
}

/** Starts. */
export function startSelection() {
  document.addEventListener("submit", (event) => { submitted(/** @type {SubmitEvent} */ (event)); });
  document.addEventListener("click", (event) => {
    const box = /** @type {HTMLInputElement | null} */ (around(event, ".row-check input"));
    if (!box) return;
    if (event.shiftKey) range(box);
    anchor = box;
    show();
  });
  document.addEventListener("change", (event) => { if (event.target === whole()) { if (whole()?.checked) chooseAll(); show(); } });
  document.addEventListener("click", (event) => { if (around(event, '[data-does="select-none"]')) chooseNone(); });
  document.addEventListener("desk:rows", () => { show(); refill(); });
  document.addEventListener("desk:bulk-ended", (event) => hasEnded(/** @type {CustomEvent} */ (event)));
  show();
}
